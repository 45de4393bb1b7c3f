"""After a look: which of the new things may be one that is known under another name already.

Only ever suggests: people merge. Bounded in how much it looks at and in how much it asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from catalog_store.search.live import LiveIndex
from catalog_store.search.reading import Index
from catalog_store.search.spelling import plain
from domain.entities import Record, Standing
from domain.people import USER, mails_of
from domain.refs import Ref
from workflows.sync_report import Outcome, SyncReport

MOST_EXAMINED = 2_000
"""New things of one look whose names are compared."""
MOST_SUGGESTED = 30
"""Pairs that one look suggests at most, the likest first."""
MOST_READ = 300
"""Pairs whose evidence is read to find them."""
ALIKE = 0.86
"""The likeness (1 - edits / length) from which two names are near: two letters in fourteen, one in seven."""
SHORTEST = 6
"""Names shorter than this are near by chance."""
CROWD = 4
"""With more things than this of one stem, the stem tells nothing."""
AFFIXES = frozenset((
    "service", "svc", "api", "app", "application", "prod", "production", "server", "srv", "backend",
    "deployment", "component", "repo",
))  # fmt: skip
"""Words that people and tools put around a name, or leave away."""
_DIGITS = re.compile(r"\d+")
_MEMORY = "idp"


class Near(NamedTuple):
    """A pair that may be one."""

    new: Ref
    known: Ref
    reason: str
    likeness: float


class Evidence(Protocol):
    """Where evidence is read and suggestions kept: `catalog_store.catalog.Catalog`."""

    def record(self, ref: Ref) -> Record | None:
        """Return an entity with its facts; None when there is none."""
        ...

    def suggest(self, pairs: Iterable[tuple[Ref, Ref, str, float]]) -> int:
        """Keep pairs that nobody was asked about; return how many are new."""
        ...


class Suggesting:
    """Called with what each look came to."""

    def __init__(self, evidence: Evidence, index: LiveIndex) -> None:
        self._evidence = evidence
        self._index = index

    def __call__(self, report: SyncReport) -> int:
        """Suggest what is near to what the look created; return how many are new. Raises StoreError."""
        if report.outcome is not Outcome.APPLIED:
            return 0
        created = [
            change.ref
            for each in report.change_sets
            for change in each.changes
            if change.operation == "created"
        ]
        if not created:
            return 0
        self._index.refresh()
        pairs = sorted(near(created, self._index.current), key=lambda each: (-each.likeness, each.new))
        return self._evidence.suggest(self._confirmed(pairs[:MOST_READ]))

    def _confirmed(self, pairs: Sequence[Near]) -> list[tuple[Ref, Ref, str, float]]:
        """Return the pairs of which nobody declared the new one, and that no source knows as two things.

        Two people with e-mail addresses are not asked about: with one in common they are one already.
        """
        records: dict[Ref, Record | None] = {}
        found: list[tuple[Ref, Ref, str, float]] = []
        for pair in pairs:
            for ref in (pair.new, pair.known):
                if ref not in records:
                    records[ref] = self._evidence.record(ref)
            new, known = records[pair.new], records[pair.known]
            if new is None or known is None or is_declared(new) or are_two_people(new, known):
                continue
            if seers(new) and seers(known) and not seers(new) & seers(known):
                found.append((pair.known, pair.new, pair.reason, pair.likeness))
                if len(found) == MOST_SUGGESTED:
                    break
        return found


def is_declared(record: Record) -> bool:
    """Tell whether somebody chose the thing's ref."""
    return any(fact.standing is Standing.DECLARED and fact.source != _MEMORY for fact in record.facts)


def are_two_people(one: Record, other: Record) -> bool:
    """Tell whether both are people whose e-mail addresses are known, and none is the other's."""
    if one.entity.ref.kind != USER or other.entity.ref.kind != USER:
        return False
    mine, theirs = mails_of(one.entity.aliases), mails_of(other.entity.aliases)
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def seers(record: Record) -> frozenset[str]:
    """Return the sources that know the thing to exist, kinds of evidence as their source."""
    return frozenset(
        fact.source.partition("/")[0]
        for fact in record.facts
        if fact.standing is not Standing.REMARK and fact.source != _MEMORY
    )


def near(created: Sequence[Ref], index: Index) -> Iterator[Near]:
    """Yield each pair of a new thing and a known one of its kind whose names are near, once."""
    stems = _stems(index)
    seen: set[frozenset[Ref]] = set()
    for ref in created[:MOST_EXAMINED]:
        for other, reason, likeness in _near(ref, index, stems):
            both = frozenset((ref, other))
            if other != ref and other.kind == ref.kind and both not in seen:
                seen.add(both)
                yield Near(ref, other, reason, likeness)


def _near(ref: Ref, index: Index, stems: dict[str, list[int]]) -> Iterator[tuple[Ref, str, float]]:
    name = plain(ref.name)
    alike = [index.ref(node) for node in stems.get(stem(name), ())]
    if len(alike) <= CROWD + 1:
        for other in alike:
            if plain(other.name) == name:
                yield other, "they have the same name", 0.99
            else:
                yield other, f"{other.name} and {ref.name} differ only in words such as service or api", 0.95
    if len(name) < SHORTEST:
        return
    for node, likeness in index.names.like(name, ALIKE):
        other = index.ref(node)
        spelt = plain(other.name)
        if spelt != name and _DIGITS.findall(spelt) == _DIGITS.findall(name) and _is_like(spelt, name):
            yield other, f"{other.name} and {ref.name} are spelt nearly the same", round(likeness, 2)


def _is_like(one: str, other: str) -> bool:
    """Tell whether two names have as many words: `cart-web` and `cart-we` do, `cart` and `cart-x` do not."""
    return one.count("-") == other.count("-")


def stem(name: str) -> str:
    """Return a plain name without the words that people put around names; one word always stays."""
    words = name.split("-")
    while len(words) > 1 and words[-1] in AFFIXES:
        words.pop()
    while len(words) > 1 and words[0] in AFFIXES:
        del words[0]
    return "-".join(words)


def _stems(index: Index) -> dict[str, list[int]]:
    stems: dict[str, list[int]] = {}
    for node in index.everything().tolist():
        stems.setdefault(stem(plain(index.ref(node).name)), []).append(node)
    return stems
