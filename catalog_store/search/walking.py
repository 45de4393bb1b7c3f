"""Follows relations from many nodes at once: one step of a walk over the whole catalog.

Keeps no walk: where it has been and when it ends, the walker knows.
"""

from __future__ import annotations

import numpy as np

from catalog_store.search.rows import EMPTY, Numbers, Rows


def ends(rows: Rows, nodes: Numbers) -> Numbers:
    """Return the numbers in the rows of all of the nodes, row after row; what is in several comes again."""
    starts, sizes, values = rows.within(nodes)
    total = int(sizes.sum())
    if not total:
        return EMPTY
    # Where each row's numbers begin among all values, counted on from where they begin among those returned.
    shifts = np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    found: Numbers = values[np.arange(total) + shifts]
    return found
