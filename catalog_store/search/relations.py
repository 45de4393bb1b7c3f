"""Who is related to whom, in both directions, and who owns what when the thing itself does not say.

A target that the catalog does not hold is a node all the same, numbered after the entities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from catalog_store.search.cards import OWNER_KINDS, Cards
from catalog_store.search.rows import Numbers, Rows
from domain.entities import RELATION_FIELDS
from domain.errors import BadRef
from domain.refs import Ref, parse_ref

NOBODY = -1


@dataclass(slots=True)
class Relations:
    """Rows of node numbers for each relation and its inverse, and each node's owner."""

    nodes: dict[Ref, int]
    refs: list[Ref]
    """The ref of each node: the entities in their order, then what is only spoken of."""
    rows: Mapping[str, Rows]
    owner: Numbers
    """The node that answers for each node: what it names, else its system's or domain's; NOBODY when none."""
    heir_of: Numbers
    """The node from which the owner is inherited; NOBODY when it is the node's own, or there is none."""
    owned: Rows
    """What each node answers for."""


def relate(cards: Cards) -> Relations:
    """Draw the relations that the cards state."""
    refs = list(cards.refs)
    nodes = {ref: node for node, ref in enumerate(refs)}
    by_text = {str(ref): node for node, ref in enumerate(refs)}
    edges: dict[str, tuple[list[int], list[int]]] = {}
    for spec in RELATION_FIELDS.values():
        edges.setdefault(spec.relation, ([], []))
    for source, stated in enumerate(cards.relations):
        for name, targets in stated:
            spec = RELATION_FIELDS[name]
            froms, tos = edges[spec.relation]
            for text in targets:
                target = by_text.get(text)
                if target is None:
                    target = _unknown(text, spec.kind, refs, nodes, by_text)
                    if target is None:
                        continue
                froms.append(target if spec.inverted else source)
                tos.append(source if spec.inverted else target)
    inverses = {spec.relation: spec.inverse for spec in RELATION_FIELDS.values()}
    rows: dict[str, Rows] = {}
    for relation, (froms, tos) in edges.items():
        rows[relation] = Rows(froms, tos, len(refs))
        rows[inverses[relation]] = Rows(tos, froms, len(refs))
    owner, heir_of = _owners(refs, rows)
    has = np.flatnonzero(owner != NOBODY).astype(np.int32)
    return Relations(nodes, refs, rows, owner, heir_of, Rows(owner[has], has, len(refs)))


def _unknown(
    text: str, kind: str | None, refs: list[Ref], nodes: dict[Ref, int], by_text: dict[str, int]
) -> int | None:
    """Return the node of a ref that no entity spells so, made if need be; None when it is no ref."""
    try:
        ref = parse_ref(text, kind)
    except BadRef:
        return None
    node = nodes.setdefault(ref, len(refs))
    if node == len(refs):
        refs.append(ref)
    by_text[text] = node
    return node


def _owners(refs: Sequence[Ref], rows: Mapping[str, Rows]) -> tuple[Numbers, Numbers]:
    stated = rows["ownedBy"]
    owner = np.full(len(refs), NOBODY, np.int32)
    heir_of = np.full(len(refs), NOBODY, np.int32)
    sizes = stated.sizes()
    for node in np.flatnonzero(sizes).tolist():
        owner[node] = stated[node][0]
    for node in np.flatnonzero(sizes == 0).tolist():
        if refs[node].kind not in OWNER_KINDS:
            above = _nearest_owned(node, refs, rows["partOf"], sizes)
            if above is not None:
                heir_of[node], owner[node] = above, stated[above][0]
    return owner, heir_of


def _nearest_owned(node: int, refs: Sequence[Ref], part_of: Rows, sizes: Numbers) -> int | None:
    """Return the system, else the domain, above this node that names an owner; loops end the walk."""
    seen: set[int] = {node}
    level: list[int] = [node]
    while level:
        above: list[int] = [
            each for one in level for each in part_of[one].tolist()
            if each not in seen and refs[each].kind in ("system", "domain")
        ]  # fmt: skip
        above.sort(key=lambda each: (refs[each].kind != "system", refs[each]))
        for each in above:
            if sizes[each]:
                return each
        seen.update(above)
        level = above
    return None
