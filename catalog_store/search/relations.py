"""Who is related to whom, in both directions, and who owns what when the thing itself does not say.

A target that goes by a former ref of an entity is that entity. One that the catalog does not hold is a node
all the same, numbered after the entities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from catalog_store.search.cards import OWNER_KINDS, Gathered
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


def relate(gathered: Gathered) -> Relations:
    """Draw the relations that the entities state."""
    refs = list(gathered.cards.refs)
    nodes = {ref: node for node, ref in enumerate(refs)}
    targets = _Targets(refs, nodes, gathered.cards.aliases)
    edges: dict[str, list[tuple[Numbers, Numbers]]] = {}
    inverses: dict[str, str] = {}
    for name, pairs in gathered.stated.items():
        spec = RELATION_FIELDS[name]
        stating = gathered.place[np.asarray(pairs.entities, np.int32)]
        stated = np.fromiter(
            (targets.node(text, spec.kind) for text in pairs.values),
            np.int32,
            len(pairs.values),
        )
        said = stated != NOBODY
        ends = (stating[said], stated[said])
        edges.setdefault(spec.relation, []).append(ends[::-1] if spec.inverted else ends)
        inverses[spec.relation] = spec.inverse
    rows: dict[str, Rows] = {}
    for relation, parts in edges.items():
        froms, tos = (np.concatenate(each) for each in zip(*parts, strict=True))
        rows[relation] = Rows(froms, tos, len(refs))
        rows[inverses[relation]] = Rows(tos, froms, len(refs))
    owner, heir_of = _owners(refs, rows)
    has = np.flatnonzero(owner != NOBODY).astype(np.int32)
    return Relations(nodes, refs, rows, owner, heir_of, Rows(owner[has], has, len(refs)))


class _Targets:
    """Leads from the refs that entities state to nodes, and adds the nodes that are missing."""

    def __init__(self, refs: list[Ref], nodes: dict[Ref, int], aliases: Sequence[tuple[str, ...]]) -> None:
        self._refs = refs
        self._nodes = nodes
        self._by_text = {str(ref): node for node, ref in enumerate(refs)}
        self._aliases = aliases
        self._former: dict[str, int] | None = None

    def node(self, text: str, kind: str | None) -> int:
        """Return the node of a ref, made if no entity has or had it; NOBODY when the text is no ref."""
        known = self._by_text.get(text)
        if known is not None:
            return known
        try:
            ref = parse_ref(text, kind)
        except BadRef:
            return NOBODY
        node = self._nodes.get(ref, NOBODY)
        if node == NOBODY:
            node = self._formerly(str(ref))
            if node == NOBODY:
                node = len(self._refs)
                self._refs.append(ref)
            self._nodes[ref] = node
        self._by_text[text] = node
        return node

    def _formerly(self, text: str) -> int:
        """Return the one entity that has a ref as an alias; NOBODY where none has, or several have."""
        if self._former is None:  # read once, and only where somebody goes by an unknown name
            self._former = {}
            for node, aliases in enumerate(self._aliases):
                for alias in aliases:
                    if "/" in alias and ":" in alias and self._former.setdefault(alias, node) != node:
                        self._former[alias] = NOBODY
        return self._former.get(text, NOBODY)


def _owners(refs: Sequence[Ref], rows: Mapping[str, Rows]) -> tuple[Numbers, Numbers]:
    stated = rows["ownedBy"]
    owner = stated.firsts(NOBODY)
    heir_of = np.full(len(refs), NOBODY, np.int32)
    sizes = stated.sizes()
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
