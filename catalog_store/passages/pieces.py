"""What a page of documentation is made of, whatever it is written in: headings, paragraphs and code.

Text holds no markup, except that code stands in backquotes: a name in a line in one, a block between lines
of three.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from domain.passages import FENCE

LONGEST_PAGE, MOST_LINES = 200_000, 5_000
"""Characters and lines of a page that are read; what is past them is in the file, and not found."""
LONGEST_HEADING = 200
_BLANK = re.compile(r"\s+")
_SKIPPED = ("script", "style", "template", "svg")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the page's own is of level 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, an item of a list, a row of a table, or a block of code."""

    text: str
    code: bool = False


Piece = Heading | Text


def fenced(lines: Iterable[str]) -> str:
    """Return lines of code between fences; a fence inside them is broken up, so that it ends nothing."""
    inside = "\n".join(lines).strip("\n").replace(FENCE, "` ` `")
    return f"{FENCE}\n{inside}\n{FENCE}"


def one_line(text: str) -> str:
    """Return text with each stretch of blanks as one blank."""
    return _BLANK.sub(" ", text).strip()


def heading(level: int, text: str) -> list[Piece]:
    """Return a heading, or nothing where it is empty."""
    words = one_line(text)[:LONGEST_HEADING].strip()
    return [Heading(level, words)] if words else []


def without_html(text: str) -> str:
    """Return the text that HTML shows: no tag, no comment, no script; an image by its description."""
    if "<" not in text:
        return text
    reader = _Shown()
    reader.feed(text)
    reader.close()
    return "".join(reader.shown)


class _Shown(HTMLParser):
    """Gathers what a reader of HTML would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[str] = []
        self._hidden = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Begin to hide a script; show an image by its description, and a break as one."""
        if tag in _SKIPPED and not self._hidden:
            self._hidden = tag
        elif tag == "img" and not self._hidden:
            self.shown.append(next((value or "" for name, value in attrs if name == "alt"), ""))
        elif tag in ("br", "p", "li", "tr", "div", "summary"):
            self.shown.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End what is hidden."""
        if tag == self._hidden:
            self._hidden = ""

    def handle_data(self, data: str) -> None:
        """Take text."""
        if not self._hidden:
            self.shown.append(data)
