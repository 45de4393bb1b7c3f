"""What one reader may see of an index: everything else is as if it were not there.

Decides nothing about who may: `domain.visibility` does. A view is made once for a reader and a snapshot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Lock
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from catalog_store.search.reading import Index, NameIndex
from catalog_store.search.rows import EMPTY, Numbers, distinct
from domain.refs import Ref
from domain.things import Owner, Thing
from domain.visibility import Reader, Visibility, groups_among

_FACETS: Mapping[str, str] = {"tag": "tags"}
"""The fields behind filters, where they are not called the same."""
_SHOWN = ("title", "tier", "lifecycle", "type")
"""What a line of a list shows of an entity's fields."""
_MOST = 256
"""Readers whose views of one snapshot are kept."""


class Marked(Index, Protocol):
    """An index that knows the marks of its entities; `index.CatalogIndex` is one."""

    @property
    def marks(self) -> Mapping[int, tuple[str, ...]]:
        """The marks of the entities that have any, by node."""
        ...

    @property
    def guests(self) -> frozenset[int]:
        """The people who are guests of the workspace."""
        ...


class SeenNames:
    """The names of what may be seen."""

    def __init__(self, names: NameIndex, visible: npt.NDArray[np.bool_]) -> None:
        self._names = names
        self._visible = visible

    def called(self, text: str) -> tuple[list[int], list[int], list[int]]:
        """Return the visible nodes with this name, title and alias."""
        named, titled, aliased = self._names.called(text)
        return self._kept(named), self._kept(titled), self._kept(aliased)

    def by_alias(self, text: str) -> tuple[int, ...]:
        """Return the visible nodes that claim exactly this alias."""
        return tuple(self._kept(self._names.by_alias(text)))

    def beginning(self, text: str, *, inside_word: bool = False) -> Numbers:
        """Return the visible nodes with a text that begins so."""
        return self._among(self._names.beginning(text, inside_word=inside_word))

    def with_words(self, text: str) -> Numbers:
        """Return the visible nodes that have all of these words."""
        return self._among(self._names.with_words(text))

    def like(self, text: str, at_least: float) -> list[tuple[int, float]]:
        """Return what of the visible is spelt nearly so."""
        return [each for each in self._names.like(text, at_least) if self._visible[each[0]]]

    def _kept(self, nodes: Iterable[int]) -> list[int]:
        return [node for node in nodes if self._visible[node]]

    def _among(self, nodes: Numbers) -> Numbers:
        return nodes[self._visible[nodes]]


class Seen:
    """An index through one reader's eyes."""

    def __init__(
        self, index: Index, visible: npt.NDArray[np.bool_], reader: Reader, rules: Visibility
    ) -> None:
        self._index = index
        self._visible = visible
        self._reader = reader
        self._rules = rules
        self._names = SeenNames(index.names, visible)
        self._hidden = frozenset(name for name in _SHOWN if not rules.shows(reader, name))
        self._values: dict[str, list[str]] = {}

    @property
    def version(self) -> int:
        """The catalog's version that it shows."""
        return self._index.version

    @property
    def names(self) -> SeenNames:
        """What the visible nodes are called."""
        return self._names

    @property
    def can_own(self) -> npt.NDArray[np.bool_]:
        """Whether each node is a team or a person."""
        return self._index.can_own

    def node(self, ref: Ref) -> int | None:
        """Return the node of a ref; None for what may not be seen, too."""
        node = self._index.node(ref)
        return None if node is None or not self._visible[node] else node

    def ref(self, node: int) -> Ref:
        """Return a node's ref."""
        return self._index.ref(node)

    def known(self, node: int) -> bool:
        """Tell an entity from what is only spoken of."""
        return self._index.known(node)

    def everything(self) -> Numbers:
        """Return the nodes of all visible entities, in the order of lists."""
        return self._among(self._index.everything())

    def in_order(self, nodes: Numbers) -> Numbers:
        """Return the nodes in the order of lists."""
        return self._index.in_order(nodes)

    def thing(self, node: int) -> Thing:
        """Return the node as a line of a list, without what may not be seen of it."""
        thing = self._index.thing(node)
        if not self._shows_owner:
            thing = replace(thing, owner=None, owner_title="")
        if self._hidden:
            blank: dict[str, Any] = {name: thing.name if name == "title" else "" for name in self._hidden}
            thing = replace(thing, **blank)
        return thing

    def things(self, nodes: Iterable[int] | Numbers) -> tuple[Thing, ...]:
        """Return the nodes as lines of a list."""
        return tuple(map(self.thing, nodes))

    def title(self, node: int) -> str:
        """Return what people call a node."""
        return self._index.ref(node).name if "title" in self._hidden else self._index.title(node)

    def related(self, node: int, relation: str) -> Numbers:
        """Return the visible nodes at the other end of a relation that may be seen."""
        if not self._rules.shows_relation(self._reader, relation):
            return EMPTY
        return self._among(self._index.related(node, relation))

    def relations(self) -> tuple[str, ...]:
        """Return the names of all relations."""
        return self._index.relations()

    def owner_of(self, node: int) -> int | None:
        """Return the node that answers for this one.

        That a team owns a thing is said by the thing: who may see that, sees the team's name.
        """
        return self._index.owner_of(node) if self._shows_owner else None

    def inherits_from(self, node: int) -> int | None:
        """Return the system or domain whose owner this node inherits; None where it may not be seen."""
        above = self._index.inherits_from(node)
        return None if above is None or not self._visible[above] else above

    def owned_by(self, node: int) -> Numbers:
        """Return the visible entities that this node answers for."""
        return self._among(self._index.owned_by(node)) if self._shows_owner else EMPTY

    def neighbours(self, nodes: Numbers, relation: str) -> Numbers:
        """Return the visible nodes at the other end of a relation from any of these, some several times."""
        if not self._rules.shows_relation(self._reader, relation):
            return EMPTY
        return self._among(self._index.neighbours(nodes, relation))

    def owners_of(self, nodes: Numbers) -> Numbers:
        """Return for each node the one that answers for it, -1 where nobody does or it may not be seen."""
        return self._index.owners_of(nodes) if self._shows_owner else np.full(len(nodes), -1, np.int32)

    def owner(self, ref: Ref) -> Owner:
        """Return the card of an owner; of one that may not be seen the name and the channel alone."""
        owner = self._index.owner(ref)
        if self._reader.inside and self.node(owner.ref) is not None:
            people = tuple(each for each in owner.people if self.node(each.ref) is not None)
            shown: dict[str, Any] = {name: "" for name in ("channel", "email") if not self._shows(name)}
            return replace(owner, people=people, **shown)
        channel = owner.channel if self._shows("channel") else ""
        return Owner(owner.ref, owner.title, owner.known, channel)

    def with_value(self, facet: str, value: str) -> Numbers | None:
        """Return the visible entities of a value; None when there are none."""
        if facet != "kind" and not self._shows(_FACETS.get(facet, facet)):
            return None
        nodes = self._index.with_value(facet, value)
        shown = None if nodes is None else self._among(nodes)
        return shown if shown is not None and len(shown) else None

    def values(self, facet: str) -> list[str]:
        """Return the values that a filter can have here, sorted."""
        if facet not in self._values:
            every = self._index.values(facet)
            self._values[facet] = [each for each in every if self.with_value(facet, each) is not None]
        return self._values[facet]

    def unowned(self) -> Numbers:
        """Return the visible entities that nobody answers for."""
        return self._among(self._index.unowned()) if self._shows_owner else EMPTY

    def best(self, nodes: Sequence[int] | Numbers, limit: int) -> list[int]:
        """Return the entities likeliest to be meant."""
        return self._index.best(nodes, limit)

    @cached_property
    def _shows_owner(self) -> bool:
        return self._shows("owner")

    def _shows(self, name: str) -> bool:
        return self._rules.shows(self._reader, name)

    def _among(self, nodes: Numbers) -> Numbers:
        return nodes[self._visible[nodes]]


