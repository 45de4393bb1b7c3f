"""How sources stand: one holder at a time, leases that run out, pages that outlive who noted them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from catalog_store.catalog import Catalog
from catalog_store.source_states import PAGE_LIFE, Applied, SourceStates
from domain.refs import Ref
from domain.sources import Quota, SourceState
from tests.catalog_store.test_apply import MONDAY, claim, look
from tests.catalog_store.test_concurrency import in_threads

MINUTE = timedelta(minutes=1)


class Time:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def passes(self, time: timedelta) -> None:
        self.now += time


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def opened(database_url: str, time: Time) -> Iterator[Catalog]:
    with Catalog.open(database_url, clock=time) as catalog:
        yield catalog


@pytest.fixture
def sources(opened: Catalog) -> SourceStates:
    return opened.sources


def test_a_source_that_nobody_looked_at_has_a_state_without_anything(sources: SourceStates) -> None:
    assert sources.get("github") == SourceState("github")
    assert sources.all() == ()


def test_one_of_many_begins(catalog: Catalog) -> None:
    began = in_threads(16, lambda number: catalog.sources.begin("github", f"holder {number}", MINUTE))
    assert sum(began) == 1
    assert catalog.sources.get("github").running_since is not None


def test_a_lease_that_is_renewed_does_not_run_out(sources: SourceStates, time: Time) -> None:
    assert sources.begin("github", "ana", MINUTE)
    for _ in range(3):
        time.passes(MINUTE * 0.9)
        assert sources.renew("github", "ana", MINUTE)
    assert not sources.begin("github", "ben", MINUTE)
    assert sources.get("github").running_since == MONDAY


def test_a_lease_that_ran_out_is_taken_over_and_its_old_holder_can_end_nothing(
    sources: SourceStates, time: Time
) -> None:
    assert sources.begin("github", "ana", MINUTE)
    time.passes(MINUTE)
    state = sources.get("github")
    assert (state.running_since, state.interrupted) == (None, True)

    assert sources.begin("github", "ben", MINUTE)
    assert not sources.renew("github", "ana", MINUTE)
    assert not sources.succeed("github", "ana", Applied(change_set=1))
    assert not sources.fail("github", "ana", "late", "")
    assert not sources.release("github", "ana", interrupted=False)
    state = sources.get("github")
    assert (state.running_since, state.problem, state.change_set) == (time.now, "", None)


def test_a_look_that_was_applied_leaves_what_it_came_to(opened: Catalog, time: Time) -> None:
    sources = opened.sources
    opened.apply(look(claim(), source="github"), actor="ana")
    opened.apply(look(claim(), claim(Ref("api", "default", "x")), source="github/readme"), actor="ana")
    opened.apply(look(claim(Ref("api", "default", "y")), source="github-too"), actor="ana")
    quota = Quota(5_000, 4_900, MONDAY + MINUTE)
    assert sources.begin("github", "ana", MINUTE)
    sources.notebook("github", "whole").write("page 1", "text")
    time.passes(MINUTE / 2)
    applied = Applied(7, "next", swept=True, requests=12, quota=quota, findings=2)
    assert sources.succeed("github", "ana", applied)

    assert sources.get("github") == SourceState(
        "github", looked_at=time.now, tried_at=MONDAY, change_set=7, cursor="next", swept_at=time.now,
        requests=12, quota=quota, things=2, findings=2,
    )  # fmt: skip
    assert sources.notebook("github", "whole").read("page 1") is None


def test_a_look_that_changed_nothing_keeps_the_last_change_set_and_clears_the_problem(
    sources: SourceStates,
) -> None:
    for applied in (Applied(7, "a"), Applied(None, None)):
        sources.begin("github", "ana", MINUTE)
        sources.fail("github", "ana", "GitHub does not answer", "Wait.")
        sources.begin("github", "ana", MINUTE)
        sources.succeed("github", "ana", applied)
    state = sources.get("github")
    assert (state.change_set, state.cursor, state.problem, state.remedy) == (7, "a", "", "")


def test_a_look_at_a_few_things_moves_no_time_of_the_whole(sources: SourceStates, time: Time) -> None:
    sources.begin("github", "ana", MINUTE)
    sources.succeed("github", "ana", Applied(1, "a", swept=True, findings=3))
    before = sources.get("github")
    time.passes(MINUTE)
    assert sources.begin("github", "ana", MINUTE, whole=False)
    assert sources.succeed("github", "ana", Applied(2, None, whole=False, requests=1))
    assert sources.get("github") == replace(before, change_set=2, requests=1)


def test_a_failed_look_leaves_its_problem_and_the_last_good_one(sources: SourceStates, time: Time) -> None:
    sources.begin("github", "ana", MINUTE)
    sources.succeed("github", "ana", Applied(1, "a"))
    time.passes(MINUTE)
    sources.begin("github", "ana", MINUTE)
    sources.fail("github", "ana", "GitHub answers 503", "Wait.")
    state = sources.get("github")
    assert (state.looked_at, state.tried_at) == (MONDAY, time.now)
    assert (state.problem, state.remedy, state.interrupted) == ("GitHub answers 503", "Wait.", False)


@pytest.mark.parametrize("interrupted", [True, False])
def test_a_look_that_was_given_up_frees_the_source_at_once(sources: SourceStates, interrupted: bool) -> None:
    sources.begin("github", "ana", MINUTE)
    sources.release("github", "ana", interrupted=interrupted)
    assert sources.get("github").interrupted == interrupted
    assert sources.begin("github", "ben", MINUTE)


def test_pages_outlive_who_noted_them_but_not_for_long(sources: SourceStates, time: Time) -> None:
    pages = sources.notebook("github", "whole")
    pages.write("page 1", "old")
    pages.write("page 1", "new \N{SNOWMAN}")
    time.passes(PAGE_LIFE - MINUTE)
    assert sources.notebook("github", "whole").read("page 1") == "new \N{SNOWMAN}"
    assert sources.notebook("github", "since monday").read("page 1") is None
    assert sources.notebook("gitlab", "whole").read("page 1") is None
    time.passes(MINUTE)
    assert sources.notebook("github", "whole").read("page 1") is None


def test_a_pause_holds_until_it_is_taken_back(sources: SourceStates) -> None:
    sources.pause("github", "change set #3 was undone")
    assert sources.get("github").paused == "change set #3 was undone"
    assert sources.resume("github")
    assert not sources.resume("github")
    assert [each.paused for each in sources.all()] == [""]
