"""Splits a YAML stream into its documents and reads each on its own, so that one broken document stays alone.

Gives plain values that JSON can hold. Decides nothing about what a document is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from domain.entities import Json
from integrations.files.text import Unreadable
from integrations.files.yaml_nodes import Parser, check_nesting, line_of
from integrations.files.yaml_values import check_length, value_of

_BOUNDARY = re.compile(r"^(?:---(?=[ \t\n]|\Z)|\.\.\.(?=[ \t\n]|\Z)[^\n]*\n?)", re.MULTILINE)
"""At the start of a line both marks end a document wherever they stand, block scalars included."""

_NOTHING = re.compile(r"(?:[ \t]*(?:#[^\n]*)?(?:\n|\Z)|%[^\n]*(?:\n|\Z))*")
"""Blank lines, comments and directives: what may stand before a document and is none itself."""

_BEGINNING = re.compile(r"(?:(?:---)?[ \t]*(?:#[^\n]*)?\n|%[^\n]*\n)*")


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a stream. `first_line` is the line of the file on which `text` starts, from 1."""

    text: str
    first_line: int

    def value(self) -> Json:
        """Read the document; None when it is empty. Raises Unreadable with the line in the file."""
        try:
            check_nesting(self.text)
            node = Parser(self.text).get_single_node()
            value = None if node is None else value_of(node)
            if "*" in self.text:  # only an alias makes more of a document than was written
                check_length(value, 1)
            return value
        except yaml.YAMLError as error:
            raise self._explained(error) from None
        except Unreadable as trouble:
            raise trouble.below(self.first_line - 1) from None

    @property
    def start(self) -> int:
        """The line in the file on which the document's first word stands."""
        match = _BEGINNING.match(self.text)
        return self.first_line + (self.text.count("\n", 0, match.end()) if match else 0)

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line in the file at which the value at `path` stands, or the nearest one above it.

        Parses again: only for the few documents that have something wrong.
        """
        if not path:
            return self.start
        node = Parser(self.text).get_single_node()
        return self.start if node is None else self.first_line + line_of(node, path)

    def _explained(self, error: yaml.YAMLError) -> Unreadable:
        """Say what the parser found in words for the person who wrote the file."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        position = getattr(error, "position", None)
        if mark is None and isinstance(position, int):
            line = self.text.encode().count(b"\n", 0, position)
            return Unreadable(
                self.first_line + line, "a control character stands here", "Remove it, or write it as \\xNN."
            )
        lines = self.text.split("\n")
        line = min(mark.line, len(lines) - 1) if mark is not None else 0
        here = lines[line]
        at = self.first_line + line
        if "\t" in here[: len(here) - len(here.lstrip())]:
            return Unreadable(at, f"line {at} is indented with a tab", "YAML wants spaces.")
        problem = str(getattr(error, "problem", "") or "it is not YAML")
        remedy = next((cure for words, cure in _CURES if words in problem), "Mend the YAML at this line.")
        return Unreadable(at, f"it is not YAML: {problem}", remedy)


_CURES = (
    (
        "mapping values are not allowed",
        'Put quotes around a text that holds ": ", and check the indentation.',
    ),
    ("could not find expected ':'", "Write `key: value`."),
    (
        "did not find expected key",
        "Indent the keys of one mapping alike, or close the quote before this line.",
    ),
    ("did not find expected '-' indicator", "Indent the items of one list alike."),
    ("expected ',' or ']'", "Close the list with ]."),
    ("expected ',' or '}'", "Close the mapping with }."),
    ("cannot start any token", "Put quotes around a text that starts with @, ` or %."),
    ("unexpected end of stream", "Close the quote."),
    ("found undefined alias", "Define the anchor (&name) above its alias (*name), in the same document."),
    ("found unknown escape", "Write the backslash twice, or use single quotes."),
)


def documents(text: str) -> Iterator[Document]:
    """Yield the documents of a stream in order; stretches that hold nothing but comments are none."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    start, line, counted = 0, 1, 0
    for end in [*_ends(text), len(text)]:
        if end <= start:
            continue
        match = _NOTHING.match(text, start, end)
        if match is not None and match.end() == end and end < len(text):
            continue  # directives and comments belong to the document that follows
        if match is None or match.end() < end:
            line += text.count("\n", counted, start)
            counted = start
            yield Document(text[start:end], line)
        start = end


def _ends(text: str) -> Iterator[int]:
    """Yield where a document ends: before a `---`, and after a `...`."""
    for match in _BOUNDARY.finditer(text):
        yield match.start() if text.startswith("-", match.start()) else match.end()
