"""Remembers how sources stand, lets one look at a source go on at a time, and keeps the pages of that look.

Whoever begins a look holds the source until a time that it must keep moving on; all processes' clocks are
taken to agree to a few seconds. Applies nothing: that is the catalog's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    and_,
    bindparam,
    delete,
    distinct,
    func,
    or_,
    select,
    text,
    update,
)

from catalog_store.database import Database
from catalog_store.moves import COUNTED
from catalog_store.source_tables import LookPageRow, SourceStateRow
from catalog_store.tables import ChangeSetRow, SightingRow, UtcTime, table_of
from domain.clock import Clock
from domain.sources import Quota, SourceState

STATE, PAGE, SIGHTING = table_of(SourceStateRow), table_of(LookPageRow), table_of(SightingRow)
CHANGE_SET = table_of(ChangeSetRow)

PAGE_LIFE = timedelta(hours=1)
"""How old a page may be for another look to go on with it: what it says is claimed as seen now."""

_NEW = text(
    "INSERT INTO source_state (name, problem, remedy, paused, cursor, requests, things, findings, holder) "
    "VALUES (:name, '', '', '', '', 0, 0, 0, '') ON CONFLICT DO NOTHING"
)
_NOTE = text(
    "INSERT INTO look_page (source, plan, key, text, at) VALUES (:source, :plan, :key, :text, :at) "
    "ON CONFLICT (source, plan, key) DO UPDATE SET text = excluded.text, at = excluded.at"
).bindparams(bindparam("at", type_=UtcTime()))


@dataclass(frozen=True, slots=True)
class Applied:
    """What is to be remembered of a look that was applied."""

    change_set: int | None = None
    """The last one that it made; None: nothing changed, and the one before stays."""
    cursor: str | None = None
    """Where the next look goes on; None: where this one did."""
    whole: bool = True
    """Whether it looked at all that was due, and not at a few things alone."""
    swept: bool = False
    """Whether it was a complete look."""
    requests: int = 0
    quota: Quota | None = None
    findings: int = 0


class SourceStates:
    """The states of all sources, by name. Every method raises StoreUnavailable when the database fails."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[SourceState, ...]:
        """Return the state of every source that was ever looked at or paused, sorted by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(STATE).order_by(STATE.c.name)).mappings().all()
            return tuple(map(self._state, rows))

    def get(self, name: str) -> SourceState:
        """Return a source's state; that of one that was never looked at when nothing is known of it."""
        with self._database.reading() as connection:
            row = connection.execute(select(STATE).where(STATE.c.name == name)).mappings().one_or_none()
            return SourceState(name) if row is None else self._state(row)

    def counts(self, numbers: Collection[int]) -> dict[int, dict[str, int]]:
        """Return how many entities change sets created, changed, …, by their numbers."""
        wanted = select(CHANGE_SET).where(CHANGE_SET.c.number.in_(numbers))
        with self._database.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
        return {row["number"]: {name: row[name] for name in COUNTED} for row in rows}

    def begin(self, name: str, holder: str, lease: timedelta, *, whole: bool = True) -> bool:
        """Take the source for a look until `lease` from now; False while somebody else has it.

        Whose lease ran out has it no more. A look that is not `whole` does not count as a try.
        """
        now = self._clock()
        took: dict[str, Any] = {"holder": holder, "running_since": now, "lease_until": now + lease}
        if whole:
            took["tried_at"] = now
        with self._database.reading() as connection:
            connection.execute(_NEW, {"name": name})
            free = or_(STATE.c.holder == "", STATE.c.lease_until <= now)
            taken = update(STATE).where(STATE.c.name == name, free).values(took)
            return connection.execute(taken).rowcount == 1

    def renew(self, name: str, holder: str, lease: timedelta) -> bool:
        """Move the end of the lease to `lease` from now; False when somebody else has taken the source."""
        return self._held(name, holder, {"lease_until": self._clock() + lease})

    def succeed(self, name: str, holder: str, applied: Applied) -> bool:
        """End a look that was applied and forget its pages; False when somebody else has taken the source."""
        now = self._clock()
        values: dict[str, Any] = {
            **_ENDED,
            "problem": "",
            "remedy": "",
            "requests": applied.requests,
            **_quota_columns(applied.quota),
        }
        if applied.change_set is not None:
            values["change_set"] = applied.change_set
        if applied.whole:
            values |= {"looked_at": now, "findings": applied.findings}
        if applied.cursor is not None:
            values["cursor"] = applied.cursor
        if applied.swept:
            values["swept_at"] = now
        with self._database.reading() as connection:
            values["things"] = _things(connection, name)
        ended = self._held(name, holder, values)
        if ended and applied.whole:
            self.forget_pages(name)
        return ended

    def fail(self, name: str, holder: str, problem: str, remedy: str) -> bool:
        """End a look that failed, and remember what of; its pages stay. False as `succeed`."""
        return self._held(name, holder, {**_ENDED, "problem": problem, "remedy": remedy})

    def release(self, name: str, holder: str, *, interrupted: bool) -> bool:
        """End a look that was given up; its pages stay. `interrupted`: somebody is to go on with it."""
        # Who gave up in mid-look stays its holder, with a lease that has run out, as one that was killed.
        values = {"lease_until": self._clock()} if interrupted else _ENDED
        return self._held(name, holder, values)

    def pause(self, name: str, why: str) -> None:
        """Look at the source on schedule no more; `why` is shown to people."""
        with self._database.reading() as connection:
            connection.execute(_NEW, {"name": name})
            connection.execute(update(STATE).where(STATE.c.name == name).values(paused=why))

    def resume(self, name: str) -> bool:
        """Look at the source on schedule again; return whether it was paused."""
        with self._database.reading() as connection:
            paused = (STATE.c.name == name, STATE.c.paused != "")
            return connection.execute(update(STATE).where(*paused).values(paused="")).rowcount == 1

    def forget_pages(self, name: str) -> None:
        """Let no look go on with what others noted."""
        with self._database.reading() as connection:
            connection.execute(delete(PAGE).where(PAGE.c.source == name))

    def notebook(self, name: str, plan: str) -> Pages:
        """Return the pages of a source's looks of one kind, such as the complete ones."""
        return Pages(self._database, self._clock, name, plan)

    def _held(self, name: str, holder: str, values: Mapping[str, Any]) -> bool:
        held = (STATE.c.name == name, STATE.c.holder == holder)
        with self._database.reading() as connection:
            return connection.execute(update(STATE).where(*held).values(values)).rowcount == 1

    def _state(self, row: RowMapping) -> SourceState:
        running = row["holder"] != "" and row["lease_until"] > self._clock()
        quota = None
        if row["quota_limit"] is not None:
            quota = Quota(row["quota_limit"], row["quota_left"] or 0, row["quota_resets_at"])
        return SourceState(
            name=row["name"],
            looked_at=row["looked_at"],
            tried_at=row["tried_at"],
            running_since=row["running_since"] if running else None,
            interrupted=row["holder"] != "" and not running,
            change_set=row["change_set"],
            problem=row["problem"],
            remedy=row["remedy"],
            paused=row["paused"],
            cursor=row["cursor"],
            swept_at=row["swept_at"],
            requests=row["requests"],
            quota=quota,
            things=row["things"],
            findings=row["findings"],
        )


