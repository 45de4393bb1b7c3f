"""Finds the one thing that a name means, or says why there is not one.

Never guesses: a name that leads to several is a pick list, one that is nearly right is a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from catalog_store.search.reading import Index
from catalog_store.search.rows import Numbers
from domain.answers import Ambiguous, Candidate, Missing
from domain.entities import KINDS
from domain.errors import BadRef
from domain.refs import DEFAULT_NAMESPACE, Ref, parse_ref
from questions.addresses import Address, read_address
from questions.nouns import DETERMINERS, PLURALS, SINGULARS, readings
from questions.remedies import remedy
from questions.taste import INDIFFERENT, Taste
from questions.workloads import stems

LISTED = 10
"""How many candidates a pick list shows."""
SUGGESTED = 5
_JOINTS = re.compile(r"\s+(?:and|or|&|\+)\s+|/", re.IGNORECASE)
_NEAR = 0.62
"""The likeness (1 - edits / length) from which a name is worth suggesting."""
_FAR_BEHIND = 0.2
"""How much less like than the likest name a name must be to be left out."""
_EMPTY_WORDS = DETERMINERS | SINGULARS.keys() | PLURALS.keys()
_KIND_ORDER = ("component", "resource", "api", "system", "domain")
_KNOWN_KINDS = frozenset(kind.lower() for kind in KINDS)


class Role(Enum):
    """What the subject is to the question; says which kinds are meant first."""

    OWNED = "owned"
    """Something that has an owner; teams and people only when nothing else is called so."""
    NEEDED = "needed"
    """Something that others stand on; a team or a person only when nothing else comes near the name."""
    OWNER = "owner"
    """A team or a person; other things only when none is called so."""
    ANY = "any"


@dataclass(frozen=True, slots=True)
class One:
    """The one thing that was meant."""

    node: int
    matched: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question asks for."""

    role: Role
    ask: str
    """The question, with `{}` where the ref goes."""
    kind: str | None = None
    """The only kind that will do."""
    same_owner_will_do: bool = False
    """Whether the first of several things of one name will do when all have the same owner."""
    surely: bool = False
    """Whether nothing will do but what is called exactly so; then nothing else is suggested either."""


Subject = One | Ambiguous | Missing


def resolve(text: str, index: Index, wanted: Wanted, taste: Taste = INDIFFERENT) -> Subject:
    """Return what `text` names, by the first step, from the surest to the vaguest, that leads anywhere.

    `taste` says what stands first in a pick list.
    """
    address = read_address(text)
    # Who asks what `payments` owns means the team, however near a service comes to that name; who asks what
    # depends on it never does.
    passes: dict[Role, tuple[bool | None, ...]] = {Role.OWNER: (True, None), Role.NEEDED: (False, None)}
    for owners in passes.get(wanted.role, (None,)):
        search = _Search(address.shown, index, wanted, owners, taste)
        if (found := search.run(address)) is not None:
            return found
    if wanted.surely:
        return Missing(address.shown, (), "")
    return _Search(address.shown, index, wanted, None, taste).missing(address.names)


