"""Makes the anchors of headings as GitHub does, so that a link leads to the section itself.

The rule is github-slugger's (https://github.com/Flet/github-slugger): lower case, blanks to hyphens, all else
that is in no word left out, and a number behind an anchor that is there already. GitLab's differ for headings
with several signs in a row; such a link leads to the page.
"""

from __future__ import annotations

import unicodedata

_KEPT = frozenset(("Mn", "Mc", "Me", "Nd", "Pc"))


class Anchors:
    """The anchors of one page, each given once."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def anchor(self, heading: str) -> str:
        """Return the anchor of the next heading; empty where nothing of it can stand in one."""
        plain = slug(heading)
        if not plain:
            return ""
        found = plain
        while found in self._given:
            self._given[plain] += 1
            found = f"{plain}-{self._given[plain]}"
        self._given[found] = 0
        return found


def slug(heading: str) -> str:
    """Return a heading as an anchor has it."""
    kept = (
        "-" if letter == " " else letter
        for letter in heading.strip().lower()
        if letter in " -" or _in_word(letter)
    )
    return "".join(kept)


def _in_word(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] == "L" or category in _KEPT
