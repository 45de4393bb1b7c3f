"""Makes claims of the documents in Datadog's catalog: services, and the entities of v3 of other kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from domain.entities import Claim, Finding, Standing
from domain.refs import DEFAULT_NAMESPACE, Ref
from integrations.datadog.documents import SERVICE, Document, draft_of
from integrations.datadog.naming import TELEMETRY, VENDOR, Names, Team, alias_of, other_alias, ref_of
from integrations.files.backstage.lifted import lift
from integrations.files.descriptors.draft import Draft
from integrations.hosting.confidences import SEEN
from integrations.hosting.naming import plain


@dataclass(frozen=True, slots=True)
class Described:
    """What the catalog's documents come to."""

    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    telemetry: dict[str, Ref]
    """By a name of telemetry, lower case, the ref of what is described under it."""


def described(found: Sequence[Document], teams: Sequence[Team], web: str) -> Described:
    """Return a claim for each document. `web` is where people see Datadog."""
    read = [(document, *draft_of(document)) for document in found]
    refs = [ref_of(draft.kind, document.name, document.namespace) for document, draft, _ in read]
    known = [(document, ref) for (document, _, _), ref in zip(read, refs, strict=True)]
    names = Names.of(known, teams)
    called = _in_telemetry(document for document, _ in known)
    claims = []
    for (document, draft, _), ref in zip(read, refs, strict=True):
        own = called.get(document.name.lower()) == document.key
        other = other_alias(document.kind, document.namespace, document.name)
        draft.aliases.insert(0, alias_of(document.name) if own else other)
        claims.append(_claim(document, draft, ref, names, web))
    return Described(
        tuple(_told_apart(claims)),
        tuple(finding for _, _, findings in read for finding in findings),
        {each.name.lower(): ref for each, ref in known if called.get(each.name.lower()) == each.key},
    )


def _in_telemetry(found: Iterable[Document]) -> dict[str, tuple[str, str, str]]:
    """Return by a name of telemetry, lower case, the key of the one document that it is the name of."""
    named = [each for each in found if each.kind in TELEMETRY]
    named.sort(key=lambda each: (TELEMETRY.index(each.kind), each.namespace == DEFAULT_NAMESPACE))
    return {each.name.lower(): each.key for each in named}


def _claim(document: Document, draft: Draft, ref: Ref, names: Names, web: str) -> Claim:
    for wanted in draft.wanted:
        other = names.find(wanted)
        if other is not None and other != ref:
            draft.relate(wanted.field, str(other))
    if ref.name != document.name.lower():
        draft.put("title", document.name)
    draft.settle_repository("")
    if draft.annotations:
        draft.fields["annotations"] = draft.annotations
    return Claim(
        ref=ref,
        name=plain(document.name),
        kind=draft.kind,
        fields=draft.fields,
        aliases=lift(ref.kind, draft.fields, draft.aliases),
        origin=document.url or page_of(web, document.kind, document.name),
        confidence=SEEN,
        id=_id(document),
        standing=Standing.SEEN,
        scope=VENDOR,
    )


def _id(document: Document) -> str:
    if document.kind == SERVICE and document.namespace == DEFAULT_NAMESPACE:
        return f"service/{document.name}"
    return f"{document.kind}/{document.namespace}/{document.name}"


def page_of(web: str, kind: str, name: str) -> str:
    """Return where people see a thing of Datadog's catalog."""
    return f"{web}/software?entity={quote(f'{kind}:{name}', safe='')}"


def _told_apart(claims: Sequence[Claim]) -> list[Claim]:
    """Let a repository or an on-call service lead to a service only where no other one names it: else it is
    no name of either. What the catalog has under the service's own name is tried before these.
    """
    uses = Counter(alias for each in claims for alias in each.aliases)
    called = Counter(each.ref for each in claims)
    return [
        replace(
            each,
            aliases=tuple(alias for alias in each.aliases if uses[alias] < 2),
            same_as=(each.aliases[0], *((str(each.ref),) if called[each.ref] < 2 else ())),
        )
        for each in claims
    ]
