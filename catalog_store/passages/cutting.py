"""Cuts a page into passages: one for each section, and several for a section that is long.

What is written is in exactly one passage, and in its order; only blanks between paragraphs may be lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog_store.passages.anchors import Anchors
from catalog_store.passages.pieces import Heading, Piece, Text, fenced
from domain.passages import FENCE

LONGEST = 1_200
"""Characters of a passage, its headings aside: what fits on a phone's screen."""
MOST = 400
"""Passages of one page; what would come after them is not found."""
BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Cut:
    """One passage of a page."""

    headings: tuple[str, ...]
    """The headings that it stands under, the outermost first, without the page's own title."""
    anchor: str
    """Of the innermost heading; empty: the page's beginning."""
    text: str


def cut(pieces: Iterable[Piece], title: str = "") -> tuple[list[Cut], str]:
    """Return the passages of a page, and its title: the one given, else its first heading of level 1.

    The first heading of level 1 is the page's own, and no part of the passages' headings.
    """
    sections = _Sections(title)
    for piece in pieces:
        if isinstance(piece, Heading):
            sections.head(piece)
        else:
            sections.take(piece)
        if len(sections.cuts) >= MOST:
            break
    sections.end()
    return sections.cuts[:MOST], sections.title


class _Sections:
    """The page so far: the headings above, the section's paragraphs, the passages that are finished."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.cuts: list[Cut] = []
        self._anchors = Anchors()
        self._above: list[tuple[int, str]] = []
        self._anchor = ""
        self._texts: list[Text] = []
        self._own_seen = False

    def head(self, heading: Heading) -> None:
        """Begin a section."""
        self.end(heading.level)
        self._anchor = self._anchors.anchor(heading.text)
        if heading.level == 1 and not self._own_seen:
            self._own_seen = True
            self._above.clear()
            self.title = self.title or heading.text
            if self.title != heading.text:
                # Its words lead here, though the page goes by another title.
                self._texts.append(Text(heading.text))
            return
        while self._above and self._above[-1][0] >= heading.level:
            self._above.pop()
        self._above.append((heading.level, heading.text))

    def take(self, text: Text) -> None:
        """Add a paragraph to the section."""
        self._texts.append(text)

    def end(self, next_level: int = 0) -> None:
        """Finish the section; without text it is a passage of its headings, unless those below have them."""
        headings = tuple(text for _, text in self._above)
        bodies = list(_packed(self._texts))
        self._texts = []
        if not bodies and headings and next_level <= self._above[-1][0]:
            bodies = [""]
        self.cuts += (Cut(headings, self._anchor, body) for body in bodies)


def _packed(texts: Iterable[Text]) -> Iterator[str]:
    """Yield the paragraphs, as many at a time as fit into one passage."""
    held: list[str] = []
    size = 0
    for part in (part for text in texts for part in _parts(text)):
        if held and size + len(BETWEEN) + len(part) > LONGEST:
            yield BETWEEN.join(held)
            held, size = [], 0
        size += len(part) + (len(BETWEEN) if held else 0)
        held.append(part)
    if held:
        yield BETWEEN.join(held)


def _parts(text: Text) -> Iterator[str]:
    """Yield a paragraph whole, or in parts where it is longer than a passage; each part of code is code."""
    if len(text.text) <= LONGEST:
        yield text.text
    elif text.code:
        inside = text.text.removeprefix(f"{FENCE}\n").removesuffix(f"\n{FENCE}")
        yield from (fenced(part.split("\n")) for part in _broken(inside, "\n", LONGEST - len(fenced(()))))
    else:
        yield from _broken(text.text, " ", LONGEST)


def _broken(text: str, at: str, room: int) -> Iterator[str]:
    """Yield parts that fit into the room, broken after a line or word where there is one."""
    while len(text) > room:
        end = text.rfind("\n", 1, room)
        if end < room // 2:
            end = max(end, text.rfind(at, 1, room))
        if end < room // 2:
            end = room
        yield text[:end]
        text = text[end:].lstrip("\n" if at == "\n" else " \n")
    if text:
        yield text
