"""Answers `gaps`: what the catalog lacks, the most critical first, and what it could not answer.

What needs a look at everything is counted once for each snapshot and reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np

from catalog_store.search.reading import Index
from catalog_store.search.rows import EMPTY, Numbers, intersect
from domain.answers import Answer
from domain.gaps import Gap, Gaps
from questions.channels import channel_of
from questions.filters import is_asker
from questions.owning import teams_between, whose
from questions.question import Question

FIRST = 3
"""How many things of each gap are named."""
ASKED = 5
"""How many questions without an answer are shown."""
_MINE = ("my", "our", "mine", "ours")
_NOBODY = -1


@dataclass(frozen=True, slots=True)
class _Found:
    """The gaps of one snapshot, as one reader sees it: nodes in the order of lists."""

    unowned: Numbers
    by_strangers: Numbers
    """What is owned by somebody whom the catalog does not hold."""
    unreached: Numbers
    """What is owned by a team without a channel and without people."""
    tierless: Numbers


class _Memory:
    """Keeps what was found, as long as its snapshot lives."""

    def __init__(self) -> None:
        self._found: WeakKeyDictionary[Index, _Found] = WeakKeyDictionary()
        self._lock = Lock()

    def of(self, index: Index) -> _Found:
        """Return the gaps of a snapshot."""
        with self._lock:
            found = self._found.get(index)
            if found is None:
                found = self._found[index] = _look(index)
            return found


_MEMORY = _Memory()


def gaps(question: Question) -> Answer:
    """Answer for the whole catalog, or for one team or person."""
    index, name = question.index, question.thing
    mine = is_asker(name) or any(word in _MINE for word in question.words.lower().split())
    if not name and not mine:
        return Gaps("", None, _told(_MEMORY.of(index), index), question.records.unanswered(ASKED))
    node = whose(question)
    return _theirs(node, question) if isinstance(node, int) else node


def _theirs(node: int, question: Question) -> Gaps:
    index, found = question.index, _MEMORY.of(question.index)
    owners = [node, *teams_between(node, index)]
    owned = index.in_order(np.unique(np.concatenate([index.owned_by(each) for each in owners])))
    kept = _Found(
        EMPTY, *(intersect([np.sort(each), np.sort(owned)]) for each in (
            found.by_strangers, found.unreached, found.tierless
        ))
    )  # fmt: skip
    told = list(_told(kept, index))
    for each in owners:
        if index.ref(each).kind == "group" and len(theirs := index.owned_by(each)):
            channel = channel_of(index.owner(index.ref(each)), question.records)
            if channel.archived:
                what = f"The channel of {index.title(each)}, #{channel.named}, is archived"
                told.insert(0, _gap(what, theirs, index, ""))
    shown = index.thing(node) if index.known(node) else None
    return Gaps(index.title(node), shown, tuple(told))


def _told(found: _Found, index: Index) -> tuple[Gap, ...]:
    rows = (
        ("Nobody owns them", found.unowned, "list unowned"),
        ("Their owner is not in the catalog", found.by_strangers, ""),
        ("Their team has neither a channel nor people", found.unreached, ""),
        ("They have no tier", found.tierless, ""),
    )
    return tuple(_gap(what, nodes, index, ask) for what, nodes, ask in rows if len(nodes))


def _gap(what: str, nodes: Numbers, index: Index, ask: str) -> Gap:
    return Gap(what, len(nodes), index.things(index.best(nodes, FIRST)), ask)


def _look(index: Index) -> _Found:
    everything = index.everything()
    owners = index.owners_of(everything)
    held = np.zeros(len(index.can_own), np.bool_)
    held[everything] = True
    owned = owners != _NOBODY
    strange = owned & ~held[owners]
    deaf = [node for node in np.unique(owners[owned & ~strange]).tolist() if _is_deaf(node, index)]
    components = index.with_value("kind", "component")
    components = EMPTY if components is None else components
    return _Found(
        index.unowned(),
        everything[strange],
        everything[owned & np.isin(owners, deaf)] if deaf else EMPTY,
        _without_tier(components, index),
    )


def _without_tier(nodes: Numbers, index: Index) -> Numbers:
    """Return those of the nodes that have no tier of any name."""
    having = np.zeros(len(index.can_own), np.bool_)
    for value in index.values("tier"):
        with_it = index.with_value("tier", value)
        having[with_it if with_it is not None else []] = True
    return index.in_order(nodes[~having[nodes]])


def _is_deaf(node: int, index: Index) -> bool:
    """Tell a team that has neither a channel nor people."""
    ref = index.ref(node)
    if ref.kind != "group":
        return False
    owner = index.owner(ref)
    return not (owner.channel or owner.slack_channel_id or owner.slack_usergroup_id or owner.people)
