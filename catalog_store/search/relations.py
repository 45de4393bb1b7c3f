"""Who states what of whom, in both directions, by node.

A target that goes by a former ref of an entity is that entity. One that the catalog does not hold is a node
all the same: nodes of what is only spoken of come after the entities, in the order of their refs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from catalog_store.search.gathering import Gathered
from catalog_store.search.rows import Numbers, Rows
from catalog_store.search.texts import Leads
from domain.entities import RELATION_FIELDS
from domain.errors import BadRef
from domain.refs import Ref, parse_ref

NOBODY = -1

ENDS: Mapping[str, tuple[tuple[str, bool], ...]] = {
    relation: tuple(
        (spec.field, spec.inverted is not (relation == spec.inverse))
        for spec in RELATION_FIELDS.values()
        if relation in (spec.relation, spec.inverse)
    )
    for spec in RELATION_FIELDS.values()
    for relation in (spec.relation, spec.inverse)
}
"""The fields that state each relation, and whether it leads from the target to the one that states it."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The relations as they are stated."""

    refs: Sequence[Ref]
    """The ref of each node: the entities in their order, then what is only spoken of."""
    by_ref: Leads
    """The nodes by their refs' hashes."""
    out: Mapping[str, Rows]
    """For each relation field that anything has: the targets of each node."""
    back: Mapping[str, Rows]
    """For each of them: the nodes that state each target."""


def relate(gathered: Gathered) -> Stated:
    """Give each target a node, and draw the relations that the entities state."""
    refs = gathered.cards.refs
    goals, strange = _goals(gathered)
    refs = [*refs, *strange]
    out, back = {}, {}
    for name, (_, stating, targets) in gathered.stated.items():
        if not len(targets):
            continue
        to = goals[name][targets]
        if len(there := np.flatnonzero(to != NOBODY)):
            out[name] = Rows(stating[there], to[there], len(refs))
            back[name] = Rows(to[there], stating[there], len(refs))
    hashes = np.fromiter(map(hash, refs), np.int64, len(refs))
    return Stated(refs, Leads(hashes, np.arange(len(refs), dtype=np.int32)), out, back)


def _goals(gathered: Gathered) -> tuple[dict[str, Numbers], list[Ref]]:
    """Return for each field the node of each target's number; and the refs of what is only spoken of."""
    refs = gathered.cards.refs
    mine = {str(ref): node for node, ref in enumerate(refs)}
    strange: dict[Ref, list[tuple[str, int]]] = {}
    goals: dict[str, Numbers] = {}
    for name, (targets, _, _) in gathered.stated.items():
        nodes = goals[name] = np.full(len(targets), NOBODY, np.int32)
        for text, number in targets.items():
            node = mine.get(text)
            if node is None and (ref := ref_of(text, RELATION_FIELDS[name].kind)) is not None:
                node = mine.get(str(ref))
                if node is None:
                    strange.setdefault(ref, []).append((name, number))
            if node is not None:
                nodes[number] = node
    ordered = sorted(strange)
    for node, ref in enumerate(ordered, len(refs)):
        for name, number in strange[ref]:
            goals[name][number] = node
    return goals, ordered


def ref_of(text: str, kind: str | None = None) -> Ref | None:
    """Return the ref that a text is; None when it is none."""
    try:
        return parse_ref(text, kind)
    except BadRef:
        return None