@dataclass(slots=True)
class _Made:
    """The views of one snapshot."""

    telling: frozenset[Ref]
    """The groups that make a difference: any other's members see what everybody sees."""
    views: dict[Reader, Index] = field(default_factory=dict)


class Views:
    """Makes views, and keeps those of the snapshots that are still in use; safe for any number of threads."""

    def __init__(self, rules: Visibility) -> None:
        self.rules = rules
        self._made: WeakKeyDictionary[Marked, _Made] = WeakKeyDictionary()
        self._lock = Lock()

    def of(self, index: Marked, reader: Reader) -> Index:
        """Return what a reader may see of an index; the index itself where nothing of it is hidden."""
        with self._lock:
            made = self._made.get(index)
            if made is None:
                said = {
                    mark for marks in (*index.marks.values(), *self.rules.fields.values()) for mark in marks
                }
                made = self._made[index] = _Made(groups_among(said))
            alike = replace(reader, groups=reader.groups & made.telling)
            view = made.views.get(alike)
            if view is None:
                if len(made.views) >= _MOST:
                    made.views.clear()
                view = made.views[alike] = self._view(index, alike)
        return view

    def _view(self, index: Marked, reader: Reader) -> Index:
        if reader.everything:
            return index
        visible = _visible(index, reader, self.rules)
        plain = reader.inside and not self.rules.fields and bool(visible.all())
        return index if plain else Seen(index, visible, reader, self.rules)


def _visible(index: Marked, reader: Reader, rules: Visibility) -> npt.NDArray[np.bool_]:
    """Return for each node whether the reader may see it.

    What is only spoken of may be seen by members where something that they may see speaks of it.
    """
    visible = np.zeros(len(index.can_own), np.bool_)
    visible[index.everything()] = reader.may_see((rules.entities,))
    for node, marks in index.marks.items():
        visible[node] = reader.may_see(marks)
    if reader.inside:
        spoken = np.ones(len(visible), np.bool_)
        spoken[index.everything()] = False
        hidden = ~visible & ~spoken
        visible |= spoken
        for node in _spoken_of_by(np.flatnonzero(hidden).astype(np.int32), spoken, index):
            visible[node] = any(
                visible[index.related(node, relation)].any() for relation in index.relations()
            )
    return visible


def _spoken_of_by(nodes: Numbers, spoken: npt.NDArray[np.bool_], index: Marked) -> list[int]:
    others = np.concatenate([index.neighbours(nodes, relation) for relation in index.relations()])
    found: list[int] = distinct(others[spoken[others]]).tolist()
    return found
