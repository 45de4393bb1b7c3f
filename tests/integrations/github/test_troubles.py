"""What goes wrong on the way, and what a look makes of it."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from domain.errors import BadConfiguration, OutsideFailure, Stopped
from domain.sources import Quota
from integrations.github import client
from tests.integrations.github.crowd import crowd
from tests.integrations.github.stage import Stage
from workflows.ports import Task


def test_a_wrong_token_is_named_but_not_shown(stage: Stage) -> None:
    source = stage.source({"GITHUB_TOKEN": "ghp_secret-and-wrong"})
    with pytest.raises(OutsideFailure, match="does not take the credential \\(GITHUB_TOKEN\\)") as failure:
        source.facts()
    assert "new one" in failure.value.hint
    assert "secret-and-wrong" not in str(failure.value) + failure.value.hint + repr(vars(source))
    assert stage.graphql_requests() == 1


def test_a_missing_token_is_told_before_anything_is_asked(stage: Stage) -> None:
    with pytest.raises(BadConfiguration, match="GITHUB_TOKEN is not set"):
        stage.source({})


def test_a_plain_403_says_what_github_says(stage: Stage) -> None:
    stage.github.faults.always = 403
    with pytest.raises(OutsideFailure, match="GitHub forbids it"):
        stage.source().facts()


def test_single_sign_on_is_called_by_its_name(stage: Stage) -> None:
    stage.github.troubles.sso = "https://github.com/orgs/acme/sso"
    with pytest.raises(OutsideFailure, match="single sign-on") as failure:
        stage.source().facts()
    assert "authorize the token" in failure.value.hint


def test_a_wrong_address_is_told_as_such(stage: Stage) -> None:
    with pytest.raises(OutsideFailure, match="no GitHub API at") as failure:
        stage.source(url=f"{stage.origin}/vendors/github/api/elsewhere").facts()
    assert "/api/v3" in failure.value.hint


def test_an_unknown_organization_is_told_with_its_name(stage: Stage) -> None:
    with pytest.raises(OutsideFailure, match="no organization 'acne'"):
        stage.source(organization="acne").facts()


def test_a_redirect_is_not_followed_with_the_token(stage: Stage) -> None:
    stage.github.faults.statuses = [(307, {"location": "http://127.0.0.1:9/elsewhere"})]
    with pytest.raises(OutsideFailure, match="leads elsewhere"):
        stage.source().facts()


@pytest.mark.parametrize("status", [403, 429])
def test_retry_after_is_waited_for(stage: Stage, status: int) -> None:
    stage.github.faults.statuses = [(status, {"retry-after": "37"})]
    assert len(stage.source().facts().facts.repositories) == 4
    assert sum(stage.clock.slept) == 37


def test_a_secondary_limit_is_waited_for(stage: Stage) -> None:
    stage.github.troubles.secondary, stage.github.troubles.retry_after = 2, 20
    assert len(stage.source().facts().facts.repositories) == 4
    assert sum(stage.clock.slept) == 40


def test_a_spent_budget_is_waited_for_until_it_is_full_again(stage: Stage) -> None:
    troubles = stage.github.troubles
    troubles.remaining, troubles.resets_in_seconds = 2, 600

    def asleep(seconds: float) -> None:
        stage.clock.slept.append(seconds)
        if sum(stage.clock.slept) >= 600:
            troubles.remaining = 5_000

    stage.clock.sleep = asleep  # type: ignore[method-assign]
    seen = stage.source().facts()
    assert len(seen.facts.repositories) == 4
    assert sum(stage.clock.slept) >= 600


def test_waiting_ends_at_once_when_the_look_is_given_up(stage: Stage) -> None:
    stage.github.faults.statuses = [(429, {"retry-after": "3000"})]
    task = Task(stopped=lambda: len(stage.clock.slept) >= 3)
    with pytest.raises(Stopped):
        stage.source().facts(task)
    assert sum(stage.clock.slept) == 3


def test_a_limit_of_many_hours_is_not_waited_for(stage: Stage) -> None:
    stage.github.faults.statuses = [(429, {"retry-after": "86400"})]
    with pytest.raises(OutsideFailure, match="used up for 1440 more minutes"):
        stage.source().facts()
    assert stage.clock.slept == []


def test_a_look_that_is_stopped_asks_nothing_more(stage: Stage) -> None:
    task = Task(stopped=lambda: stage.graphql_requests() >= 2)
    with pytest.raises(Stopped):
        stage.source().facts(task)
    assert stage.graphql_requests() == 2


def test_a_500_is_asked_again(stage: Stage, waits: list[float]) -> None:
    stage.github.faults.statuses = [(500, {}), (503, {})]
    assert len(stage.source().facts().facts.repositories) == 4
    assert len(waits) == 2


def test_a_wait_after_a_500_ends_when_the_look_is_given_up(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # real waits
    stage.github.faults.always = 500
    with pytest.raises(Stopped):
        stage.source().facts(Task(stopped=lambda: stage.graphql_requests() == 1))
    assert stage.graphql_requests() == 1


def test_a_github_that_stays_ill_is_given_up_with_one_line(stage: Stage) -> None:
    stage.github.faults.always = 500
    with pytest.raises(OutsideFailure, match=r"^GitHub answered 500, 4 times in a row$"):
        stage.source().facts()
    assert stage.graphql_requests() == 4


def test_half_an_answer_is_no_answer(stage: Stage) -> None:
    stage.github.faults.cut_bytes = 40
    with pytest.raises(OutsideFailure, match="ends in the middle"):
        stage.source().facts()


def test_silence_ends_in_a_failure(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "TIMEOUT", httpx.Timeout(0.05))
    stage.github.faults.delay_seconds = 0.5
    with pytest.raises(OutsideFailure, match="did not answer in time"):
        stage.source(batch={"repositories": 1}).facts()


def test_a_github_that_is_not_there_is_told_as_such(stage: Stage) -> None:
    with pytest.raises(OutsideFailure, match="cannot be reached"):
        stage.source(url="http://127.0.0.1:9/api/v3").facts()


@pytest.mark.parametrize(
    "trouble",
    [{"widest": 2}, {"node_limit": 900}, {"resource_limit": 900}],
    ids=lambda each: next(iter(each)),
)
def test_pages_shrink_until_github_can_answer(stage: Stage, trouble: dict[str, int]) -> None:
    for name, value in trouble.items():
        setattr(stage.github.troubles, name, value)
    seen = stage.source(batch={"repositories": 8, "teams": 1}).facts()
    assert len(seen.facts.repositories) == 4
    assert seen.requests > 5


def test_pages_grow_again(new_stage: Callable[..., Stage]) -> None:
    stage = new_stage()
    stage.github.organization.repositories.clear()
    stage.github.organization.repositories.update(crowd(60, teams=1, people=1).repositories)
    stage.github.faults.statuses = [(502, {})]
    seen = stage.source(batch={"repositories": 10}).facts()
    # One refused, 4 pages of 5, then 4 of 10; two rounds of texts, teams and people in one each.
    assert (len(seen.facts.repositories), seen.requests) == (60, 1 + 4 + 4 + 2 + 2)


def test_the_quota_is_what_github_says_last(stage: Stage) -> None:
    quota = stage.source().facts().quota
    assert isinstance(quota, Quota)
    assert quota.left == stage.github.troubles.remaining


def test_a_request_that_is_put_off_again_and_again_is_given_up(stage: Stage) -> None:
    stage.github.faults.always = 429
    with pytest.raises(OutsideFailure, match="put the same request off 6 times") as failure:
        stage.source().facts()
    assert "of its own" in failure.value.hint
    assert sum(stage.clock.slept) == 6 * 60
