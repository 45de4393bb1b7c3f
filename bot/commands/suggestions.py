"""`idp suggestions`: things that may be one, listed and decided."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from blocks.as_json import json_for
from blocks.plain import text_for
from bot.commands.actor import acting_user
from bot.portal import Portal, open_portal
from bot.settings import load_settings
from domain.answers import Answer, Asker
from domain.errors import BadInput
from domain.syncs import APART, IGNORE, MERGE, Intended
from workflows.actions import Actions

DECISIONS = (MERGE, APART, IGNORE)


class _AtTheTerminal:
    """Lets whoever can run the command act: they have the database already."""

    def require(self, _asker: Asker) -> str:
        """Return the user's name."""
        return acting_user()


def run(portal: Path | None, words: list[str], *, as_json: bool) -> int:
    """List the open suggestions, or decide one. Returns 0; raises BadInput for what there is not."""
    with open_portal(load_settings(portal), fill="never") as wired:
        answer = _decide(wired, words) if words else wired.questions.answer("suggestions")
        now = wired.clock()
        if as_json:
            typer.echo(json.dumps(json_for(answer, now=now), ensure_ascii=False, indent=2))
        else:
            typer.echo(text_for(answer, now=now))
    return 0


def _decide(wired: Portal, words: list[str]) -> Answer:
    if len(words) != 2 or words[0] not in DECISIONS:
        raise BadInput(
            "a decision is merge, apart or ignore, and a suggestion's number",
            "Write it as: idp suggestions merge 3",
        )
    actions = Actions(wired.syncs, wired.catalog, _AtTheTerminal())
    intended = Intended(" ".join(words), words[0], words[1].removeprefix("#"))
    return actions.carry_out(intended, Asker(), lambda _outcome: None)
