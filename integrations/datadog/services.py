"""Makes claims of the documents in Datadog's catalog: services, and the entities of v3 of other kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from domain.entities import Claim, Finding, Standing
from domain.refs import Ref
from integrations.datadog.documents import SERVICE, Document, draft_of
from integrations.datadog.naming import TELEMETRY, VENDOR, Names, Team, alias_of, ref_of
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
    claims = [
        _claim(document, draft, ref, names, web) for (document, draft, _), ref in zip(read, refs, strict=True)
    ]
    return Described(
        tuple(_told_apart(claims)),
        tuple(finding for _, _, findings in read for finding in findings),
        {each.name.lower(): ref for each, ref in reversed(known) if each.kind in TELEMETRY},
    )


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
    own = (alias_of(document.kind, document.name), *draft.aliases)
    return Claim(
        ref=ref,
        name=plain(document.name),
        kind=draft.kind,
        fields=draft.fields,
        aliases=lift(ref.kind, draft.fields, own),
        origin=document.url or page_of(web, document.kind, document.name),
        confidence=SEEN,
        id=_id(document),
        standing=Standing.SEEN,
        scope=VENDOR,
    )


def _id(document: Document) -> str:
    if document.kind == SERVICE and document.namespace == "default":
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
