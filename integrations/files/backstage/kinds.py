"""Backstage's kinds: which fields their `spec` has, of which shape, and which of them must be there.

From the JSON schemas of Backstage's catalog model (and of its scaffolder for Template).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.entities import RELATION_FIELDS

OWN_VERSIONS = ("backstage.io/v1alpha1", "backstage.io/v1beta1")
TEMPLATE_VERSIONS = ("scaffolder.backstage.io/v1beta3", "backstage.io/v1beta2")
PARTIAL = "idp.dev/v1"
"""The apiVersion of an entity of a known kind that lacks what Backstage requires: for an export that must
come back whole. Judged by its envelope and by the shapes of its fields, no field being required."""

TEXT, TEXTS, MAPPING, LIST = "a text", "a list of texts", "a mapping", "a list"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: the fields that its schema knows, with their shapes, and those of them that must be there.

    `also` are fields that the schema leaves free and people nevertheless write: understood when they have the
    shape, custom fields when they do not.
    """

    spec: Mapping[str, str]
    required: tuple[str, ...]
    also: Mapping[str, str]
    versions: tuple[str, ...] = OWN_VERSIONS


def _kind(
    required: str,
    optional: str = "",
    also: str = "",
    versions: tuple[str, ...] = OWN_VERSIONS,
    **shapes: str,
) -> Kind:
    names = {name: shapes.get(name, _shape(name)) for name in f"{required} {optional}".split()}
    return Kind(names, tuple(required.split()), {name: _shape(name) for name in also.split()}, versions)


def _shape(name: str) -> str:
    relation = RELATION_FIELDS.get(name)
    return TEXTS if relation is not None and relation.many else TEXT


KNOWN_KINDS: Mapping[str, Kind] = {
    "Component": _kind(
        "type lifecycle owner",
        "system subcomponentOf providesApis consumesApis dependsOn dependencyOf",
        also="domain",
    ),
    "API": _kind("type lifecycle owner definition", "system", also="domain"),
    "Resource": _kind("type owner", "system dependsOn dependencyOf", also="domain lifecycle"),
    "System": _kind("owner", "type domain", also="lifecycle"),
    "Domain": _kind("owner", "type subdomainOf"),
    "Group": _kind("type children", "parent members profile", profile=MAPPING),
    "User": _kind("", "memberOf profile", profile=MAPPING),
    "Location": _kind("", "type target targets", targets=TEXTS),
    "Template": _kind("type steps", "owner", also="lifecycle", versions=TEMPLATE_VERSIONS, steps=LIST),
}

UNKNOWN_KIND = _kind("", also="type lifecycle owner system domain dependsOn dependencyOf definition")
"""A custom entity: nothing is required, and these fields mean what they mean everywhere."""

PROFILE_FIELDS = ("displayName", "email", "picture")

LOWER_CASE = {name.lower(): name for name in KNOWN_KINDS}
"""How each known kind is written, by its lower case."""
