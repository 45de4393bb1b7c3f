"""`idp ask`: one question from the command line, answered by the same code as in Slack."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import typer

from blocks.as_json import json_for
from blocks.plain import text_for
from bot.commands.change_report import warn_of_left_out
from bot.portal import Portal, open_portal
from bot.settings import load_settings
from domain.answers import Ambiguous, Asker, Missing, Shown, Spotted, Unclear
from domain.errors import BadInput, StoreError
from domain.syncs import Intended
from domain.visibility import OPERATOR

_OPERATOR = Asker(reader=OPERATOR)
"""Whoever runs the portal can read its database, too."""


def run(portal: Path | None, words: str, as_person: str, *, as_json: bool) -> int:
    """Print the answer. Returns 0 when it is one, 1 when there is no such thing or it is not clear which.

    Does nothing else: for what is to be done, it names the command.
    """
    with open_portal(load_settings(portal), told=warn_of_left_out) as wired:
        answer = wired.questions.answer(words, _asker(wired, as_person))
        now = wired.clock()
        if as_json:
            typer.echo(json.dumps(json_for(answer, now=now), ensure_ascii=False, indent=2))
        else:
            typer.echo(text_for(answer, now=now))
        with suppress(StoreError):  # the answer is there; that it is counted is worth no error
            wired.catalog.note_unanswered(wired.questions.tally.take())
    vain = isinstance(answer, Spotted) and not answer.spots
    return 1 if vain or isinstance(answer, Missing | Ambiguous | Unclear | Intended) else 0


def _asker(portal: Portal, name: str) -> Asker:
    if not name:
        return _OPERATOR
    for words in (f"show user:{name}", f"show {name}"):
        shown = portal.questions.answer(words, _OPERATOR)
        if isinstance(shown, Shown) and shown.record.entity.ref.kind == "user":
            person = shown.record.entity
            return Asker(slack_user_id=person.text("slack_user_id"), person=person.ref)
    raise BadInput(
        f"--as {name}: the catalog knows no such person", "Give a name, an e-mail or user:default/NAME."
    )
