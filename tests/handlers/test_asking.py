"""Conversations by the command and its buttons, over a real connection."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from playground.person import Person
from playground.seen import Reply
from tests.handlers.conftest import Office, eventually


def ask(person: Person, words: str, room: str) -> Reply:
    reply = person.asks(f"/idp {words}", room)
    assert reply is not None, "the acknowledgement brought nothing"
    return reply


def test_the_command_is_answered_to_the_asker_alone(ana: Person, room: str) -> None:
    reply = ask(ana, "who owns payments-api", room)
    assert reply.ephemeral
    assert reply.all_text.startswith("*Payments API* is owned by *Pay team* · <#C0PAY|team-pay>")
    assert "declared in `catalog/payments-api.yaml:1`, read 3 min ago" in reply.all_text
    assert "Payments API is owned by Pay team" in reply.text


def test_no_words_get_the_help(ana: Person, room: str) -> None:
    reply = ask(ana, "", room)
    assert "who owns" in reply.all_text
    assert "Share to channel" not in reply.buttons


def test_a_pick_list_leads_to_the_answer_in_its_place(ana: Person, room: str) -> None:
    asked = ask(ana, "who owns payments", room)
    assert "may mean 2 things" in asked.all_text
    ana.clicks("Payments Web (website)", asked)
    answer = ana.sees("*Payments Web* is owned by *Pay team*", room)
    assert answer.ts == asked.ts
    assert answer.ephemeral


def test_the_full_card_comes_in_place_and_can_be_shared_too(ana: Person, room: str) -> None:
    ana.clicks("Show full card", ask(ana, "who owns ledger", room))
    card = ana.sees("`component:default/ledger`", room)
    assert "*Depends on*  Payments API" in card.all_text
    assert "Share to channel" in card.buttons


def test_sharing_shows_it_to_all_and_takes_the_private_one_away(
    office: Office, ana: Person, room: str
) -> None:
    bo = office.enter("bo")
    asked = ask(ana, "who owns payments-api", room)
    ana.clicks("Share to channel", asked)
    seen = bo.sees("*ana* asked: `who owns payments-api`", room)
    assert not seen.ephemeral
    assert "*Payments API* is owned by *Pay team*" in seen.all_text
    assert "<@" not in seen.all_text
    assert "Share to channel" not in seen.buttons
    eventually(lambda: asked.ts not in {each.ts for each in ana.messages(room)}, "the private answer is gone")


def test_pressing_twice_shares_once(office: Office, ana: Person, room: str) -> None:
    bo = office.enter("bo")
    asked = ask(ana, "who owns payments-api", room)
    with ThreadPoolExecutor(2) as hands:
        presses = [hands.submit(ana.clicks, "Share to channel", asked) for _ in range(2)]
    assert any(press.exception() is None for press in presses)
    shared = bo.sees("*ana* asked:", room)
    assert shared.text.startswith("ana asked: who owns payments-api\nPayments API is owned by")
    ask(ana, "help", room)  # answered after whatever the second press did
    assert len([message for message in bo.messages(room) if "asked:" in message.all_text]) == 1


def test_a_button_of_a_shared_answer_answers_the_one_who_pressed(
    office: Office, ana: Person, room: str
) -> None:
    bo = office.enter("bo")
    ana.clicks("Share to channel", ask(ana, "who owns payments-api", room))
    shared = bo.sees("*ana* asked:", room)
    bo.clicks("What depends on it?", shared)
    answer = bo.sees("*ledger*", room)
    assert answer.ephemeral
    assert all("ledger" not in message.all_text for message in ana.messages(room))
    assert bo.sees("*ana* asked:", room).ts == shared.ts


def test_a_thing_called_channel_pings_nobody(ana: Person, room: str) -> None:
    reply = ask(ana, "who owns evil", room)
    assert "&lt;!channel&gt; &amp; &lt;@U0ANA&gt;" in reply.all_text
    assert "<!" not in f"{reply.all_text}{reply.text}"


def test_words_that_would_ping_are_shown_as_words(ana: Person, room: str) -> None:
    reply = ask(ana, "who owns <!here>", room)
    assert "Nothing in the catalog is called “&lt;!here&gt;”" in reply.all_text


def test_values_over_every_limit_are_still_answered(ana: Person, room: str) -> None:
    for words in ("who owns giant", "show giant", "who owns " + "very " * 600 + "long"):
        assert ask(ana, words, room).blocks


def test_a_typed_channel_is_understood_and_shown_as_typed(ana: Person, room: str) -> None:
    asked = ask(ana, "what does #team-pay own", room)
    assert "Payments API" in asked.all_text
    ana.clicks("Share to channel", asked)
    assert "asked: `what does #team-pay own`" in ana.sees("*ana* asked:", room).all_text