class _Search:
    """The steps of one search. Each returns None when it leads nowhere."""

    def __init__(self, shown: str, index: Index, wanted: Wanted, owners: bool | None, taste: Taste) -> None:
        """Take whether only teams and people are looked at, or none of them, or (None) everything."""
        self._shown = shown
        self._owners = owners
        self._index = index
        self._wanted = wanted
        self._taste = taste

    def run(self, address: Address) -> Subject | None:
        """Take the steps in their order."""
        for alias in address.aliases:
            matched = "" if address.mention else "alias"
            if found := self.pick(self.usable(self._index.names.by_alias(alias)), matched, "alias"):
                return found
        for name in address.names:
            if (found := self.by_ref(name)) is not None:
                return found
        read = [reading for name in address.names for reading in readings(name)]
        for kind, name in read:
            if (found := self.exactly(name, kind)) is not None:
                return found
        if (found := self.by_tools(address)) is not None or address.exact or self._wanted.surely:
            return found
        return self.nearly(read)

    def nearly(self, read: Sequence[tuple[str | None, str]]) -> Subject | None:
        """Return what is called more than that, or has all of the words in its name."""
        for step in (self.by_prefix, self.by_words):
            for kind, name in read:
                if (found := step(name, kind)) is not None and not (
                    isinstance(found, One) and _vague(name, found)
                ):
                    return found
        return None

    def by_tools(self, address: Address) -> Subject | None:
        """Return what tools call so, or a workload whose pod has that name."""
        for aliases in address.later:
            nodes = dict.fromkeys(node for each in aliases for node in self._index.names.by_alias(each))
            if nodes and (found := self.pick(self.usable(nodes), "alias", "alias")):
                return found
        return None

    def by_ref(self, name: str) -> Subject | None:
        """Step 1: a ref leads to that one or to nothing, `namespace/name` to those of any kind."""
        kind, colon, rest = name.partition(":")
        if colon:
            return self._by_full_ref(kind.strip().lower(), rest)
        namespace, slash, rest = name.lower().partition("/")
        if not slash or not rest:
            return None
        named, _, _ = self._index.names.called(rest)
        here = self.usable(node for node in named if self._index.ref(node)[1:] == (namespace, rest))
        return self.pick(here, "", "name")

    def _by_full_ref(self, kind: str, rest: str) -> Subject | None:
        if kind not in _KNOWN_KINDS and self._index.with_value("kind", kind) is None:
            return None
        try:
            ref = parse_ref(f"{kind}:{rest}")
        except BadRef:
            return None
        node = self._index.node(ref)
        if node is not None and (self._index.known(node) or self._wanted.role is Role.OWNER):
            return One(node, "" if self._index.ref(node) == ref else "alias")
        return self.missing((ref.name,), kind)

    def exactly(self, name: str, kind: str | None) -> Subject | None:
        """Steps 2 and 3: the name in its own spelling, in another; a title or an alias."""
        named, titled, aliased = (self.usable(nodes, kind) for nodes in self._index.names.called(name))
        if named:
            folded = name.strip().lower()
            return self.pick(
                [each for each in named if self._index.ref(each).name == folded] or named, "", "name"
            )
        if aliased:
            return self.pick([*dict.fromkeys((*titled, *aliased))], "alias", "alias")
        if titled:
            return self.pick(titled, "", "name")
        return self._owner_spoken_of(name)

    def _owner_spoken_of(self, name: str) -> Subject | None:
        """Return the owner whom entities name and the catalog does not hold."""
        if self._wanted.role is not Role.OWNER:
            return None
        for kind in ("group", "user"):
            node = self._index.node(Ref(kind, DEFAULT_NAMESPACE, name.strip().lower()))
            if node is not None:
                return One(node)
        return None

    def by_prefix(self, name: str, kind: str | None) -> Subject | None:
        """Step 4: names that begin so; a word that only begins so makes a single one doubtful."""
        found = self._few(self._index.names.beginning(name), kind, "prefix")
        if isinstance(found, One):
            inside = self._few(self._index.names.beginning(name, inside_word=True), kind, "prefix")
            return inside if isinstance(inside, Ambiguous) else found
        return found

    def by_words(self, name: str, kind: str | None) -> Subject | None:
        """Step 5: all the words are in the name, title or aliases of one thing."""
        return self._few(self._index.names.with_words(name), kind, "words")

    def usable(self, nodes: Iterable[int], kind: str | None = None) -> list[int]:
        """Return those of the kind that was said, and of the only one that will do."""
        kinds = {each for each in (kind, self._wanted.kind) if each is not None}
        can_own = self._index.can_own
        return [
            node
            for node in nodes
            if kinds <= {self._index.ref(node).kind} and self._owners in (None, bool(can_own[node]))
        ]

    def _preferred(self, nodes: Numbers) -> Numbers:
        """Return those of the kinds that the question is about; all when none is."""
        if self._wanted.role is Role.ANY or not len(nodes):
            return nodes
        can_own = self._index.can_own[nodes]
        meant = nodes[can_own if self._wanted.role is Role.OWNER else ~can_own]
        return meant if len(meant) or self._owners else nodes

    def pick(self, found: Sequence[int], matched: str, why: str) -> Subject | None:
        """Choose among things that are called exactly so."""
        nodes = self._preferred(np.asarray(found, np.int32)).tolist()
        if not nodes:
            return None
        nodes.sort(key=self._kind_order)
        owners = {self._index.owner_of(node) for node in nodes}
        same_owner = self._wanted.same_owner_will_do and len(owners) == 1 and None not in owners
        if len(nodes) == 1 or (same_owner and not matched):
            return One(nodes[0], matched)
        return self._ambiguous(self._taste.sort(nodes, self._index)[:LISTED], len(nodes), why)

    def _kind_order(self, node: int) -> tuple[int, Ref]:
        ref = self._index.ref(node)
        return (_KIND_ORDER.index(ref.kind) if ref.kind in _KIND_ORDER else len(_KIND_ORDER), ref)

    def _few(self, nodes: Numbers, kind: str | None, why: str) -> Subject | None:
        if kind is not None or self._wanted.kind is not None:
            nodes = np.asarray(self.usable(nodes.tolist(), kind), np.int32)
        nodes = self._preferred(nodes)
        if len(nodes) == 1:
            return One(int(nodes[0]), why)
        if not len(nodes):
            return None
        return self._ambiguous(self._taste.first(nodes, LISTED, self._index), len(nodes), why)

    def _ambiguous(self, nodes: Sequence[tuple[int, str]], total: int, why: str) -> Ambiguous:
        candidates = tuple(self._candidate(node, why, reason) for node, reason in nodes)
        return Ambiguous(self._shown, candidates, total - len(nodes))

    def missing(self, names: Sequence[str], kind: str | None = None) -> Missing:
        """Step 6: nothing is called so; what is nearly so is suggested."""
        near: dict[int, str] = dict.fromkeys(self._each_of(names), "name")
        pods = (stem for name in names for stem in stems(name))
        near.update((node, "name") for stem in pods if (node := self._surely(stem)) is not None)
        for name in names:
            for node in self._index.best(self._index.names.beginning(name, inside_word=True), SUGGESTED):
                near.setdefault(node, "prefix")
            like = self._index.names.like(name, _NEAR)[: SUGGESTED * 4]
            near.update(
                (node, "typo")
                for node, score in like
                if score > like[0][1] - _FAR_BEHIND and node not in near
            )
        nodes = self._preferred(np.array(self.usable(near, kind) or self.usable(near), np.int32)).tolist()
        suggestions = tuple(self._candidate(node, near[node]) for node in nodes[:SUGGESTED])
        return Missing(self._shown, suggestions, remedy(self._shown))

    def _each_of(self, names: Sequence[str]) -> list[int]:
        """Return what is called so where several things are named, or a path ends in a name; else nothing."""
        found: list[int] = []
        for name in names:
            parts = _JOINTS.split(name)
            parts = parts[-1:] if "/" in name else parts if len(parts) > 1 else name.split()
            if parts == [name]:
                continue
            nodes = [node for each in parts if (node := self._surely(each)) is not None]
            found += nodes if len(nodes) == len(parts) else []
        return found

    def _surely(self, name: str) -> int | None:
        """Return what is called exactly so, `the` and a word for its kind aside."""
        for kind, rest in readings(name):
            if isinstance(subject := self.exactly(rest, kind), One):
                return subject.node
        return None

    def _candidate(self, node: int, why: str, reason: str = "") -> Candidate:
        ask = self._wanted.ask.replace("{}", str(self._index.ref(node)))
        return Candidate(self._index.thing(node), why, ask, reason)


def _vague(name: str, found: One) -> bool:
    """Tell whether nothing but a word for a kind, or `the`, led to something by being a part of its name."""
    return found.matched in ("prefix", "words") and set(name.lower().split()) <= _EMPTY_WORDS
