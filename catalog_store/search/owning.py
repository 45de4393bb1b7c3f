"""Who answers for what: the owner that a thing names, else that of its system or domain.

A team or a person inherits no owner.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from catalog_store.search.graph import Graph
from catalog_store.search.leaves import OWNER_KINDS
from catalog_store.search.relations import ENDS, NOBODY
from catalog_store.search.rows import Numbers, Rows


def named_owner(node: int, graph: Graph) -> int:
    """Return the owner that a node itself names, the first by ref of several; NOBODY when it names none."""
    owners = graph.related(node, "ownedBy").tolist()
    if not owners:
        return NOBODY
    return owners[0] if len(owners) == 1 else int(min(owners, key=graph.refs.__getitem__))


def owner_of(node: int, graph: Graph, named: Callable[[int], int]) -> tuple[int, int]:
    """Return who answers for a node, and the node above from which it inherits that; NOBODY for none."""
    own = named(node)
    if own != NOBODY or graph.refs[node].kind in OWNER_KINDS:
        return own, NOBODY
    above = _nearest_owned(node, graph, named)
    return (NOBODY, NOBODY) if above is None else (named(above), above)


def own(graph: Graph, whole: dict[str, Rows]) -> tuple[Numbers, Numbers]:
    """Return for each node who answers for it, and from whom it inherits that; `whole` are its `out` rows."""
    count = len(graph.refs)
    owner: Numbers = np.full(count, NOBODY, np.int32)
    if (stated := whole.get("owner")) is not None:
        owner = stated.firsts(NOBODY)
        if graph.formers.moved is not None:
            owner = np.where(owner == NOBODY, owner, graph.formers.moved[owner]).astype(np.int32)
        for node in np.flatnonzero(stated.sizes() > 1).tolist():
            owner[node] = named_owner(node, graph)
    heir_of: Numbers = np.full(count, NOBODY, np.int32)
    within = np.zeros(count, np.bool_)
    for field, _ in ENDS["partOf"]:
        if field in whole:
            within |= whole[field].sizes() > 0
    names = owner.tolist()
    for node in np.flatnonzero(within & (owner == NOBODY)).tolist():
        owner[node], heir_of[node] = owner_of(node, graph, names.__getitem__)
    return owner, heir_of


def _nearest_owned(node: int, graph: Graph, named: Callable[[int], int]) -> int | None:
    """Return the system, else the domain, above this node that names an owner; loops end the walk."""
    refs = graph.refs
    seen: set[int] = {node}
    level: list[int] = [node]
    while level:
        above: list[int] = [
            each for one in level for each in graph.related(one, "partOf").tolist()
            if each not in seen and refs[each].kind in ("system", "domain")
        ]  # fmt: skip
        above.sort(key=lambda each: (refs[each].kind != "system", refs[each]))
        for each in above:
            if named(each) != NOBODY:
                return each
        seen.update(above)
        level = above
    return None
