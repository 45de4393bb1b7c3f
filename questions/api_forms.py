"""The rows of the grammar on APIs and their operations. Part of the table in `grammar`."""

from __future__ import annotations

from questions.forms import Form
from questions.patterns import Words

METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
_OPERATION = (
    "(endpoint|endpoints|operation|operations|route|routes|method|methods|call|calls|rpc|rpcs|query|queries"
    "|mutation|mutations)"
)
_EVENTS = "(event|events|message|messages|topics)"
_DESCRIPTION = (
    "(openapi|swagger|asyncapi|graphql|protobuf|proto|grpc|openapi spec|openapi file|swagger file|api spec"
    "|api description|api definition|api docs|api documentation|api reference|graphql schema|graphql api"
    "|grpc api|rest api|asyncapi spec|asyncapi file|proto file|protobuf file)"
)
_OF = "(of|for|in|on)"
_SHOW = "(show|show me|list|give me|get|what are|what is|where is|find)"
_METHOD = f"({'|'.join(METHODS)})"
_SENDS = "(send|sends|emit|emits|publish|publishes|receive|receives|consume|consumes)"

API_FORMS: tuple[Form, ...] = (
    Form(
        "api",
        "api <service> [words]",
        "the operations of its OpenAPI, AsyncAPI, GraphQL or protobuf descriptions; with words, the ones "
        "that they name; by a path, who serves it",
        ("api payments", "api payments refund", "who serves /v1/refunds"),
        (
            "(api|apidocs) [<thing>]",
            f"api (docs|documentation|reference|spec|description|{_OPERATION}) [{_OF}] <thing>",
            f"{_DESCRIPTION} [{_OF}] <thing>",
            f"{_SHOW} [me] [the|all|all the] {_DESCRIPTION} {_OF} <thing>",
            f"{_SHOW} [me] [the] api {_OF} <thing>",
            f"[{_SHOW}] [the|all|all the] {_OPERATION} {_OF} <thing>",
            f"(which|what) {_OPERATION} {_OF} <thing>",
            f"(which|what) {_OPERATION} (does|do) <thing> (have|offer|expose|provide|serve)",
            f"does <thing> have (a|an|any) {_OPERATION} (for|to|that) <rest>",
            f"[{_SHOW}] [the|all|all the] {_EVENTS} (of|from) <thing>",
            f"(which|what) {_EVENTS} (of|from) <thing>",
            f"(which|what) {_EVENTS} (does|do) <thing> {_SENDS}",
            f"<thing> ['s] {_DESCRIPTION}",
            "<thing> ['s] (endpoints|operations|routes|rpcs)",
            f"(who|what|which service|which api) (serves|handles|implements|exposes|has) [{_METHOD}] <path>",
            "(who|which service|which api) (serves|implements|exposes) <thing>",
            f"[{_SHOW}] [the] endpoint <path>",
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
