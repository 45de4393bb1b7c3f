"""Works out what becomes of entities when claims move: stitched anew, named, renamed, restored or retired.

Writes nothing. Which entity a claim is on is settled before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from catalog_store import canonical
from catalog_store.incoming import says_the_same
from catalog_store.known import Bound
from catalog_store.moves import (
    CHANGED,
    CREATED,
    RESTATED,
    RESTORED,
    RETIRED,
    VANISHED,
    Move,
    Plan,
    Step,
    chunks,
    flat,
)
from catalog_store.naming import Refs, granted, remembered
from catalog_store.records import Stored, find_many
from catalog_store.stitching import Held, stitch
from catalog_store.trust import Precedence
from domain.entities import VANISHED as GONE
from domain.entities import Claim, Entity, Json, Standing
from domain.refs import Ref


@dataclass(slots=True)
class _Case:
    """One entity between before and after."""

    entity_id: int
    stored: Stored | None
    held: list[Held]
    moves: list[Move]
    entity: Entity | None = None
    """Stitched anew; None when nothing knows it any more."""

    @property
    def was_live(self) -> bool:
        return self.stored is not None and not self.stored.retired

    @property
    def ref(self) -> Ref | None:
        """Its ref until now; None for a new one."""
        return None if self.stored is None else self.stored.entity.ref


class Settling:
    """Fills a plan's steps from its moves."""

    def __init__(
        self,
        connection: Connection,
        plan: Plan,
        precedence: Precedence,
        new_refs: Mapping[int, Ref],
        contested: Mapping[int, Claim],
    ) -> None:
        self._connection = connection
        self._plan = plan
        self._precedence = precedence
        self._new_refs = new_refs
        self._contested = contested
        self._moving: set[tuple[str, str]] = set()

    def vanish(self, vanishing: Mapping[int, Sequence[tuple[str, Bound]]]) -> None:
        """Add the moves of what a source does not see any more: marked, or gone where it was but a remark."""
        plan = self._plan
        # What is absorbed in the same breath vanishes where it comes to.
        absorbed = {move.key: move for move in plan.moves if move.source == plan.source}
        for ids in chunks(list(vanishing)):
            stored = find_many(self._connection, ids)
            for entity_id in ids:
                held = {each.claim.key: each for each in stored[entity_id].held if each.source == plan.source}
                for key, was in vanishing[entity_id]:
                    known = absorbed.get(key)
                    if known is not None:
                        plan.moves.remove(known)
                    if was.standing == Standing.REMARK:
                        plan.moves.append(Move(plan.source, key, entity_id, None, None))
                    else:
                        gone = replace(held[key], vanished_at=plan.observed_at)
                        goes_to = known.entity_after if known is not None else entity_id
                        plan.moves.append(Move(plan.source, key, entity_id, goes_to, gone))

    def settle(self) -> None:
        """Stitch every entity that a move touches."""
        touched: dict[int, list[int]] = {}
        for number, move in enumerate(self._plan.moves):
            for entity_id in {move.entity_before, move.entity_after}:
                if entity_id is not None:
                    touched.setdefault(entity_id, []).append(number)
        self._moving = {(move.source, move.key) for move in self._plan.moves}
        renames: list[_Case] = []
        for ids in chunks(list(touched)):
            existing = [each for each in ids if each not in self._new_refs and each not in self._contested]
            stored = find_many(self._connection, existing) if existing else {}
            self._remember_claims(stored)
            for entity_id in ids:
                case = self._case(entity_id, stored.get(entity_id), touched[entity_id])
                if case.entity is not None and self._needs_a_ref(case.entity, case):
                    renames.append(case)
                else:
                    self._finish(case)
        self._rename(renames)

    def restitch(self, entities: Iterable[Stored]) -> None:
        """Stitch entities on which no claim moves; one that comes out as it was gets no step."""
        renames: list[_Case] = []
        for stored in entities:
            entity = stitch(stored.held, self._precedence)
            if entity.ref != stored.entity.ref:
                renames.append(_Case(stored.id, stored, stored.held, [], entity))
            elif not canonical.same(flat(entity), flat(stored.entity)):
                self._finish(_Case(stored.id, stored, stored.held, [], entity))
        self._rename(renames)

    def _remember_claims(self, stored: Mapping[int, Stored]) -> None:
        """Keep the claims that move as they were, for comparison and for history."""
        for each in stored.values():
            for held in each.held:
                key = (held.source, held.claim.key)
                if key in self._moving:
                    self._plan.before[key] = held

    def _case(self, entity_id: int, stored: Stored | None, numbers: Iterable[int]) -> _Case:
        held = {(each.source, each.claim.key): each for each in stored.held} if stored else {}
        moves = []
        for number in numbers:
            move = self._weighed(number)
            moves.append(move)
            held.pop((move.source, move.key), None)
            if move.entity_after == entity_id and move.held is not None:
                held[move.source, move.key] = move.held
        case = _Case(entity_id, stored, list(held.values()), moves)
        if any(each.is_known_by for each in case.held):
            # What says nothing new renames nothing, though the better name may have become free since.
            own = case.ref if case.was_live and not any(move.significant for move in moves) else None
            case.entity = stitch(case.held, self._precedence, own)
        return case

    def _weighed(self, number: int) -> Move:
        """Find out whether a move says anything new; what says the same was said since then."""
        move = self._plan.moves[number]
        known = self._plan.before.get((move.source, move.key))
        if known is None or move.held is None or move.entity_before is None:
            return move
        if says_the_same(move.held.claim, known.claim):
            same_place = (
                move.entity_before == move.entity_after and move.held.vanished_at == known.vanished_at
            )
            move = replace(move, held=replace(move.held, since=known.since), significant=not same_place)
            self._plan.moves[number] = move
        return move

    def _needs_a_ref(self, entity: Entity, case: _Case) -> bool:
        if case.stored is None:
            return entity.ref != self._new_refs.get(case.entity_id)
        return entity.ref != case.ref or not case.was_live

    def _rename(self, cases: list[_Case]) -> None:
        """Give each its new ref where that is free, or becomes free by these renames themselves."""
        if not cases:
            return
        wanted = {case.entity_id: case.entity.ref for case in cases if case.entity is not None}
        refs = Refs(self._connection, {ref: entity_id for entity_id, ref in self._new_refs.items()})
        refs.look_up(set(wanted.values()))
        current = {case.entity_id: case.ref for case in cases if case.was_live and case.ref is not None}
        scopes = {entity_id: claim.scope for entity_id, claim in self._contested.items()}
        given = granted(wanted, refs, current, self._retiring, scopes)
        for case in cases:
            if given[case.entity_id] != wanted[case.entity_id]:
                case.entity = stitch(case.held, self._precedence, given[case.entity_id])
            self._finish(case)

    @property
    def _retiring(self) -> set[int]:
        return {step.entity_id for step in self._plan.steps if step.operation == RETIRED}

    def _finish(self, case: _Case) -> None:
        stored = case.stored
        if case.entity is None:
            if stored is not None and not stored.retired:
                before = {**flat(stored.entity), "ref": str(stored.entity.ref)}
                self._plan.steps.append(Step(case.entity_id, stored.entity, RETIRED, before, {}))
            return
        memory = remembered(case.entity, stored, self._plan)
        if memory is not None and memory.held is not None:
            self._plan.moves.append(memory)
            case.held.append(memory.held)
            case.entity = stitch(case.held, self._precedence, case.entity.ref)
        step = _step(case, case.entity)
        if case.moves or step.operation != RESTATED:
            self._plan.steps.append(step)


def _step(case: _Case, entity: Entity) -> Step:
    if case.stored is None:
        return Step(case.entity_id, entity, CREATED, {}, None, is_new=True)
    was = case.stored.entity
    before, after = _difference(flat(was), flat(entity))
    renamed = was.ref != entity.ref
    if renamed:
        before, after = {**before, "ref": str(was.ref)}, {**after, "ref": str(entity.ref)}
    if case.stored.retired:
        return Step(case.entity_id, entity, RESTORED, before, after, renamed=renamed)
    operation: str | None = CHANGED
    if GONE in after and GONE not in before:
        operation = VANISHED
    elif GONE in before and GONE not in after:
        operation = RESTORED
    elif case.moves and not any(move.significant for move in case.moves):
        operation = None
    elif not before and not after:
        operation = RESTATED
    return Step(case.entity_id, entity, operation, before, after, renamed=renamed)


def _difference(before: dict[str, Json], after: dict[str, Json]) -> tuple[dict[str, Json], dict[str, Json]]:
    changed = [
        name
        for name in {*before, *after}
        if name not in before or name not in after or not canonical.same(before[name], after[name])
    ]
    return (
        {name: before[name] for name in changed if name in before},
        {name: after[name] for name in changed if name in after},
    )
