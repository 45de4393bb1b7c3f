"""Judges one document as Backstage's own validators do, and says each problem in words for who wrote it.

Nothing is mended here: a document with a problem stays out of the catalog.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.entities import Json
from integrations.files.backstage.formats import (
    is_api_version,
    is_dns_label,
    is_key,
    is_kind,
    is_name,
    is_tag,
    is_url,
)
from integrations.files.backstage.kinds import KNOWN_KINDS, LOWER_CASE, OWN_VERSIONS
from integrations.files.backstage.spec import spec_needs, spec_problems
from integrations.files.backstage.wording import Problem, quoted, wrong

ROOT_FIELDS = frozenset({"apiVersion", "kind", "metadata", "spec"})
_NAME_RULE = (
    "Use letters, digits and - _ . between them, at most 63; what people read goes into metadata.title"
)
_KEY_RULE = "Write `name` or `dns.domain/name`, with at most 63 letters, digits and - _ . in the name"


def problems(entity: Mapping[str, Json]) -> list[Problem]:
    """Return everything that Backstage would refuse in a document; empty when it is fine."""
    found = list(_envelope(entity))
    metadata = entity.get("metadata")
    if isinstance(metadata, dict):
        found += _metadata(metadata)
    if isinstance(entity.get("kind"), str) and isinstance(entity.get("spec", {}), dict):
        found += spec_problems(entity)
    return found


def _envelope(entity: Mapping[str, Json]) -> Iterator[Problem]:
    version, kind = entity.get("apiVersion"), entity.get("kind")
    if not isinstance(version, str) or not is_api_version(version):
        yield wrong(("apiVersion",), entity, f"Write apiVersion: {OWN_VERSIONS[0]}.")
    if not isinstance(kind, str) or not is_kind(kind):
        yield wrong(
            ("kind",),
            entity,
            f"Write one of {', '.join(KNOWN_KINDS)}, or a kind of your own in letters and digits.",
        )
    elif kind not in KNOWN_KINDS and kind.lower() in LOWER_CASE:
        yield Problem(
            ("kind",), f"kind is {kind}", f"Kinds are case-sensitive: write {LOWER_CASE[kind.lower()]}."
        )
    if not isinstance(entity.get("metadata"), dict):
        yield wrong(("metadata",), entity, "Write a mapping with at least a name.")
    if not isinstance(entity.get("spec", {}), dict):
        yield wrong(("spec",), entity, spec_needs(str(kind)))
    if entity.keys() - ROOT_FIELDS:
        for name in entity:
            if name not in ROOT_FIELDS:
                yield Problem(
                    (name,),
                    f"unknown field {name}",
                    "At the top stand apiVersion, kind, metadata and spec; fields of your own go below spec.",
                )


def _metadata(metadata: Mapping[str, Json]) -> Iterator[Problem]:
    at = ("metadata",)
    name = metadata.get("name")
    if not isinstance(name, str) or not is_name(name):
        yield wrong((*at, "name"), metadata, quoted(name, f"{_NAME_RULE}."))
    if "namespace" in metadata:
        namespace = metadata["namespace"]
        if not isinstance(namespace, str) or not is_dns_label(namespace):
            yield wrong(
                (*at, "namespace"),
                metadata,
                quoted(namespace, "Use lower-case letters, digits and single -, at most 63 characters."),
            )
    for field, least in (("title", 1), ("description", 0)):
        if field in metadata:
            text = metadata[field]
            if not isinstance(text, str) or len(text) < least:
                yield wrong((*at, field), metadata, quoted(text, "Write a text, or leave it out."))
    for field, judge in _PARTS.items():
        if field in metadata:
            yield from judge(metadata, field)


def _pairs(metadata: Mapping[str, Json], field: str) -> Iterator[Problem]:
    """Judge labels or annotations: both have keys of one format; a label's value is restricted too."""
    at = ("metadata", field)
    pairs = metadata[field]
    if not isinstance(pairs, dict):
        yield wrong(at, metadata, f"Write a mapping, or leave {field} out.")
        return
    for key, value in pairs.items():
        if not is_key(key):
            yield Problem((*at, key), f"the key {key} of {field} is not valid", f"{_KEY_RULE}.")
        if not isinstance(value, str):
            yield wrong((*at, key), pairs, quoted(value, "Write a text."))
        elif field == "labels" and value and not is_name(value):
            yield wrong(
                (*at, key),
                pairs,
                "Use letters, digits and - _ . between them, at most 63; longer texts go into annotations.",
            )


def _tags(metadata: Mapping[str, Json], field: str) -> Iterator[Problem]:
    at = ("metadata", field)
    tags = metadata[field]
    if not isinstance(tags, list):
        yield wrong(at, metadata, "Write a list such as [java, payments], or leave tags out.")
        return
    for index, tag in enumerate(tags):
        if not isinstance(tag, str) or not is_tag(tag):
            yield wrong(
                (*at, index),
                tags,
                quoted(tag, "Use lower-case letters, digits, + # : and single -, at most 63 characters."),
            )


def _links(metadata: Mapping[str, Json], field: str) -> Iterator[Problem]:
    at = ("metadata", field)
    links = metadata[field]
    if not isinstance(links, list):
        yield wrong(at, metadata, "Write a list of mappings with url and title, or leave links out.")
        return
    for index, link in enumerate(links):
        here = (*at, index)
        if not isinstance(link, dict):
            yield wrong(here, links, "Write a mapping with url and title.")
            continue
        url, title, icon = link.get("url"), link.get("title", "-"), link.get("icon", "i")
        if not isinstance(url, str) or not is_url(url):
            yield wrong((*here, "url"), link, "Write a whole URL, such as https://example.com/runbook.")
        if not isinstance(title, str) or not title.strip():
            yield wrong((*here, "title"), link, "Write a text, or leave it out.")
        if not isinstance(icon, str) or not is_name(icon):
            yield wrong((*here, "icon"), link, "Write the name of an icon, or leave it out.")
        if not isinstance(link.get("type", "t"), str) or not link.get("type", "t"):
            yield wrong((*here, "type"), link, "Write a text, or leave it out.")


_PARTS = {"labels": _pairs, "annotations": _pairs, "links": _links, "tags": _tags}


def part_problems(metadata: Mapping[str, Json], field: str) -> Iterator[Problem]:
    """Yield what is wrong with labels, annotations or links; nothing for any other field of metadata."""
    if field in _PARTS and field != "tags":
        yield from _PARTS[field](metadata, field)
