"""JMESPath expressions from `idp.yaml`: checked when they are read, and asked for what they find."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.functions import Functions
from jmespath.parser import ParsedResult
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from domain.entities import Json

EXPRESSION_LIMIT = 2_000
"""Characters of an expression."""
_FUNCTIONS = frozenset(Functions.FUNCTION_TABLE)


class Unanswered(Exception):
    """An expression cannot be asked of this value; the text says why."""


@lru_cache(maxsize=1_024)
def _compiled(text: str) -> ParsedResult:
    return jmespath.compile(text)


def find(expression: str, value: Json) -> Json:
    """Return what an expression finds in a value; None: nothing. Raises Unanswered."""
    try:
        found: Json = _compiled(expression).search(value)
    except (ValueError, TypeError, RecursionError) as error:  # JMESPath's own errors are ValueErrors
        raise Unanswered(f"`{expression}` cannot be asked of it: {_first_line(error)}") from None
    return found


def _expression(text: str) -> str:
    try:
        parsed = _compiled(text)
    except (JMESPathError, RecursionError) as error:
        raise PydanticCustomError(
            "jmespath", "it is no JMESPath expression: {reason}", {"reason": _first_line(error)}
        ) from None
    for name in _functions(parsed.parsed):
        if name not in _FUNCTIONS:
            raise PydanticCustomError("jmespath", "JMESPath has no function {name}()", {"name": name})
    return text


Expression = Annotated[str, Field(max_length=EXPRESSION_LIMIT), AfterValidator(_expression)]
"""A JMESPath expression (https://jmespath.org/specification.html)."""


def _functions(node: object) -> Iterator[str]:
    """Yield the names of the functions that a parsed expression calls."""
    if isinstance(node, dict):
        if node.get("type") == "function_expression":
            yield str(node["value"])
        yield from _functions(node.get("children"))
    elif isinstance(node, list):
        for each in node:
            yield from _functions(each)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(":")
