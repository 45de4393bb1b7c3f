"""Tells which custom fields have a place in a Backstage document, and which would be misread there.

A field `custom.owner` written as `spec.owner` would come back as the owner. Knows how `mapping` reads.
"""

from __future__ import annotations

from domain.entities import RELATION_FIELDS, Entity, Json
from integrations.files.backstage.kinds import PROFILE_FIELDS, Kind
from integrations.files.backstage.placeholders import PLACEHOLDERS

CUSTOM, OF_METADATA, OF_SPEC = "custom.", "custom.metadata.", "custom.spec."

METADATA = ("title", "description", "labels", "annotations", "tags", "links")
"""The fields of the catalog that stand below metadata, in the order in which people write them."""
_NOT_CUSTOM = frozenset({"", "name", "namespace", "uid", "etag", "generation", *METADATA})


def has_place(name: str, value: Json, entity: Entity, kind: Kind) -> bool:
    """Tell whether a custom field, written at its place, is read back as the same field."""
    if holds_placeholder(value):
        return False
    if name.startswith(OF_METADATA):
        key = name.removeprefix(OF_METADATA)
        beside = key == "title" and "profile" in kind.spec and isinstance(value, str) and value != ""
        return key not in _NOT_CUSTOM or (beside and entity.fields.get("title", value) != value)
    if name.startswith(OF_SPEC):
        return name.removeprefix(OF_SPEC).startswith(("metadata.", "spec."))
    key = name.removeprefix(CUSTOM)
    if key == "profile" and key in kind.spec:
        return isinstance(value, dict) and bool(value) and not value.keys() & set(PROFILE_FIELDS)
    if key in kind.also:
        return key not in entity.fields and not isinstance(value, str | list)
    return key not in ("", *kind.spec) and not (value == [] and key in RELATION_FIELDS)


def holds_placeholder(value: Json) -> bool:
    """Tell whether a value would be taken for the name of a file to fill in."""
    if isinstance(value, list):
        return any(map(holds_placeholder, value))
    if not isinstance(value, dict):
        return False
    return any(key in PLACEHOLDERS for key in value) or any(map(holds_placeholder, value.values()))
