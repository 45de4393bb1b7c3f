"""Finds what has a broken description of an API, for `gaps`: with where it is broken and why."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from catalog_store.search.rows import Numbers
from domain.apis import Broken
from domain.things import Thing
from questions.question import Question

_EACH = 5
"""Broken descriptions that are read of each thing."""


def having_broken(question: Question) -> Numbers:
    """Return what has a broken description, in the order of lists."""
    index = question.index
    nodes = (index.node(ref) for ref in question.records.having_broken_descriptions())
    return index.in_order(np.array([node for node in nodes if node is not None], np.int32))


def why_broken(things: Sequence[Thing], question: Question) -> tuple[Broken, ...]:
    """Return the first flaw of each broken description of a few things."""
    refs = [each.ref for each in things]
    return tuple(question.records.broken_descriptions(refs, _EACH * len(refs)))
