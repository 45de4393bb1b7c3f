"""An immutable snapshot of the catalog in memory, for everything that chat asks without the store.

Holds no facts: where the evidence counts, the store is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from catalog_store.search.cards import OWNER_KINDS, REACHES, Cards, Gathered, gather
from catalog_store.search.names import ALIAS, NAME, TITLE, Names
from catalog_store.search.relations import NOBODY, Relations, relate
from catalog_store.search.rows import Numbers
from catalog_store.search.spelling import fold, spellings
from catalog_store.search.walking import ends
from domain.answers import Owner, Person, Thing
from domain.entities import Entity
from domain.refs import Ref

HOSTS = frozenset({"github", "gitlab", "repo"})
"""What aliases begin with that name a repository."""


class CatalogIndex:
    """Entities are nodes 0 to `size` - 1 in the order of lists (title, then ref).

    After them come the nodes of what is only spoken of: an owner or a dependency that the catalog lacks.
    """

    def __init__(self, gathered: Gathered, version: int) -> None:
        self.version = version
        self._cards = cards = gathered.cards
        self.size = len(cards.refs)
        self._relations: Relations = relate(gathered)
        self._filters, self._filtered = gathered.filters, gathered.filtered
        self.names = Names(_texts(cards), _ids(cards))
        cards.aliases.clear()
        self.can_own: npt.NDArray[np.bool_] = np.fromiter(
            (ref.kind in OWNER_KINDS for ref in self._relations.refs), np.bool_, len(self._relations.refs)
        )
        self._rank = _rank(cards, self._relations)

    @property
    def marks(self) -> Mapping[int, tuple[str, ...]]:
        """The marks of the entities that say who may see them, by node."""
        return self._cards.marks

    @property
    def guests(self) -> frozenset[int]:
        """The people who are guests of the Slack workspace."""
        return self._cards.guests

    @classmethod
    def build(cls, entities: Iterable[Entity], version: int) -> CatalogIndex:
        """Read the entities once and index them as the catalog's `version`."""
        return cls(gather(entities), version)

    def node(self, ref: Ref) -> int | None:
        """Return the node of a ref, or of the one entity that it leads to; None when nothing speaks of it."""
        node = self._relations.nodes.get(ref)
        if node is None:
            former = self.names.by_alias(str(ref))
            return former[0] if len(former) == 1 else None
        return node

    def ref(self, node: int) -> Ref:
        """Return a node's ref."""
        return self._relations.refs[node]

    def known(self, node: int) -> bool:
        """Tell an entity from what is only spoken of."""
        return node < self.size

    def everything(self) -> Numbers:
        """Return the nodes of all entities, in the order of lists."""
        return np.arange(self.size, dtype=np.int32)

    def in_order(self, nodes: Numbers) -> Numbers:
        """Return the nodes in the order of lists; what is only spoken of comes last."""
        return np.sort(nodes)

    def thing(self, node: int) -> Thing:
        """Return the node as a line of a list; one that is only spoken of is titled by its name."""
        ref, cards = self._relations.refs[node], self._cards
        owner = self.owner_of(node)
        owner_ref, owner_title = (None, "") if owner is None else (self.ref(owner), self.title(owner))
        if node >= self.size:
            return Thing(ref, ref.name, ref.name, ref.kind.capitalize(), owner_ref, owner_title)
        name, title, kind = cards.names[node], cards.titles[node], cards.kinds[node]
        tier, lifecycle, type_, _ = cards.traits[node]
        gone = cards.vanished.get(node)
        return Thing(ref, name, title, kind, owner_ref, owner_title, tier, lifecycle, type_, gone)

    def things(self, nodes: Iterable[int] | Numbers) -> tuple[Thing, ...]:
        """Return the nodes as lines of a list."""
        return tuple(map(self.thing, nodes))

    def title(self, node: int) -> str:
        """Return what people call a node."""
        return self._cards.titles[node] if node < self.size else self._relations.refs[node].name

    def related(self, node: int, relation: str) -> Numbers:
        """Return the nodes at the other end of `dependsOn`, `dependencyOf`, `hasPart`, …, in order."""
        return self._relations.rows[relation][node]

    def neighbours(self, nodes: Numbers, relation: str) -> Numbers:
        """Return the nodes at the other end of a relation from any of these, some perhaps several times."""
        return ends(self._relations.rows[relation], nodes)

    def relations(self) -> tuple[str, ...]:
        """Return the names of all relations."""
        return tuple(self._relations.rows)

    def owner_of(self, node: int) -> int | None:
        """Return the node that answers for this one, inherited if need be."""
        owner = int(self._relations.owner[node])
        return None if owner == NOBODY else owner

    def owners_of(self, nodes: Numbers) -> Numbers:
        """Return for each node the one that answers for it, as `owner_of` does; -1 where nobody does."""
        return self._relations.owner[nodes]

    def inherits_from(self, node: int) -> int | None:
        """Return the system or domain whose owner this node inherits."""
        above = int(self._relations.heir_of[node])
        return None if above == NOBODY else above

    def owned_by(self, node: int) -> Numbers:
        """Return the entities that this node answers for, inherited ones too, in order."""
        return self._relations.owned[node]

    def owner(self, ref: Ref) -> Owner:
        """Return the card of an owner; one that the catalog does not hold is titled by its name."""
        node = self.node(ref)
        if node is None or node >= self.size:
            return Owner(ref, ref.name, known=False)
        reaches = self._cards.reaches.get(node, ("",) * len(REACHES))
        reached = dict(zip(REACHES, reaches, strict=True))
        people = tuple(self._person(each) for each in self.related(node, "hasMember").tolist())
        return Owner(self.ref(node), self.title(node), known=True, people=people, **reached)

    def _person(self, node: int) -> Person:
        reaches = self._cards.reaches.get(node)
        slack_user_id = reaches[REACHES.index("slack_user_id")] if reaches else ""
        return Person(self.ref(node), self.title(node), slack_user_id)

    def with_value(self, facet: str, value: str) -> Numbers | None:
        """Return the entities of a tier, lifecycle, type, language, tag or kind; None when there are none."""
        row = self._filters.get((facet, fold(value)))
        return None if row is None else self._filtered[row]

    def values(self, facet: str) -> list[str]:
        """Return the values that a filter can have, sorted."""
        return sorted(value for name, value in self._filters if name == facet)

    def unowned(self) -> Numbers:
        """Return the entities that nobody answers for, those that own left out."""
        nobody = (self._relations.owner[: self.size] == NOBODY) & ~self.can_own[: self.size]
        return np.flatnonzero(nobody).astype(np.int32)

    def best(self, nodes: Sequence[int] | Numbers, limit: int) -> list[int]:
        """Return the entities likeliest to be meant: short name, low tier, many dependents."""
        chosen = np.asarray(nodes, np.int32)
        ranks = self._rank[chosen]
        if len(chosen) > limit:
            nearest = np.argpartition(ranks, limit)[:limit]
            chosen, ranks = chosen[nearest], ranks[nearest]
        return [int(node) for node in chosen[np.argsort(ranks)]]


