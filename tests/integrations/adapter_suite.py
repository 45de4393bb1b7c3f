"""What every adapter must stand, whatever it looks at: one suite, held against each vendor's server.

A vendor's test module derives from `AdapterSuite` and gives a `stage` fixture. The adapter is the real one;
only its address leads to the playground.
"""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import pytest

from domain.entities import Claim
from domain.errors import OutsideFailure, Stopped
from integrations.calling import retrying
from integrations.calling.retrying import ATTEMPTS
from playground.vendors.vendor import Faults
from workflows.ports import Blank, Connected, Look, Task

SECRET = "planted-secret-that-nobody-may-see"
"""Every credential that a stage hands to its adapter contains this."""


class Stage(Protocol):
    """A vendor's server on loopback, with a small organization in it, and the adapter that looks at it."""

    faults: Faults
    credential: str
    """The name of the variable that holds the credential (the first, where there are several)."""
    page: int
    """How many of `crowd`'s things a page holds at most when the adapter asks."""
    main: str
    """A part of the path by which `crowd`'s things are listed."""

    def open(self, *, url: str = "", timeout: float = 5.0) -> Connected:
        """Open the adapter on the server, or on another address."""
        ...

    def empty(self) -> None:
        """Leave an organization with nothing in it."""
        ...

    def crowd(self, count: int) -> None:
        """Add so many things of the kind that the adapter is there for."""
        ...

    def crowded(self, look: Look) -> list[Claim]:
        """Return the claims on the things that `crowd` added."""
        ...

    def oddly(self) -> None:
        """From now on answer with fields that nobody knows, and with unknown values of enumerations."""
        ...


@dataclass
class Waits:
    """How long the adapter waited, instead of waiting."""

    seconds: list[float] = field(default_factory=list)


def texts_of(look: Look) -> str:
    """Return all that a look tells, for what must not be in it."""
    return f"{look!r} {[dict(each.fields) for snapshot in look.snapshots for each in snapshot.claims]!r}"


class Pages(Blank):
    """A notebook that can be read through."""

    @property
    def texts(self) -> str:
        return json.dumps(self._pages)


