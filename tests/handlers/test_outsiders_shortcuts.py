"""Somebody of another organization who reaches a shortcut: a refusal, and nothing of the catalog."""

from __future__ import annotations

import json
from typing import Any

import pytest
from slack_bolt import BoltRequest

from blocks import names
from playground.person import Person
from tests.handlers.conftest import Office


def sent(office: Office, person: Person, kind: str, **more: Any) -> str:
    """Hand the bot a payload as of another organization; return what its acknowledgement holds."""
    body = {
        "type": kind,
        "team": {"id": "T0PLAYGROUND"},
        "user": {"id": person.id, "team_id": "T0ELSEWHERE"},
        "trigger_id": "1.2.3",
        **more,
    }
    response = office.app.dispatch(BoltRequest(mode="socket_mode", body=body))
    assert response.status == 200
    return str(response.body or "")


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("shortcut", {"callback_id": names.SEARCH_CATALOG}),
        ("message_action", {"callback_id": names.WHO_OWNS_THIS, "message": {"text": "payments-api"}}),
    ],
)
def test_a_shortcut_is_refused(office: Office, kind: str, more: dict[str, Any]) -> None:
    newcomer = office.newcomer()
    newcomer.dm("hello")
    newcomer.last_reply  # noqa: B018 - waits for it
    assert "payments" not in sent(office, newcomer, kind, **more)
    refusal = newcomer.sees("I answer only people of the workspace that I belong to.")
    assert "payments" not in refusal.all_text.lower()
    assert newcomer.views == []


def test_the_menu_offers_nothing(office: Office, ana: Person) -> None:
    asked = {"action_id": names.SEARCH_PICK, "block_id": names.SEARCH_PICK, "value": "payments"}
    assert json.loads(sent(office, ana, "block_suggestion", **asked)) == {"options": []}


def test_the_words_of_the_modal_are_not_answered(office: Office, ana: Person) -> None:
    held = {names.SEARCH_WORDS: {names.SEARCH_WORDS: {"value": "who owns payments-api"}}}
    view = {"type": "modal", "callback_id": names.SEARCH_VIEW, "id": "V1", "state": {"values": held}}
    answer = json.loads(sent(office, ana, "view_submission", view=view))
    assert answer["response_action"] == "errors"
    assert "only people of the workspace" in answer["errors"][names.SEARCH_WORDS]
