"""Cards under links, over a real connection."""

from __future__ import annotations

from playground.person import Person
from playground.seen import Reply
from tests.handlers.conftest import Office, eventually

PAY = "https://github.com/acme/payments-api"


def cards(person: Person, room: str) -> list[dict[str, object]]:
    message: Reply = person.messages(room)[-1]
    found: list[dict[str, object]] = message.body.get("attachments", [])
    return found


def test_a_repository_link_gets_a_card_that_everybody_sees(office: Office, ana: Person, room: str) -> None:
    bo = office.enter("bo")
    ana.types(f"look at {PAY}/pull/3", room)
    eventually(lambda: bool(cards(bo, room)), "a card under the link")
    (card,) = cards(bo, room)
    assert card["from_url"] == f"{PAY}/pull/3"
    told = str(card["blocks"])
    assert "*Payments API* is owned by *Pay team*" in told
    assert "service · tier 1" in told
    assert "<@" not in told
    assert "button" not in told


def test_links_that_lead_nowhere_or_elsewhere_stay_as_they_are(ana: Person, room: str) -> None:
    ana.types(f"https://github.com/acme/paymens-api https://other.example/payments-api {PAY}", room)
    eventually(lambda: bool(cards(ana, room)), "a card under the one link")
    assert [card["from_url"] for card in cards(ana, room)] == [PAY]


def test_a_link_that_is_told_of_twice_has_one_card(office: Office, ana: Person, room: str) -> None:
    office.playground.faults.set(redeliver=True)
    ana.types(f"{PAY} and again {PAY}", room)
    eventually(lambda: bool(cards(ana, room)), "a card under the link")
    ana.types("later", room)
    ana.dm("help")
    assert ana.last_reply.all_text
    assert len(ana.messages(room)[-2].body["attachments"]) == 1


def test_a_channel_with_outsiders_gets_no_card(ana: Person, room: str) -> None:
    ana.types(PAY, "with-partner")
    ana.types(PAY, room)
    eventually(lambda: bool(cards(ana, room)), "a card in the company's own channel")
    assert not cards(ana, "with-partner")
