"""The one table of readers. A format more is a file more and a row here.

Rows stand in the order of reading: a later reader may look up what an earlier one declared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from integrations.files.backstage import reader as backstage
from integrations.files.codeowners import reader as codeowners
from integrations.files.collected import Collected
from integrations.files.compass import reader as compass
from integrations.files.cortex import reader as cortex
from integrations.files.datadog import reader as datadog
from integrations.files.opslevel import reader as opslevel
from integrations.files.places import File
from integrations.files.sheets import reader as sheets


@dataclass(frozen=True, slots=True)
class Reader:
    """One format. `read` gets all files of it in one look and never raises for what they hold."""

    name: str
    accepts: str
    """Which files, in words."""
    takes: Callable[[Path], bool]
    read: Callable[[Sequence[File], Collected], None]
    in_repositories: Sequence[str] | None = None
    """The names, lower case, under which files of it declare what is in a repository, for repositories that
    a host lists; None: none do."""


_DESCRIPTORS = (
    (opslevel.FORMAT, "OpsLevel descriptors (opslevel.yml)"),
    (cortex.FORMAT, "Cortex descriptors (cortex.yaml)"),
    (compass.FORMAT, "Compass components (compass.yml)"),
    (datadog.FORMAT, "Datadog definitions (service.datadog.yaml, entity.datadog.yaml)"),
)


def _is_other_yaml(path: Path) -> bool:
    """Tell whether a file is YAML that no other portal's descriptors have their name of."""
    return backstage.takes(path) and not any(each.takes(path) for each, _ in _DESCRIPTORS)


READERS: tuple[Reader, ...] = (
    Reader(
        "backstage",
        "Backstage catalog files (*.yaml, *.yml)",
        _is_other_yaml,
        backstage.read,
        backstage.CATALOG_NAMES,
    ),
    *(Reader(each.source, words, each.takes, each.read, each.names) for each, words in _DESCRIPTORS),
    Reader("csv", "CSV spreadsheets (*.csv)", sheets.takes, sheets.read),
    Reader("codeowners", "CODEOWNERS (also below .github, .gitlab, docs)", codeowners.takes, codeowners.read),
)


def accepted() -> str:
    """Say what a reader takes, for somebody whose file none did."""
    return "Accepted are " + "; ".join(reader.accepts for reader in READERS) + "."
