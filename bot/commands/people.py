"""`idp people`: who has which accounts, and who could not be joined."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from blocks.as_json import json_for
from blocks.plain import text_for
from bot.settings import load_settings
from bot.store import ready_catalog
from domain.clock import system_clock
from questions.people import overview


def run(portal: Path | None, *, unjoined: bool, as_json: bool) -> int:
    """List everybody, or only the unjoined. Returns 0."""
    settings = load_settings(portal)
    with ready_catalog(settings) as catalog:
        answer = overview(catalog.people(), settings.file.people, everybody=not unjoined)
    now = system_clock()
    if as_json:
        typer.echo(json.dumps(json_for(answer, now=now), ensure_ascii=False, indent=2))
    else:
        typer.echo(text_for(answer, now=now))
    return 0
