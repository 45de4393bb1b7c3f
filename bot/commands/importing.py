"""`idp import`: files into the catalog, with what was wrong in them and what came of it."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from bot.commands.actor import acting_user
from bot.commands.change_report import change_lines, left_out, legible, report_json
from bot.settings import Settings, load_settings
from bot.store import ready_catalog
from catalog_store.catalog import Catalog
from domain.custom_fields import Fields
from domain.errors import BadInput
from integrations.files.source import FilesSource
from workflows.importing import ImportReport, import_files


def run(portal: Path | None, paths: list[Path], *, dry_run: bool, as_json: bool) -> int:
    """Import `paths`, or the portal's own; returns 1 when a document had to be left out."""
    settings = load_settings(portal)
    chosen = paths or _own_paths(settings)
    with ready_catalog(settings, fill="never", restitch=not dry_run) as catalog:
        report = _imported(catalog, chosen, settings.file.fields, dry_run=dry_run)
    if as_json:
        typer.echo(json.dumps(report_json(report, dry_run=dry_run), ensure_ascii=False, indent=2))
    else:
        _print(report, dry_run=dry_run)
    return 1 if report.errors else 0


def _own_paths(settings: Settings) -> list[Path]:
    if settings.catalog_paths:
        return settings.catalog_paths
    raise BadInput(
        f"no PATH was given, and {settings.folder} holds none of: {', '.join(settings.file.catalog)}",
        "Name files or folders, or list them under `catalog:` in idp.yaml.",
    )


def _imported(catalog: Catalog, paths: list[Path], fields: Fields, *, dry_run: bool) -> ImportReport:
    errors = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("read {task.completed} files"), TextColumn("{task.description}"))
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task("", total=None)

        def moved(path: str, done: int) -> None:
            progress.update(task, description=path, completed=done)

        source = FilesSource(paths, progress=moved)
        return import_files(catalog, source, actor=acting_user(), dry_run=dry_run, fields=fields)


def _print(report: ImportReport, *, dry_run: bool) -> None:
    for note in report.look.notes:
        typer.echo(legible(note))
    for finding in report.look.findings:
        typer.secho(legible(str(finding)), fg="red" if finding.severity == "error" else "yellow", err=True)
    for change_set in report.change_sets if dry_run else ():
        for line, colour in change_lines(change_set):
            typer.secho(legible(line), fg=colour)
    verb = "would be " if dry_run else ""
    counts = ", ".join(f"{report.count(what)} {verb}{what}" for what in ("created", "changed"))
    numbers = ", ".join(f"#{each.number}" for each in report.change_sets if each.number)
    files = "file" if report.look.read == 1 else "files"
    typer.echo(
        f"{report.look.read} {files} read: {counts}, {report.count('unchanged')} unchanged"
        + (f" (change set {numbers})" if numbers else "")
        + (" (dry run: nothing was written)" if dry_run else "")
    )
    if report.errors:
        typer.echo(left_out(report))
