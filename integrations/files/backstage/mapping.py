"""Maps a document that was found valid to a claim: Backstage's nesting becomes the catalog's flat fields.

Judges nothing but refs, which only this step reads.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.entities import RELATION_FIELDS, Claim, Json
from domain.errors import BadRef
from domain.refs import DEFAULT_NAMESPACE, Ref, parse_ref
from integrations.files.backstage.kinds import (
    KNOWN_KINDS,
    OWN_VERSIONS,
    PARTIAL,
    PROFILE_FIELDS,
    TEXT,
    UNKNOWN_KIND,
    Kind,
)
from integrations.files.backstage.lifted import lift
from integrations.files.backstage.wording import Problem, Refused

_BOOKKEEPING = frozenset({"name", "namespace", "uid", "etag", "generation"})
"""Below metadata: what makes the ref, and what Backstage writes for itself."""

_PLAIN = frozenset({"title", "description", "tags", "links", "labels", "annotations"})
_OF_PROFILE = {"displayName": "title", "email": "email", "picture": "picture"}


def claim_of(entity: Mapping[str, Json], origin: str) -> Claim:
    """Return the claim that a valid document makes. Raises Refused."""
    kind, version = str(entity["kind"]), str(entity["apiVersion"])
    metadata = entity["metadata"]
    spec = entity.get("spec", {})
    if not isinstance(metadata, dict) or not isinstance(spec, dict):
        raise TypeError("only documents without problems are mapped")
    name = str(metadata["name"])
    namespace = str(metadata.get("namespace", DEFAULT_NAMESPACE))
    fields = _metadata(metadata)
    known = KNOWN_KINDS.get(kind, UNKNOWN_KIND)
    if version not in (known.versions[0], *OWN_VERSIONS, PARTIAL):
        fields["apiVersion"] = version
    _spec(spec, known, namespace, fields)
    aliases = lift(kind.lower(), fields)
    ref = Ref(kind.lower(), namespace.lower(), name.lower())
    return Claim(ref, name, kind, fields, aliases, origin)


def _metadata(metadata: Mapping[str, Json]) -> dict[str, Json]:
    fields: dict[str, Json] = {}
    for key, value in metadata.items():
        if key in _PLAIN:
            if value not in ("", [], {}):
                fields[key] = (
                    list(dict.fromkeys(value)) if key == "tags" and isinstance(value, list) else value
                )
        elif key not in _BOOKKEEPING and value is not None:
            fields[f"custom.metadata.{key}"] = value
    return fields


def _spec(spec: Mapping[str, Json], kind: Kind, namespace: str, fields: dict[str, Json]) -> None:
    for key, value in spec.items():
        if value is None or (value == [] and key in RELATION_FIELDS):
            continue
        if key == "profile" and key in kind.spec and isinstance(value, dict):
            _profile(value, fields)
        elif key in kind.spec:
            fields[key] = _understood(key, value, namespace) if key in RELATION_FIELDS else value
        elif key in kind.also:
            _usual(key, value, kind, namespace, fields)
        else:
            fields[custom(key)] = value


def _usual(key: str, value: Json, kind: Kind, namespace: str, fields: dict[str, Json]) -> None:
    """Take a key in its usual meaning where its value looks so, else as a custom field."""
    try:
        if key in RELATION_FIELDS:
            fields[key] = _understood(key, value, namespace)
        elif kind.also[key] is TEXT and not isinstance(value, str):
            fields[custom(key)] = value
        else:
            fields[key] = value
    except Refused:
        fields[custom(key)] = value


def custom(key: str) -> str:
    """Return the field of a key of `spec` that the kind does not know; `metadata.` means metadata's own."""
    return f"custom.spec.{key}" if key.startswith(("metadata.", "spec.")) else f"custom.{key}"


def _profile(profile: Mapping[str, Json], fields: dict[str, Json]) -> None:
    """Spread a profile. Its display name is what people say; a differing title is kept beside it."""
    rest = {key: value for key, value in profile.items() if key not in PROFILE_FIELDS}
    for key, field in _OF_PROFILE.items():
        if key in profile:
            if field in fields and fields[field] != profile[key]:
                fields[f"custom.metadata.{field}"] = fields[field]
            fields[field] = profile[key]
    if rest:
        fields["custom.profile"] = rest


def _understood(key: str, value: Json, namespace: str) -> Json:
    """Return a relation field's refs as canonical text. Raises Refused."""
    relation = RELATION_FIELDS[key]
    if not relation.many:
        return _ref(value, relation.kind, namespace, ("spec", key))
    if not isinstance(value, list):
        raise Refused(Problem(("spec", key), f"spec.{key} is no list", "Write a list of refs."))
    refs = [_ref(each, relation.kind, namespace, ("spec", key, index)) for index, each in enumerate(value)]
    return list(dict.fromkeys(refs))


def _ref(value: Json, kind: str | None, namespace: str, path: tuple[str | int, ...]) -> str:
    try:
        if not isinstance(value, str):
            raise BadRef(str(value), "it is no text")
        return str(parse_ref(value, kind, namespace))
    except BadRef as error:
        field = Problem(path, "", "").field
        bare = kind is None and isinstance(value, str) and not set(":/ ") & set(value)
        remedy = f"Write component:{value}, or resource:{value}." if bare else error.hint
        raise Refused(Problem(path, f"{field}: {error}", remedy)) from None
