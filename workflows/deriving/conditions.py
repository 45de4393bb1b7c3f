"""Conditions in CEL, the Common Expression Language: compiled once, asked of one thing at a time.

A field that is not there makes a condition false as a whole; `has(entity.repo.archived)` asks for it first.
Runs nothing but the expression: CEL has no loops without end, no state, and no way out.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workflows.deriving.asked import VARIABLES

if TYPE_CHECKING:
    from cel import Context, Program

_TYPES = frozenset({"bool", "bytes", "double", "duration", "int", "list", "map", "null_type", "string",
                    "timestamp", "uint"})  # fmt: skip
_FUNCTIONS = frozenset({
    "bytes", "contains", "double", "duration", "dyn", "endsWith", "getDate", "getDayOfMonth", "getDayOfWeek",
    "getDayOfYear", "getFullYear", "getHours", "getMilliseconds", "getMinutes", "getMonth", "getSeconds",
    "int", "matches", "size", "startsWith", "string", "timestamp", "type", "uint",
})  # fmt: skip
_BOUND = re.compile(r"\.\s*(?:all|exists|exists_one|map|filter)\s*\(\s*([A-Za-z_]\w*)\s*,")
_PLACE = re.compile(r"<input>:\d+:(\d+): (?:Syntax error: )?(.*)")
LONGEST = 4000
"""Characters of a condition."""


class BadCondition(ValueError):
    """A condition that can hold of nothing, with the reason in words."""


class Unfit(Exception):
    """A condition that could not be asked of one thing: its values do not bear what it does."""


class Condition:
    """One condition. Raises BadCondition when its text is none."""

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self._program = _compiled(self.text)

    def holds(self, seen: Context) -> bool:
        """Tell whether it holds; False when it asks for something that is not there. Raises Unfit."""
        try:
            answer = self._program.execute(seen)
        except (KeyError, IndexError):
            return False
        except (TypeError, ValueError, RuntimeError, ArithmeticError) as error:
            raise Unfit(_first_line(error)) from error
        if isinstance(answer, bool):
            return answer
        raise Unfit(f"it comes to {type(answer).__name__}, and not to true or false")


def context_of(variables: Mapping[str, object]) -> Context:
    """Return what conditions are asked of. Raises Unfit for values that CEL does not know."""
    known: dict[str, Any] = dict(variables)
    try:
        return _cel().Context(known)  # type: ignore[no-any-return]
    except (TypeError, ValueError, RuntimeError, ArithmeticError) as error:
        raise Unfit(_first_line(error)) from error


def _cel() -> Any:
    """Return the package, loaded when the first condition is read: a tenth of a command's start."""
    return importlib.import_module("cel")


def _compiled(text: str) -> Program:
    if len(text) > LONGEST:
        raise BadCondition(f"it has {len(text):,} characters, at most {LONGEST:,}")
    try:
        program: Program = _cel().compile(text)
    except ValueError as error:
        raise BadCondition(_in_words(error)) from error
    bound = set(_BOUND.findall(text))
    known = VARIABLES.keys() | _TYPES | bound
    if unknown := [name for name in program.variables() if name not in known]:
        raise BadCondition(f"there is no `{unknown[0]}`; it may ask {', '.join(VARIABLES)}")
    for name in program.functions():
        if name.isidentifier() and not name.startswith("_") and name not in _FUNCTIONS:
            raise BadCondition(f"there is no function `{name}`; there are {', '.join(sorted(_FUNCTIONS))}")
    return program


def _in_words(error: ValueError) -> str:
    if "Recursion limit" in str(error):
        return "it is nested too deeply"
    found = _PLACE.search(str(error))
    if found is None:
        return "it is no CEL expression"
    said = found[2].partition(" expecting ")[0].replace("'<EOF>'", "its end")
    return f"it is no CEL expression: {said}, at character {found[1]}"


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].partition(". ")[0].rstrip(":")
