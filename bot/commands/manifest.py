"""`idp manifest`: the Slack app's manifest, printed to be pasted, or held to the code."""

from __future__ import annotations

import typer

from bot.app_manifest import beyond_limits, load_manifest, manifest_path
from bot.listeners import mismatches


def run(*, check: bool) -> int:
    """Print the manifest; with `check`, what is wrong with it instead, and return 1 when anything is."""
    if not check:
        typer.echo(manifest_path().read_text(encoding="utf-8"), nl=False)
        return 0
    manifest = load_manifest()
    wrong = [*mismatches(manifest), *beyond_limits(manifest)]
    for line in wrong:
        typer.secho(f"✗ {line}", fg="red")
    if not wrong:
        typer.secho(
            f"✓ {manifest_path().name} declares what the code uses, within Slack's limits", fg="green"
        )
    return 1 if wrong else 0
