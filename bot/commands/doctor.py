"""`idp doctor`: what is missing or wrong with a portal, and what to do."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import chain
from pathlib import Path

import typer

from bot.commands.health_report import print_examined, waiting
from bot.health import OK, PROBLEM, WARNING, Check, examine
from bot.settings import load_settings
from bot.source_health import checks_of, enabled_sources, examine_sources

_MARKS = {OK: ("✓", "green"), WARNING: ("!", "yellow"), PROBLEM: ("✗", "red")}


def run(portal: Path | None, *, as_json: bool) -> int:
    """Print every check. Returns 0 without a problem, 1 with one, 3 when an outside system failed."""
    settings = load_settings(portal)
    sources, told = enabled_sources(settings)
    checks = []
    for check in chain(examine(settings), told):
        checks.append(check)
        if not as_json:
            _print(check)
    with waiting([each.name for each in sources]):
        for found in examine_sources(settings, sources):
            checks += checks_of(found)
            if not as_json:
                print_examined(found)
    if as_json:
        typer.echo(json.dumps({"kind": "doctor", "checks": [asdict(each) for each in checks]}, indent=2))
    problems = [each for each in checks if each.state == PROBLEM]
    if not problems:
        return 0
    return 3 if all(each.outside for each in problems) else 1


def _print(check: Check) -> None:
    mark, colour = _MARKS[check.state]
    typer.secho(f"{mark} {check.name}: {check.says}", fg=colour)
    if check.remedy:
        typer.echo(f"    {check.remedy}")
