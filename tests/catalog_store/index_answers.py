"""All that an index can be asked, answered by refs: two indexes of one catalog must come to the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from catalog_store.search.reading import Index, NameIndex
from catalog_store.search.rows import Numbers
from catalog_store.search.seen import Marked
from domain.refs import Ref

FACETS = ("kind", "tier", "lifecycle", "type", "language", "tag")

Told = dict[str, object]


def answers(index: Index, refs: Iterable[Ref], texts: Sequence[str]) -> Told:
    """Return what the index says of all entities, of these refs and of these texts."""
    everything = index.everything()
    told: Told = {
        "version": index.version,
        "everything": _refs(index, everything),
        "things": index.things(everything),
        "owners": [None if node < 0 else index.ref(node) for node in index.owners_of(everything).tolist()],
        "unowned": _in_order(index, index.unowned()),
        "best of all": _refs(index, index.best(everything, 5)),
        "relations": index.relations(),
        **{f"all {each}": _from_all(index, everything, each) for each in index.relations()},
    }
    for ref in refs:
        node = index.node(ref)
        told[f"owner {ref}"] = index.owner(ref)
        told[f"node {ref}"] = None if node is None else _of_node(index, node)
    for facet in FACETS:
        values = index.values(facet)
        told[facet] = [(value, _in_order(index, index.with_value(facet, value))) for value in values]
    for text in texts:
        told[f"text {text}"] = _of_text(index, index.names, text)
    return told


def sights(index: Marked) -> Told:
    """Return what the index says of who may see what."""
    return {
        "marks": {index.ref(node): marks for node, marks in index.marks.items()},
        "guests": {index.ref(node) for node in index.guests},
    }


def _of_node(index: Index, node: int) -> Told:
    owner, above = index.owner_of(node), index.inherits_from(node)
    return {
        "ref": index.ref(node),
        "known": index.known(node),
        "thing": index.thing(node),
        "title": index.title(node),
        "can own": bool(index.can_own[node]),
        "owner": None if owner is None else index.ref(owner),
        "inherits": None if above is None else index.ref(above),
        "owned": _refs(index, index.owned_by(node)),
        **{each: _refs(index, index.related(node, each)) for each in index.relations()},
    }


def _from_all(index: Index, everything: Numbers, relation: str) -> list[Ref]:
    """Return one step from everything at once, held against as many single steps."""
    found = index.neighbours(everything, relation)
    single = {each for node in everything.tolist() for each in index.related(node, relation).tolist()}
    assert set(found.tolist()) == single
    return _refs(index, index.in_order(np.unique(found)))


def _of_text(index: Index, names: NameIndex, text: str) -> Told:
    return {
        "called": [sorted(_refs(index, each)) for each in names.called(text)],
        "alias": sorted(_refs(index, names.by_alias(text))),
        "beginning": _in_order(index, names.beginning(text)),
        "inside": _in_order(index, names.beginning(text, inside_word=True)),
        "words": _in_order(index, names.with_words(text)),
        "like": [(score, index.ref(node)) for node, score in names.like(text, 0.4)],
    }


def _in_order(index: Index, nodes: Numbers | None) -> list[Ref] | None:
    if nodes is None:
        return None
    assert nodes.tolist() == sorted(set(nodes.tolist())), "sorted by number, for intersections"
    return _refs(index, index.in_order(nodes))


def _refs(index: Index, nodes: Iterable[int] | Numbers) -> list[Ref]:
    return [index.ref(int(node)) for node in np.asarray(nodes, np.int64).tolist()]
