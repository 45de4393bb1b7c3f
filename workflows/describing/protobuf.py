"""Reads the services of a .proto file, by proto-schema-parser; a file without any describes no API.

Imports the parser when the first file is read: it takes a quarter of a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import islice
from typing import Any

from domain.apis import Description, Flaw, Operation
from workflows.describing.shapes import MOST_OPERATIONS, line_of_text

LONGEST = 200_000
"""Characters; the parser takes a second for a hundred thousand."""
DEEPEST = 60
_SERVICE = re.compile(r"\bservice\b")
_LITTER = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)


def read_protobuf(text: str) -> Description | None:
    """Return what a file says; None where it has no service."""
    bare = _LITTER.sub(lambda found: "\n" * found[0].count("\n") or " ", text)
    if not _SERVICE.search(bare):
        return None
    if len(text) > LONGEST:
        flaw = Flaw(0, f"it is longer than {LONGEST:,} characters", "Split it.")
        return Description("Protobuf", flaws=(flaw,))
    if _depth(bare) > DEEPEST:
        return Description("Protobuf", flaws=(Flaw(0, f"it is nested deeper than {DEEPEST} levels"),))
    file = _parsed(text)
    if isinstance(file, Flaw):
        return Description("Protobuf", flaws=(file,))
    if not any(type(each).__name__ == "Service" for each in file.file_elements):
        return None
    operations = tuple(islice(_operations(file, bare), MOST_OPERATIONS))
    package = next((each.name for each in file.file_elements if type(each).__name__ == "Package"), "")
    return Description("Protobuf", title=package[:200], operations=operations)


def _depth(bare: str) -> int:
    depth = deepest = 0
    for sign in bare:
        if sign in "{[(<":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "}])>":
            depth -= 1
    return deepest


def _parsed(text: str) -> Any | Flaw:
    """Return the file's tree, or what is wrong with it."""
    parser = import_module("proto_schema_parser.parser")
    listener = _listener()
    flaws: list[Flaw] = listener.flaws

    def watch(part: Any) -> None:
        part.removeErrorListeners()
        part.addErrorListener(listener)

    try:
        return parser.Parser(setup_lexer=watch, setup_parser=watch).parse(text)
    except (AttributeError, ValueError, TypeError, IndexError, RecursionError, StopParsing):
        return flaws[0] if flaws else Flaw(0, "it is no protobuf that can be read", "Compile it with protoc.")


class StopParsing(Exception):
    """The first syntax error: what follows it means little."""


def _listener() -> Any:
    """Return a listener of the parser's kind, which can only be made when that is imported."""
    kind = import_module("antlr4.error.ErrorListener").ErrorListener

    def told(
        self: Any, recognizer: Any, symbol: Any, line: int, column: int, message: str, cause: Any
    ) -> None:
        del recognizer, symbol, column, cause
        self.flaws.append(Flaw(line, f"it is not protobuf: {message[:200]}", "Compile it with protoc."))
        raise StopParsing

    made = type("Listener", (kind,), {"syntaxError": told})()
    made.flaws = []
    return made


def _operations(file: Any, bare: str) -> Iterator[Operation]:
    package = next((each.name for each in file.file_elements if type(each).__name__ == "Package"), "")
    at = 0
    for service in file.file_elements:
        if type(service).__name__ != "Service":
            continue
        begins = re.compile(rf"\bservice\s+{re.escape(service.name)}\b").search(bare, at)
        at = begins.end() if begins else at
        said = ""
        for each in service.elements:
            if type(each).__name__ == "Comment":
                said = each.text
            elif type(each).__name__ == "Method":
                begins = re.compile(rf"\brpc\s+{re.escape(each.name)}\b").search(bare, at)
                at = begins.end() if begins else at
                line = bare.count("\n", 0, begins.start()) + 1 if begins else 0
                full = f"{package}.{service.name}" if package else service.name
                yield _operation(service.name, full, each, said, line)
                said = ""


def _operation(service: str, full: str, method: Any, comment: str, line: int) -> Operation:
    options = {each.name: each.value for each in method.elements if type(each).__name__ == "Option"}
    deprecated = str(options.get("deprecated", "")).lower() == "true"
    summary = line_of_text("\n".join(each.strip(" \t/*") for each in comment.splitlines()))
    return Operation(
        f"{service}.{method.name}"[:200], "RPC", f"{full}/{method.name}"[:500], summary, service[:120],
        deprecated, line, (), _type(method.input_type), _type(method.output_type),
    )  # fmt: skip


def _type(message: Any) -> str:
    return f"{'stream ' if message.stream else ''}{message.type}"[:120]
