"""Counts the words that found no answer, in memory, until somebody writes the counts down.

Keeps nobody's name: who is mentioned is left out, and so is who asked.
"""

from __future__ import annotations

from collections import Counter
from threading import Lock

from domain.answers import Answer, Missing, Unclear
from domain.apis import Operations
from domain.passages import Passages, Shelf
from domain.redaction import redacted
from questions.filters import is_asker
from questions.wording import Word

LONGEST = 120
"""Characters of the words that are kept."""
MOST = 1_000
"""Different words that wait to be written; with more, new ones are dropped until they are."""
_FEWEST = 2
"""Letters of words that say anything."""


class Tally:
    """Safe for any number of threads; counting waits for nothing but its own lock."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lock = Lock()

    def hear(self, words: list[Word], answer: Answer) -> None:
        """Count words if they found no answer."""
        if not _is_unanswered(answer):
            return
        kept = normal(words)
        if sum(map(str.isalpha, kept)) < _FEWEST:
            return
        with self._lock:
            if kept in self._counts or len(self._counts) < MOST:
                self._counts[kept] += 1

    def take(self) -> dict[str, int]:
        """Return what was counted since the last time, by words."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        return dict(counts)


def _is_unanswered(answer: Answer) -> bool:
    """Tell whether words found nothing: no thing, no question that they might be, nothing that is written."""
    if isinstance(answer, Operations | Passages | Shelf):
        return not answer.answered
    return isinstance(answer, Missing | Unclear) and not _is_about_the_asker(answer)


def _is_about_the_asker(answer: Missing | Unclear) -> bool:
    """Tell whether it is but the asker whom the catalog does not know."""
    return answer.words in ("", "you") or is_asker(answer.words)


def normal(words: list[Word]) -> str:
    """Return words as they are counted: lower case, people and credentials left out, at most LONGEST long."""
    said = (_without_people(word) for word in words)
    # Redacted before case is dropped, by which some credentials are known.
    return redacted(" ".join(each for each in said if each)).lower()[:LONGEST].strip()


def _without_people(word: Word) -> str:
    typed = word.typed
    if typed.startswith(("<@", "@")) or "@" in typed.strip("@"):
        return "@somebody"
    if typed.startswith("<") and "|" in typed:
        return typed.strip("<>").rpartition("|")[2]
    return typed.strip("<>")
