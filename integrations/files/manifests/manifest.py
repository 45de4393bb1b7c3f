"""What a package manifest tells of the code beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from integrations.files.manifests.frameworks import frameworks_of


@dataclass(frozen=True, slots=True)
class Manifest:
    """One package manifest. One that cannot be read has a path, ecosystem and language, and nothing else."""

    path: str
    """From the repository's top."""
    ecosystem: str
    """`npm`, `pypi`, `go`, `maven`, `gradle`, `cargo`, `rubygems`, `composer`, `hex` or `nuget`."""
    name: str
    """What it builds, as written (`@acme/pay`, a Go module's path); empty where it does not say."""
    frameworks: tuple[str, ...]
    """By the names that people use, sorted."""
    application: bool | None
    """True: it is run; False: others use it as a library; None: it does not tell."""
    language: str
    workspace: bool = False
    """Whether it only holds other manifests together."""

    @property
    def folder(self) -> str:
        """Its folder; empty at the top."""
        return self.path.rpartition("/")[0]

    @property
    def short_name(self) -> str:
        """The name without scope, host or version: `pay` of `@acme/pay` and of `acme.example/pay/v2`."""
        parts = [each for each in self.name.split("/") if each]
        if len(parts) > 1 and _MAJOR.fullmatch(parts[-1]):
            parts.pop()
        return parts[-1] if parts else ""


_MAJOR = re.compile(r"v[0-9]+")


@dataclass(slots=True)
class Found:
    """What a parser found in a manifest; the rest follows from it."""

    name: str = ""
    dependencies: Iterable[str] = ()
    application: bool | None = None
    language: str = ""
    workspace: bool = False

    def manifest(self, path: str, ecosystem: str, language: str) -> Manifest:
        """Return the manifest; `language` where nothing more exact was found."""
        return Manifest(
            path, ecosystem, self.name, frameworks_of(ecosystem, self.dependencies),
            self.application, self.language or language, self.workspace,
        )  # fmt: skip
