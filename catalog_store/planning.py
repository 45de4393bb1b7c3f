"""Works out what applying a snapshot would change, and changes nothing.

The result is a dry run's answer, and what `writing` carries out. It holds as long as nobody else has written.
"""

from __future__ import annotations

from datetime import datetime
from itertools import count

from sqlalchemy import Connection, func, select

from catalog_store import matching
from catalog_store.absorbing import Absorbing
from catalog_store.accounts import Accounts, is_person
from catalog_store.incoming import Incoming, keys_in, take_in
from catalog_store.joining import Joining
from catalog_store.known import PART, Bound, Known, bound, bound_below, declared
from catalog_store.moves import Move, Plan, chunks
from catalog_store.parting import Parting
from catalog_store.records import ENTITY, ids_of, refs_of
from catalog_store.settling import Settling
from catalog_store.stitching import Held
from catalog_store.straying import strayed
from catalog_store.tables import ChangeSetRow, WritesRow, table_of
from catalog_store.trust import Precedence
from domain.entities import EVERYTHING, Claim, Snapshot, Standing
from domain.errors import ShrinkRefused
from domain.people import USER
from domain.refs import Ref

_CHANGE_SET, _WRITES = table_of(ChangeSetRow), table_of(WritesRow)
_VERSION = select(func.coalesce(func.max(_CHANGE_SET.c.number), 0))
_COUNT = select(func.coalesce(func.max(_WRITES.c.count), 0))
_LAST_ID = select(func.coalesce(func.max(ENTITY.c.id), 0))

NAMED = 5
"""How many of the things that would vanish a refusal names."""
SHRINK_COUNT, SHRINK_SHARE = 5, 0.2
"""A look is refused that makes more than so many things, and more than this share of a source, vanish."""


def version(connection: Connection) -> int:
    """Return the number of the latest change set; 0 when there is none."""
    number: int = connection.execute(_VERSION).scalar_one()
    return number


def writes(connection: Connection) -> int:
    """Return how often the catalog was written to."""
    number: int = connection.execute(_COUNT).scalar_one()
    return number


def blank(connection: Connection, source: str, observed_at: datetime) -> Plan:
    """Return a plan that does nothing yet, as of now."""
    # The count first: a writer who comes in between makes the plan look old, never new.
    return Plan(writes(connection), version(connection), source, observed_at)


def draw_up(
    connection: Connection, said: Snapshot, precedence: Precedence, *, allow_shrink: bool = True
) -> Plan:
    """Compare what a source says now with what the catalog holds.

    Raises BadInput for what no database can keep (what is unchanged has been kept before), ShrinkRefused
    unless `allow_shrink`.
    """
    plan = blank(connection, said.source, said.observed_at)
    draft = _Draft(connection, said, plan)
    draft.match()
    vanishing = draft.vanishing()
    if not allow_shrink:
        _guard(connection, said, vanishing)
    settling = Settling(connection, plan, precedence, draft.new_refs, draft.contested)
    settling.vanish(vanishing)
    settling.settle()
    return plan


