"""What passes expire and are used up: response URLs and trigger ids; and what views refuse."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.clock import ManualClock
from playground.person import Person
from playground.server import Playground
from tests.playground.raw_app import RawApp

MODAL: dict[str, Any] = {"type": "modal", "title": {"type": "plain_text", "text": "One"}, "blocks": []}


def bot_of(playground: Playground) -> WebClient:
    return WebClient(token=playground.bot_token, base_url=playground.api_url)


def _command(raw_app: RawApp, ana: Person) -> dict[str, Any]:
    ana.types("/idp x")
    envelope = raw_app.next("slash_commands")
    raw_app.ack(envelope)
    payload: dict[str, Any] = envelope["payload"]
    return payload


def _post(url: str, **body: Any) -> tuple[int, str]:
    answer = httpx.post(url, json=body, trust_env=False)
    return answer.status_code, answer.json()["error"] if answer.status_code != 200 else answer.text


def test_a_response_url_works_five_times(raw_app: RawApp, ana: Person) -> None:
    url = _command(raw_app, ana)["response_url"]
    assert [_post(url, text=str(n)) for n in range(5)] == [(200, "ok")] * 5
    assert _post(url, text="6") == (404, "used_url")
    assert [one.text for one in ana.replies] == ["0", "1", "2", "3", "4"]


def test_a_response_url_works_for_half_an_hour(raw_app: RawApp, ana: Person, clock: ManualClock) -> None:
    url = _command(raw_app, ana)["response_url"]
    clock.advance(30 * 60)
    assert _post(url, text="in time") == (200, "ok")
    clock.advance(1)
    assert _post(url, text="late") == (404, "expired_url")


def test_a_response_url_judges_its_blocks(raw_app: RawApp, ana: Person) -> None:
    url = _command(raw_app, ana)["response_url"]
    assert _post(url, blocks=[{"type": "nonsense"}]) == (400, "invalid_blocks")
    assert _post(url) == (400, "no_text")


def test_an_ephemeral_message_is_replaced_and_deleted(raw_app: RawApp, ana: Person) -> None:
    ana.types("/idp x")
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    raw_app.ack(
        raw_app.next("slash_commands"), {"text": "a", "blocks": [{"type": "actions", "elements": [button]}]}
    )
    assert ana.last_reply.buttons == ["Go"]
    url = _click(raw_app, ana)["response_url"]
    assert _post(url, text="new", replace_original="true")[0] == 200
    assert [one.text for one in ana.messages()] == ["new"]
    assert _post(url, text="beside", replace_original="false")[0] == 200
    assert [one.text for one in ana.messages()] == ["new", "beside"]
    assert _post(url, delete_original=True)[0] == 200
    assert [one.text for one in ana.messages()] == ["beside"]


def _click(raw_app: RawApp, ana: Person) -> dict[str, Any]:
    # The page waits for the app's acknowledgement, so the click stands on a thread of its own.
    with ThreadPoolExecutor(1) as page:
        clicked = page.submit(ana.clicks, "Go")
        envelope = raw_app.next("interactive")
        raw_app.ack(envelope)
        clicked.result(timeout=5)
    payload: dict[str, Any] = envelope["payload"]
    return payload


def _open(client: WebClient, trigger_id: str) -> str:
    try:
        client.views_open(trigger_id=trigger_id, view=MODAL)
    except SlackApiError as error:
        return str(error.response["error"])
    return "ok"


def test_a_trigger_opens_one_view(client: WebClient, raw_app: RawApp, ana: Person) -> None:
    trigger = _command(raw_app, ana)["trigger_id"]
    assert [_open(client, trigger), _open(client, trigger)] == ["ok", "exchanged_trigger_id"]
    assert ana.view.title == "One"


def test_a_trigger_lives_three_seconds(
    client: WebClient, raw_app: RawApp, ana: Person, clock: ManualClock
) -> None:
    first, second = _command(raw_app, ana)["trigger_id"], _command(raw_app, ana)["trigger_id"]
    clock.advance(3.0)
    assert _open(client, first) == "ok"
    clock.advance(0.1)
    assert _open(client, second) == "expired_trigger_id"
    assert _open(client, "1.2.3") == "invalid_trigger_id"


def _refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as error:
        call()
    return str(error.value.response["error"])


def test_an_update_against_an_old_hash_is_refused(client: WebClient, raw_app: RawApp, ana: Person) -> None:
    view = client.views_open(trigger_id=_command(raw_app, ana)["trigger_id"], view=MODAL)["view"]
    renewed = client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)["view"]
    assert renewed["hash"] != view["hash"]
    assert (
        _refused(lambda: client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL))
        == "hash_conflict"
    )
    assert _refused(lambda: client.views_update(view_id="V0", view=MODAL)) == "not_found"


def test_the_fourth_modal_of_a_stack_is_refused(client: WebClient, raw_app: RawApp, ana: Person) -> None:
    client.views_open(trigger_id=_command(raw_app, ana)["trigger_id"], view=MODAL)
    for _ in range(2):
        client.views_push(trigger_id=_command(raw_app, ana)["trigger_id"], view=MODAL)
    trigger = _command(raw_app, ana)["trigger_id"]
    assert _refused(lambda: client.views_push(trigger_id=trigger, view=MODAL)) == "push_limit_reached"


def test_a_home_is_published_for_one_person(client: WebClient, ana: Person, bo: Person) -> None:
    home = {"type": "home", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "yours"}}]}
    client.views_publish(user_id="U0ANA", view=home)
    assert ana.home.all_text == "yours"
    with pytest.raises(AssertionError, match="published no Home for bo"):
        _ = bo.home


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"title": {"type": "plain_text", "text": "x" * 25}}, "/view/title/text"),
        ({"submit": {"type": "plain_text", "text": "x" * 25}}, "/view/submit/text"),
        ({"close": {"type": "mrkdwn", "text": "x"}}, "/view/close/type"),
        ({"private_metadata": "x" * 3001}, "/view/private_metadata"),
        ({"colour": "red"}, "/view"),
        ({"blocks": [{"type": "divider"}] * 101}, "/view/blocks"),
        ({"blocks": [{"type": "markdown", "text": "x"}]}, "/view/blocks/0/type"),
        ({"type": "home"}, "/view/type"),
    ],
)
def test_a_view_beyond_slacks_limits_is_refused(
    untouched: Playground, change: dict[str, Any], place: str
) -> None:
    client = bot_of(untouched)
    with pytest.raises(SlackApiError) as error:
        client.views_open(trigger_id="1.2.3", view={**MODAL, **change})
    assert error.value.response["error"] == "invalid_arguments"
    assert f"[json-pointer:{place}]" in " ".join(error.value.response["response_metadata"]["messages"])


def test_a_view_of_more_than_250_kilobytes_is_refused(untouched: Playground) -> None:
    client = bot_of(untouched)
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}
    assert (
        _refused(lambda: client.views_open(trigger_id="1", view={**MODAL, "blocks": [section] * 90}))
        == "view_too_large"
    )
