"""A remark on the owner of a component, in the form that every kind of evidence gives it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.entities import Claim, Grounds, Standing
from domain.refs import Ref
from integrations.hosting.components import Component


@dataclass(frozen=True, slots=True)
class Opinion:
    """Who seems to own something, how sure that is, and why."""

    owner: Ref
    confidence: float
    reason: str
    """In words for people."""


def remark(component: Component, opinion: Opinion) -> Claim:
    """Return the claim that somebody owns a component. It binds to what the host's own claim is about."""
    about = component.claim
    return Claim(
        ref=about.ref,
        name=about.name,
        kind=about.kind,
        fields={"owner": str(opinion.owner)},
        origin=component.repository.web_url,
        confidence=opinion.confidence,
        id=about.key,
        standing=Standing.REMARK,
        same_as=(*about.same_as, *about.aliases),
        scope=about.scope,
        grounds={"owner": Grounds(opinion.confidence, opinion.reason)},
    )
