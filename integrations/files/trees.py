"""What files are read from: the disk, or texts in memory that were fetched from somewhere else.

Knows no format and no border: which paths a reference may reach is `places`' to say.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Protocol

from integrations.files.text import CATALOG_LIMIT, beginning, decode, read_text, too_large


class Tree(Protocol):
    """Folders and files by absolute paths."""

    @property
    def partial(self) -> bool:
        """Whether a file that is not here may exist all the same."""
        ...

    def real(self, path: Path) -> Path:
        """Return a path without links. Raises OSError, ValueError or RuntimeError where there is none."""
        ...

    def is_file(self, path: Path) -> bool:
        """Tell whether a file is there."""
        ...

    def is_dir(self, path: Path) -> bool:
        """Tell whether a folder is there."""
        ...

    def text(self, path: Path, limit: int = CATALOG_LIMIT) -> str:
        """Return a file's text, of at most `limit` bytes. Raises Unreadable."""
        ...

    def beginning(self, path: Path) -> str:
        """Return the beginning of a file, whatever is wrong with it."""
        ...

    def matching(self, start: Path, pattern: str) -> Iterator[Path]:
        """Yield what a pattern with * ? [] and ** matches below a folder.

        Raises ValueError, NotImplementedError or OSError for what is no pattern.
        """
        ...


class Disk:
    """The files of this machine."""

    partial = False

    def real(self, path: Path) -> Path:
        """Follow links; some versions of Python raise for a loop of them."""
        return path.resolve()

    def is_file(self, path: Path) -> bool:
        """Tell whether a file is there."""
        return path.is_file()

    def is_dir(self, path: Path) -> bool:
        """Tell whether a folder is there."""
        return path.is_dir()

    def text(self, path: Path, limit: int = CATALOG_LIMIT) -> str:
        """Read a file."""
        return read_text(path, limit)

    def beginning(self, path: Path) -> str:
        """Read the beginning of a file."""
        return beginning(path)

    def matching(self, start: Path, pattern: str) -> Iterator[Path]:
        """Search the disk; links stay as they are."""
        yield from start.glob(pattern)


DISK = Disk()


class Texts:
    """Texts by their path below `top`; whoever fetched them left others where they were."""

    partial = True

    def __init__(self, top: Path, files: Mapping[str, str]) -> None:
        self._top = top
        self._files = files

    def real(self, path: Path) -> Path:
        """Resolve `..`: among texts there are no links."""
        if "\0" in str(path):
            raise ValueError("a path with a zero byte")
        return Path(os.path.normpath(path))

    def is_file(self, path: Path) -> bool:
        """Tell whether the text of a file is here."""
        return self._key(path) in self._files

    def is_dir(self, path: Path) -> bool:
        """Tell whether any text below a folder is here."""
        return self._key(path) in self._folders

    def text(self, path: Path, limit: int = CATALOG_LIMIT) -> str:
        """Return a text as if its bytes were read here."""
        raw = self._files[self._key(path)].encode("utf-8", "surrogatepass")
        if len(raw) > limit:
            raise too_large(limit)
        return decode(raw)

    def beginning(self, path: Path) -> str:
        """Return the text: it is in memory as a whole."""
        return self._files[self._key(path)]

    def matching(self, start: Path, pattern: str) -> Iterator[Path]:
        """Search the texts below a folder, in the order in which they were given."""
        segments = PurePosixPath(pattern).parts
        below = self._key(start)
        prefix = f"{below}/" if below else ""
        for key in self._files:
            if key.startswith(prefix) and _fits(segments, key.removeprefix(prefix).split("/")):
                yield self._top / key

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(
            "" if (folder := str(each)) == "." else folder
            for key in self._files
            for each in PurePosixPath(key).parents
        )

    def _key(self, path: Path) -> str:
        """Return a path as the texts are filed under it; None of them has one that leads out."""
        if not path.is_relative_to(self._top):
            return ".."
        key = path.relative_to(self._top).as_posix()
        return "" if key == "." else key


def _fits(pattern: Sequence[str], parts: Sequence[str]) -> bool:
    """Tell whether a path is one that a pattern means; `**` is any number of folders.

    Keeps how many parts each prefix of the pattern may have taken, so that no pattern takes long.
    """
    taken = {0}
    for segment in pattern:
        if segment == "**":
            taken = set(range(min(taken), len(parts))) if taken else taken
        else:
            taken = {n + 1 for n in taken if n < len(parts) and fnmatchcase(parts[n], segment)}
    return len(parts) in taken
