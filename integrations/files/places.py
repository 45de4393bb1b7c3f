"""Where files are: the ones to read below the given paths, and the borders that no reference may cross.

Reads no file's content.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from domain.errors import BadInput
from integrations.files.text import CATALOG_LIMIT
from integrations.files.trees import DISK, Tree

_SKIPPED = frozenset({"node_modules", "__pycache__", "venv"})
_KEPT = frozenset({".github", ".gitlab"})
"""Of the hidden folders those that hold CODEOWNERS; all others are caches and tools' own."""


@dataclass(frozen=True, slots=True)
class Root:
    """The folder that was given, or the one that a given file is in."""

    path: Path
    """Without links."""
    shown: Path
    """As the person may type it."""
    border: Path
    """The folder that references must not leave: the checkout around `path`, else `path`. Without links."""
    tree: Tree = DISK
    """What its files are read from."""
    repository: str = ""
    """The alias under which a host knows the repository that this is: `github:acme/pay`; empty: none does."""
    address: Callable[[str, int], str] | None = None
    """Where a person can read a file, by its path below this folder and a line (0: none in particular);
    None: at no address."""

    @property
    def name(self) -> str:
        """The folder's own name, or the repository's."""
        return self.path.name if self.address is None else self.shown.name


@lru_cache(maxsize=64)
def _from_root(root: str, path: str) -> str:
    """Return a path from a root's name on. It is asked anew for every entity of a file."""
    return legible(Path(os.path.normpath(Path(root) / path)).as_posix())


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
        return legible(os.path.normpath(self.root.shown / self._below_root))

    @property
    def _below_root(self) -> str:
        path, top = str(self.path), f"{self.root.path}{os.sep}"
        return path[len(top) :] if path.startswith(top) else os.path.relpath(path, top)

    @property
    def origin(self) -> str:
        """The file as evidence: its address, else its path from the root's own name on, the same wherever
        the root stands."""
        if self.root.address is not None:
            return self.root.address(self._below_root, 0)
        return _from_root(self.root.path.name, self._below_root)

    def at(self, line: int) -> str:
        """Return a line of the file as evidence."""
        if self.root.address is not None:
            return self.root.address(self._below_root, line)
        return f"{self.origin}:{line}"

    @property
    def folder(self) -> str:
        """The folder that the file is in, from the root on; empty at the top."""
        folder = os.path.dirname(self._below_root)
        return Path(folder).as_posix() if folder else ""

    def text(self, limit: int = CATALOG_LIMIT) -> str:
        """Return the text, of at most `limit` bytes. Raises Unreadable."""
        return self.root.tree.text(self.path, limit)

    def beginning(self) -> str:
        """Return how the text begins, whatever is wrong with it."""
        return self.root.tree.beginning(self.path)

    def beside(self, target: str) -> Path | None:
        """Return where a path written in this file leads, links followed; None: out of the root."""
        try:
            path = self.root.tree.real(self.path.parent / target)
        except (OSError, ValueError, RuntimeError):  # a zero byte, a name too long, a loop of links
            return None
        return path if path.is_relative_to(self.root.border) else None

    def reach(self, path: Path) -> File:
        """Return another file below the same root as one that was named."""
        return File(path, self.root, named=True)


@dataclass(frozen=True, slots=True)
class Outside:
    """A link below a root that leads out of it; nothing behind it is read."""

    shown: str
    folder: bool
    """Whether it leads to a folder."""


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
    """Return the file that a person named. Its root is its checkout, else its folder."""
    real = path.resolve()
    top = _checkout(real.parent)
    up = len(real.parent.relative_to(top).parts)
    return File(real, Root(top, path.parent.joinpath(*[".."] * up), top), named=True)


def _checkout(folder: Path) -> Path:
    """Return the repository that a folder without links is in, else the folder itself."""
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), folder)


def _below(folder: Path) -> Iterator[File | Outside]:
    real = folder.resolve()
    root = Root(real, folder, _checkout(real))
    for here, folders, names in os.walk(root.path):
        folders[:] = sorted(each for each in folders if searched(each))
        yield from (
            _outside(root, Path(here, each)) for each in folders if _leads_out(root, Path(here, each))
        )
        for name in sorted(names):
            path = Path(here, name)
            if _leads_out(root, path):
                yield _outside(root, path)
            elif os.path.isfile(found := os.path.realpath(path)):
                yield File(Path(found), root)


def searched(name: str) -> bool:
    """Tell by its name whether a folder is looked into."""
    return name in _KEPT or not (name.startswith(".") or name in _SKIPPED)


def _leads_out(root: Root, path: Path) -> bool:
    """Tell whether this is a link out of the folder. A link that leads nowhere, or to itself, is none."""
    if not path.is_symlink():
        return False
    real = Path(os.path.realpath(path))  # unlike Path.resolve it bears a loop
    return real.exists() and not real.is_relative_to(root.path)


def _outside(root: Root, path: Path) -> Outside:
    shown = legible(os.path.normpath(root.shown / path.relative_to(root.path)))
    return Outside(shown, path.is_dir())


def legible(path: str) -> str:
    """Return a path as text that can be stored and shown: what is no UTF-8 becomes the sign for that."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "replace")
