"""Reads the notation in which patterns are written: `who (owns|maintains) [the] <thing>`.

Alternatives stand in round brackets, what may be left out in square ones, slots in angles. Matches nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PART = re.compile(r"\s*(<\w+>|[()\[\]|]|[^\s()\[\]|<>]+)")
_CLOSES = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences of words, slots (`<thing>`) and choices."""

    sequences: tuple[tuple[str | Choice, ...], ...]


def parse(pattern: str) -> Choice:
    """Return what a pattern says; ValueError where its brackets do not pair."""
    parts = _PART.findall(pattern)
    choice, end = _choice(parts, 0, "")
    if end != len(parts):
        raise ValueError(f"stray {parts[end]!r} in the pattern {pattern!r}")
    return choice


def is_slot(part: str) -> bool:
    """Tell a slot from a word."""
    return part.startswith("<")


def _choice(parts: list[str], at: int, closing: str) -> tuple[Choice, int]:
    """Read alternatives up to the closing bracket; return them and the place after the last part read."""
    sequences: list[tuple[str | Choice, ...]] = []
    current: list[str | Choice] = []
    while at < len(parts) and parts[at] not in (")", "]"):
        part = parts[at]
        if part == "|":
            sequences.append(tuple(current))
            current = []
        elif part in _CLOSES:
            inner, at = _choice(parts, at + 1, _CLOSES[part])
            current.append(inner)
        else:
            current.append(part)
        at += 1
    if closing and (at == len(parts) or parts[at] != closing):
        raise ValueError(f"a pattern lacks its {closing!r}")
    sequences.append(tuple(current))
    if closing == "]":
        sequences.append(())
    return Choice(tuple(sequences)), at
