"""Turns YAML nodes into plain values that JSON can hold, as YAML 1.2's core schema and Backstage do.

So `no` and `on` are texts, `0o17` is a number, and dates stay as they are written. What JSON cannot hold
(binary, sets, a language's objects) is refused, as are duplicate keys and documents that grow without end.
"""

from __future__ import annotations

import re

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from domain.entities import Json
from integrations.files.text import Twice, Unreadable
from integrations.files.yaml_nodes import DEPTH_LIMIT, MAP, PLAIN, SEQ, STR, too_deep

NODE_LIMIT = 100_000
"""Values that one document may come to once its aliases are followed."""

_PREFIX = "tag:yaml.org,2002:"
_WORDS: dict[str, Json] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INT = re.compile(r"[-+]?[0-9]{1,400}|0o[0-7]{1,400}|0x[0-9a-fA-F]{1,400}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_MAYBE = frozenset("0123456789+-.~ntfNTF")
"""The first characters of plain texts that may be something else than a text."""


TEXT_LIMIT = 10_000_000
"""Characters that the texts of one document may come to once its aliases are followed."""


def value_of(node: Node) -> Json:
    """Return the value of a document's root node. Raises Unreadable with a line counted from 1."""
    return _Reading().value(node, 0)


def check_length(value: Json, line: int) -> None:
    """Raise Unreadable at `line` when aliases repeat long texts until they would fill the memory."""
    left = TEXT_LIMIT
    level = [value]
    while level:
        below: list[Json] = []
        for each in level:
            if isinstance(each, str):
                left -= len(each)
            elif isinstance(each, dict):
                left -= sum(map(len, each))
                below += each.values()
            elif isinstance(each, list):
                below += each
        if left < 0:
            raise Unreadable(
                line, f"the texts of the document come to more than {TEXT_LIMIT / 1_000_000:g} MB",
                "Split it, or drop the aliases (*name) that multiply them.",
            )  # fmt: skip
        level = below


class _Reading:
    """One document being read; counts what it came to."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = NODE_LIMIT

    def value(self, node: Node, depth: int) -> Json:
        tag = node.tag
        if tag is STR:
            return str(node.value)
        if tag is PLAIN:
            text = node.value
            return text if text[:1] not in _MAYBE and text else plain(text, node)
        if depth > DEPTH_LIMIT:
            raise too_deep(_line(node))
        self.left -= len(node.value) + 1
        if self.left < 0:
            raise Unreadable(
                _line(node), f"the document comes to more than {NODE_LIMIT:,} values",
                "Split it, or drop the aliases (*name) that multiply it.",
            )  # fmt: skip
        if isinstance(node, MappingNode) and tag == MAP:
            return self._mapping(node, depth)
        if isinstance(node, SequenceNode) and tag == SEQ:
            return [self.value(each, depth + 1) for each in node.value]
        return _tagged(node)

    def _mapping(self, node: MappingNode, depth: int) -> Json:
        result: dict[str, Json] = {}
        merged: list[Node] = []
        pairs = node.value
        for key, value in pairs:
            name = key.value
            if key.tag is PLAIN:
                if name == "<<":
                    merged.append(value)
                    continue
                if name[:1] in _MAYBE or not name:
                    name = _key(key)
            elif key.tag is not STR:
                name = _key(key)
            result[name] = self.value(value, depth + 1)
        if len(result) + len(merged) != len(pairs) or len(merged) > 1:
            raise _duplicate(pairs)
        return self._with_merged(result, merged[0], depth) if merged else result

    def _with_merged(self, own: dict[str, Json], node: Node, depth: int) -> dict[str, Json]:
        """Add what `<<` brings: what stands in the mapping itself wins, then what is merged first."""
        result: dict[str, Json] = {}
        for each in reversed(node.value if isinstance(node, SequenceNode) else [node]):
            value = self.value(each, depth + 1)
            if not isinstance(value, dict):
                raise Unreadable(
                    _line(node), "`<<` merges something that is no mapping", "Write `<<: *anchor`."
                )
            result.update(value)
        result.update(own)
        return result


def plain(text: str, node: Node) -> Json:
    """Read a bare scalar. Raises Unreadable for a number that JSON does not have."""
    if text[:1] in "ntfNTF~":  # the empty text is in it too
        return _WORDS.get(text, text)
    if _INT.fullmatch(text):
        return int(text, 0 if text.startswith(("0o", "0x")) else 10)
    if _FLOAT.fullmatch(text):
        number = float(text)
        if number in (float("inf"), float("-inf")):
            raise Unreadable(_line(node), f"{text[:40]} is too large a number", "Put quotes around it.")
        return number
    if _NO_NUMBER.fullmatch(text):
        raise Unreadable(_line(node), f"{text} is a number that JSON does not have", "Put quotes around it.")
    return text


def _tagged(node: Node) -> Json:
    """Read a node whose tag is written out (`!!str 1`)."""
    tag = str(node.tag)
    if isinstance(node, ScalarNode):
        text = str(node.value)
        if tag == STR:
            return text
        value = plain(text, node)
        fits: dict[str, type | tuple[type, ...]] = {
            "int": int,
            "float": (int, float),
            "bool": bool,
            "null": type(None),
        }
        if isinstance(value, fits.get(tag.removeprefix(_PREFIX), ())):
            return value
        if tag == _PREFIX + "timestamp":
            return text
    name = tag.replace(_PREFIX, "!!")
    raise Unreadable(
        _line(node), f"the tag {name} makes a value that a catalog cannot hold",
        "Remove the tag, or write the value as text.",
    )  # fmt: skip


def _key(key: Node) -> str:
    """Return the text of a key that is not plainly one: a number or truth value as it is written."""
    if not isinstance(key, ScalarNode):
        raise Unreadable(_line(key), "a list or mapping stands as a key", "Use a text as the key.")
    text = str(key.value)
    written = key.tag == _PREFIX + "str"
    if not written and (plain(text, key) if key.tag == PLAIN else _tagged(key)) is None:
        shown = text or "(empty)"
        raise Unreadable(_line(key), f"the key {shown} is no text", f'Put quotes around it: "{text}".')
    return text


def _duplicate(pairs: list[tuple[Node, Node]]) -> Unreadable:
    """Name the first key that a mapping has twice, and both its lines."""
    seen: dict[str, int] = {}
    for key, _ in pairs:
        name = str(key.value)
        if name in seen:
            return Twice(_line(key), seen[name], f"the key {name}")
        seen[name] = _line(key)
    raise AssertionError("unreachable: a mapping with fewer values than keys has a key twice")


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1
