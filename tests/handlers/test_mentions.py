"""Conversations in threads and direct messages."""

from __future__ import annotations

from typing import Any

import pytest

from handlers.mentions import is_question, thread_of
from handlers.words import is_outsider
from playground.person import Person
from playground.seen import Reply
from tests.handlers.conftest import Office

ANSWER = "*Payments API* is owned by *Pay team*"


def answers(person: Person, room: str | None = None) -> list[Reply]:
    return [message for message in person.messages(room) if ANSWER in message.all_text]


def test_a_mention_is_answered_in_a_thread_under_it(ana: Person, room: str) -> None:
    ana.types("@idp who owns payments-api", room)
    answer = ana.sees(ANSWER, room)
    (asked,) = [
        message for message in ana.messages(room) if "who owns" in message.text and message.ts != answer.ts
    ]
    assert answer.thread_ts == asked.ts
    assert not answer.ephemeral
    assert "Share to channel" not in answer.buttons
    assert "<@" not in answer.all_text


def test_a_mention_in_a_thread_is_answered_in_that_thread(ana: Person, room: str) -> None:
    ana.types("payments is down", room)
    (start,) = ana.messages(room)
    ana.types("hey @idp: who owns payments-api?", room, thread_ts=start.ts)
    assert ana.sees(ANSWER, room).thread_ts == start.ts


def test_a_button_in_a_thread_answers_in_that_thread(ana: Person, room: str) -> None:
    ana.types("@idp who owns payments-api", room)
    answer = ana.sees(ANSWER, room)
    ana.clicks("What depends on it?", answer)
    private = ana.sees("*ledger*", room)
    assert private.ephemeral
    assert private.thread_ts == answer.thread_ts


def test_a_redelivered_event_is_answered_once(office: Office, ana: Person, room: str) -> None:
    office.playground.faults.set(redeliver=True)
    ana.types("@idp who owns payments-api", room)
    ana.sees(ANSWER, room)
    ana.types("@idp help", room)
    ana.sees("Ask in these words", room)
    ana.types("@idp who owns ledger", room)
    ana.sees("*ledger* is owned by", room)
    assert len(answers(ana, room)) == 1


def test_where_outsiders_read_along_the_asker_alone_sees_the_answer(ana: Person) -> None:
    ana.types("@idp who owns payments-api", "with-partner")
    answer = ana.sees(ANSWER, "with-partner")
    assert answer.ephemeral
    assert "Share to channel" in answer.buttons


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        ({"team_id": "T1", "event": {"team": "T1"}}, False),
        ({"team_id": "T1", "event": {"team": "T1", "user_team": "T2"}}, True),
        ({"team_id": "T1", "event": {}}, False),
        ({"team": {"id": "T1"}, "user": {"team_id": "T2"}}, True),
        ({"team": {"id": "T1"}, "user": {"team_id": "T1"}}, False),
        ({"team": {"id": "T1", "enterprise_id": "E1"}, "user": {"team_id": "T2"}}, False),
    ],
)
def test_who_is_an_outsider(body: dict[str, Any], outside: bool) -> None:
    assert is_outsider(body) is outside


def test_a_direct_message_is_answered_there(office: Office) -> None:
    person = office.newcomer()
    person.dm("who owns payments-api")
    answer = person.sees(ANSWER)
    assert answer.thread_ts is None
    assert not answer.ephemeral


def test_a_button_in_a_direct_message_adds_a_message_that_stays(office: Office) -> None:
    person = office.newcomer()
    person.dm("who owns payments-api")
    asked = person.sees(ANSWER)
    person.clicks("What depends on it?", asked)
    assert not person.sees("*ledger*").ephemeral
    assert answers(person)[0].ts == asked.ts


def test_a_direct_message_in_a_thread_is_answered_in_that_thread(office: Office) -> None:
    person = office.newcomer()
    person.dm("hello")
    start = next(message for message in person.messages() if message.text == "hello")
    person.types("who owns payments-api", start.channel, thread_ts=start.ts)
    assert person.sees(ANSWER).thread_ts == start.ts


def test_blocks_that_slack_refuses_become_plain_text(office: Office, ana: Person, room: str) -> None:
    office.playground.faults.set(refuse_blocks=["context"])
    ana.types("@idp who owns payments-api", room)
    answer = ana.sees("Payments API is owned by Pay team", room)
    assert answer.blocks == []


SAID = {"type": "message", "channel_type": "im", "user": "U1", "ts": "1.2", "text": "help"}


@pytest.mark.parametrize(
    "otherwise",
    [
        {"bot_id": "B1"},
        {"user": "UBOT"},
        {"user": None},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"edited": {"user": "U1"}},
        {"channel_type": "channel"},
    ],
)
def test_what_no_person_said_to_the_bot_is_no_question(otherwise: dict[str, object]) -> None:
    assert is_question(SAID, "UBOT")
    assert not is_question({**SAID, **otherwise}, "UBOT")


def test_a_message_with_a_file_is_a_question() -> None:
    assert is_question({**SAID, "subtype": "file_share"}, "UBOT")


def test_the_thread_is_the_one_it_stands_in() -> None:
    assert thread_of({"type": "app_mention", "ts": "2.0"}) == "2.0"
    assert thread_of({"type": "app_mention", "ts": "2.0", "thread_ts": "1.0"}) == "1.0"
    assert thread_of(SAID) is None
    assert thread_of({**SAID, "thread_ts": "1.0"}) == "1.0"


def test_what_not_everybody_in_the_channel_may_see_is_for_the_asker_alone(ana: Person, room: str) -> None:
    ana.types("@idp who owns vault", room)
    answer = ana.sees("Only you see this", room)
    assert answer.ephemeral
    assert "*vault* is owned by *Pay team*" in answer.all_text


def test_among_those_who_may_see_it_the_answer_is_for_all(ana: Person) -> None:
    ana.types("@idp who owns vault", "team-secret")
    answer = ana.sees("*vault* is owned by *Pay team*", "team-secret")
    assert not answer.ephemeral


def test_it_is_as_if_it_were_not_there_for_anybody_else(office: Office, room: str) -> None:
    bo = office.enter("bo")
    bo.types("@idp who owns vault", room)
    bo.sees("Nothing in the catalog is called", room)


def test_only_what_all_may_see_is_shared(ana: Person, room: str) -> None:
    ana.types("/idp who owns vault", room)
    ana.clicks("Share to channel", ana.sees("*vault* is owned by *Pay team*", room))
    ana.sees("I cannot show this to the whole channel", room)


def test_of_a_list_that_is_shared_which_all_may_see(ana: Person, room: str) -> None:
    ana.types("/idp list services", room)
    ana.clicks("Share to channel", ana.sees("vault", room))
    shared = ana.sees("*ana* asked:", room)
    assert not shared.ephemeral
    assert "ledger" in shared.all_text
    assert "vault" not in shared.all_text
