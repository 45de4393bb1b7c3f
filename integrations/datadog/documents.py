"""Which documents Datadog's catalog holds, and what is left of one when it is not quite as it should be.

Definitions of v1 to v2.2 come from one list, entities of v3 from another; Datadog shows most in both, and
each is taken from the list that has it as it was written. What a document means is read by
`integrations.files.datadog`, as in a repository.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.entities import Finding, Json
from integrations.datadog.answers import Item, identity, inner, text
from integrations.datadog.pages import NUMBERED, OFFSET, Listing, Read
from integrations.files.backstage.wording import Problem
from integrations.files.datadog.reader import FORMAT
from integrations.files.descriptors.draft import Draft
from integrations.files.descriptors.judged import Judged

DEFINITIONS = Listing("api/v2/services/definitions", "service definitions", NUMBERED, 100)
ENTITIES = Listing(
    "api/v2/catalog/entity", "entities", OFFSET, 100, promised=False, params={"include": "schema"}
)
SERVICE = "service"
_VERSIONS = ("v1", "v2", "v2.1", "v2.2")


@dataclass(frozen=True, slots=True)
class Document:
    """One document, and where people see it."""

    kind: str
    """Datadog's, lower case: `service`, `datastore`, `system`, …"""
    namespace: str
    name: str
    """As it stands there: telemetry of a service has this name, case aside."""
    value: Item
    url: str = ""
    version: str = ""
    """In which version Datadog says that it was written; empty: it does not say."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from all others."""
        return self.kind, self.namespace, self.name.lower()


def documents(definitions: Read, entities: Read) -> tuple[Sequence[Document], tuple[Finding, ...]]:
    """Return every document once, and what names none, or one that was there already."""
    defined, doubts = _once("service definitions", _defined(definitions.items))
    described, more = _once("entities", _described(entities))
    for key, document in described.items():
        known = defined.get(key)
        if known is None or (document.version == "v3" and known.version not in _VERSIONS):
            defined[key] = document
    return tuple(defined[key] for key in sorted(defined)), (*doubts, *more)


def _once(
    what: str, found: Iterable[Document | None]
) -> tuple[dict[tuple[str, str, str], Document], list[Finding]]:
    kept: dict[tuple[str, str, str], Document] = {}
    doubts = []
    for index, each in enumerate(found):
        place = f"{what}[{index}]"
        if each is None:
            doubts.append(Finding(place, 0, "it has no name", "Give it one in Datadog, or delete it."))
        elif each.key in kept:
            again = f"{each.name} is there a second time"
            doubts.append(Finding(place, 0, again, "Delete one of them in Datadog.", "warning"))
        else:
            kept[each.key] = each
    return kept, doubts


def _defined(found: Iterable[Item]) -> Iterator[Document | None]:
    for each in found:
        schema = inner(each, "attributes", "schema")
        name = identity(schema, "dd-service") or identity(inner(schema, "info"), "dd-service")
        meta = inner(each, "attributes", "meta")
        url, version = text(meta, "github-html-url"), text(meta, "ingested-schema-version")
        yield Document(SERVICE, "default", name, schema, url, version) if name else None


def _described(entities: Read) -> Iterator[Document | None]:
    schemas = {identity(each): inner(each, "attributes", "schema") for each in entities.included}
    for each in entities.items:
        about = inner(each, "attributes")
        held = identity(inner(each, "relationships", "schema", "data")) or identity(each)
        schema = schemas.get(held) or {}
        metadata = inner(schema, "metadata")
        kind = (text(schema, "kind") or text(about, "kind")).lower()
        name = identity(metadata, "name") or identity(about, "name")
        namespace = text(metadata, "namespace") or text(about, "namespace") or "default"
        if not kind or not name:
            yield None
            continue
        value = schema or _bare(kind, name, about)
        yield Document(kind, namespace.lower(), name, value, version=text(value, "apiVersion"))


def _bare(kind: str, name: str, about: Item) -> Item:
    """Return a document of what the list itself says, where its schema did not come with it."""
    metadata = {key: about.get(key) for key in ("description", "displayName", "owner", "tags")}
    return {"apiVersion": "v3", "kind": kind, "metadata": {"name": name, **metadata}}


def draft_of(document: Document) -> tuple[Draft, tuple[Finding, ...]]:
    """Map a document; what of it cannot be read is left out with a warning, and the rest holds."""
    value = _of_known_version(document.value)
    place = f"{document.kind}:{document.name}"
    findings: dict[str, Finding] = {}
    for _ in range(3):  # what was hidden behind one mistake may be another
        judged = Judged(value)
        drafts = list(FORMAT.drafts(judged, lambda: ""))
        for each in (*judged.notes.problems, *judged.notes.doubts):
            said = each.problem
            findings.setdefault(said, Finding(place, 0, said, each.remedy, "warning"))
        if not judged.notes.problems:
            return drafts[0], tuple(findings.values())
        value = _without(value, judged.notes.problems)
    draft = Draft("Component", document.name)  # nothing but its name can be read
    draft.put("type", document.kind)
    return draft, tuple(findings.values())


def _of_known_version(value: Item) -> dict[str, Json]:
    """Return a copy whose version can be read: a later one is taken for the last that is known.

    An entity says the version of the definition that it was made of, though it has the form of v3.
    """
    found = dict(value)
    if "metadata" in found or "apiVersion" in found:
        found["apiVersion"] = "v3"
    elif found.get("schema-version") not in _VERSIONS:
        found["schema-version"] = "v1" if "info" in found else "v2.2"
    return found


def _without(value: dict[str, Json], problems: Iterable[Problem]) -> dict[str, Json]:
    left = copy.deepcopy(value)
    for each in problems:
        _take_out(left, each.path)
    return left


def _take_out(holder: Json, path: Sequence[str | int]) -> None:
    for step in path[:-1]:
        if isinstance(holder, dict):
            holder = holder.get(str(step))
        elif isinstance(holder, list) and isinstance(step, int) and step < len(holder):
            holder = holder[step]
        else:
            return
    if isinstance(holder, dict) and path:
        holder.pop(str(path[-1]), None)
    elif isinstance(holder, list) and path and isinstance(path[-1], int) and path[-1] < len(holder):
        holder[path[-1]] = None  # keeps the places of the others
