"""Reads YAML and JSON with the line of every key, within bounds: size, depth, and no growth by aliases.

Means nothing by what it reads. Keys are texts, as in JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from domain.apis import Flaw

DEEPEST = 200
MOST_NODES = 2_000_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONSTANTS = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "null": None, "Null": None, "NULL": None, "~": None, "": None,
}  # fmt: skip
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?(?:[0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18})(?:[eE][-+]?[0-9]{1,3})?")
_AS_WRITTEN = frozenset(("version", "openapi", "swagger", "asyncapi"))
"""Keys whose value is a version: `1.10` is no number there."""


class Unread(Exception):
    """The text is no document; says where and why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.problem)
        self.flaw = flaw


class Map(dict[str, Any]):
    """A mapping that knows the line of each of its keys."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}


class Seq(list[Any]):
    """A list that knows the line of each of its items."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


@dataclass(frozen=True, slots=True)
class Document:
    """What a text holds. Aliased parts are the same object at each place."""

    value: Any

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line on which the value at a path begins, or the nearest one above it."""
        value, line = self.value, 1
        for step in path:
            if isinstance(value, Map) and step in value.lines:
                line, value = value.lines[str(step)], value[str(step)]
            elif isinstance(value, Seq) and isinstance(step, int) and 0 <= step < len(value):
                line, value = value.lines[step], value[step]
            else:
                break
        return line


def read_document(text: str) -> Document:
    """Read one document of YAML or JSON. Raises Unread."""
    if text.lstrip()[:1] == "{":
        _check_json(text)
    builder = _Builder()
    try:
        events: Any = yaml.parse(text.replace("\t", "  ") if text[:1] == "{" else text, Loader=_LOADER)
        for event in events:
            if builder.take(event):
                break
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = str(getattr(error, "problem", "") or "it cannot be read")
        line = mark.line + 1 if mark is not None else 0
        raise Unread(Flaw(line, f"it is not YAML: {problem}", "Mend the YAML at this line.")) from None
    return Document(builder.value)


def _check_json(text: str) -> None:
    """Say of what begins as JSON what is wrong with it in JSON's own terms, unless it is YAML after all."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        if text.lstrip()[1:2] in ("\n", '"', " "):
            raise Unread(
                Flaw(error.lineno, f"it is not JSON: {error.msg.lower()}", "Mend the JSON.")
            ) from None
    except (RecursionError, ValueError):
        raise Unread(Flaw(0, "it is not JSON that can be read", "Mend the JSON.")) from None


class _Builder:
    """Makes a value of events, without recursion."""

    def __init__(self) -> None:
        self.value: Any = None
        self._open: list[tuple[Map | Seq, str | None]] = []
        """The containers that are not closed yet, and the anchor of each."""
        self._keys: list[tuple[str, int] | None] = []
        """For each of them the key that waits for its value."""
        self._anchors: dict[str, Any] = {}
        self._nodes = 0

    def take(self, event: Any) -> bool:
        """Take one event; return whether the first document has ended."""
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            container, anchor = self._open.pop()
            self._keys.pop()
            if anchor:
                self._anchors[anchor] = container
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        return isinstance(event, yaml.DocumentEndEvent)

    def _alias(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if event.anchor not in self._anchors:
            raise Unread(Flaw(line, f"nothing is called *{event.anchor[:40]} here"))
        self._put(self._anchors[event.anchor], line)

    def _scalar(self, event: Any) -> None:
        line = event.start_mark.line + 1
        key = self._keys[-1] if self._keys else None
        if self._open and isinstance(self._open[-1][0], Map) and key is None:
            self._keys[-1] = (event.value, line)
            if event.anchor:
                self._anchors[event.anchor] = event.value
            return
        plain = event.implicit[0] and not (key and key[0] in _AS_WRITTEN)
        value = _typed(event.value) if plain else event.value
        if event.anchor:
            self._anchors[event.anchor] = value
        self._put(value, line)

    def _begin(self, event: Any) -> None:
        line = event.start_mark.line + 1
        container = Map() if isinstance(event, yaml.MappingStartEvent) else Seq()
        if len(self._open) == DEEPEST:
            raise Unread(Flaw(line, f"it is nested deeper than {DEEPEST} levels"))
        if self._open and isinstance(self._open[-1][0], Map) and self._keys[-1] is None:
            raise Unread(Flaw(line, "a key is no text", "Write `key: value`."))
        self._put(container, line)
        self._open.append((container, event.anchor))
        self._keys.append(None)

    def _put(self, value: Any, line: int) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise Unread(Flaw(line, "it holds too many values", "Split it."))
        if not self._open:
            self.value = value
            return
        container = self._open[-1][0]
        if isinstance(container, Seq):
            container.append(value)
            container.lines.append(line)
            return
        waiting = self._keys[-1]
        if waiting is None:
            raise Unread(Flaw(line, "a key is no text", "Write `key: value`."))
        self._keys[-1] = None
        if waiting[0] == "<<" and isinstance(value, Map | Seq):
            _merge(container, value)
            return
        container[waiting[0]] = value
        container.lines[waiting[0]] = waiting[1]


def _merge(into: Map, value: Map | Seq) -> None:
    for each in [value] if isinstance(value, Map) else value:
        for key in each if isinstance(each, Map) else ():
            if key not in into:
                into[key] = each[key]
                into.lines[key] = each.lines[key]


def _typed(text: str) -> Any:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def references(document: Document) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every `$ref` of a document with its path; each shared part once."""
    seen: set[int] = set()
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), document.value)]
    while waiting:
        path, value = waiting.pop()
        if not isinstance(value, Map | Seq) or id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, Map):
            if isinstance(value.get("$ref"), str):
                yield (*path, "$ref"), value["$ref"]
            waiting.extend(((*path, key), each) for key, each in reversed(value.items()) if key != "example")
        else:
            waiting.extend(((*path, at), each) for at, each in enumerate(value))
