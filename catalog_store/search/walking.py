"""Follows relations from many nodes at once: one step of a walk over the whole catalog.

Keeps no walk: where it has been and when it ends, the walker knows.
"""

from __future__ import annotations

import numpy as np

from catalog_store.search.rows import EMPTY, Numbers, Rows


def edges(rows: Rows, nodes: Numbers) -> tuple[Numbers, Numbers]:
    """Return every pair of one of the nodes and a number in its row, in the order of the nodes."""
    starts, sizes, values = rows.within(nodes)
    total = int(sizes.sum())
    if not total:
        return EMPTY, EMPTY
    ends = np.cumsum(sizes)
    # Where each row's numbers begin among all values, counted on from where they begin among those returned.
    shifts = np.repeat(starts - (ends - sizes), sizes)
    return np.repeat(nodes, sizes), values[np.arange(total, dtype=np.int32) + shifts]
