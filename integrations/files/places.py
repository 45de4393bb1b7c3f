"""Where files are: the ones to read below the given paths, and the borders that no reference may cross.

Reads no file's content.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.errors import BadInput

_SKIPPED = frozenset({"node_modules", "__pycache__", "venv"})
_KEPT = frozenset({".github", ".gitlab"})
"""Of the hidden folders those that hold CODEOWNERS; all others are caches and tools' own."""


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that references must not leave."""

    path: Path
    """Without links."""
    shown: Path
    """As the person may type it."""


@dataclass(frozen=True, slots=True)
class File:
    """One file to read. `named` says that somebody named it: then a reader must make sense of it."""

    path: Path
    """Without links."""
    root: Root
    named: bool = False

    @property
    def shown(self) -> str:
        """The path for a person at a terminal, in words they can paste."""
        return os.path.normpath(self.root.shown / self.path.relative_to(self.root.path))

    @property
    def origin(self) -> str:
        """The path as evidence: from the root's own name on, the same wherever the root stands."""
        return (Path(self.root.path.name) / self.path.relative_to(self.root.path)).as_posix()

    def beside(self, target: str) -> Path | None:
        """Return where a path written in this file leads, links followed; None: out of the root."""
        try:
            path = (self.path.parent / target).resolve()
        except (OSError, ValueError, RuntimeError):  # a zero byte, a name too long, a loop of links
            return None
        return path if path.is_relative_to(self.root.path) else None

    def reach(self, path: Path) -> File:
        """Return another file below the same root as one that was named."""
        return File(path, self.root, named=True)


@dataclass(frozen=True, slots=True)
class Outside:
    """A link below a root that leads out of it; nothing behind it is read."""

    shown: str


def files_below(paths: list[Path]) -> Iterator[File | Outside]:
    """Yield each file below the given paths once, folders in the order of names.

    Raises BadInput when a path does not exist.
    """
    for path in paths:
        if not path.exists():
            raise BadInput(f"{path} does not exist", "Give files or folders that hold catalog files.")
    seen: set[Path] = set()
    for path in paths:
        for found in _below(path) if path.is_dir() else iter((_single(path),)):
            if isinstance(found, Outside):
                yield found
            elif found.path not in seen:
                seen.add(found.path)
                yield found


def _single(path: Path) -> File:
    """Return the file that a person named; its border is its checkout, else its folder."""
    real = path.resolve()
    top = next((each for each in real.parents if (each / ".git").exists()), real.parent)
    up = len(real.parent.relative_to(top).parts)
    return File(real, Root(top, path.parent.joinpath(*[".."] * up)), named=True)


def _below(folder: Path) -> Iterator[File | Outside]:
    root = Root(folder.resolve(), folder)
    for here, folders, names in os.walk(root.path):
        folders[:] = sorted(each for each in folders if _searched(each))
        yield from (
            _outside(root, Path(here, each)) for each in folders if _leads_out(root, Path(here, each))
        )
        for name in sorted(names):
            path = Path(here, name)
            if _leads_out(root, path):
                yield _outside(root, path)
            elif (real := path.resolve()).is_file():
                yield File(real, root)


def _searched(name: str) -> bool:
    return name in _KEPT or not (name.startswith(".") or name in _SKIPPED)


def _leads_out(root: Root, path: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(root.path)


def _outside(root: Root, path: Path) -> Outside:
    return Outside(os.path.normpath(root.shown / path.relative_to(root.path)))
