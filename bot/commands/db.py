"""`idp db upgrade`: the database is created or brought to this version's schema."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.settings import load_settings
from bot.store import database_url
from catalog_store.schema import upgrade


def run(portal: Path | None) -> int:
    """Upgrade and say from which revision to which."""
    settings = load_settings(portal)
    before, after = upgrade(database_url(settings))
    typer.echo(
        f"schema {after}: nothing to do" if before == after else f"schema {before or '(none)'} → {after}"
    )
    return 0
