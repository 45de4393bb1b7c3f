"""`idp sync`: sources looked at now, how they stand, and a change set undone."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from blocks.discovery_json import examined
from bot.commands import sync_report
from bot.commands.actor import acting_user
from bot.commands.change_report import change_lines, legible
from bot.commands.health_report import exit_code, print_examined, waiting
from bot.defects import own_log
from bot.examining import examine_all
from bot.journal import open_journal
from bot.rules import categorizer
from bot.settings import Settings, load_settings
from bot.source_blocks import chosen_of, configured
from bot.store import ready_catalog
from bot.syncs import Syncs
from catalog_store.search.live import LiveIndex
from domain.clock import system_clock
from domain.errors import BadInput, Refused
from workflows.descriptions import Describing
from workflows.suggesting import Suggesting
from workflows.sync_report import Order, Outcome, SyncReport

UNDO, STATUS, CHECK = "undo", "status", "check"


def run(
    portal: Path | None, words: list[str], *, dry_run: bool, full: bool, force: bool, as_json: bool
) -> int:
    """Sync the named sources, or all; or do what `status`, `check` or `undo NUMBER` says.

    Returns the exit code.
    """
    settings = load_settings(portal)
    if words[:1] == [CHECK]:
        return _check(settings, words[1:], as_json=as_json)
    looks = words[:1] not in ([STATUS], [UNDO])
    restitch = looks and not dry_run
    with _own_journal(), ready_catalog(settings, fill="never", restitch=restitch) as catalog:
        derive = categorizer(settings, catalog, system_clock)
        after = Describing(catalog, Suggesting(catalog, LiveIndex(catalog)))
        syncs = Syncs(settings.file, catalog, derive=derive, after=after)
        if words[:1] == [STATUS]:
            return _status(syncs, words[1:], as_json=as_json)
        if words[:1] == [UNDO]:
            return _undo(syncs, words[1:], as_json=as_json)
        order = Order(acting_user(), full, dry_run=dry_run, allow_shrink=force, named=bool(words))
        return _sync(syncs, words, order, as_json=as_json)


def _check(settings: Settings, names: list[str], *, as_json: bool) -> int:
    """Try what the named sources need, or all; the catalog is not asked for."""
    chosen, results = chosen_of(configured(settings.file), names), []
    with _own_journal(), waiting([each.name for each in chosen]):
        for found in examine_all(chosen, system_clock):
            results.append(found)
            if not as_json:
                print_examined(found)
    if as_json:
        told = {"kind": "sync check", "sources": list(map(examined, results))}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    return exit_code(results)


def _sync(syncs: Syncs, names: list[str], order: Order, *, as_json: bool) -> int:
    chosen = [each.name for each in chosen_of(syncs.sources, names)]
    reports = []
    stop = threading.Event()
    with _stop_signals(stop), _progress() as begin:
        for name in chosen:
            report = syncs.look(name, order, progress=begin(name), stopped=stop.is_set)
            reports.append(report)
            if not as_json:
                _print(report)
            syncs.follow_up(report)
            if stop.is_set():
                break
    if as_json:
        told = {
            "kind": "sync",
            "dry_run": order.dry_run,
            "sources": list(map(sync_report.sync_json, reports)),
        }
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    return max(sync_report.EXIT_CODES[each.outcome] for each in reports)


def _status(syncs: Syncs, names: list[str], *, as_json: bool) -> int:
    wanted = {syncs.source(name).name for name in names}
    states = [each for each in syncs.states() if not wanted or each.name in wanted]
    if as_json:
        told = {"kind": "sync status", "sources": list(map(sync_report.state_json, states))}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for state in states:
            bad = bool(state.problem or state.paused)
            typer.secho(legible(sync_report.state_line(state, syncs.clock())), fg="red" if bad else None)
            if state.problem and state.remedy:
                typer.echo(f"    {legible(state.remedy)}")
        if not states:
            typer.echo("idp.yaml names no source; docs/sources.md says which there are.")
    return 1 if any(state.problem for state in states) else 0


def _undo(syncs: Syncs, words: list[str], *, as_json: bool) -> int:
    if len(words) != 1 or not words[0].removeprefix("#").isdecimal():
        raise BadInput("undo takes the number of one change set", "Write it as: idp sync undo 12")
    number = int(words[0].removeprefix("#"))
    try:
        made = syncs.undo(number, acting_user())
    except Refused as error:
        typer.secho(f"idp: {error}", fg="red", err=True)
        if error.hint:
            typer.echo(f"     {error.hint}", err=True)
        return 1
    paused = [each for each in syncs.states() if each.paused and f"#{number} " in each.paused]
    if as_json:
        told = {"kind": "undo", "undone": number, "change_set": made.number, "counts": dict(made.counts)}
        typer.echo(json.dumps({**told, "paused": [each.name for each in paused]}, indent=2))
        return 0
    typer.echo(f"change set #{number} is undone" + (f" by #{made.number}" if made.number else ""))
    for state in paused:
        typer.echo(f"{state.name} is paused, or it would do the same again; to go on: idp sync {state.name}")
    return 0


def _print(report: SyncReport) -> None:
    for line, colour in sync_report.finding_lines(report):
        typer.secho(legible(line), fg=colour, err=True)
    for note in report.look.notes if report.look else ():
        typer.echo(legible(note))
    if report.outcome is Outcome.PREVIEWED:
        for change_set in report.change_sets:
            for line, colour in change_lines(change_set):
                typer.secho(legible(line), fg=colour)
    failed = report.outcome not in (Outcome.APPLIED, Outcome.PREVIEWED)
    typer.secho(legible(sync_report.summary(report)), fg="red" if failed else None, err=failed)
    if failed and report.remedy:
        typer.echo(f"    {legible(report.remedy)}", err=True)
    if report.code and (path := own_log()):
        typer.echo(f"    The log: {path}", err=True)


@contextmanager
def _own_journal() -> Iterator[None]:
    """Send logs to the person's own file: the terminal has the reports, which say the same in fewer words."""
    with (own_log() or Path(os.devnull)).open("a", encoding="utf-8") as file:
        open_journal("json", quiet=True, to=file)
        yield


@contextmanager
def _stop_signals(stop: threading.Event) -> Iterator[None]:
    """Let the first Ctrl-C or SIGTERM end the look in order, and a second one end the process."""

    def heard(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    before = {each: signal.signal(each, heard) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _progress() -> Iterator[Callable[[str], Callable[[int, int | None, str], None]]]:
    """Give what makes a source's progress bar; on anything but a terminal nothing is shown."""
    errors = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[source]}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(
        *columns,
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
        redirect_stdout=sys.stdout.isatty(),  # what goes to a file is not to end on the terminal instead
    ) as progress:

        def begin(name: str) -> Callable[[int, int | None, str], None]:
            for earlier in progress.task_ids:
                progress.remove_task(earlier)
            task = progress.add_task("", total=None, source=name)

            def moved(done: int, total: int | None, what: str) -> None:
                progress.update(task, completed=done, total=total, description=legible(what))

            return moved

        yield begin