class Pages:
    """A notebook in the database: `workflows.ports.Notebook`."""

    def __init__(self, database: Database, clock: Clock, source: str, plan: str) -> None:
        self._database = database
        self._clock = clock
        self._source = source
        self._plan = plan

    def read(self, key: str) -> str | None:
        """Return what was noted under a key, if that is not too old; None: nothing."""
        wanted = (PAGE.c.source == self._source, PAGE.c.plan == self._plan, PAGE.c.key == key)
        fresh = PAGE.c.at > self._clock() - PAGE_LIFE
        with self._database.reading() as connection:
            found: str | None = connection.execute(select(PAGE.c.text).where(*wanted, fresh)).scalar()
            return found

    def write(self, key: str, text: str) -> None:
        """Note a text in place of what was noted under the key."""
        page = {"source": self._source, "plan": self._plan, "key": key, "text": text, "at": self._clock()}
        with self._database.reading() as connection:
            connection.execute(_NOTE, page)


_ENDED: Mapping[str, Any] = {"holder": "", "running_since": None, "lease_until": None}


def _quota_columns(quota: Quota | None) -> dict[str, Any]:
    if quota is None:
        return {"quota_limit": None, "quota_left": None, "quota_resets_at": None}
    return {"quota_limit": quota.limit, "quota_left": quota.left, "quota_resets_at": quota.resets_at}


def _things(connection: Connection, name: str) -> int:
    """Count the things that a source or its kinds of evidence see. `0` sorts right behind `/`."""
    evidence = and_(SIGHTING.c.source >= f"{name}/", SIGHTING.c.source < f"{name}0")
    counted = select(func.count(distinct(SIGHTING.c.entity_id))).where(SIGHTING.c.vanished_at.is_(None))
    found: int = connection.execute(counted.where(or_(SIGHTING.c.source == name, evidence))).scalar_one()
    return found
