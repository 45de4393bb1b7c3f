"""Reads Datadog's descriptors of all versions: service definitions v1 to v2.2, and entities v3.

Versions are told apart by what they say of themselves; a document that says nothing usable is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from domain.entities import Json
from integrations.files.backstage.wording import shown
from integrations.files.datadog.definitions import first_definition, later_definition
from integrations.files.datadog.entities import KINDS, entity
from integrations.files.descriptors.draft import Draft
from integrations.files.descriptors.judged import Judged
from integrations.files.descriptors.reading import Format

SOURCE = "datadog"

_SHAPE = "Write `apiVersion: v3`, kind and metadata.name; or `schema-version: v2.2` and dd-service."
_LATER = ("v2", "v2.1", "v2.2")
_KNOWN = "Write schema-version: v2.2 for a service definition, or apiVersion: v3 for an entity."


def _is_one(value: Mapping[str, Json]) -> bool:
    version = value.get("apiVersion")
    if isinstance(version, str):
        return "/" not in version and version not in (
            "v1",
            "v2",
        )  # Backstage's and Kubernetes' own have a domain
    return bool({"schema-version", "dd-service", "apiVersion"} & value.keys()) or _is_first(value)


def _is_first(value: Mapping[str, Json]) -> bool:
    info = value.get("info")
    return isinstance(info, dict) and "dd-service" in info


def _drafts(document: Judged, _repository: Callable[[], str]) -> Iterator[Draft]:
    if "apiVersion" in document.value:
        if document.scalar("apiVersion") != "v3":
            written = shown(document.value["apiVersion"])
            document.refuse(("apiVersion",), f"apiVersion is {written}, which is not known", _KNOWN)
        yield entity(document)
        return
    version = document.scalar("schema-version")
    if version == "v1" or (not version and _is_first(document.value)):
        yield first_definition(document)
        return
    if version not in _LATER:
        written = shown(document.value.get("schema-version"))
        document.refuse(("schema-version",), f"schema-version is {written}, which is not known", _KNOWN)
    yield later_definition(document, version)


FORMAT = Format(
    SOURCE, "a Datadog definition", _SHAPE,
    ("service.datadog.yaml", "service.datadog.yml", "entity.datadog.yaml", "entity.datadog.yml"),
    _is_one, _drafts,
    {name: kind.lower() for name, kind in KINDS.items()},
)  # fmt: skip
