"""An unmodified Bolt app over real Socket Mode: what a person does reaches it, what it answers is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import Ack, App, Respond, Say
from slack_sdk import WebClient

from playground.person import Person, Refusal
from tests.playground.conftest import StartBot

BUTTON = {"type": "button", "action_id": "go", "value": "42", "text": {"type": "plain_text", "text": "Go"}}
CARD: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*team-pay* owns payments"}},
    {"type": "actions", "block_id": "row", "elements": [BUTTON]},
]


def test_a_command_is_answered_inside_its_acknowledgement(
    app: App, start: StartBot, ana: Person, bo: Person
) -> None:
    seen: dict[str, Any] = {}

    @app.command("/idp")
    def answer(ack: Ack, body: dict[str, Any]) -> None:
        seen.update(body)
        ack(text="owner", blocks=CARD)

    start(app)
    ana.types("/idp who owns payments")
    reply = ana.last_reply
    assert "team-pay" in reply.all_text
    assert reply.ephemeral
    assert reply.buttons == ["Go"]
    assert bo.messages("general") == [], "nobody else sees an ephemeral answer"
    expected = {"command": "/idp", "text": "who owns payments", "user_id": "U0ANA", "user_name": "ana"}
    expected |= {
        "team_id": "T0ACME",
        "team_domain": "acme",
        "channel_id": "C0GENERAL",
        "channel_name": "general",
    }
    expected |= {"api_app_id": "A0IDP", "is_enterprise_install": "false"}
    assert expected.items() <= seen.items()
    assert seen["response_url"].startswith("http://127.0.0.1:")


def test_an_in_channel_answer_is_seen_by_all(app: App, start: StartBot, ana: Person, bo: Person) -> None:
    app.command("/idp")(lambda ack: ack("hello all", response_type="in_channel"))
    start(app)
    ana.types("/idp hello")
    assert not ana.last_reply.ephemeral
    assert bo.sees("hello all", "general").text == "hello all"


def test_blocks_that_slack_refuses_become_an_error_that_the_person_sees(
    app: App, start: StartBot, ana: Person
) -> None:
    app.command("/idp")(lambda ack: ack(blocks=[{"type": "section", "colour": "red"}]))
    start(app)
    ana.types("/idp x")
    assert ana.last_reply.text == '/idp failed with the error "invalid_blocks"'


def test_a_button_replaces_its_message_and_opens_a_modal_that_answers(
    app: App, start: StartBot, ana: Person
) -> None:
    seen: dict[str, Any] = {}
    app.command("/idp")(lambda ack: ack(blocks=CARD, text="card"))

    @app.action("go")
    def pressed(ack: Ack, body: dict[str, Any], respond: Respond, client: WebClient) -> None:
        ack()
        seen.update(body)
        respond(text="opened", replace_original=True)
        client.views_open(trigger_id=body["trigger_id"], view=_form())

    @app.view("form")
    def submitted(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        value = body["view"]["state"]["values"]["name"]["typed"]["value"]
        if value == "bad":
            ack(response_action="errors", errors={"name": "not that one"})
            return
        ack()
        client.chat_postMessage(channel="#general", text=f"got {value}")

    start(app)
    ana.types("/idp x")
    ana.clicks("Go")
    assert ana.last_reply.text == "opened"
    assert len(ana.messages()) == 1, "the card was replaced, not added to"
    assert seen["container"]["is_ephemeral"] is True
    assert "message" not in seen, "Slack does not send an ephemeral message along"
    assert seen["actions"][0] | BUTTON == seen["actions"][0]
    assert ana.view.title == "A form"
    assert ana.submit({"Name": "bad"}) == {"name": "not that one"}
    assert ana.submit({"Name": "x"}) == {}
    assert ana.last_reply.text == "got x"
    ana.sees_views([])


def _form() -> dict[str, Any]:
    typed = {"type": "plain_text_input", "action_id": "typed"}
    name = {
        "type": "input",
        "block_id": "name",
        "label": {"type": "plain_text", "text": "Name"},
        "element": typed,
    }
    words = {
        "title": {"type": "plain_text", "text": "A form"},
        "submit": {"type": "plain_text", "text": "Save"},
    }
    return {"type": "modal", "callback_id": "form", "blocks": [name], **words}


def test_a_mention_in_a_channel_is_answered_in_its_thread(app: App, start: StartBot, ana: Person) -> None:
    seen: list[dict[str, Any]] = []

    @app.event("app_mention")
    def mentioned(event: dict[str, Any], body: dict[str, Any], say: Say) -> None:
        seen.append(body)
        say(text="in here", thread_ts=event.get("thread_ts") or event["ts"])

    app.event("message")(lambda: None)
    start(app)
    ana.types("hey @idp, who owns <payments> & co?")
    reply = ana.last_reply
    assert (reply.text, reply.thread_ts is not None) == ("in here", True)
    event = seen[0]["event"]
    assert event["text"] == "hey <@U0IDPBOT>, who owns &lt;payments&gt; &amp; co?"
    assert {"type", "user", "ts", "text", "channel", "event_ts", "blocks"} <= event.keys()
    assert seen[0]["authorizations"][0]["is_bot"] is True
    assert seen[0]["is_ext_shared_channel"] is False
    parent = next(one for one in ana.messages() if one.ts == reply.thread_ts)
    assert parent.body["reply_count"] == 1


def test_a_direct_message_reaches_the_bot_as_message_im(app: App, start: StartBot, ana: Person) -> None:
    @app.event("message")
    def spoken(event: dict[str, Any], say: Say) -> None:
        say(f"{event['channel_type']}: {event['text']}")

    app.event("app_home_opened")(lambda: None)
    start(app)
    ana.dm("who owns payments")
    assert ana.last_reply.text == "im: who owns payments"


def test_the_home_is_published_when_it_is_opened(app: App, start: StartBot, ana: Person) -> None:
    @app.event("app_home_opened")
    def opened(event: dict[str, Any], client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": CARD})

    pressed: list[str] = []

    @app.action("go")
    def go(ack: Ack, body: dict[str, Any]) -> None:
        pressed.append(body["view"]["type"])
        ack()

    start(app)
    assert "team-pay" in ana.opens_home().all_text
    ana.clicks("Go")
    assert pressed == ["home"]


def test_a_message_shortcut_carries_the_message(app: App, start: StartBot, ana: Person, bo: Person) -> None:
    @app.shortcut("who")
    def asked(ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        ack()
        respond(f"{body['type']}: {body['message']['text']}")

    app.event("message")(lambda: None)
    start(app)
    bo.types("payments is down")
    ana.calls_shortcut("who", ana.sees("payments is down"))
    assert ana.last_reply.text == "message_action: payments is down"


def test_commands_in_threads_are_refused_as_the_composer_does(ana: Person, bo: Person) -> None:
    bo.types("a thread")
    parent = ana.sees("a thread", "general")
    with pytest.raises(Refusal, match="/idp is not supported in threads"):
        ana.types("/idp help", thread_ts=parent.ts)


def test_a_command_nobody_listens_to_fails_with_slacks_words(ana: Person) -> None:
    ana.types("/idp help")
    assert ana.last_reply.text == '/idp failed with the error "dispatch_failed"'
    assert ana.last_reply.ephemeral


def test_options_are_loaded_as_the_person_types(
    app: App, start: StartBot, ana: Person, eventually: Callable[[Callable[[], Any]], Any]
) -> None:
    select = {"type": "external_select", "action_id": "thing", "min_query_length": 2}
    menu = [{"type": "actions", "block_id": "menu", "elements": [select]}]
    picked: list[str] = []
    app.command("/idp")(lambda ack: ack(text="pick", blocks=menu))

    @app.options("thing")
    def load(ack: Ack, payload: dict[str, Any]) -> None:
        ack(
            options=[
                {"text": {"type": "plain_text", "text": payload["value"] + suffix}, "value": suffix}
                for suffix in ("1", "2")
            ]
        )

    @app.action("thing")
    def chosen(ack: Ack, action: dict[str, Any]) -> None:
        ack()
        picked.append(action["selected_option"]["value"])

    start(app)
    ana.types("/idp pick")
    ana.picks("2", ana.last_reply, menu="thing")
    eventually(lambda: picked)
    assert picked == ["2"]
