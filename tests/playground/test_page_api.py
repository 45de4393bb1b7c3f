"""The page's API: what it shows to whom, and whom it lets in."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from playground.person import Person, Refusal
from playground.seed import Seed
from playground.server import Playground


def get(playground: Playground, path: str, **headers: str) -> httpx.Response:
    return httpx.get(playground.url + path, headers=headers, trust_env=False)


def test_the_state_shows_a_person_only_their_private_channels(untouched: Playground) -> None:
    def names(person: str) -> set[str]:
        channels = get(untouched, f"/play/state?as={person}").json()["channels"]
        return {one["name"] for one in channels}

    assert names("U0ANA") == {"general", "old", "quiet"}
    assert names("U0BO") == {"general", "old", "quiet", "secret"}


def test_state_has_what_the_page_needs(untouched: Playground) -> None:
    state = get(untouched, "/play/state").json()
    assert state["me"]["id"] == "U0ANA", "whoever names nobody acts as the first person"
    assert state["team"] == {"id": "T0ACME", "name": "Acme", "domain": "acme"}
    assert state["bot"] == {"user_id": "U0IDPBOT", "name": "idp", "connected": False}
    general = next(one for one in state["channels"] if one["name"] == "general")
    assert {
        "id",
        "name",
        "topic",
        "is_private",
        "is_archived",
        "is_im",
        "members",
        "unread",
    } <= general.keys()


def test_unread_counts_what_others_wrote_since_the_last_look(
    playground: Playground, client: WebClient
) -> None:
    def unread() -> int:
        channels = get(playground, "/play/state?as=ana").json()["channels"]
        return next(int(one["unread"]) for one in channels if one["name"] == "general")

    client.chat_postMessage(channel="C0GENERAL", text="1")
    client.chat_postEphemeral(channel="C0GENERAL", user="U0BO", text="not for ana")
    assert unread() == 1
    get(playground, "/play/messages?as=ana&channel=C0GENERAL")
    assert unread() == 0


def test_the_feed_tells_a_person_only_what_they_may_see(
    playground: Playground, client: WebClient, bo: Person
) -> None:
    with connect(playground.url.replace("http", "ws", 1) + "/play/feed?as=ana", proxy=None) as feed:
        bo.types("hidden", "secret")
        client.chat_postEphemeral(channel="C0GENERAL", user="U0BO", text="hidden")
        client.chat_postMessage(channel="C0GENERAL", text="seen")
        note = json.loads(feed.recv(timeout=5))
    assert (note["type"], note["message"]["text"]) == ("message", "seen")


@pytest.mark.parametrize("person", ["gone", "idp", "slackbot", "nobody"])
def test_only_people_who_are_there_can_act(untouched: Playground, person: str) -> None:
    assert get(untouched, f"/play/state?as={person}").json() == {"ok": False, "error": "user_not_found"}


@pytest.mark.parametrize(
    ("channel", "error"),
    [("old", "is_archived"), ("quiet", "not_in_channel"), ("secret", "channel_not_found")],
)
def test_nobody_writes_where_they_may_not(bo: Person, ana: Person, channel: str, error: str) -> None:
    person = ana if channel == "secret" else bo
    with pytest.raises(Refusal, match=error):
        person.types("x", channel)


def test_the_raw_message_is_what_the_app_sent(playground: Playground, client: WebClient) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "hi"}}]
    ts = client.chat_postMessage(channel="C0GENERAL", text="t", blocks=blocks)["ts"]
    raw = get(playground, f"/play/raw?channel=C0GENERAL&ts={ts}").json()["raw"]
    assert raw["blocks"] == blocks, "without the ids that Slack adds"
    assert "token" not in raw


def test_the_log_shows_calls_with_their_outcome(playground: Playground, client: WebClient) -> None:
    client.users_info(user="U0ANA")
    entry = get(playground, "/play/log").json()["entries"][-1]
    assert (entry["kind"], entry["name"], entry["outcome"]) == ("api", "users.info", "ok")
    assert playground.bot_token not in json.dumps(entry)


def test_faults_are_set_and_shown_over_http(playground: Playground) -> None:
    answer = httpx.post(
        f"{playground.url}/play/faults", json={"delay_ms": 5, "fail": {"a": "b"}}, trust_env=False
    )
    assert answer.json()["ok"] is True
    assert get(playground, "/play/faults").json()["fail"] == {"a": "b"}
    wrong = httpx.post(f"{playground.url}/play/faults", json={"explode": True}, trust_env=False)
    assert (wrong.status_code, wrong.json()["error"]) == (400, "explode: Extra inputs are not permitted")


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_other_sites_are_kept_out(untouched: Playground, headers: dict[str, str]) -> None:
    assert get(untouched, "/play/state?as=ana", **headers).status_code == 403
    assert get(untouched, "/play/state?as=ana", origin=untouched.url).status_code == 200


def test_other_sites_get_no_feed(untouched: Playground) -> None:
    address = untouched.url.replace("http", "ws", 1) + "/play/feed?as=ana"
    with (
        pytest.raises(InvalidStatus),
        connect(address, proxy=None, additional_headers={"origin": "https://evil.example"}),
    ):
        pass


def test_a_strict_policy_stands_on_every_answer(untouched: Playground) -> None:
    policy = get(untouched, "/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_workspace_listens_on_this_machine_alone() -> None:
    with pytest.raises(ValueError, match=r"not on 0\.0\.0\.0"):
        Playground(Seed(), host="0.0.0.0")  # noqa: S104 - that is what is refused


def test_what_is_not_json_is_said_so(untouched: Playground) -> None:
    answer: Any = httpx.post(f"{untouched.url}/play/say", content=b"{", trust_env=False)
    assert answer.status_code == 400
    assert "JSON" in answer.json()["error"]
