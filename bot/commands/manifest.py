"""`idp manifest`: the Slack app's manifest, printed to be pasted, or held to the code."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.app_manifest import beyond_limits, load_manifest, manifest_path, manifest_text, with_unfurls
from bot.listeners import mismatches
from bot.settings import load_settings


def run(portal: Path | None, *, check: bool) -> int:
    """Print the manifest with the portal's own domains under `unfurl_domains`.

    With `check`, print what is wrong with it instead, and return 1 when anything is.
    """
    domains = load_settings(portal).file.unfurl
    if not check:
        typer.echo(manifest_text(domains), nl=False)
        return 0
    manifest = with_unfurls(load_manifest(), domains)
    wrong = [*mismatches(manifest), *beyond_limits(manifest)]
    for line in wrong:
        typer.secho(f"✗ {line}", fg="red")
    if not wrong:
        typer.secho(
            f"✓ {manifest_path().name} declares what the code uses, within Slack's limits", fg="green"
        )
    return 1 if wrong else 0
