"""Reads a description in whichever of its formats it is written. Never raises for what a text holds."""

from __future__ import annotations

import re

from domain.apis import LONGEST, Description, Flaw
from workflows.describing.asyncapi import read_asyncapi
from workflows.describing.documents import Document, Map, Unread, read_document
from workflows.describing.graphql_sdl import read_graphql
from workflows.describing.openapi import read_openapi
from workflows.describing.protobuf import read_protobuf

_TYPES = {"openapi": "OpenAPI", "asyncapi": "AsyncAPI", "graphql": "GraphQL", "grpc": "Protobuf"}
"""Backstage's usual types of an API, and the format that each names."""
_KEYED = re.compile(r"""^\s*["']?(?:openapi|swagger|asyncapi)["']?\s*:""", re.MULTILINE)
_PROTO = re.compile(r"^\s*(?:syntax|edition)\s*=|^\s*service\s+\w+\s*\{", re.MULTILINE)
_GRAPHQL = re.compile(
    r"^\s*(?:extend\s+)?(?:type|schema|interface|input|enum|union|scalar|directive)\b", re.MULTILINE
)
_SHORTEST = 8


def describe(text: str, path: str = "", type_: str = "") -> Description | None:
    """Return what a text describes; None where it describes no API, or only names a place.

    `path` is that of its file, `type_` what the API entity calls itself (`openapi`); both may be empty.
    """
    text = text.removeprefix("\ufeff")
    format_ = _format(text, path.lower(), type_.lower())
    if not format_ or len(text.strip()) < _SHORTEST or ("\n" not in text.strip() and "://" in text[:12]):
        return None
    if len(text) > LONGEST:
        return Description(
            format_, flaws=(Flaw(0, f"it is longer than {LONGEST:,} characters", "Split it."),)
        )
    if format_ == "GraphQL":
        return read_graphql(text)
    if format_ == "Protobuf":
        return read_protobuf(text)
    return _keyed(text, format_, sure=bool(type_))


def _format(text: str, path: str, type_: str) -> str:
    if path.endswith((".graphql", ".graphqls", ".gql")):
        return "GraphQL"
    if path.endswith(".proto"):
        return "Protobuf"
    if path:
        return "AsyncAPI" if "asyncapi" in path.rpartition("/")[2] else "OpenAPI"
    if type_ in _TYPES:
        return _TYPES[type_]
    if _KEYED.search(text):
        return "OpenAPI"
    if _PROTO.search(text):
        return "Protobuf"
    return "GraphQL" if _GRAPHQL.search(text) else ""


def _keyed(text: str, format_: str, *, sure: bool) -> Description | None:
    """Read what says itself by a key which format it has; `sure` says that somebody named it."""
    try:
        document = read_document(text)
    except Unread as unread:
        return Description(format_, flaws=(unread.flaw,))
    top = document.value
    if not isinstance(top, Map):
        return Description(format_, flaws=(Flaw(1, "it is no mapping"),)) if sure else None
    return _by_key(document, top, format_, sure=sure)


def _by_key(document: Document, top: Map, format_: str, *, sure: bool) -> Description | None:
    if "asyncapi" in top:
        return read_asyncapi(document)
    if "openapi" in top or "swagger" in top:
        return read_openapi(document)
    if not sure:
        return None
    key = format_.lower()
    return Description(format_, flaws=(Flaw(1, f"the key {key} is missing", f"Begin with `{key}:`."),))
