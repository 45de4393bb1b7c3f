"""What sources came to that tried what they need, in a terminal: a group each; and who is being asked."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from blocks.discovery import NO, PARTLY, YES, row_mark, row_words
from bot.commands.change_report import legible
from domain.syncs import Examined

COLOURS = {YES: "green", PARTLY: "yellow", NO: "red"}


def print_examined(found: Examined) -> None:
    """Print one source: its name, then a row for each thing that it tried, with what to do."""
    title = "" if found.title.lower() == found.source else f" ({found.title})"
    seconds = f", {found.seconds:.1f} s" if found.seconds else ""
    typer.secho(legible(f"{found.source}{title}{seconds}"), bold=True)
    for row in found.rows:
        mark = row_mark(row)
        typer.secho(legible(f"  {mark} {row_words(row)}"), fg=COLOURS[mark])
        if row.remedy and not row.granted:
            typer.echo(legible(f"      {row.remedy}"))


def exit_code(results: Sequence[Examined]) -> int:
    """Return 0 where every look would work, 3 where an outside system is why not, 1 otherwise."""
    bad = [each for each in results if not each.well]
    if not bad:
        return 0
    return 1 if any(each.misconfigured for each in bad) else 3


@contextmanager
def waiting(names: Sequence[str]) -> Iterator[None]:
    """Say on a terminal, while it lasts, who is being asked; elsewhere nothing."""
    errors = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(
        *columns,
        console=errors,
        transient=True,
        disable=not names or not errors.is_terminal,
        redirect_stdout=sys.stdout.isatty(),  # what goes to a file is not to end on the terminal instead
    ) as progress:
        progress.add_task(f"asking {', '.join(names)}")
        yield
