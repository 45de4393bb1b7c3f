"""Counts what a GraphQL request may come to, as GitHub does before it answers: nodes and points.

The rules are in GitHub's "Rate limits and query limits for the GraphQL API".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import DocumentNode, FieldNode, FragmentDefinitionNode, FragmentSpreadNode, InlineFragmentNode
from graphql.language import (
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)

MOST_IN_A_PAGE = 100


@dataclass(slots=True)
class Weight:
    """What a request may come to."""

    nodes: int = 0
    connections: int = 0
    widest: int = 0
    """The largest page of the organization's repositories, or how many it names by id."""
    excess: str = ""
    """The connection that asks for more than 100; empty: none."""

    @property
    def cost(self) -> int:
        """Points: connections that must be opened, by the hundred, at least 1."""
        return max(1, round(self.connections / 100))


def weigh(document: DocumentNode, variables: Mapping[str, Any]) -> Weight:
    """Return the weight of a request's operations."""
    weight = Weight()
    fragments = {
        each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
    }
    for each in document.definitions:
        if isinstance(each, OperationDefinitionNode):
            _count(each.selection_set, 1, weight, fragments, variables)
    return weight


def _count(
    selection: SelectionSetNode | None,
    times: int,
    weight: Weight,
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: Mapping[str, Any],
) -> None:
    for each in selection.selections if selection else ():
        if isinstance(each, FragmentSpreadNode):
            _count(fragments[each.name.value].selection_set, times, weight, fragments, variables)
        elif isinstance(each, InlineFragmentNode):
            _count(each.selection_set, times, weight, fragments, variables)
        elif isinstance(each, FieldNode):
            many = _many(each, variables)
            if many is not None:
                weight.connections += times
                weight.nodes += times * many
                if many > MOST_IN_A_PAGE:
                    weight.excess = weight.excess or each.name.value
                ordered = any(one.name.value == "orderBy" for one in each.arguments or ())
                if each.name.value == "nodes" or (each.name.value == "repositories" and ordered):
                    weight.widest = max(weight.widest, many)
            _count(each.selection_set, times * (many or 1), weight, fragments, variables)


def _many(field: FieldNode, variables: Mapping[str, Any]) -> int | None:
    """Return how many nodes a field asks for; None where it is no connection."""
    for argument in field.arguments or ():
        if argument.name.value not in ("first", "ids"):
            continue
        value: Any = argument.value
        if isinstance(value, VariableNode):
            value = variables.get(value.name.value)
        elif isinstance(value, IntValueNode):
            value = int(value.value)
        elif isinstance(value, ListValueNode):
            value = value.values
        if value is not None:
            return value if isinstance(value, int) else len(value)
    return None
