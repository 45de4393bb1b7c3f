"""The rows of the grammar on APIs and their operations. Part of the table in `grammar`."""

from __future__ import annotations

from questions.forms import Form
from questions.patterns import Words

METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
_OPERATION = "(endpoint|endpoints|operation|operations|routes|rpcs|queries|mutations)"
_EVENTS = "(event|events|messages)"
_WRITTEN = "(spec|file|schema|description|definition|docs|documentation|reference|api)"
_DESCRIPTION = f"(openapi|swagger|asyncapi|graphql|protobuf|proto|grpc|rest) [{_WRITTEN}]"
_OF = "(of|for|in)"
_SHOW = "(show|show me|list|give me|get|what are|where is)"
_METHOD = f"({'|'.join(METHODS)})"
_SENDS = "(send|emit|publish|receive)"

API_FORMS: tuple[Form, ...] = (
    Form(
        "api",
        "api <service> [words]",
        "the operations of its OpenAPI, AsyncAPI, GraphQL or protobuf descriptions; with words, the ones "
        "that they name; by a path, who serves it",
        ("api payments", "api payments refund", "who serves /v1/refunds"),
        (
            "api [<thing>]",
            f"api ({_WRITTEN}|{_OPERATION}) [{_OF}] <thing>",
            f"{_DESCRIPTION} [of|for] <thing>",
            f"{_SHOW} [the] {_DESCRIPTION} (of|for) <thing>",
            f"{_SHOW} [the] api [{_WRITTEN}] (of|for) <thing>",
            f"[{_SHOW}] [the|all] {_OPERATION} {_OF} <thing>",
            f"(which|what) ({_OPERATION}|{_EVENTS}) {_OF} <thing>",
            f"(which|what) {_OPERATION} does <thing> (have|offer|expose|provide|serve)",
            f"does <thing> have (a|an|any) {_OPERATION} (for|to|that) <rest>",
            f"[{_SHOW}] [the] {_EVENTS} (of|from) <thing>",
            f"(which|what) {_EVENTS} does <thing> {_SENDS}",
            "<thing> ['s] (openapi|swagger|asyncapi|graphql|proto|api spec|graphql schema)",
            "<thing> ['s] (endpoints|operations|routes|rpcs)",
            f"(who|what|which service|which api) (serves|handles|implements|exposes|has) [{_METHOD}] <path>",
            "(who|which service|which api) (serves|implements|exposes) <thing>",
            "[show] [the] (endpoint|route) <path>",
            f"{_METHOD} <path>",
            f"api {_METHOD} <path>",
            "api <path>",
        ),
        ask="api {}",
        paged=True,
    ),
)
"""In the order in which help lists it."""


def is_path(words: Words) -> bool:
    """Tell a path of an API (`/v1/refunds`), or its whole address, from the name of a thing."""
    typed = words[0].typed.strip("<>").lower()
    return len(words) == 1 and (typed.startswith("/") or "://" in typed)
