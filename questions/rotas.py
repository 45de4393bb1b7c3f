"""Finds the on-call policies that hold for a thing, and whose turn it is by them now.

Asks no vendor: all is in the last snapshot, which `Freshness` tells the age of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from domain.entities import Record
from domain.oncall import (
    OWN,
    OWNED,
    OWNER,
    PARENT,
    PART,
    PARTS,
    PROVIDER,
    Freshness,
    Level,
    OnCall,
    Rota,
    Turn,
)
from domain.oncall_plan import FIELD, HORIZON, Policy, Shift, policies
from domain.syncs import SourceStanding
from domain.things import Person, Thing
from questions.question import Question
from questions.reaching import reach, teams_above

_MANY = 20
"""How many things with a plan are read, of those that a team owns or that are parts of a system."""
_WHOLES = ("component", "system")


@dataclass(frozen=True, slots=True)
class Held:
    """The policies of some things, and whose they are."""

    rotas: tuple[Rota, ...]
    via: str = ""
    node: int | None = None
    """The thing that has them, where it is one alone."""


def on_call(node: int, record: Record, question: Question, matched: str = "", words: str = "") -> OnCall:
    """Return who is on call for a thing, by its own policies or those nearest to it."""
    found = _by_the_nearest(node, record, question)
    return replace(found, words=words or found.words, matched=matched, reach=reach(node, record, question))


def on_call_card(node: int, record: Record, question: Question) -> OnCall | None:
    """Return the same for a card on the thing, which tells of the owner's channel itself.

    None where no source tells of a policy.
    """
    if record.entity.ref.kind == "user":
        return None
    found = _by_the_nearest(node, record, question)
    return found if found.rotas else None


def _by_the_nearest(node: int, record: Record, question: Question) -> OnCall:
    held = _nearest(node, record, question)
    through = None if held.node in (None, node) else _thing(held.node, question)
    return OnCall(question.subject, question.index.thing(node), held.rotas, held.via, through)


def _thing(node: int | None, question: Question) -> Thing | None:
    return None if node is None else question.index.thing(node)


def _nearest(node: int, record: Record, question: Question) -> Held:
    """Return the policies of the first place that has any."""
    reader = Reader(question)
    if own := reader.rotas(record):
        return Held(own, OWN, node)
    places = list(_places(node, question))
    refs = {each: question.index.ref(each) for _, nodes, _ in places for each in nodes}
    having = set(question.records.having_plans(tuple(dict.fromkeys(refs.values()))))
    for via, nodes, together in places:
        found = reader.of_all([each for each in nodes if refs[each] in having][: _MANY if together else 1])
        if found.rotas:
            return replace(found, via=via)
    return Held(())


def _places(node: int, question: Question) -> Iterator[tuple[str, list[int], bool]]:
    """Yield where to look, the nearest first, and whether the policies of all of these hold together."""
    index = question.index
    kind = index.ref(node).kind
    if kind == "group":
        yield OWNED, index.owned_by(node).tolist(), True
        yield PARENT, teams_above(node, question), False
        return
    wholes = index.related(node, "partOf").tolist()
    yield PART, [each for each in wholes if index.ref(each).kind in _WHOLES and index.known(each)], False
    if kind == "api":
        yield (
            PROVIDER,
            [each for each in index.related(node, "apiProvidedBy").tolist() if index.known(each)],
            True,
        )
    owner = index.owner_of(node)
    if owner is not None and index.known(owner):
        yield OWNER, [owner], False
        yield PARENT, teams_above(owner, question), False
    if kind in ("system", "domain"):
        yield PARTS, index.related(node, "hasPart").tolist(), True


class Reader:
    """Reads policies out of records, for one question."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self.now = question.clock()
        self._people: dict[tuple[str, str], Person | None] = {}
        self._standings: Callable[[], dict[str, SourceStanding]] = cache(
            lambda: {each.state.name: each for each in question.sources()}
        )

    def of_all(self, nodes: Iterable[int]) -> Held:
        """Return the policies of these things together, each once."""
        found: dict[str, Rota] = {}
        having: list[int] = []
        for node in nodes:
            rotas = self.rotas(self._question.record_of(node))
            having += [node] if rotas else []
            for each in rotas:
                found.setdefault(each.key, each)
        return Held(tuple(found.values()), node=having[0] if len(having) == 1 else None)

    def rotas(self, record: Record) -> tuple[Rota, ...]:
        """Return a thing's own policies as of now."""
        return tuple(self.rota(each, record) for each in policies(record.entity.fields.get(FIELD)))

    def rota(self, policy: Policy, record: Record) -> Rota:
        """Return one policy as of now, as a thing's record has it."""
        freshness = self.freshness(policy, record)
        levels = tuple(
            Level(
                level,
                self._turns(policy.on(level, self.now), freshness),
                self._turns(policy.after(level, self.now), freshness),
                policy.targets.get(level, ()),
            )
            for level in policy.levels
        )
        silent = [each.number for each in levels if not each.now and not each.next]
        over = bool(silent or not levels) and self.now >= freshness.as_of + HORIZON
        # A plan may have been read for fewer days: what it had of a level is past, and nobody looked since.
        ended = over or (freshness.stale and any(policy.has(level) for level in silent))
        return Rota(policy.key, policy.name, policy.url, levels, replace(freshness, ended=ended))

    def freshness(self, policy: Policy, record: Record) -> Freshness:
        """Return how old the plan is, and how its source stands."""
        facts = record.facts_on(FIELD)
        fact = next(
            (each for each in facts if isinstance(each.value, dict) and policy.key in each.value), None
        )
        if fact is None:
            return Freshness("", policy.vendor, self.now)
        return self.standing(fact.source, policy.vendor, fact.observed_at)

    def standing(self, claimant: str, vendor: str, as_of: datetime) -> Freshness:
        """Return how a source stands that read a plan at a time."""
        name = claimant.rpartition("/")[0] or claimant
        found = self._standings().get(name)
        if found is None:
            return Freshness(name, vendor, as_of)
        late = found.every is not None and self.now - as_of > 2 * found.every
        return Freshness(name, vendor, as_of, found.state.problem, bool(found.state.paused), overdue=late)

    def _turns(self, shifts: Iterable[Shift], freshness: Freshness) -> tuple[Turn, ...]:
        return tuple(self._turn(each, each.is_cut(freshness.as_of)) for each in shifts)

    def _turn(self, shift: Shift, cut: bool) -> Turn:
        person = self.person(shift)
        name = person.title if person else shift.name or shift.email or shift.person.rpartition(":")[2]
        return Turn(name, shift.email, person, shift.since, shift.until, cut, shift.schedule)

    def person(self, shift: Shift) -> Person | None:
        """Return whom the catalog knows under the account or the e-mail; None: nobody, or several."""
        who = (shift.person, shift.email)
        if who not in self._people:
            self._people[who] = self._person(shift)
        return self._people[who]

    def _person(self, shift: Shift) -> Person | None:
        index = self._question.index
        for alias in (shift.person, f"mailto:{shift.email}", shift.email):
            nodes = (
                [each for each in index.names.by_alias(alias) if index.ref(each).kind == "user"]
                if alias
                else []
            )
            if len(nodes) == 1:
                owner = index.owner(index.ref(nodes[0]))
                return Person(owner.ref, owner.title, owner.slack_user_id)
        return None
