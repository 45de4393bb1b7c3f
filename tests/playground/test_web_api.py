"""The Web API: encodings, tokens, Slack's own error codes, paging; through the real SDK where apps use it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.person import Person
from playground.server import Playground
from playground.webapi.serving import METHODS

SPECS = Path(os.environ.get("IDP_SPECS", Path(__file__).parents[3] / "shared" / "specs"))
ARGUMENTS = SPECS / "slack-web-api.args.schemas.json"
SERVED = {
    "api": "test",
    "auth": "test",
    "team": "info",
    "bots": "info",
    "apps": "connections.open",
    "chat": "postMessage update delete postEphemeral getPermalink unfurl",
    "views": "open push update publish",
    "conversations": "create list info members history replies "
    "invite join archive rename setTopic setPurpose open",
    "users": "info list lookupByEmail conversations",
    "usergroups": "list users.list create users.update",
    "bookmarks": "add list remove",
    "pins": "add",
    "reactions": "add",
    "files": "getUploadURLExternal completeUploadExternal",
    "assistant": "threads.setStatus threads.setTitle threads.setSuggestedPrompts",
}
"""The methods that an app may count on, by family."""


def bot_of(playground: Playground) -> WebClient:
    return WebClient(token=playground.bot_token, base_url=playground.api_url)


def refused(call: Callable[..., Any], **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as error:
        call(**arguments)
    assert error.value.response.status_code == 200, "Slack refuses with HTTP 200"
    return str(error.value.response["error"])


def test_the_methods_that_are_promised_are_served() -> None:
    promised = {f"{family}.{name}" for family, names in SERVED.items() for name in names.split()}
    assert promised == METHODS.keys()


@pytest.mark.skipif(not ARGUMENTS.exists(), reason="the argument schemas are not on this machine")
def test_required_arguments_are_known_to_slack() -> None:
    described = json.loads(ARGUMENTS.read_text("utf-8"))
    checked = 0
    for name, method in METHODS.items():
        text = json.dumps(described.get(name, {}).get("schema"))
        if name in described and method.required:
            checked += 1
            assert [one for one in method.required if f'"{one}"' not in text] == [], name
    assert checked > 15


@pytest.mark.parametrize("encoding", ["form", "json", "multipart", "query"])
def test_every_encoding_is_read(playground: Playground, encoding: str) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "hi"}}]
    as_text = {"channel": "C0GENERAL", "text": "t", "blocks": json.dumps(blocks)}
    every: dict[str, dict[str, Any]] = {
        "form": {"data": as_text},
        "json": {"json": {**as_text, "blocks": blocks}},
        "multipart": {"data": as_text, "files": {"ignored": ("a.txt", b"x")}},
        "query": {"params": as_text},
    }
    headers = {"authorization": f"Bearer {playground.bot_token}"}
    answer = httpx.post(
        f"{playground.api_url}chat.postMessage", headers=headers, trust_env=False, **every[encoding]
    ).json()
    assert answer["ok"], answer
    assert answer["message"]["blocks"][0]["text"]["text"] == "hi"


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        (None, "auth.test", "not_authed"),
        ("xoxb-other", "auth.test", "invalid_auth"),
        ("xapp-playground", "auth.test", "not_allowed_token_type"),
        ("xoxb-playground", "apps.connections.open", "not_allowed_token_type"),
        ("xoxb-playground", "chat.scheduleMessage", "unknown_method"),
    ],
)
def test_tokens_are_checked(untouched: Playground, token: str | None, method: str, error: str) -> None:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    answer = httpx.post(untouched.api_url + method, headers=headers, trust_env=False)
    assert (answer.status_code, answer.json()["error"]) == (200, error)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NONE", "text": "x"}, "channel_not_found"),
        ({"channel": "C0SECRET", "text": "x"}, "channel_not_found"),
        ({"channel": "C0QUIET", "text": "x"}, "not_in_channel"),
        ({"channel": "C0OLD", "text": "x"}, "is_archived"),
        ({"channel": "C0GENERAL"}, "no_text"),
        ({"channel": "C0GENERAL", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C0GENERAL", "blocks": "not json"}, "invalid_blocks_format"),
        ({"channel": "C0GENERAL", "text": "x", "blocks": [{"type": "x"}]}, "invalid_blocks"),
        ({"channel": "C0GENERAL", "text": "x", "thread_ts": "1.2"}, "cannot_reply_to_message"),
        ({"channel": "C0GENERAL", "text": "x", "attachments": "[1]"}, "invalid_attachments"),
    ],
)
def test_a_message_that_slack_refuses(untouched: Playground, arguments: dict[str, Any], error: str) -> None:
    client = bot_of(untouched)
    assert refused(client.api_call, api_method="chat.postMessage", json=arguments) == error


def test_invalid_blocks_say_where(untouched: Playground) -> None:
    client = bot_of(untouched)
    with pytest.raises(SlackApiError) as error:
        client.chat_postMessage(
            channel="C0GENERAL",
            text="x",
            blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": ""}}],
        )
    expected = "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]"
    assert error.value.response["response_metadata"]["messages"] == [expected]


def test_an_ephemeral_message_needs_the_person_in_the_channel(client: WebClient, bo: Person) -> None:
    assert (
        refused(client.chat_postEphemeral, channel="C0GENERAL", user="U0NONE", text="x") == "user_not_found"
    )
    assert (
        refused(client.chat_postEphemeral, channel="C0GENERAL", user="U0GONE", text="x")
        == "user_not_in_channel"
    )
    client.chat_postEphemeral(channel="C0GENERAL", user="U0BO", text="psst")
    assert bo.sees("psst", "general").ephemeral


def test_a_message_is_changed_and_deleted_by_its_author_alone(client: WebClient, ana: Person) -> None:
    ana.types("mine")
    theirs = ana.messages()[-1].ts
    assert refused(client.chat_update, channel="C0GENERAL", ts=theirs, text="x") == "cant_update_message"
    assert refused(client.chat_delete, channel="C0GENERAL", ts=theirs) == "cant_delete_message"
    assert refused(client.chat_update, channel="C0GENERAL", ts="1.2", text="x") == "message_not_found"
    ts = client.chat_postMessage(channel="C0GENERAL", text="one")["ts"]
    client.chat_update(channel="C0GENERAL", ts=ts, text="two")
    assert "edited" in ana.sees("two").body
    client.chat_delete(channel="C0GENERAL", ts=ts)
    assert [one.text for one in ana.messages()] == ["mine"]


def test_threads_histories_and_permalinks(client: WebClient) -> None:
    parent = client.chat_postMessage(channel="C0GENERAL", text="parent")["ts"]
    reply = client.chat_postMessage(channel="C0GENERAL", text="reply", thread_ts=parent)["ts"]
    history = client.conversations_history(channel="C0GENERAL")["messages"]
    assert [(one["text"], one["reply_count"]) for one in history] == [("parent", 1)]
    thread = client.conversations_replies(channel="C0GENERAL", ts=parent)["messages"]
    assert [one["text"] for one in thread] == ["parent", "reply"]
    link = client.chat_getPermalink(channel="C0GENERAL", message_ts=reply)["permalink"]
    message = f"https://acme.slack.com/archives/C0GENERAL/p{reply.replace('.', '')}"
    assert link == f"{message}?thread_ts={parent}&cid=C0GENERAL"


def test_lists_come_in_pages(untouched: Playground) -> None:
    client = bot_of(untouched)
    pages = [[one["name"] for one in page["members"]] for page in client.users_list(limit=2)]
    assert pages == [["ana", "bo"], ["gone", "idp"], ["slackbot"]]
    assert refused(client.users_list, cursor="nonsense") == "invalid_cursor"


def test_people_and_groups_are_found(client: WebClient) -> None:
    assert client.users_lookupByEmail(email="ANA@acme.example")["user"]["id"] == "U0ANA"
    assert refused(client.users_lookupByEmail, email="gone@acme.example") == "users_not_found"
    assert refused(client.users_info, user="U0NONE") == "user_not_found"
    assert client.usergroups_list(include_users=True)["usergroups"][0]["users"] == ["U0ANA"]
    made = client.usergroups_create(name="On call", handle="on-call")["usergroup"]["id"]
    client.usergroups_users_update(usergroup=made, users=["U0BO"])
    assert client.usergroups_users_list(usergroup=made)["users"] == ["U0BO"]


def test_the_bot_sees_public_channels_and_its_own_private_ones(client: WebClient) -> None:
    listed = client.conversations_list(types="public_channel,private_channel", exclude_archived=True)[
        "channels"
    ]
    assert [one["name"] for one in listed] == ["general", "quiet"]
    assert [one["is_member"] for one in listed] == [True, False]
    assert refused(client.conversations_history, channel="C0QUIET") == "not_in_channel"


def test_a_channel_from_its_making_to_its_archive(client: WebClient, ana: Person) -> None:
    made = client.conversations_create(name="inc-1")["channel"]["id"]
    assert refused(client.conversations_create, name="inc-1") == "name_taken"
    assert refused(client.conversations_create, name="INC 1") == "invalid_name_specials"
    assert refused(client.conversations_create, name="x" * 81) == "invalid_name_maxlength"
    client.conversations_invite(channel=made, users=["U0ANA"])
    assert refused(client.conversations_invite, channel=made, users="U0ANA") == "already_in_channel"
    client.conversations_setTopic(channel=made, topic="payments is down")
    client.conversations_rename(channel=made, name="inc-1-payments")
    client.chat_postMessage(channel="#inc-1-payments", text="hello")
    ana.sees("hello", "inc-1-payments")
    info = client.conversations_info(channel=made, include_num_members=True)["channel"]
    assert (info["topic"]["value"], info["num_members"]) == ("payments is down", 2)
    client.conversations_archive(channel=made)
    assert refused(client.conversations_archive, channel=made) == "already_archived"
    assert refused(client.chat_postMessage, channel=made, text="x") == "is_archived"


def test_a_direct_message_by_a_persons_id(client: WebClient, ana: Person, bo: Person) -> None:
    opened = client.conversations_open(users="U0ANA")["channel"]["id"]
    assert client.chat_postMessage(channel="U0ANA", text="for you")["channel"] == opened
    ana.sees("for you", opened)
    assert refused(client.conversations_open, users="U0GONE") == "user_disabled"
    with pytest.raises(Exception, match="channel_not_found"):
        bo.messages(opened)


def test_marks_on_channels_and_messages(client: WebClient, ana: Person) -> None:
    ts = client.chat_postMessage(channel="C0GENERAL", text="x")["ts"]
    client.reactions_add(channel="C0GENERAL", name="eyes", timestamp=ts)
    assert refused(client.reactions_add, channel="C0GENERAL", name="eyes", timestamp=ts) == "already_reacted"
    client.pins_add(channel="C0GENERAL", timestamp=ts)
    assert refused(client.pins_add, channel="C0GENERAL", timestamp=ts) == "already_pinned"
    assert ana.sees("x", "general").body["reactions"][0]["users"] == ["U0IDPBOT"]
    mark = client.bookmarks_add(
        channel_id="C0GENERAL", title="Runbook", type="link", link="https://x.example"
    )
    assert [one["title"] for one in client.bookmarks_list(channel_id="C0GENERAL")["bookmarks"]] == ["Runbook"]
    client.bookmarks_remove(channel_id="C0GENERAL", bookmark_id=mark["bookmark"]["id"])
    assert client.bookmarks_list(channel_id="C0GENERAL")["bookmarks"] == []


def test_a_file_is_uploaded_in_three_steps(client: WebClient, ana: Person) -> None:
    client.files_upload_v2(
        channel="C0GENERAL", filename="owners.csv", content="a,b", initial_comment="the list"
    )
    shared = ana.sees("the list", "general").body["files"][0]
    assert (shared["name"], shared["size"]) == ("owners.csv", 3)
    assert httpx.get(shared["url_private"], trust_env=False).text == "a,b"


def test_a_link_is_unfurled_for_all(client: WebClient, ana: Person) -> None:
    ana.types("see https://idp.example/payments please")
    ts = ana.messages()[-1].ts
    card = {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "team-pay"}}]}
    assert (
        refused(client.chat_unfurl, channel="C0GENERAL", ts=ts, unfurls={"https://no.example": card})
        == "cannot_unfurl_url"
    )
    client.chat_unfurl(channel="C0GENERAL", ts=ts, unfurls={"https://idp.example/payments": card})
    assert "team-pay" in ana.sees("team-pay").all_text


def test_a_text_takes_the_place_of_blocks(client: WebClient, ana: Person) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "in a block"}}]
    ts = client.chat_postMessage(channel="C0GENERAL", text="one", blocks=blocks)["ts"]
    client.chat_update(channel="C0GENERAL", ts=ts, text="two")
    assert ana.sees("two", "general").blocks == []