def _texts(cards: Cards) -> Iterator[tuple[str, int, int]]:
    repositories = _repositories(cards)
    for node, (ref, name, title) in enumerate(zip(cards.refs, cards.names, cards.titles, strict=True)):
        named = spellings(name)
        for spelling in named:
            yield ref.name if spelling == ref.name else spelling, node, NAME
        seen = {"", *named}
        others = [(alias, ALIAS) for alias in cards.aliases[node] if ":" not in alias]
        others += [(name, ALIAS) for name in repositories.get(node, ())]
        for text, role in others if title is name else [(title, TITLE), *others]:
            for spelling in spellings(text):
                if spelling not in seen:
                    seen.add(spelling)
                    yield spelling, node, role


def _repositories(cards: Cards) -> dict[int, list[str]]:
    """Return what a component's repositories are called where that is not its own name and is its alone."""
    nodes: dict[str, set[int]] = {}
    for node, aliases in enumerate(cards.aliases):
        for alias in aliases if cards.refs[node].kind == "component" else ():
            host, _, path = alias.partition(":")
            name = path.rpartition("/")[2]
            if host in HOSTS and name != path and name != cards.refs[node].name and "#" not in name:
                nodes.setdefault(name, set()).add(node)
    found: dict[int, list[str]] = {}
    for name, having in nodes.items():
        if len(having) == 1:
            found.setdefault(having.pop(), []).append(name)
    return found


def _ids(cards: Cards) -> Iterator[tuple[str, int]]:
    for node, aliases in enumerate(cards.aliases):
        for alias in aliases:
            yield fold(alias), node


def _rank(cards: Cards, relations: Relations) -> Numbers:
    lengths = np.fromiter(map(len, cards.names), np.int32, len(cards.names))
    tiers = np.fromiter(
        (int(tier) if tier.isdecimal() and len(tier) < 4 else 1_000 for tier, *_ in cards.traits), np.int32
    )
    dependents = relations.rows["dependencyOf"].sizes()[: len(lengths)]
    order = np.lexsort((np.arange(len(lengths)), -dependents, tiers, lengths))
    rank: Numbers = np.empty(len(lengths), np.int32)
    rank[order] = np.arange(len(lengths), dtype=np.int32)
    return rank
