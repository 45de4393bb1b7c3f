"""What goes wrong on purpose in the Web API: limits, late answers, failing methods, unknown blocks."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.clock import ManualClock
from playground.server import Playground


def refused(call: Callable[..., Any], **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as error:
        call(**arguments)
    assert error.value.response.status_code == 200, "Slack refuses with HTTP 200"
    return str(error.value.response["error"])


def test_a_rate_limit_names_the_seconds_to_wait(playground: Playground, client: WebClient) -> None:
    playground.faults.set(rate_limit={"chat.postMessage": 7})
    with pytest.raises(SlackApiError) as error:
        client.chat_postMessage(channel="C0GENERAL", text="x")
    answer = error.value.response
    assert (answer.status_code, answer.headers["Retry-After"], answer["error"]) == (429, "7", "ratelimited")
    playground.faults.set(rate_limit={"chat.postMessage": None})
    assert client.chat_postMessage(channel="C0GENERAL", text="x")["ok"]


def test_slacks_tiers_hold_when_they_are_on(
    playground: Playground, client: WebClient, clock: ManualClock
) -> None:
    playground.faults.set(rate_limits=True)
    statuses = []
    for _ in range(21):
        try:
            statuses.append(client.usergroups_list().status_code)
        except SlackApiError as error:
            statuses.append(error.response.status_code)
    assert statuses == [200] * 20 + [429]
    clock.advance(3)
    assert client.usergroups_list()["ok"]


def test_answers_come_late_on_demand(
    playground: Playground, client: WebClient, clock: ManualClock, eventually: Callable[..., Any]
) -> None:
    playground.faults.set(delay_ms=500)
    before = clock.now()
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(client.users_info, user="U0ANA")

        def later() -> bool:
            clock.advance(0.1)
            return answer.done()

        eventually(later)
        assert answer.result()["ok"]
    assert clock.now() - before >= 0.5


def test_a_method_fails_and_a_block_type_is_refused_on_demand(
    playground: Playground, client: WebClient
) -> None:
    chart = {"type": "pie", "segments": [{"label": "a", "value": 1}]}
    block = {"type": "data_visualization", "title": "t", "chart": chart}
    playground.faults.set(fail={"users.info": "fatal_error"}, refuse_blocks=["data_visualization"])
    assert refused(client.users_info, user="U0ANA") == "fatal_error"
    assert refused(client.chat_postMessage, channel="C0GENERAL", text="x", blocks=[block]) == "invalid_blocks"
    playground.faults.clear()
    assert client.users_info(user="U0ANA")["ok"]
    assert client.chat_postMessage(channel="C0GENERAL", text="x", blocks=[block])["ok"]
