"""Tells words apart as both databases do: the words that a passage is also found by, and those of a question.

Names in code are found whole and part by part: `rotate_keys`, `PAYMENTS_DB_URL`, `1.25.3` and `a/b.yaml` are
their parts in a row, on both databases; the parts of `rotateKeys` are further words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MOST_TERMS = 12
"""Terms of a question that are looked for; no question has more that tell anything."""
_LONGEST_WORD = 60
_PARTS_OF_TERM = 8
_FURTHER = 4_000
_WORD = re.compile(r"[^\W_]+")
_TERM = re.compile(r"\S+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_CAMEL = re.compile(r"\b[A-Za-z]?[a-z0-9]+[A-Z][A-Za-z0-9]*\b|\b[A-Z]{2,}[a-z][A-Za-z0-9]*\b")
_STRANGE = re.compile(r"\w*[^\W\x00-\x7f]\w*")

STOP_WORDS = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do", "does",
    "for", "from", "had", "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "me", "my",
    "of", "on", "or", "our", "please", "shall", "should", "so", "some", "that", "the", "their", "them",
    "then", "there", "these", "they", "this", "those", "to", "was", "we", "were", "what", "when",
    "where", "which", "who", "why", "will", "with", "would", "you", "your", "s", "t", "about", "am",
    "any", "us",
))  # fmt: skip
"""English words that tell nothing of what is looked for."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question: its parts in a row, lower case, of letters and digits alone."""

    parts: tuple[str, ...]

    @property
    def plain(self) -> str:
        """The parts with blanks between them."""
        return " ".join(self.parts)


def terms(words: str) -> tuple[Term, ...]:
    """Return what a question looks for, without stop words unless there are no others; none for signs."""
    found = dict.fromkeys(_terms(words))
    telling = [each for each in found if len(each.parts) > 1 or each.parts[0] not in STOP_WORDS]
    return tuple((telling or list(found))[:MOST_TERMS])


def _terms(words: str) -> Iterator[Term]:
    for match in _TERM.finditer(words.replace("\u2019", "'")):
        word = re.sub(r"'s?$", "", match[0].rstrip(".,;:!?\"')"))
        parts = [part[:_LONGEST_WORD] for part in _WORD.findall(folded(word))][:_PARTS_OF_TERM]
        if parts:
            yield Term(tuple(parts))


def folded(text: str) -> str:
    """Return the text in lower case, its letters without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.encode("utf-8", "replace").decode())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).lower()


def further_words(text: str) -> str:
    """Return the words that a text has in another spelling, each once: `rotate keys` of `rotateKeys`."""
    found = dict.fromkeys(_further(text))
    return " ".join(found)[:_FURTHER]


def _further(text: str) -> Iterable[str]:
    for match in _CAMEL.finditer(text):
        yield " ".join(_HUMP.split(match[0][:_LONGEST_WORD])).lower()
    if not text.isascii():
        for match in _STRANGE.finditer(text):
            if (plain := folded(match[0])) != match[0]:
                yield plain
