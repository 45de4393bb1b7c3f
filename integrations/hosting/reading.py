"""What the readers of a repository's files owe to a look: what is declared in it, its parts, its manifests.

Reads nothing: `looks` is handed a Reader, and is content with one that finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.entities import Finding, Json, Snapshot
from domain.refs import Ref
from integrations.hosting.facts import HostFacts


@dataclass(frozen=True, slots=True)
class Part:
    """A folder of a repository that is a thing of its own: a service of a monorepo."""

    folder: str
    """From the repository's top, no slash at either end; empty: the top itself."""
    name: str = ""
    """What its manifest calls it; empty: the folder says it."""


@dataclass(frozen=True, slots=True)
class FilesRead:
    """What the files of the repositories of one look came to. Mappings are by `RepositoryFacts.id`."""

    snapshots: tuple[Snapshot, ...] = ()
    """Claims of files, one snapshot for each kind of file (`github/backstage`, `github/codeowners`)."""
    declared: Mapping[str, tuple[tuple[Ref, str], ...]] = field(default_factory=dict)
    """What catalog files declare and in which folder, in the order of the files."""
    parts: Mapping[str, tuple[Part, ...]] = field(default_factory=dict)
    """The parts that manifests and Dockerfiles tell of; none for a plain repository."""
    manifests: Mapping[str, tuple[Mapping[str, Json], ...]] = field(default_factory=dict)
    """As in the field `repo.manifests`."""
    findings: tuple[Finding, ...] = ()
    read: int = 0
    """How many files were read."""


Reader = Callable[[HostFacts, str, datetime], FilesRead]
"""Reads the files of a look: what the host told, the source's name, and when it was looked at."""
