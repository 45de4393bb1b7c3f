"""Reads AsyncAPI 2.x and 3.x: who sends what on which channel.

No maintained library reads them in Python: the few keys that matter are read and judged here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from domain.apis import Description, Flaw, Operation
from workflows.describing.documents import Document, Map, Seq
from workflows.describing.pointers import dangling, followed, name_of
from workflows.describing.shapes import MOST_FLAWS, MOST_OPERATIONS, line_of_text, text_at

_VERBS = {"publish": "RECEIVE", "subscribe": "SEND"}
"""In 2.x the words are the client's: what one may publish, the service receives."""


def read_asyncapi(document: Document) -> Description:
    """Return what a document says whose key `asyncapi` gives its version."""
    top: Map = document.value
    version = str(top.get("asyncapi") or "")
    info = followed(document, top.get("info"))
    found = _of_3(document) if version.startswith("3.") else _of_2(document)
    servers = followed(document, top.get("servers"))
    return Description(
        f"AsyncAPI {version}"[:40], text_at(info, "title"), text_at(info, "version", 60),
        tuple(islice(_servers(document, servers), 10)), tuple(islice(found, MOST_OPERATIONS)),
        (*islice(_flaws(document, version), MOST_FLAWS),),
    )  # fmt: skip


def _servers(document: Document, servers: Map) -> Iterator[str]:
    for written in servers.values():
        server = followed(document, written)
        if address := text_at(server, "url") or text_at(server, "host"):
            protocol = text_at(server, "protocol", 40)
            yield f"{protocol}://{address}" if protocol and "://" not in address else address


def _of_2(document: Document) -> Iterator[Operation]:
    for name, written in followed(document, document.value.get("channels")).items():
        channel = followed(document, written)
        for key, verb in _VERBS.items():
            if isinstance(channel.get(key), Map):
                operation = followed(document, channel[key])
                line = document.line(("channels", name, key))
                yield _operation(
                    document, text_at(operation, "operationId", 200) or f"{verb.lower()} {name}"[:200], verb,
                    name, operation, [operation.get("message")], line,
                )  # fmt: skip


def _of_3(document: Document) -> Iterator[Operation]:
    for name, written in followed(document, document.value.get("operations")).items():
        operation = followed(document, written)
        channel = followed(document, operation.get("channel"))
        address = text_at(channel, "address", 500) or name_of(operation.get("channel"))
        messages = operation.get("messages")
        of_channel = list(followed(document, channel.get("messages")).values())
        yield _operation(
            document, name[:200], text_at(operation, "action", 20).upper(), address, operation,
            list(messages) if isinstance(messages, Seq) else of_channel, document.line(("operations", name)),
        )  # fmt: skip


def _operation(
    document: Document, name: str, verb: str, address: str, operation: Map, messages: list[Any], line: int
) -> Operation:
    tags = operation.get("tags")
    tag = next((text_at(each, "name", 120) for each in tags), "") if isinstance(tags, Seq) else ""
    said = text_at(operation, "summary", 2_000) or text_at(operation, "description", 2_000)
    names = [each for message in messages for each in _message_names(document, message)]
    said = said or next(
        (text for each in messages if (text := text_at(followed(document, each), "summary", 2_000))), ""
    )
    kept = ", ".join(dict.fromkeys(names))[:200]
    return Operation(
        name, verb, address[:500], line_of_text(said), tag, operation.get("deprecated") is True, line,
        (), kept if verb == "RECEIVE" else "", kept if verb != "RECEIVE" else "",
    )  # fmt: skip


def _message_names(document: Document, written: Any) -> Iterator[str]:
    message = followed(document, written)
    if isinstance(several := message.get("oneOf"), Seq):
        for each in several[:20]:
            yield from ([name_of(each) or text_at(followed(document, each), "name", 120)])
        return
    if name := text_at(message, "name", 120) or name_of(written) or name_of(message.get("payload")):
        yield name


def _flaws(document: Document, version: str) -> Iterator[Flaw]:
    top: Map = document.value
    if not version.startswith(("2.", "3.")):
        line = document.line(("asyncapi",))
        yield Flaw(line, f"AsyncAPI {version[:40]} is no known version", "Known are 2.x and 3.x.")
        return
    for key in ("info", *(("channels",) if version.startswith("2.") else ())):
        if not isinstance(top.get(key), Map):
            yield Flaw(document.line((key,)), f"{key} is missing, or no mapping", f"Add {key}.")
    info = top.get("info")
    for key in ("title", "version") if isinstance(info, Map) else ():
        if not text_at(info, key):
            yield Flaw(document.line(("info",)), f"info.{key} is missing", f"Add {key}.")
    if version.startswith("3."):
        yield from _flaws_of_3(document)
    yield from dangling(document)


def _flaws_of_3(document: Document) -> Iterator[Flaw]:
    for name, written in followed(document, document.value.get("operations")).items():
        operation = followed(document, written)
        line = document.line(("operations", name))
        if operation.get("action") not in ("send", "receive"):
            yield Flaw(
                line, f"operations.{name[:100]}.action is not send or receive", "Write one of the two."
            )
        if "channel" not in operation:
            yield Flaw(line, f"operations.{name[:100]}.channel is missing", "Refer to a channel by $ref.")
