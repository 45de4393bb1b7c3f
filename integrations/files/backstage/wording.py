"""Words for what is wrong in a document: what stands where, and what would be right.

Decides nothing about what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from domain.entities import Json


class Problem(NamedTuple):
    """What is wrong at one place of a document."""

    path: tuple[str | int, ...]
    problem: str
    remedy: str

    @property
    def field(self) -> str:
        """The place as people write it: `metadata.tags[2]`."""
        return "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in self.path).lstrip(".")


class Refused(Exception):
    """A document cannot be taken, for a reason that only shows when it is filled in or mapped."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.problem)
        self.problem = problem


def wrong(path: tuple[str | int, ...], holder: Mapping[str, Json] | Sequence[Json], remedy: str) -> Problem:
    """Say what stands at a place instead of what should."""
    step = path[-1]
    if isinstance(holder, Mapping):
        value = holder.get(str(step))
        missing = step not in holder
    else:
        value, missing = holder[int(step)], False
    field = Problem(path, "", "").field
    return Problem(path, f"{field} is missing" if missing else f"{field} is {shown(value)}", remedy)


def shown(value: Json) -> str:
    """Name a value so that its writer finds it again: a text in quotes, other things by their type."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"the truth value {str(value).lower()}"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    told = f'"{text}"' if len(text) <= 80 else f'"{text[:77]}…"'
    return told if len(text) <= 63 else f"{told} ({len(text)} characters)"


def quoted(value: Json, otherwise: str) -> str:
    """Advise quotes where a bare word was read as a number or truth value."""
    if isinstance(value, bool | int | float):
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        return f'Put quotes around it: "{shown}".'
    return otherwise


def listed(names: Sequence[str]) -> str:
    """Join names as in a sentence: `a, b and c`."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
