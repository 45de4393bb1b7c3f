"""What can be asked of an index, whoever it is for: the whole snapshot, or what one reader may see of it.

Questions know these and no class behind them, so that nothing can be asked past what its reader may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from catalog_store.search.rows import Numbers
from domain.refs import Ref
from domain.things import Owner, Thing


class NameIndex(Protocol):
    """Leads from what people call a thing to nodes; `names.Names` is one and describes each."""

    def called(self, text: str) -> tuple[list[int], list[int], list[int]]:
        """Return the nodes with this name, those with this title and those with this alias."""
        ...

    def by_alias(self, text: str) -> tuple[int, ...]:
        """Return the nodes that claim exactly this alias, case aside."""
        ...

    def beginning(self, text: str, *, inside_word: bool = False) -> Numbers:
        """Return the nodes with a text that begins so and goes on after a word's end (or inside one)."""
        ...

    def with_words(self, text: str) -> Numbers:
        """Return the nodes that have all of these words in their name, title and aliases together."""
        ...

    def like(self, text: str, at_least: float) -> list[tuple[int, float]]:
        """Return (node, likeness) for what is spelt nearly so, the likest first, each node once."""
        ...


class Index(Protocol):
    """The catalog in memory; `index.CatalogIndex` is one and describes each.

    A node is a number that means something to this one snapshot alone: never keep it longer. The order of the
    numbers means nothing. Nodes come either in the order of lists (`everything`, `in_order`, `related`,
    `owned_by`), or, each once, by number (`with_value`, `unowned` and those of `names.beginning` and
    `names.with_words`): the latter can be intersected as they are, the former are to be sorted before.
    """

    @property
    def version(self) -> int:
        """The catalog's version that it shows."""
        ...

    @property
    def names(self) -> NameIndex:
        """What the nodes are called."""
        ...

    @property
    def can_own(self) -> npt.NDArray[np.bool_]:
        """Whether each node is a team or a person."""
        ...

    def node(self, ref: Ref) -> int | None:
        """Return the node of a ref, or of the one entity that it leads to; None when nothing speaks of it."""
        ...

    def ref(self, node: int) -> Ref:
        """Return a node's ref."""
        ...

    def known(self, node: int) -> bool:
        """Tell an entity from what is only spoken of."""
        ...

    def everything(self) -> Numbers:
        """Return the nodes of all entities, in the order of lists: title, case aside, then ref."""
        ...

    def in_order(self, nodes: Numbers) -> Numbers:
        """Return the nodes in the order of lists; what is only spoken of comes last."""
        ...

    def thing(self, node: int) -> Thing:
        """Return the node as a line of a list; one that is only spoken of is titled by its name."""
        ...

    def things(self, nodes: Iterable[int] | Numbers) -> tuple[Thing, ...]:
        """Return the nodes as lines of a list."""
        ...

    def title(self, node: int) -> str:
        """Return what people call a node."""
        ...

    def related(self, node: int, relation: str) -> Numbers:
        """Return the nodes at the other end of `dependsOn`, `dependencyOf`, `hasPart`, …, in order."""
        ...

    def neighbours(self, nodes: Numbers, relation: str) -> Numbers:
        """Return the nodes that `related` returns for any of these: in no order, some several times."""
        ...

    def relations(self) -> tuple[str, ...]:
        """Return the names of all relations."""
        ...

    def owner_of(self, node: int) -> int | None:
        """Return the node that answers for this one, inherited if need be."""
        ...

    def owners_of(self, nodes: Numbers) -> Numbers:
        """Return for each node the one that answers for it, as `owner_of` does; -1 where nobody does."""
        ...

    def inherits_from(self, node: int) -> int | None:
        """Return the system or domain whose owner this node inherits."""
        ...

    def owned_by(self, node: int) -> Numbers:
        """Return the entities that this node answers for, inherited ones too, in order."""
        ...

    def owner(self, ref: Ref) -> Owner:
        """Return the card of an owner; one that the catalog does not hold is titled by its name."""
        ...

    def with_value(self, facet: str, value: str) -> Numbers | None:
        """Return the entities of a tier, lifecycle, type, language, tag or kind; None when there are none."""
        ...

    def values(self, facet: str) -> list[str]:
        """Return the values that a filter can have, sorted."""
        ...

    def unowned(self) -> Numbers:
        """Return the entities that nobody answers for, those that own left out."""
        ...

    def best(self, nodes: Sequence[int] | Numbers, limit: int) -> list[int]:
        """Return the entities likeliest to be meant."""
        ...
