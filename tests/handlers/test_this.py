"""The shortcut on a message, "Who owns this?", over a real connection."""

from __future__ import annotations

from slack_sdk import WebClient

from blocks import names
from handlers.message_text import LONGEST, text_of
from playground.person import Person
from playground.seen import Reply
from tests.handlers.conftest import Office

ALERT = {
    "attachments": [
        {
            "fallback": "it fires",
            "color": "d00",
            "title": "[FIRING:1] HighErrorRate",
            "title_link": "https://grafana.acme.example/d/1",
            "fields": [{"title": "Service", "value": "ledger", "short": True}],
        },
        {
            "fallback": "it fires",
            "blocks": [
                {"type": "section", "text": {"type": "mrkdwn", "text": "see <https://pay.acme.example/|it>"}}
            ],
        },
    ],
}


def posted(office: Office, person: Person, **content: object) -> Reply:
    """Have a bot post to the room, as alerts do."""
    client = WebClient(token=office.playground.bot_token, base_url=office.playground.api_url)
    answer = client.chat_postMessage(channel=person.browser.channel_id(office.room), **content)  # type: ignore[arg-type]
    person.types("what is this", office.room)
    return next(each for each in person.messages(office.room) if each.ts == answer["ts"])


def test_a_link_in_a_message_leads_to_its_owner(ana: Person, room: str) -> None:
    ana.types("broken since https://github.com/acme/payments-api/pull/7", room)
    ana.calls_shortcut(names.WHO_OWNS_THIS, ana.messages(room)[-1])
    answer = ana.sees("Named by the link `github.com/acme/payments-api/pull/7`", room)
    assert answer.ephemeral
    assert answer.all_text.startswith("*Payments API* is owned by *Pay team*")
    assert "Share to channel" in answer.buttons


def test_an_alert_of_attachments_alone_is_read(office: Office, ana: Person, room: str) -> None:
    ana.calls_shortcut(names.WHO_OWNS_THIS, posted(office, ana, **ALERT))
    answer = ana.sees("2 things are named here, of *Pay team*", room)
    assert "named by the label `service: ledger`" in answer.all_text
    assert "named by the link `pay.acme.example/`" in answer.all_text
    ana.clicks("ledger", answer)
    assert ana.sees("*ledger* is owned by *Pay team*", room).ephemeral


def test_in_a_thread_it_is_answered_in_the_thread(ana: Person, room: str) -> None:
    ana.types("trouble", room)
    root = ana.messages(room)[-1]
    ana.types("in `payments-api`, I think", room, thread_ts=root.ts)
    ana.calls_shortcut(names.WHO_OWNS_THIS, ana.messages(room)[-1])
    answer = ana.sees("*Payments API* is owned by", room)
    assert answer.body["thread_ts"] == root.ts


def test_a_message_that_leads_nowhere_offers_the_search(ana: Person, room: str) -> None:
    ana.types("lunch at https://sandwich.example/menu, anybody?", room)
    ana.calls_shortcut(names.WHO_OWNS_THIS, ana.messages(room)[-1])
    answer = ana.sees("Nothing in it leads to anything in the catalog", room)
    assert "I looked up `https://sandwich.example/menu`" in answer.all_text
    ana.clicks("Search the catalog", answer)
    assert ana.sees_view("Search the catalog").title == "Search the catalog"


def test_it_works_in_a_direct_message(office: Office) -> None:
    newcomer = office.newcomer()
    newcomer.dm("hello")
    assert newcomer.last_reply.all_text
    newcomer.dm("payments-web again")
    message = next(each for each in newcomer.messages() if each.text == "payments-web again")
    newcomer.calls_shortcut(names.WHO_OWNS_THIS, message)
    assert newcomer.sees("Named by the name `payments-web`").ephemeral


def test_the_name_of_a_person_is_no_clue(ana: Person, room: str) -> None:
    ana.types("Ana Silva said hello", room)
    ana.calls_shortcut(names.WHO_OWNS_THIS, ana.messages(room)[-1])
    assert ana.sees("Nothing in it leads", room).ephemeral


def test_text_is_read_from_everywhere_and_no_further_than_slack_keeps() -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "a &amp; <https://x.example|b> <@U1>"}}
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "in "},
                    {"type": "text", "text": "ledger", "style": {"code": True}},
                    {"type": "link", "url": "https://y.example"},
                ],
            },
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "at x.y.Z(Z.java:1)"}]},
        ],
    }
    button = {
        "type": "actions",
        "elements": [{"type": "button", "url": "https://z.example", "text": {"text": "Go"}}],
    }
    files = [{"title": "core.log", "preview": "oh no"}]
    text = text_of(
        {"blocks": [section, rich, button], "files": files, "attachments": [{"fallback": "fell back"}]}
    )
    for told in ("a & ", "https://x.example", "`ledger`", "https://y.example", "x.y.Z", "https://z.example"):
        assert told in text
    assert {"core.log", "oh no", "fell back"} <= set(text.splitlines())
    assert "U1" not in text
    assert len(text_of({"text": "x y\n" * LONGEST, "attachments": [{"text": "z" * LONGEST}] * 3})) <= LONGEST
    assert text_of({"text": None, "blocks": {"type": []}, "attachments": ["?"], "files": None}) == ""
