"""`idp export`: the catalog as files that import again without loss."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.commands.change_report import warn_of_left_out
from bot.settings import load_settings
from bot.store import ready_catalog
from domain.errors import BadInput
from integrations.files.export import export_backstage, export_csv

FORMATS = {"backstage": export_backstage, "csv": export_csv}


def run(portal: Path | None, format_: str, output: Path | None, kind: str | None) -> int:
    """Write the catalog, or one kind of it, to standard output or to a file that is replaced at once."""
    writer = FORMATS.get(format_)
    if writer is None:
        raise BadInput(f"--format {format_}: no such format", f"Formats: {', '.join(FORMATS)}")
    with ready_catalog(load_settings(portal), told=warn_of_left_out) as catalog:
        chunks = writer(catalog.entities(kind.lower() if kind else None))
        if output is None:
            for chunk in chunks:
                sys.stdout.write(chunk)
        else:
            _write(output, chunks)
    return 0


def _write(path: Path, chunks: Iterator[str]) -> None:
    """Write beside the file and rename over it, so that a reader never meets half an export."""
    try:
        with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as beside:
            beside.writelines(chunks)
        os.replace(beside.name, path)
    except OSError as error:
        raise BadInput(
            f"{path} cannot be written: {error.strerror}", "Name a file in a folder that exists."
        ) from error
