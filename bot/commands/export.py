"""`idp export`: the catalog as files that import again without loss."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path

import typer

from bot.commands.change_report import warn_of_left_out
from bot.settings import load_settings
from bot.store import ready_catalog
from domain.entities import VANISHED, Entity
from domain.errors import BadInput
from domain.vocabulary import OBSERVED
from integrations.files.export import export_backstage, export_csv

FORMATS = {"backstage": export_backstage, "csv": export_csv}


def run(portal: Path | None, format_: str, output: Path | None, kind: str | None) -> int:
    """Write the catalog, or one kind of it, to standard output or to a file that is replaced at once.

    Returns 1 when there is nothing to write; a file is then left as it was.
    """
    writer = FORMATS.get(format_)
    if writer is None:
        raise BadInput(f"--format {format_}: no such format", f"Formats: {', '.join(FORMATS)}")
    with ready_catalog(load_settings(portal), told=warn_of_left_out) as catalog:
        entities = map(declarable, catalog.entities(kind.lower() if kind else None))
        first = next(entities, None)
        if first is None:
            typer.echo(f"idp: the catalog holds nothing{f' of kind {kind}' if kind else ''}", err=True)
            return 1
        chunks = writer(chain([first], entities))
        if output is None:
            for chunk in chunks:
                sys.stdout.write(chunk)
        else:
            _write(output, chunks)
    return 0


def declarable(entity: Entity) -> Entity:
    """Return an entity without what sources observe of it by themselves, and will observe again.

    Imported, that would be a declaration of yesterday's workloads.
    """
    fields = {
        name: value for name, value in entity.fields.items() if name not in OBSERVED and name != VANISHED
    }
    return entity if len(fields) == len(entity.fields) else replace(entity, fields=fields)


def _write(path: Path, chunks: Iterator[str]) -> None:
    """Write beside the file and rename over it, so that a reader never meets half an export."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("x", encoding="utf-8") as file:
            file.writelines(chunks)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise BadInput(
            f"{path} cannot be written: {error.strerror}", "Name a file in a folder that exists."
        ) from error
