"""Reads a schema in GraphQL's own language, by graphql-core. A file that only asks (queries) is no schema."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any

from domain.apis import Description, Flaw, Operation
from workflows.describing.shapes import MOST_OPERATIONS, line_of_text

if TYPE_CHECKING:
    from graphql.language import ast

MOST_TOKENS = 200_000
"""A second or two of reading."""
DEEPEST = 100
_ROOTS = {"query": "Query", "mutation": "Mutation", "subscription": "Subscription"}


def read_graphql(text: str) -> Description | None:
    """Return what a schema says; None where the text holds none."""
    graphql = import_module("graphql")
    if (line := _too_deep(text)) is not None:
        return Description("GraphQL", flaws=(Flaw(line, f"it is nested deeper than {DEEPEST} levels"),))
    try:
        document = graphql.parse(text, max_tokens=MOST_TOKENS)
    except graphql.GraphQLSyntaxError as error:
        line = error.locations[0].line if error.locations else 0
        problem = error.message.removeprefix("Syntax Error: ").rstrip(".")[:300]
        return Description("GraphQL", flaws=(Flaw(line, f"it is not GraphQL: {problem}", "Mend it here."),))
    schema = [each for each in document.definitions if not _is_executable(each)]
    if not schema:
        return None
    operations = tuple(islice(_operations(schema), MOST_OPERATIONS))
    return Description("GraphQL", operations=operations, flaws=tuple(_flaws(schema)))


def _too_deep(text: str) -> int | None:
    """Return the line at which brackets are nested too deeply for a parser that calls itself."""
    depth, line = 0, 1
    for sign in text:
        if sign in "[{(":
            depth += 1
            if depth > DEEPEST:
                return line
        elif sign in "]})":
            depth = max(0, depth - 1)
        elif sign == "\n":
            line += 1
    return None


def _is_executable(definition: ast.DefinitionNode) -> bool:
    return definition.kind in ("operation_definition", "fragment_definition")


def _roots(schema: list[Any]) -> dict[str, str]:
    """Return the names of the types whose fields are operations, and their verbs."""
    declared = {
        each.type.name.value: each.operation.value
        for definition in schema
        if definition.kind in ("schema_definition", "schema_extension")
        for each in definition.operation_types
    }
    missing = {verb for verb in _ROOTS if verb not in declared.values()}
    whole = any(definition.kind == "schema_definition" for definition in schema)
    usual = {} if whole else {_ROOTS[verb]: verb for verb in missing}
    return {**usual, **declared}


def _operations(schema: list[Any]) -> Iterator[Operation]:
    roots = _roots(schema)
    for definition in schema:
        if definition.kind not in ("object_type_definition", "object_type_extension"):
            continue
        if (verb := roots.get(definition.name.value)) is None:
            continue
        for field in definition.fields or ():
            yield _operation(verb, field)


def _operation(verb: str, field: Any) -> Operation:
    arguments = [
        f"{each.name.value}{'' if each.type.kind == 'non_null_type' and not each.default_value else '?'}"
        for each in field.arguments or ()
    ]
    directives = [each.name.value for each in field.directives or ()]
    name = field.name.value[:200]
    line = field.name.loc.start_token.line if field.name.loc else 0
    return Operation(
        name, verb.upper(), name, line_of_text(field.description.value if field.description else ""),
        verb.capitalize(), "deprecated" in directives, line, tuple(arguments[:20]), "", _written(field.type),
    )  # fmt: skip


def _written(type_: Any) -> str:
    if type_.kind == "non_null_type":
        return f"{_written(type_.type)}!"
    return f"[{_written(type_.type)}]" if type_.kind == "list_type" else str(type_.name.value)[:120]


def _flaws(schema: list[Any]) -> Iterator[Flaw]:
    """Yield types that are defined twice: which one holds, nobody can tell."""
    first: dict[str, int] = {}
    for definition in schema:
        if not definition.kind.endswith("_type_definition"):
            continue
        name, line = definition.name.value, definition.name.loc.start_token.line
        if name in first:
            yield Flaw(line, f"{name[:100]} is defined twice, first on line {first[name]}", "Keep one.")
            return
        first[name] = line