class _Draft:
    """Finds the entity of each claim, chunk by chunk."""

    def __init__(self, connection: Connection, said: Snapshot, plan: Plan) -> None:
        self._connection = connection
        self._said = said
        self._plan = plan
        self._present = keys_in(said)
        self._all = bound(connection, said.source) if EVERYTHING in said.within else None
        self._known = Known(said.source, self._vanishes)
        self._accounts = Accounts(said.source, said.claims, self._vanishes)
        self._joining = Joining(self._known, self._accounts)
        self._merging = Absorbing(self._known)
        self._parting = Parting(self._accounts)
        self._ids = count(connection.execute(_LAST_ID).scalar_one() + 1)
        self.new_refs: dict[int, Ref] = {}
        """The refs of entities that this plan makes."""
        self.contested: dict[int, Claim] = {}
        """The entities that this plan makes and whose name is another's, at least until now."""

    def match(self) -> None:
        """Fill the plan's moves, and what is as before."""
        for claims in chunks(self._said.claims):
            chunk = take_in(claims)
            before = self._bound([each.key for each in chunk])
            fresh, same = [], []
            for each in chunk:
                known = before.get(each.key)
                if known and known.digest == each.digest and known.live and not known.vanished:
                    same.append(each)
                else:
                    each.check()
                    fresh.append(each)
            misplaced = self._misplaced(same, before) | strayed(self._connection, same, before)
            if self._accounts:
                misplaced |= self._accounts.unsettled(self._connection, same, before)
            fresh += [each for each in same if each.key in misplaced]
            self._plan.refreshed += [each.key for each in same if each.key not in misplaced]
            if fresh:
                self._match(fresh, before)
        plan = self._plan
        plan.moves += self._merging.moves(self._connection, plan.moves, self._may_absorb)
        if self._accounts:
            plan.moves += self._parting.moves(self._connection, plan.moves, self._stranger)

    def _misplaced(self, same: list[Incoming], before: dict[str, Bound]) -> set[str]:
        """Return the ids of what says the same as before, and names a declared entity that it is not on.

        That may only have been declared after it, or have been another's name since.
        """
        named = {each.key: ref for each in same if (ref := matching.named(each.claim)) is not None}
        if not named:
            return set()
        found = ids_of(self._connection, set(named.values()))
        elsewhere = {
            key: found[ref]
            for key, ref in named.items()
            if found.get(ref, before[key].entity_id) != before[key].entity_id
        }
        sure = declared(self._connection, set(elsewhere.values())) if elsewhere else set()
        return {key for key, entity_id in elsewhere.items() if entity_id in sure}

    def _match(self, fresh: list[Incoming], before: dict[str, Bound]) -> None:
        refs: list[Ref] = []
        keys: list[str] = []
        for each in fresh:
            if not is_person(each.claim) and matching.is_settled(each.claim, before.get(each.key)):
                continue
            wanted_refs, wanted_keys = matching.wanted(each.claim)
            refs += wanted_refs
            keys += wanted_keys
        self._known.note_bound(before.values())
        if refs:
            self._known.look_up(self._connection, refs, keys)
        if self._accounts:
            mine = [
                before[each.key].entity_id for each in fresh if each.key in before and is_person(each.claim)
            ]
            self._accounts.look_up(self._connection, {*self._known.of_kind(USER), *mine})
        for each in fresh:
            known = before.get(each.key)
            entity_id = self._entity_of(each.claim, known)
            if entity_id is None and each.claim.standing is Standing.REMARK:
                self._plan.dropped += 1
                if known and known.digest:
                    self._plan.moves.append(Move(self._said.source, each.key, known.entity_id, None, None))
                continue
            if entity_id is None:
                entity_id = self._newcomer(each.claim)
            self._bind(each.claim, entity_id)
            if known and (known.digest, known.entity_id, known.vanished) == (each.digest, entity_id, False):
                self._plan.refreshed.append(each.key)  # looked at again, and found where it belongs
                continue
            at = self._said.observed_at
            owner_before = known.entity_id if known and known.digest else None
            held = Held(self._said.source, each.claim, at, at, None, each.digest)
            self._plan.moves.append(Move(self._said.source, each.key, owner_before, entity_id, held))

    def _entity_of(self, claim: Claim, bound: Bound | None) -> int | None:
        if not is_person(claim):
            return matching.entity_of(claim, bound, self._known)
        account = self._accounts.of(claim)
        if account.declared:
            return self._joining.declared_person(claim, account, bound)
        return self._joining.person_of(claim, account, bound)

    def _bind(self, claim: Claim, entity_id: int) -> None:
        self._known.bind(claim, entity_id)
        person = is_person(claim)
        if person:
            self._accounts.bind(claim, entity_id)
        if claim.standing is Standing.DECLARED:
            self._merging.note(claim, entity_id)
            if person:
                self._parting.note(entity_id)

    def _may_absorb(self, claim: Claim, entity_id: int, other: int, key: str) -> bool:
        if is_person(claim):
            return self._joining.may_absorb(claim, entity_id, other, key)
        return self._known.may_be_one(entity_id, other)

    def _newcomer(self, claim: Claim) -> int:
        """Return the id of a new entity with the claim's ref; where that is taken, the settling finds one."""
        entity_id: int = next(self._ids)
        if self._known.holder(claim.ref) is None:
            self.new_refs[entity_id] = claim.ref
            self._known.take_ref(claim.ref, entity_id)
        else:
            self.contested[entity_id] = claim
        return entity_id

    def _stranger(self, claim: Claim) -> int:
        """Return the id of a new entity for what is parted from one; the settling finds it a ref."""
        entity_id: int = next(self._ids)
        self.contested[entity_id] = claim
        return entity_id

    def vanishing(self) -> dict[int, list[tuple[str, Bound]]]:
        """Return what the source does not see any more, by the entity that it was."""
        gone: dict[int, list[tuple[str, Bound]]] = {}
        if self._all is not None:
            found = self._all
        else:
            found = {}
            for scope in self._said.within:
                found.update(bound_below(self._connection, self._said.source, scope))
        for key, each in found.items():
            if key not in self._present and each.digest and not each.vanished:
                gone.setdefault(each.entity_id, []).append((key, each))
        return gone

    def _vanishes(self, key: str) -> bool:
        scopes = self._said.within
        return key not in self._present and (
            EVERYTHING in scopes or key in scopes or key.partition(PART)[0] in scopes
        )

    def _bound(self, keys: list[str]) -> dict[str, Bound]:
        if self._all is None:
            return bound(self._connection, self._said.source, keys)
        return {key: found for key in keys if (found := self._all.get(key)) is not None}


def _guard(connection: Connection, said: Snapshot, vanishing: dict[int, list[tuple[str, Bound]]]) -> None:
    """Refuse a look after which much of the source would be gone: more likely the look is wrong."""
    lost = [
        entity_id
        for entity_id, each in vanishing.items()
        for _, was in each
        if was.standing != Standing.REMARK
    ]
    gone = len(lost)
    if gone <= SHRINK_COUNT:
        return
    known = sum(
        1
        for each in bound(connection, said.source).values()
        if each.digest and not each.vanished and each.standing != Standing.REMARK
    )
    if gone > SHRINK_SHARE * known:
        names = sorted(ref.name for ref in refs_of(connection, lost[:NAMED]).values())
        more = f" and {gone - NAMED} more" if gone > NAMED else ""
        raise ShrinkRefused(
            f"{gone} of {known} things of {said.source} would vanish: {', '.join(names)}{more}",
            "If that is right, apply it anyway: idp sync --force. Else look at the source's permissions.",
        )