class AdapterSuite:
    """The tests."""

    @pytest.fixture
    def waits(self, monkeypatch: pytest.MonkeyPatch) -> Waits:
        waits = Waits()

        def waited(seconds: float, stopped: Callable[[], bool]) -> None:
            if stopped():
                raise Stopped("the look was given up while it waited to ask again")
            waits.seconds.append(seconds)

        monkeypatch.setattr(retrying, "pause", waited)
        return waits

    @pytest.fixture
    def source(self, stage: Stage, waits: Waits) -> Iterator[Connected]:
        assert waits.seconds == []
        source = stage.open()
        yield source
        source.close()
        source.close()

    def test_a_look_sees_the_organization_whole(self, source: Connected) -> None:
        pages = Pages()
        look = source.fetch(Task(notebook=pages))
        assert any(snapshot.claims for snapshot in look.snapshots)
        assert any(snapshot.complete for snapshot in look.snapshots)
        assert look.requests > 0
        keys = [(each.source, claim.key) for each in look.snapshots for claim in each.claims]
        assert len(keys) == len(set(keys))
        assert SECRET not in texts_of(look) + pages.texts

    def test_two_looks_at_the_same_see_the_same(self, source: Connected) -> None:
        first, again = source.fetch(Task()), source.fetch(Task())
        assert [each.claims for each in first.snapshots] == [each.claims for each in again.snapshots]

    def test_pages_are_read_to_the_end(self, stage: Stage, source: Connected) -> None:
        count = 2 * stage.page + 1
        stage.crowd(count)
        look = source.fetch(Task())
        assert len({each.key for each in stage.crowded(look)}) == count
        assert sum(1 for each in stage.faults.requests if stage.main in each) >= 3

    def test_five_thousand_things(self, stage: Stage, source: Connected) -> None:
        stage.crowd(5_000)
        told: list[int] = []
        look = source.fetch(Task(progress=lambda done, _total, _what: told.append(done)))
        assert len({each.key for each in stage.crowded(look)}) == 5_000
        assert told
        assert look.requests < 5_000

    def test_an_empty_organization(self, stage: Stage, source: Connected) -> None:
        stage.empty()
        look = source.fetch(Task())
        assert [claim for each in look.snapshots for claim in each.claims] == []
        assert any(each.complete for each in look.snapshots)
        assert not look.findings

    def test_unknown_fields_and_values(self, stage: Stage, source: Connected) -> None:
        before = source.fetch(Task())
        stage.oddly()
        look = source.fetch(Task())
        assert [{each.key for each in snapshot.claims} for snapshot in look.snapshots] == [
            {each.key for each in snapshot.claims} for snapshot in before.snapshots
        ]

    @pytest.mark.parametrize("status", [401, 403, 404])
    def test_a_refusal_is_told_at_once(
        self, stage: Stage, source: Connected, waits: Waits, status: int
    ) -> None:
        stage.faults.always = status
        with pytest.raises(OutsideFailure) as failure:
            source.fetch(Task())
        assert failure.value.hint
        if status == 401:
            assert stage.credential in f"{failure.value} {failure.value.hint}"
        assert SECRET not in f"{failure.value!r} {failure.value} {failure.value.hint}"
        assert len(stage.faults.requests) == 1
        assert waits.seconds == []

    def test_a_limit_is_waited_for_as_long_as_it_says(
        self, stage: Stage, source: Connected, waits: Waits
    ) -> None:
        stage.faults.statuses = [(429, {"retry-after": "7"})]
        look = source.fetch(Task())
        assert any(snapshot.claims for snapshot in look.snapshots)
        assert [int(each) for each in waits.seconds] in ([7], [8])

    def test_a_limit_that_lasts_too_long_is_told(self, stage: Stage, source: Connected, waits: Waits) -> None:
        stage.faults.statuses = [(429, {"retry-after": "86400"})]
        with pytest.raises(OutsideFailure, match="86400"):
            source.fetch(Task())
        assert waits.seconds == []

    def test_a_broken_answer_and_then_a_good_one(self, stage: Stage, source: Connected, waits: Waits) -> None:
        stage.faults.statuses = [(500, {}), (503, {})]
        look = source.fetch(Task())
        assert any(snapshot.claims for snapshot in look.snapshots)
        assert len(waits.seconds) == 2
        assert waits.seconds[0] != waits.seconds[1]

    def test_what_stays_broken_is_told(self, stage: Stage, source: Connected) -> None:
        stage.faults.always = 500
        with pytest.raises(OutsideFailure, match="500") as failure:
            source.fetch(Task())
        assert failure.value.hint
        assert len(stage.faults.requests) == ATTEMPTS

    def test_an_answer_that_is_late(self, stage: Stage, waits: Waits) -> None:
        stage.faults.delay_seconds = 1.0
        source = stage.open(timeout=0.2)
        with pytest.raises(OutsideFailure, match="did not answer") as failure:
            source.fetch(Task())
        assert failure.value.hint
        assert len(waits.seconds) == ATTEMPTS - 1
        source.close()

    def test_an_answer_that_ends_in_the_middle(self, stage: Stage, source: Connected) -> None:
        stage.faults.cut_bytes = 10
        with pytest.raises(OutsideFailure) as failure:
            source.fetch(Task())
        assert failure.value.hint

    def test_nobody_is_there(self, stage: Stage, waits: Waits) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # bound and not listening: whoever connects is refused
            source = stage.open(url=f"http://127.0.0.1:{taken.getsockname()[1]}")
            with pytest.raises(OutsideFailure, match="cannot be reached"):
                source.fetch(Task())
            assert waits.seconds
            source.close()

    def test_a_look_that_is_given_up_before_it_began(self, stage: Stage, source: Connected) -> None:
        with pytest.raises(Stopped):
            source.fetch(Task(stopped=lambda: True))
        assert stage.faults.requests == []

    def test_a_look_that_is_given_up_in_the_middle(self, stage: Stage, source: Connected) -> None:
        with pytest.raises(Stopped):
            source.fetch(Task(stopped=lambda: len(stage.faults.requests) >= 1))
        assert len(stage.faults.requests) == 1

    def test_a_look_that_is_given_up_while_it_waits(self, stage: Stage, source: Connected) -> None:
        stage.faults.statuses = [(429, {"retry-after": "60"})]
        with pytest.raises(Stopped):
            source.fetch(Task(stopped=lambda: len(stage.faults.requests) >= 1))
        assert len(stage.faults.requests) == 1

    def test_every_permission_is_tried(self, source: Connected) -> None:
        rows = source.validate()
        assert [each for each in rows if not each.granted] == []
        names = [each.name for each in rows]
        assert names[0].startswith("reachable")
        assert names[1].startswith("credential")
        assert any(name.startswith("clock") for name in names)
        assert len(names) == len(set(names))
        assert SECRET not in repr(rows)

    def test_a_wrong_credential_is_a_row_that_says_so(self, stage: Stage, source: Connected) -> None:
        stage.faults.always = 401
        rows = source.validate()
        assert rows[0].granted
        assert not rows[1].granted
        assert rows[1].name.startswith("credential")
        assert stage.credential in f"{rows[1].name} {rows[1].problem} {rows[1].remedy}"
        assert rows[1].remedy
        assert SECRET not in repr(rows)

    def test_a_missing_permission_is_a_row_that_says_so(self, stage: Stage, source: Connected) -> None:
        stage.faults.always = 403
        refused = [each for each in source.validate() if not each.granted]
        assert refused
        assert all(each.problem and each.remedy for each in refused)

    def test_a_vendor_that_is_away_is_a_row_that_says_so(self, stage: Stage, waits: Waits) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            source = stage.open(url=f"http://127.0.0.1:{taken.getsockname()[1]}")
            rows = source.validate()
            source.close()
        assert rows[0].name.startswith("reachable")
        assert not rows[0].granted
        assert rows[0].problem
        assert rows[0].remedy
        assert len(waits.seconds) < ATTEMPTS

    def test_claims_are_as_the_catalog_wants_them(self, source: Connected) -> None:
        for snapshot in source.fetch(Task()).snapshots:
            for claim in snapshot.claims:
                assert re.fullmatch(r"[a-z0-9]([a-z0-9_.-]*[a-z0-9])?", claim.ref.name), claim
                assert all(alias == alias.lower() for alias in claim.aliases), claim
                assert None not in claim.fields.values(), claim
                json.dumps(dict(claim.fields))
