"""Reads Markdown, as CommonMark with GitHub's tables has it, into pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from catalog_store.passages.pieces import Piece, Text, fenced, heading, one_line, without_html

_PARSER = MarkdownIt("commonmark").enable("table")
_LONGEST_LINE = 10_000
"""Characters of a line with markup; a longer one is nobody's prose, and is taken as it stands."""


def pieces(text: str) -> Iterator[Piece]:  # noqa: C901 -- a case for each kind of token
    """Yield the pieces of a page in order. A heading inside a quotation or a list is text."""
    lines = text.split("\n")
    if any(len(line) > _LONGEST_LINE for line in lines):
        text = "\n".join(_tame(line) for line in lines)
    tokens = _PARSER.parse(text)
    markers: list[str] = []
    cells: list[str] | None = None
    for at, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            markers.append("•" if token.type[0] == "b" else "")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            markers.pop()
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            yield from _text(" | ".join(cells or ()))
            cells = None
        elif token.type == "inline":
            shown = _shown(token.children or ())
            opening = tokens[at - 1]
            if cells is not None:
                cells.append(one_line(shown))
            elif opening.type == "heading_open" and token.level == 1:
                yield from heading(int(opening.tag[1]), _plain(token.children or ()))
            else:
                yield from _text(_marked(tokens, at, markers) + shown)
        elif token.type in ("fence", "code_block"):
            yield Text(fenced(token.content.split("\n")), code=True)
        elif token.type == "html_block":
            yield from _html(token.content)


def _tame(line: str) -> str:
    """Return a line of which nothing is markup, as far as that takes long to tell."""
    if len(line) <= _LONGEST_LINE:
        return line
    return "".join(" " if letter in "*_`[]()<>!\\&|~" else letter for letter in line)


def _marked(tokens: Sequence[Token], at: int, markers: Sequence[str]) -> str:
    """Return what stands before the first paragraph of an item of a list."""
    if at < 2 or tokens[at - 2].type != "list_item_open" or not markers:
        return ""
    number = tokens[at - 2].info
    return f"{'  ' * (len(markers) - 1)}{markers[-1] or f'{number}.'} "


def _text(text: str) -> Iterator[Piece]:
    if text.strip(" |•"):
        yield Text(text.rstrip())


def _html(content: str) -> Iterator[Piece]:
    """Yield the lines that a block of HTML shows; a heading written so is text, for it has no anchor."""
    for line in without_html(content).split("\n"):
        if words := one_line(line):
            yield Text(words)


def _shown(children: Sequence[Token]) -> str:
    """Return what is seen of a line with markup."""
    parts: list[str] = []
    for child in children:
        if child.type == "text":
            parts.append(child.content)
        elif child.type == "code_inline":
            parts.append(f"`{child.content}`")
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak":
            parts.append("\n")
        elif child.type == "image":
            parts.append(child.content)
        elif child.type == "html_inline" and child.content.lower().startswith("<br"):
            parts.append("\n")
    return "".join(parts)


def _plain(children: Sequence[Token]) -> str:
    """Return the text of a heading, from which its anchor is made: code without its backquotes."""
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in children
        if child.type in ("text", "code_inline", "softbreak", "hardbreak")
    )
