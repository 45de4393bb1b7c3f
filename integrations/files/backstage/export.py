"""Writes entities as Backstage YAML, one document each, so that reading it again gives the same entities.

The inverse of `mapping` and `lifted`. Orders keys as people do and writes long texts as blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import yaml

from domain.entities import Entity, Json
from domain.refs import DEFAULT_NAMESPACE
from integrations.files.backstage.formats import is_name
from integrations.files.backstage.kinds import KNOWN_KINDS, PARTIAL, UNKNOWN_KIND
from integrations.files.backstage.lifted import (
    ALIASES,
    ELSEWHERE,
    FROM_ANNOTATIONS,
    FROM_LABELS,
    OWN,
    derived_aliases,
    packed,
    repository_of,
    tier_of,
)
from integrations.files.backstage.places import CUSTOM, METADATA, OF_METADATA, OF_SPEC, has_place

_PROFILE = {"title": "displayName", "email": "email", "picture": "picture"}

try:
    from yaml import CSafeDumper as _SafeDumper
except ImportError:  # libyaml is absent
    from yaml import SafeDumper as _SafeDumper  # type: ignore[assignment]  # the same in Python


class _Dumper(_SafeDumper):
    """Writes texts with line breaks as blocks, quotes what looks like a number, repeats what is repeated."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # the library's signature
        """Write a value out each time: nobody likes to read `*id001`."""
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    block = "\n" in text and all(line == line.rstrip() for line in text.split("\n"))
    style = "|" if block else '"' if _looks_typed(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _looks_typed(text: str) -> bool:
    """Tell whether a bare text could be read as a number, which `0o17` and `1e3` are to YAML 1.2 alone."""
    return text[:1] in "0123456789+-." or text == "<<"


_Dumper.add_representer(str, _text)


def export_backstage(entities: Iterable[Entity]) -> Iterator[str]:
    """Yield one YAML document for each entity."""
    for number, entity in enumerate(entities):
        text = yaml.dump(
            document_of(entity), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110, indent=2
        )
        yield f"---\n{text}" if number else text


def document_of(entity: Entity) -> dict[str, Json]:
    """Return an entity in Backstage's shape."""
    fields = dict(entity.fields)
    kind = KNOWN_KINDS.get(entity.kind, UNKNOWN_KIND)
    version = fields.pop("apiVersion", None)
    elsewhere = {
        name.removeprefix(CUSTOM): fields.pop(name)
        for name, value in entity.fields.items()
        if name.startswith(CUSTOM) and not has_place(name, value, entity, kind)
    }
    if elsewhere:
        fields[ELSEWHERE] = elsewhere
    spec = _spec(entity, kind is not UNKNOWN_KIND, fields)
    metadata = _metadata(entity, fields)
    if entity.kind == "Group":
        spec.setdefault("children", [])  # Backstage wants the list even when it is empty
    if any(field not in spec for field in kind.required):
        version = PARTIAL
    return {
        "apiVersion": version if isinstance(version, str) else kind.versions[0],
        "kind": entity.kind,
        "metadata": metadata,
        "spec": spec,
    }


def _spec(entity: Entity, known: bool, fields: dict[str, Json]) -> dict[str, Json]:
    """Take out of `fields` what belongs to the spec."""
    kind = KNOWN_KINDS.get(entity.kind, UNKNOWN_KIND)
    spec: dict[str, Json] = {}
    if known and "profile" in kind.spec:
        rest = fields.pop("custom.profile", {})
        profile = {key: fields.pop(field) for field, key in _PROFILE.items() if field in fields}
        if isinstance(rest, dict) and (profile or rest):
            spec["profile"] = {**profile, **rest}
    for name in (*kind.spec, *kind.also):
        if name in fields and name != "profile":
            spec[name] = fields.pop(name)
    for name in [each for each in fields if each.startswith(CUSTOM)]:
        if not name.startswith(OF_METADATA):
            prefix = OF_SPEC if name.startswith(OF_SPEC) else CUSTOM
            spec[name.removeprefix(prefix)] = fields.pop(name)
    return spec


def _metadata(entity: Entity, fields: dict[str, Json]) -> dict[str, Json]:
    """Write everything that is left in `fields` below metadata: at its own place, or as an annotation."""
    metadata: dict[str, Json] = {"name": entity.name}
    if entity.ref.namespace != DEFAULT_NAMESPACE:
        metadata["namespace"] = entity.ref.namespace
    for name in METADATA:
        if name in fields:
            metadata[name] = fields.pop(name)
    labels, annotations = _pairs(metadata, "labels"), _pairs(metadata, "annotations")
    _put_back(entity, fields, labels, annotations)
    for name in list(fields):
        if name.startswith(OF_METADATA):
            metadata[name.removeprefix(OF_METADATA)] = fields.pop(name)
        else:
            annotations[OWN + name] = packed(fields.pop(name))
    for name, pairs in (("labels", labels), ("annotations", annotations)):
        if pairs:
            metadata[name] = pairs
    ordered = [name for name in ("name", "namespace", *METADATA) if name in metadata]
    return {key: metadata[key] for key in dict.fromkeys((*ordered, *metadata))}


def _put_back(
    entity: Entity, fields: dict[str, Json], labels: dict[str, Json], annotations: dict[str, Json]
) -> None:
    """Undo `lifted.lift`."""
    for label, field in FROM_LABELS.items():
        value = fields.get(field)
        if isinstance(value, str) and value and is_name(value):
            if field != "tier" or tier_of(labels) != value:
                labels[label] = value
            del fields[field]
    for annotation, field in FROM_ANNOTATIONS.items():
        if isinstance(fields.get(field), str):
            annotations[annotation] = fields.pop(field)
    if fields.get("repository") == repository_of(annotations):
        fields.pop("repository", None)
    derived = derived_aliases(entity.ref.kind, {**entity.fields, "annotations": annotations})
    more = [alias for alias in entity.aliases if alias not in derived]
    if more:
        plain = all("," not in alias and alias == alias.strip() for alias in more) and more[0][0] not in '["{'
        annotations[ALIASES] = ", ".join(more) if plain else packed(more)


def _pairs(metadata: Mapping[str, Json], name: str) -> dict[str, Json]:
    value = metadata.get(name)
    return dict(value) if isinstance(value, dict) else {}
