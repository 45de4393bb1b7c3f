"""Reads OpenAPI 2.0 (Swagger) and 3.x. Of a flawed one it reads what it can."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from domain.apis import Description, Flaw, Operation
from workflows.describing.documents import Document, Map, Seq
from workflows.describing.pointers import dangling, followed, name_of
from workflows.describing.shapes import MOST_FLAWS, MOST_OPERATIONS, line_of_text, text_at, texts_at
from workflows.describing.validating import openapi_flaws

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


def read_openapi(document: Document) -> Description:
    """Return what a document says whose key `openapi` or `swagger` gives its version."""
    top: Map = document.value
    version = str(top.get("openapi") or top.get("swagger") or "")
    info = followed(document, top.get("info"))
    operations = tuple(islice(_operations(document), MOST_OPERATIONS))
    flaws = (*islice(_flaws(document, version), MOST_FLAWS),)
    return Description(
        f"OpenAPI {version}"[:40], text_at(info, "title"), text_at(info, "version", 60),
        tuple(_servers(top)), operations, flaws,
    )  # fmt: skip


def _flaws(document: Document, version: str) -> Iterator[Flaw]:
    if not version.startswith(("2.", "3.0", "3.1", "3.2")):
        line = document.line(("openapi",)) if "openapi" in document.value else document.line(("swagger",))
        yield Flaw(line, f"OpenAPI {version[:40]} is no known version", "Known are 2.0, 3.0, 3.1 and 3.2.")
        return
    yield from openapi_flaws(document, version)
    yield from dangling(document)


def _servers(top: Map) -> Iterator[str]:
    servers = top.get("servers")
    for server in servers[:10] if isinstance(servers, Seq) else ():
        if isinstance(server, Map) and (url := text_at(server, "url")):
            yield url
    if "swagger" in top and (host := text_at(top, "host")):
        schemes = texts_at(top, "schemes")
        yield f"{schemes[0] if schemes else 'https'}://{host}{text_at(top, 'basePath')}"


def _operations(document: Document) -> Iterator[Operation]:
    paths = followed(document, document.value.get("paths"))
    for path, written in paths.items():
        item = followed(document, written)
        for method in METHODS:
            if isinstance(operation := item.get(method), Map):
                line = document.line(("paths", path, method))
                yield _operation(document, path, method, operation, item, line)
    for name, written in followed(document, document.value.get("webhooks")).items():
        item = followed(document, written)
        for method in METHODS:
            if isinstance(operation := item.get(method), Map):
                line = document.line(("webhooks", name, method))
                found = _operation(document, name, method, operation, item, line)
                yield Operation(
                    found.name, "WEBHOOK", name, found.summary, found.group, found.deprecated, line,
                    found.takes, found.request, found.response,
                )  # fmt: skip


def _operation(document: Document, path: str, method: str, operation: Map, item: Map, line: int) -> Operation:
    tags = texts_at(operation, "tags")
    verb = method.upper()
    parameters = [
        followed(document, each)
        for written in (item.get("parameters"), operation.get("parameters"))
        for each in (written if isinstance(written, Seq) else ())
    ]
    body = next((each for each in parameters if each.get("in") == "body"), None)
    takes = tuple(
        f"{name}{'' if each.get('required') else '?'}"
        for each in parameters
        if each.get("in") not in ("body", "header") and (name := text_at(each, "name", 60))
    )
    request = body if body is not None else _content(document, operation.get("requestBody"))
    return Operation(
        text_at(operation, "operationId", 200) or f"{verb} {path}"[:200],
        verb,
        path[:500],
        line_of_text(text_at(operation, "summary", 2_000) or text_at(operation, "description", 2_000)),
        tags[0] if tags else "",
        operation.get("deprecated") is True,
        line,
        tuple(dict.fromkeys(takes))[:20],
        type_of(document, request.get("schema")),
        _response(document, operation),
    )


def _response(document: Document, operation: Map) -> str:
    """Return the type of the first answer that tells of success."""
    responses = operation.get("responses")
    for status, written in responses.items() if isinstance(responses, Map) else ():
        if str(status)[:1] == "2":
            response = followed(document, written)
            content = response if "schema" in response else _content(document, response)
            if found := type_of(document, content.get("schema")):
                return found
    return ""


def _content(document: Document, holder: Any) -> Map:
    content = followed(document, followed(document, holder).get("content"))
    return next((each for each in content.values() if isinstance(each, Map)), Map())


def type_of(document: Document, schema: Any, depth: int = 3) -> str:
    """Return a schema's name, `Refund[]` for a list of them, its plain type, or nothing."""
    if name := name_of(schema):
        return name[:120]
    if not isinstance(schema, Map) or depth == 0:
        return ""
    if schema.get("type") == "array":
        return f"{type_of(document, schema.get('items'), depth - 1)}[]"
    return text_at(schema, "title", 120) or text_at(schema, "type", 40)
