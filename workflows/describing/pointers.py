"""Follows `$ref` inside one document; what lies in other files is known by its name alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from domain.apis import Flaw
from workflows.describing.documents import Document, Map, references

LONGEST_CHAIN = 20
_ABSENT = object()


def at(document: Document, pointer: str) -> Any:
    """Return what a local reference (`#/components/schemas/Refund`) leads to; None: nothing."""
    found = _at(document, pointer)
    return None if found is _ABSENT else found


def _at(document: Document, pointer: str) -> Any:
    value = document.value
    for step in pointer[1:].split("/")[1:]:
        key = unquote(step).replace("~1", "/").replace("~0", "~")
        if isinstance(value, Map) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return _ABSENT
    return value


def followed(document: Document, value: Any) -> Map:
    """Return a mapping, or the one that its references lead to; an empty one where that is none."""
    for _ in range(LONGEST_CHAIN):
        if not isinstance(value, Map):
            break
        target = value.get("$ref")
        if not isinstance(target, str):
            return value
        value = at(document, target) if target.startswith("#/") else None
    return Map()


def name_of(value: Any) -> str:
    """Return what a reference calls the thing that it leads to; empty where it is none."""
    target = value.get("$ref") if isinstance(value, Map) else None
    if not isinstance(target, str):
        return ""
    return unquote(target.rstrip("/").rpartition("/")[2]).replace("~1", "/").replace("~0", "~")


def dangling(document: Document) -> Iterator[Flaw]:
    """Yield each local reference that leads to nothing, once."""
    seen: set[str] = set()
    for path, target in references(document):
        if target.startswith("#/") and target not in seen:
            seen.add(target)
            if _at(document, target) is _ABSENT:
                problem = f"$ref leads to nothing: {target[:200]}"
                yield Flaw(document.line(path), problem, "Define it, or mend the reference.")
