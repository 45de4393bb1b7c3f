"""Executes GraphQL requests over the schema: checks them, weighs them, answers them in GitHub's form.

Holds no state of its own but the points that were spent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    execute_sync,
    is_abstract_type,
    parse,
    validate,
)
from graphql.language import FieldNode, Visitor, visit
from graphql.utilities import TypeInfo, TypeInfoVisitor

from playground.vendors.github.answers import Resolver, stamp, type_name
from playground.vendors.github.counting import Weight, weigh
from playground.vendors.github.resolvers import RESOLVERS
from playground.vendors.github.state import Organization, Repository
from playground.vendors.github.troubles import Troubles

SDL = Path(__file__).with_name("schema.graphql")
EMAIL_SCOPES = frozenset({"user:email", "read:user", "user"})
ADDRESSES = frozenset({"User.email", "User.organizationVerifiedDomainEmails"})

Answer = tuple[int, dict[str, str], dict[str, Any]]
"""Status, headers, body."""


@dataclass(slots=True)
class Graph:
    """The GraphQL end point."""

    organization: Organization
    troubles: Troubles
    clock: Callable[[], datetime]
    web: Callable[[], str]
    spent: int = 0
    _schema: GraphQLSchema = field(init=False)

    def __post_init__(self) -> None:
        self._schema = build_schema(SDL.read_text("utf-8"))
        for type_ in self._schema.type_map.values():
            if is_abstract_type(type_):
                type_.resolve_type = type_name
            if isinstance(type_, GraphQLObjectType):
                for name, resolver in RESOLVERS.get(type_.name, {}).items():
                    type_.fields[name].resolve = self._guarded(f"{type_.name}.{name}", name, resolver)

    def answer(self, request: Mapping[str, Any], scopes: frozenset[str] | None, viewer: Any) -> Answer:
        """Answer one request; `scopes` is None for a token that has none (fine-grained, App)."""
        text, variables = str(request.get("query") or ""), request.get("variables") or {}
        try:
            document = _parsed(text)
        except GraphQLError as error:
            return 200, self._headers(), {"errors": [{"message": error.message}]}
        weight = weigh(document, variables)
        refused = self._refusal(document, weight, scopes)
        if refused is not None:
            return refused
        self.spent += weight.cost
        self.troubles.remaining -= weight.cost
        with self.organization.lock:
            result = execute_sync(
                self._schema,
                document,
                variable_values=dict(variables),
                context_value=self._context(weight, viewer),
                operation_name=request.get("operationName"),
            )
        body: dict[str, Any] = {"data": result.data}
        if result.errors:
            body["errors"] = [_formatted(each) for each in result.errors]
        if self.troubles.rewrite is not None:
            self.troubles.rewrite(body)
        return 200, self._headers(), body

    def _context(self, weight: Weight, viewer: Any) -> dict[str, Any]:
        troubles = self.troubles
        return {
            "organization": self.organization,
            "viewer": viewer,
            "web": self.web(),
            "rate": {
                "cost": weight.cost,
                "limit": troubles.limit,
                "nodeCount": weight.nodes,
                "remaining": max(0, troubles.remaining),
                "used": troubles.limit - troubles.remaining,
                "resetAt": stamp(self._resets_at()),
            },
        }

    def _resets_at(self) -> datetime:
        return self.clock() + timedelta(seconds=self.troubles.resets_in_seconds)

    def _headers(self) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.troubles.limit),
            "X-RateLimit-Remaining": str(max(0, self.troubles.remaining)),
            "X-RateLimit-Reset": str(int(self._resets_at().timestamp())),
            "X-RateLimit-Resource": "graphql",
        }

    def _refusal(
        self, document: DocumentNode, weight: Weight, scopes: frozenset[str] | None
    ) -> Answer | None:
        """Return the answer to a request that is not executed; None: it is."""
        troubles = self.troubles
        if troubles.widest and weight.widest > troubles.widest:
            return 502, {}, {"message": "We couldn't respond to your request in time. Sorry about that."}
        errors = [_invalid(each) for each in validate(self._schema, document)]
        if troubles.undefined:
            missing = _fields(self._schema, document) & troubles.undefined
            errors += [_undefined(*each.split(".")) for each in sorted(missing)]
        if scopes is not None and not scopes & EMAIL_SCOPES:
            asked = _fields(self._schema, document) & ADDRESSES
            errors += [_out_of_scope(each.partition(".")[2], scopes) for each in sorted(asked)]
        if weight.excess:
            errors.append(
                _problem(
                    "EXCESSIVE_PAGINATION",
                    f"Requesting more than 100 records on the `{weight.excess}` connection.",
                )
            )
        if weight.nodes > troubles.node_limit:
            words = (
                f"This query requests up to {weight.nodes:,} possible nodes which exceeds the maximum limit"
            )
            errors.append(_problem("MAX_NODE_LIMIT_EXCEEDED", f"{words} of {troubles.node_limit:,}."))
        if troubles.resource_limit and weight.nodes > troubles.resource_limit:
            errors.append(_problem("RESOURCE_LIMITS_EXCEEDED", "Resource limits for this query exceeded."))
        if not errors and troubles.remaining < weight.cost:
            troubles.remaining = 0
            errors.append(_problem("RATE_LIMITED", "API rate limit already exceeded for user ID 1."))
        return (200, self._headers(), {"errors": errors}) if errors else None

    def _guarded(self, whole: str, name: str, resolver: Resolver) -> Resolver:
        troubles = self.troubles

        @wraps(resolver)
        def resolve(source: Any, info: Any, **arguments: Any) -> Any:
            if whole in troubles.forbidden:
                raise GraphQLError(
                    "Resource not accessible by personal access token", extensions={"type": "FORBIDDEN"}
                )
            if troubles.broken and isinstance(source, Repository) and (source.name, name) in troubles.broken:
                raise GraphQLError("Something went wrong while executing your query.")
            return resolver(source, info, **arguments)

        return resolve


@lru_cache(maxsize=200)
def _parsed(text: str) -> DocumentNode:
    return parse(text, no_location=True)


def _fields(schema: GraphQLSchema, document: DocumentNode) -> set[str]:
    """Return `Type.field` of everything that a request asks for."""
    types, found = TypeInfo(schema), set[str]()

    class Asked(Visitor):
        """Notes each field with its type."""

        def enter_field(self, node: FieldNode, *_: Any) -> None:
            """Note one."""
            parent = types.get_parent_type()
            if parent is not None:
                found.add(f"{parent.name}.{node.name.value}")

    visit(document, TypeInfoVisitor(types, Asked()))
    return found


def _problem(type_: str, message: str) -> dict[str, Any]:
    return {"type": type_, "message": message}


def _undefined(type_: str, name: str) -> dict[str, Any]:
    extensions = {"code": "undefinedField", "typeName": type_, "fieldName": name}
    return {"extensions": extensions, "message": f"Field '{name}' doesn't exist on type '{type_}'"}


def _out_of_scope(name: str, scopes: frozenset[str]) -> dict[str, Any]:
    has = ", ".join(f"'{each}'" for each in sorted(scopes))
    return _problem(
        "INSUFFICIENT_SCOPES",
        "Your token has not been granted the required scopes to execute this query. The '"
        f"{name}' field requires one of the following scopes: ['user:email', 'read:user'], but your token "
        f"has only been granted the: [{has}] scopes.",
    )


def _invalid(error: GraphQLError) -> dict[str, Any]:
    return {"message": error.message, "extensions": {"code": "invalid"}}


def _formatted(error: GraphQLError) -> dict[str, Any]:
    formatted: dict[str, Any] = {"message": error.message, "path": error.path, **(error.extensions or {})}
    return formatted
