"""Whatever goes wrong reaches the person in words, and the log with its code."""

from __future__ import annotations

import re
from typing import Any
from urllib.error import URLError

import pytest
from slack_bolt import BoltContext
from slack_sdk import WebClient

from blocks.message import Message
from domain.errors import OutsideFailure, StoreUnavailable
from handlers import delivery
from handlers.failures import explained
from playground.person import Person
from tests.handlers.conftest import Office

CODE = re.compile(r"`([2-9A-Z]{4}-[2-9A-Z]{2})`")
Logged = list[dict[str, Any]]


def code_in(text: str) -> str:
    found = CODE.search(text)
    assert found, f"no code to quote in {text!r}"
    return found[1]


def defect(logged: Logged) -> dict[str, Any]:
    (entry,) = [entry for entry in logged if entry["event"] == "defect"]
    return entry


def test_a_defect_in_the_command_shows_a_code_that_the_log_holds(
    office: Office, ana: Person, room: str, logged: Logged
) -> None:
    office.questions.failure = RuntimeError("boom")
    reply = ana.asks("/idp who owns payments", room)
    assert reply is not None
    assert reply.ephemeral
    assert "Something broke on our side" in reply.all_text
    entry = defect(logged)
    assert entry["code"] == code_in(reply.all_text)
    assert entry["doing"] == "/idp"
    assert "RuntimeError: boom" in entry["exception"]


def test_a_defect_after_a_click_is_shown_beside_the_message(
    office: Office, ana: Person, room: str, logged: Logged
) -> None:
    asked = ana.asks("/idp who owns payments-api", room)
    office.questions.failure = RuntimeError("boom")
    ana.clicks("Show full card", asked)
    reply = ana.sees("Something broke on our side", room)
    assert reply.ephemeral
    assert defect(logged)["code"] == code_in(reply.all_text)
    assert asked is not None
    assert asked.ts in {message.ts for message in ana.messages(room)}


def test_a_defect_in_a_mention_is_whispered(office: Office, ana: Person, room: str, logged: Logged) -> None:
    office.questions.failure = RuntimeError("boom")
    ana.types("@idp who owns payments", room)
    reply = ana.sees("Something broke on our side", room)
    assert reply.ephemeral
    assert defect(logged)["doing"] == "event app_mention"


def test_a_defect_in_a_direct_message_is_answered_there(office: Office, logged: Logged) -> None:
    person = office.newcomer()
    office.questions.failure = RuntimeError("boom")
    person.dm("who owns payments")
    assert code_in(person.sees("Something broke on our side").all_text) == defect(logged)["code"]


def test_a_defect_of_the_home_is_shown_on_the_home(office: Office, logged: Logged) -> None:
    office.questions.failure = RuntimeError("boom")
    assert code_in(office.newcomer().opens_home().all_text) == defect(logged)["code"]


def test_a_home_that_slack_refuses_is_told_of_in_a_message(office: Office, logged: Logged) -> None:
    person = office.newcomer()
    office.playground.faults.set(fail={"views.publish": "internal_error"})
    person.dm("help")
    person.sees("Ask in these words")
    person.browser.do("home")
    assert "Slack did not take the answer: internal_error" in person.sees("Slack did not take").text
    assert not [entry for entry in logged if entry["event"] == "defect"]


def test_a_network_that_fails_is_no_defect() -> None:
    def unreachable(_body: object) -> None:
        raise URLError("no route to host")

    context = BoltContext({"respond": unreachable})
    with pytest.raises(OutsideFailure, match="could not be reached"):
        delivery.respond(context, Message("text", []))
    with pytest.raises(OutsideFailure, match="could not be reached"):
        delivery.post(WebClient(base_url="http://127.0.0.1:9/"), Message("text", []), channel="C1")


def test_what_was_foreseen_is_said_without_a_code(
    office: Office, ana: Person, room: str, logged: Logged
) -> None:
    office.questions.failure = OutsideFailure("the vendor does not answer", "Try again in a minute.")
    reply = ana.asks("/idp who owns payments", room)
    assert reply is not None
    assert reply.all_text == "the vendor does not answer\nTry again in a minute."
    assert logged == [{"event": "refused", "doing": "/idp", "problem": "the vendor does not answer"}]


def test_an_answer_that_cannot_be_posted_is_explained_privately(
    office: Office, ana: Person, room: str, logged: Logged
) -> None:
    office.playground.faults.set(fail={"chat.postMessage": "restricted_action"})
    ana.types("@idp who owns payments-api", room)
    reply = ana.sees("Slack did not take the answer: restricted_action", room)
    assert reply.ephemeral
    assert "A workspace setting forbids apps to post there" in reply.all_text
    assert not [entry for entry in logged if entry["event"] == "defect"]


def test_bad_news_that_cannot_be_whispered_comes_as_a_direct_message(
    office: Office, room: str, logged: Logged
) -> None:
    person = office.newcomer()
    person.dm("help")
    direct = person.sees("Ask in these words").channel
    office.playground.faults.set(fail={"chat.postEphemeral": "user_not_in_channel"})
    office.questions.failure = RuntimeError("boom")
    person.types("@idp who owns payments", room)
    assert code_in(person.sees("Something broke on our side", direct).all_text) == defect(logged)["code"]
    assert any(entry["event"] == "bad news not delivered" for entry in logged)


def test_the_log_holds_no_token(logged: Logged) -> None:
    secrets = ("xoxb-12-abc", "xapp-1-def", "https://hooks.slack.com/actions/T1/2/3")
    explained(RuntimeError(f"called with {' '.join(secrets)}"), "test")
    assert not any(secret in defect(logged)["exception"] for secret in secrets)
    assert "called with xoxb-… xapp-… https://hooks.slack.com/actions/…" in defect(logged)["exception"]


def test_a_database_that_is_away_is_named_in_the_log_and_not_in_slack(
    office: Office, ana: Person, room: str, logged: Logged
) -> None:
    office.questions.failure = StoreUnavailable(
        "the database idp on db.internal:5432 does not answer: timeout", "Check IDP_DATABASE_URL."
    )
    reply = ana.asks("/idp who owns payments", room)
    assert reply is not None
    assert "The catalog cannot be reached right now" in reply.all_text
    assert "db.internal" not in reply.all_text + reply.text
    assert "IDP_DATABASE_URL" not in reply.all_text + reply.text
    (entry,) = [entry for entry in logged if entry["event"] == "catalog unavailable"]
    assert entry["code"] == code_in(reply.all_text)
    assert "db.internal" in entry["problem"]
