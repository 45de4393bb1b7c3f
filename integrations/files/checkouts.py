"""What a host of repositories hands over for its catalog files to be read, and what comes of them.

Pure values; `repositories` reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from domain.entities import Finding, Snapshot
from domain.refs import Ref


@dataclass(frozen=True, slots=True)
class Checkout:
    """One repository with the texts that were fetched of it."""

    id: str
    """The host's own id, which stays when it is renamed; the ids of its claims begin with it."""
    repository: str
    """`acme/pay`, as written."""
    host: str
    """`github` or `gitlab`, with which aliases begin."""
    files: Mapping[str, str]
    """Texts by path from the top."""
    file_url: Callable[[str, int | None], str] | None = None
    """Where a person can read a file, at a line; None: the path stands for it."""

    @property
    def slug(self) -> str:
        """The repository as the field of that name has it."""
        return self.repository.lower()

    @property
    def alias(self) -> str:
        """The name under which the host itself knows the repository."""
        return f"{self.host}:{self.slug}"

    @property
    def name(self) -> str:
        """Its own name, without the organization's."""
        return self.repository.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Declared:
    """What a catalog file of a repository declares."""

    ref: Ref
    folder: str
    """The folder of that file; empty at the top."""
    format: str
    """`backstage`, `opslevel`, …."""


@dataclass(frozen=True, slots=True)
class ReadCheckouts:
    """What the catalog files of some repositories came to."""

    snapshots: tuple[Snapshot, ...]
    """One for each format, also where no file of it was found: what it claimed before is gone then."""
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    declared: Mapping[str, tuple[Declared, ...]] = field(default_factory=dict)
    """By the ids of the checkouts that declare anything."""
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the id of a checkout, the paths that its catalog files name and which were not among its files, in
    order: fetch them and read again to have what they hold, too. Some may not exist."""
    read: int = 0
    """How many files were read."""
