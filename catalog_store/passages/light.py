"""Reads reStructuredText and AsciiDoc into pieces: their headings and blocks of code, line by line.

No parser of either: of the markup in a line only what would stand in the way of reading is taken off, and
directives show what is written below them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from catalog_store.passages.pieces import Piece, Text, fenced, heading

_LINE = re.compile(r"([!-/:-@\[-`{-~])\1{2,}\s*")
_DIRECTIVE = re.compile(r"\.\. +(?P<name>[\w:+-]+?):: *(?P<rest>.*)")
_EXPLICIT = re.compile(r"\.\.(?:\s|$)")
_OPTION = re.compile(r"\s+:[\w-]+:(\s|$)")
_CODE = ("code", "code-block", "sourcecode", "parsed-literal", "prompt", "console")
_UNSEEN = ("toctree", "include", "contents", "raw", "only", "meta", "highlight")
_OF_FILES = ("image", "figure")
_ROLE = re.compile(r":[\w:+.-]+:`([^`<]*?)(?:\s*<[^`>]*>)?`")
_LITERAL = re.compile(r"``(.+?)``")
_RST_LINK = re.compile(r"`([^`<]+?)\s*<[^`>]+>`__?")
_STARS = re.compile(r"(?<!\w)(\*{1,2})(?=\S)([^*]+?)(?<=\S)\1(?!\w)")

_ADOC_HEADING = re.compile(r"(={1,6}|#{1,6})\s+(\S.*?)(?:\s+\1)?\s*")
_ADOC_FENCE = re.compile(r"(-{4,}|\.{4,}|`{3}\w*)\s*")
_ADOC_HIDDEN = re.compile(
    r":[\w!-]+:.*|\[[^\]]*\]\s*|//.*|include::.*|\|={3,}\s*|={4,}\s*|\*{4,}\s*|_{4,}\s*|\+\s*"
)
_ADOC_TARGET = re.compile(r"(?:link:|xref:|https?://)[^\s\[\]]+\[([^\]]*)\]")


def rst(text: str) -> Iterator[Piece]:
    """Yield the pieces of a page of reStructuredText; levels are told by the order of the underlines."""
    lines = text.expandtabs().split("\n")
    styles: list[str] = []
    paragraph: list[str] = []
    at = 0
    while at < len(lines):
        found = _rst_heading(lines, at)
        if found is not None:
            style, words, at = found
            yield from _paragraph(paragraph, _rst_words)
            if style not in styles:
                styles.append(style)
            yield from heading(min(styles.index(style) + 1, 6), _rst_words(words).replace("`", ""))
            continue
        line = lines[at]
        at += 1
        directive = _DIRECTIVE.fullmatch(line.strip())
        literal = line.rstrip().endswith("::") and not directive
        if directive or (_EXPLICIT.match(line) and not literal):
            yield from _paragraph(paragraph, _rst_words)
            below, at = _indented(lines, at)
            if directive:
                yield from _directive(directive["name"], directive["rest"], below)
        elif literal:
            paragraph.append(line.rstrip()[:-2] + (":" if line.strip() != "::" else ""))
            yield from _paragraph(paragraph, _rst_words)
            below, at = _indented(lines, at)
            yield from _code(below)
        elif line.strip():
            paragraph.append(line)
        else:
            yield from _paragraph(paragraph, _rst_words)
    yield from _paragraph(paragraph, _rst_words)


def _rst_heading(lines: list[str], at: int) -> tuple[str, str, int] | None:
    """Return style, words and the line after a heading that begins here; None where none does."""
    over = _LINE.fullmatch(lines[at])
    title = at + 1 if over else at
    if title + 1 >= len(lines) or not lines[title].strip() or _LINE.fullmatch(lines[title]):
        return None
    under = _LINE.fullmatch(lines[title + 1])
    if under is None or (over and over[1] != under[1]) or (not over and lines[title][0] == " "):
        return None
    if len(lines[title + 1].rstrip()) < len(lines[title].strip()) * 0.6:
        return None
    return (under[1] * (2 if over else 1), lines[title].strip(), title + 2)


def _indented(lines: list[str], at: int) -> tuple[list[str], int]:
    """Return the indented lines from here on, and the place after them."""
    end = at
    while end < len(lines) and (not lines[end].strip() or lines[end][0] == " "):
        end += 1
    return lines[at:end], end


def _directive(name: str, rest: str, below: list[str]) -> Iterator[Piece]:
    """Yield what a directive shows: code as code, a note as text, and nothing of what only arranges pages."""
    while below and (not below[0].strip() or _OPTION.match(below[0])):
        below = below[1:]
    if name in _CODE:
        yield from _code(below)
        return
    if name in _UNSEEN:
        return
    paragraph = [rest] if rest and name not in _OF_FILES else []
    for line in below:
        if line.strip():
            paragraph.append(line.strip())
        else:
            yield from _paragraph(paragraph, _rst_words)
    yield from _paragraph(paragraph, _rst_words)


def _code(lines: list[str]) -> Iterator[Piece]:
    written = [line for line in lines if line.strip()]
    if written:
        margin = min(len(line) - len(line.lstrip()) for line in written)
        yield Text(fenced(line[margin:] for line in lines), code=True)


def _paragraph(lines: list[str], words: Callable[[str], str]) -> Iterator[Piece]:
    """Yield what was gathered, and begin anew."""
    text = words("\n".join(lines)).strip("\n")
    lines.clear()
    if text.strip():
        yield Text(text.rstrip())


def _rst_words(text: str) -> str:
    text = _RST_LINK.sub(r"\1", _ROLE.sub(r"\1", text))
    return _STARS.sub(r"\2", _LITERAL.sub(r"`\1`", text))


def asciidoc(text: str) -> Iterator[Piece]:
    """Yield the pieces of a page of AsciiDoc."""
    paragraph: list[str] = []
    code: list[str] | None = None
    closing = ""
    for line in text.split("\n"):
        if code is not None:
            if line.strip() == closing:
                yield from _code(code)
                code = None
            else:
                code.append(line)
        elif fence := _ADOC_FENCE.fullmatch(line):
            yield from _paragraph(paragraph, _adoc_words)
            code, closing = [], fence[1][:3] if fence[1][0] == "`" else fence[1]
        elif found := _ADOC_HEADING.fullmatch(line):
            yield from _paragraph(paragraph, _adoc_words)
            yield from heading(len(found[1]), _adoc_words(found[2]).replace("`", ""))
        elif not line.strip() or _ADOC_HIDDEN.fullmatch(line):
            yield from _paragraph(paragraph, _adoc_words)
        else:
            paragraph.append(line)
    if code is not None:
        yield from _code(code)
    yield from _paragraph(paragraph, _adoc_words)


def _adoc_words(text: str) -> str:
    return _STARS.sub(r"\2", _ADOC_TARGET.sub(r"\1", text))
