"""`idp db upgrade`: the database is created or brought to this version's schema."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.portal import database_url
from bot.settings import load_settings
from catalog_store.schema import upgrade


def run(portal: Path | None) -> int:
    """Upgrade and say from which revision to which."""
    settings = load_settings(portal)
    settings.data.mkdir(parents=True, exist_ok=True)
    before, after = upgrade(database_url(settings))
    typer.echo(
        f"schema {after}: nothing to do" if before == after else f"schema {before or '(none)'} → {after}"
    )
    return 0
