"""Answers `impact of …`: everything that depends on a thing, however far, by those who answer for it.

A thing fails with all of its parts; what is inside of it is no dependent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
import numpy.typing as npt

from catalog_store.search.reading import Index
from catalog_store.search.rows import Numbers
from domain.answers import Answer, Unclear
from domain.impact import Felt, Impact, Warned
from domain.things import Owner
from questions.addresses import read_address
from questions.failing import split
from questions.nouns import NOUNS
from questions.pages import PAGE
from questions.question import Question
from questions.subjects import One, Role, Wanted, resolve
from questions.walking import Walk, dependents, with_parts
from questions.wording import join

WARNED = 12
"""How many owners to warn are named before the things themselves."""
_NO_TIER = 99
_NOBODY = -1


def impact(question: Question) -> Answer:
    """Answer with one page of what would feel it, and whom to warn."""
    index = question.index
    name = join(split(question.slots.get("failing", ())) or question.slots.get("thing", ()))
    subject = resolve(name, index, Wanted(Role.NEEDED, question.form.ask))
    if not isinstance(subject, One):
        return subject
    if index.can_own[subject.node]:
        return _owns(subject.node, question)
    begin = with_parts(index, subject.node)
    walk = dependents(index, begin)
    felt = _sorted(walk, index, question.page)
    return Impact(
        read_address(name).shown,
        index.thing(subject.node),
        _groups(felt, walk, subject.node, index),
        _to_warn(felt, index) if felt.page == 1 else (),
        total=felt.total,
        owners=len(felt.groups) - (_NOBODY in felt.groups),
        orphans=felt.groups.get(_NOBODY, 0),
        worst="" if felt.worst == _NO_TIER else str(felt.worst),
        worst_total=felt.of_worst,
        direct=felt.direct,
        parts=len(begin) - 1,
        matched=subject.matched,
        whole=walk.ended,
        page=felt.page,
        pages=felt.pages,
        ask=question.form.ask.format(index.ref(subject.node)),
    )


def _owns(node: int, question: Question) -> Unclear:
    """Say that nothing depends on those who own, and what to ask instead."""
    index = question.index
    ref, kind = index.ref(node), NOUNS[index.ref(node).kind][0]
    problem = f"{index.title(node)} is a {kind}: ask for the impact of something that they own."
    owned = index.best(index.owned_by(node), 2)
    asks = (f"what does {ref} own", *(question.form.ask.format(index.ref(each)) for each in owned))
    return Unclear(question.words, problem, asks)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """What was reached, counted by owner, and one page of it in the order of the answer."""

    nodes: Numbers
    """Those of the page."""
    total: int
    direct: int
    groups: dict[int, int]
    """How many things each owner (_NOBODY for none) has among all of them, in the order of the answer."""
    worst: int = _NO_TIER
    of_worst: int = 0
    page: int = 1
    pages: int = 1


def _sorted(walk: Walk, index: Index, page: int) -> _Sorted:
    """Sort by owner, the one with the worst tier, then the most things, first; then by steps and tier."""
    nodes = index.in_order(walk.reached())
    if not len(nodes):
        return _Sorted(nodes, 0, 0, {})
    tiers, owners, steps = tiers_of(nodes, index), index.owners_of(nodes), walk.distance[nodes]
    # By owner from -1 (_NOBODY) on, and so with one place more than there are nodes.
    counts = np.bincount(owners + 1, minlength=len(index.can_own) + 1)
    worst = np.full(len(counts), _NO_TIER, np.int32)
    np.minimum.at(worst, owners + 1, tiers)
    known = 1 + index.in_order(np.flatnonzero(counts[1:]).astype(np.int32))
    known = known[np.lexsort((-counts[known], worst[known]))]
    if counts[0]:  # what nobody answers for comes last: there is nobody to warn
        known = np.append(known, 0)
    rank = np.zeros(len(counts), np.int64)
    rank[known] = np.arange(len(known))
    # One number to sort by, of which the end is the place in the order of lists: no two are the same.
    key = (rank[owners + 1] * (int(steps.max()) + 1) + steps) * (_NO_TIER + 1) + tiers
    key = key * len(nodes) + np.arange(len(nodes))
    pages = -(-len(nodes) // PAGE)
    page = min(max(1, page), pages)
    least = int(tiers.min())
    return _Sorted(
        nodes[_smallest(key, page * PAGE)[(page - 1) * PAGE :]],
        len(nodes),
        int(np.count_nonzero(steps == 1)),
        dict(zip((known - 1).tolist(), counts[known].tolist(), strict=True)),
        least,
        int(np.count_nonzero(tiers == least)),
        page,
        pages,
    )


def _smallest(keys: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.intp]:
    """Return where the smallest numbers stand, in their order; sorting all of them would take far longer."""
    if count >= len(keys):
        return np.argsort(keys)
    first = np.argpartition(keys, count)[:count]
    return first[np.argsort(keys[first])]


def tiers_of(nodes: Numbers, index: Index) -> Numbers:
    """Return the tier of each node as a number, 1 the most critical; above all of them where it has none."""
    tiers: Numbers = np.full(len(index.can_own), _NO_TIER, np.int32)
    for value in index.values("tier"):
        if value.isdecimal() and int(value[:3]) < _NO_TIER:
            having = index.with_value("tier", value)
            tiers[having if having is not None else []] = int(value[:3])
    return tiers[nodes]


def _groups(felt: _Sorted, walk: Walk, node: int, index: Index) -> tuple[Warned, ...]:
    rows = zip(felt.nodes.tolist(), index.owners_of(felt.nodes).tolist(), strict=True)
    return tuple(
        Warned(
            _owner(owner, index),
            tuple(_felt(each, walk, node, index) for each, _ in theirs),
            felt.groups[owner],
        )
        for owner, theirs in groupby(rows, key=lambda row: row[1])
    )


def _felt(node: int, walk: Walk, subject: int, index: Index) -> Felt:
    via = walk.nearer(node)
    return Felt(index.thing(node), int(walk.distance[node]), None if via == subject else index.thing(via))


def _to_warn(felt: _Sorted, index: Index) -> tuple[Warned, ...]:
    owners: Sequence[int] = [owner for owner in felt.groups if owner != _NOBODY][:WARNED]
    return tuple(Warned(_owner(each, index), (), felt.groups[each]) for each in owners)


def _owner(node: int, index: Index) -> Owner | None:
    """Return how an owner is reached, without the people of a team: its channel is where to warn it."""
    return None if node == _NOBODY else replace(index.owner(index.ref(node)), people=())
