"""Finds the operations that words name, in the descriptions of one thing; the likeliest first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from domain.apis import Described, Operation, Source
from questions.question import Records

MOST_HITS = 300
"""Operations that have the words and are ranked."""
MOST_NAMES = 2_000
"""Names among which one that is spelt nearly so is looked for."""
MOST_NEAR = 1
"""Each costs a walk through all operations of the thing."""
_ALIKE = 75.0
_EMPTY = frozenset((
    "a", "an", "the", "for", "to", "of", "in", "on", "with", "that", "which", "what", "how", "do", "does",
    "i", "we", "is", "are", "and", "or", "by", "endpoint", "endpoints", "operation", "operations", "route",
    "routes",
    "method", "call", "api", "me", "my", "it", "can",
))  # fmt: skip
_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])|[^\W_]+")
_ENDINGS = ("ing", "ies", "es", "ed", "s")
_SHORTEST_STEM = 4
_SPELT = re.compile(r"[\w/{}.:-]+")


def found_in(
    records: Records, described: Sequence[Described], searched: str
) -> list[tuple[Operation, Source]]:
    """Return the operations that have all the words; else those that have any; else of a name nearly so."""
    words = [stem(each) for each in _SPELT.findall(searched.lower()) if each not in _EMPTY]
    if not described or not words:
        return []
    hits = records.operations_with(described, words, MOST_HITS)
    if not hits and len(words) > 1:
        each_word = (records.operations_with(described, [word], MOST_HITS) for word in words)
        hits = list(dict.fromkeys(hit for some in each_word for hit in some))
    return _ranked(hits, words) if hits else _spelt_nearly(records, described, words)


def _spelt_nearly(
    records: Records, described: Sequence[Described], words: Sequence[str]
) -> list[tuple[Operation, Source]]:
    names = records.operation_names(described, MOST_NAMES)
    near = process.extract(
        "".join(words), [name.lower() for name in names], scorer=fuzz.partial_ratio, limit=MOST_NEAR,
        score_cutoff=_ALIKE,
    )  # fmt: skip
    named = dict.fromkeys(name for name, _, _ in near)
    return [hit for name in named for hit in records.operations_with(described, [name], 1)]


def _ranked(hits: Sequence[tuple[Operation, Source]], words: Sequence[str]) -> list[tuple[Operation, Source]]:
    return sorted(hits, key=lambda hit: -_rank(hit[0], words))


def _rank(operation: Operation, words: Sequence[str]) -> float:
    """Return how much of an operation is about the words: its name weighs most, a deprecated one less."""
    name = [each.lower() for each in _WORD.findall(operation.name)]
    address, summary, group = operation.address.lower(), operation.summary.lower(), operation.group.lower()
    score = 0.0
    for word in words:
        score += 5 if word in name else 4 if word in operation.name.lower() else 0
        score += 3 * (word in address) + 2 * (word in summary) + (word in group)
    return score - 0.01 * len(operation.name) - 3 * operation.deprecated


def stem(word: str) -> str:
    """Return a word without its ending, so that `refunds` and `refunding` find `createRefund`."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
