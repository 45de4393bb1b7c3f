"""Answers `gaps`: what the catalog lacks, the most critical first, and what it could not answer.

What needs a look at everything is counted once for each snapshot and reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np

from catalog_store.search.reading import Index
from catalog_store.search.rows import EMPTY, Numbers, intersect
from domain.answers import Answer
from domain.gaps import Gap, Gaps
from questions.broken import having_broken, why_broken
from questions.channels import channel_of
from questions.filters import is_asker
from questions.here import asked_here, channels_team
from questions.nouns import counted
from questions.owning import teams_between, whose
from questions.pages import listing
from questions.question import Question

FIRST = 3
"""How many things of each gap are named."""
ASKED = 5
"""How many questions without an answer are shown."""
_MINE = ("my", "our", "mine", "ours")
_ALL = ("everything", "everybody", "everyone", "all", "the catalog", "the whole catalog", "the company")
_ABOUT_ALL = frozenset(("catalog", "data", "questions", "answer", "answered", "unanswered"))
"""Words of questions that are about no team, wherever they are asked."""
_BROKEN = "broken descriptions"
KINDS = {
    "unowned things": "Nobody owns them",
    "unknown owners": "Their owner is not in the catalog",
    "unreachable owners": "Their team has neither a channel nor people",
    "missing tiers": "They have no tier",
    _BROKEN: "A description of their API is broken",
}
"""The words for one kind of gap, and what it is."""
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
    broken: Numbers = field(default_factory=lambda: EMPTY)
    """What has a broken description of an API; known to the store alone, so asked each time."""

    def of_kind(self, kind: str) -> Numbers:
        """Return what has one kind of gap, by the words of KINDS."""
        having = (self.unowned, self.by_strangers, self.unreached, self.tierless, self.broken)
        return dict(zip(KINDS, having, strict=True))[kind]


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


def count_gaps(index: Index) -> None:
    """Count the gaps of a snapshot now, for whoever asks later."""
    _MEMORY.of(index)


def gaps(question: Question) -> Answer:
    """Answer for the whole catalog, or for one team or person; in a team's channel for that team.

    Where the words name one kind of gap, with the list of what has it.
    """
    whose = _whose(question)
    if not isinstance(whose, _Whose):
        return whose
    kind = next((each for each in KINDS if each in question.words.lower()), "")
    answer = _listed(kind, whose.node, question) if kind else _all_kinds(whose.node, question)
    if whose.by_place and whose.node is not None:
        return asked_here(answer, whose.node, question)
    return answer


@dataclass(frozen=True, slots=True)
class _Whose:
    node: int | None
    """The team or person whose gaps are meant; None: everybody's."""
    by_place: bool = False


def _whose(question: Question) -> _Whose | Answer:
    """Return whose gaps are meant, or what to say where that is not clear."""
    said = question.words.lower().split()
    whole = question.thing.lower() in _ALL or not _ABOUT_ALL.isdisjoint(said)
    name = "" if whole else question.thing
    if not whole and (not name or is_asker(name)) and (here := channels_team(question)) is not None:
        return _Whose(here, by_place=True)
    mine = is_asker(name) or any(word in _MINE for word in said)
    if not name and not mine:
        return _Whose(None)
    node = whose(question)
    return _Whose(node) if isinstance(node, int) else node


def _listed(kind: str, node: int | None, question: Question) -> Answer:
    """Return everything that has one kind of gap, page by page."""
    index = question.index
    what, nodes = KINDS[kind], _found(node, question).of_kind(kind)
    where = "in the catalog" if node is None else f"in what {index.title(node)} owns"
    headline = f"{counted(len(nodes), None)} {where}: {what[:1].lower()}{what[1:]}"
    if not len(nodes):
        headline = f"Nothing {where} is in the list of {kind}"
    return listing(question, headline, [("", nodes)], _ask_for(kind, node, index), None)


def _ask_for(kind: str, node: int | None, index: Index) -> str:
    return f"gaps {kind} of {'everything' if node is None else index.ref(node)}"


def _all_kinds(node: int | None, question: Question) -> Gaps:
    index = question.index
    found = _found(node, question)
    told = [
        _told(kind, _gap(what, nodes, index, _ask_for(kind, node, index)), question)
        for kind, what in KINDS.items()
        if len(nodes := found.of_kind(kind))
    ]
    if node is None:
        return Gaps("", None, tuple(told), question.records.unanswered(ASKED))
    shown = index.thing(node) if index.known(node) else None
    return Gaps(index.title(node), shown, (*_archived(node, question), *told))


def _told(kind: str, gap: Gap, question: Question) -> Gap:
    return replace(gap, broken=why_broken(gap.first, question)) if kind == _BROKEN else gap


def _found(node: int | None, question: Question) -> _Found:
    """Return the gaps of everything, or of what a team or person and the teams between own."""
    index = question.index
    found = replace(_MEMORY.of(index), broken=having_broken(question))
    if node is None:
        return found
    owned = np.unique(np.concatenate([index.owned_by(each) for each in _owners(node, index)]))
    kept = (
        index.in_order(intersect([np.sort(each), owned]))
        for each in (found.by_strangers, found.unreached, found.tierless, found.broken)
    )
    return _Found(EMPTY, *kept)


def _owners(node: int, index: Index) -> list[int]:
    return [node, *teams_between(node, index)]


def _archived(node: int, question: Question) -> Iterator[Gap]:
    """Yield what is owned by those of the teams whose channel nobody can post to."""
    index = question.index
    for each in _owners(node, index):
        if index.ref(each).kind == "group" and len(theirs := index.owned_by(each)):
            channel = channel_of(index.owner(index.ref(each)), question.records)
            if channel.archived:
                what = f"The channel of {index.title(each)}, #{channel.named}, is archived"
                yield _gap(what, theirs, index, f"what does {index.ref(each)} own")


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
        index.in_order(index.unowned()),
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
