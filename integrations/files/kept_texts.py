"""Keeps the documents and API descriptions that lie beside catalog files, for the components of those.

Only files under a catalog's own name count: a folder of many entities is no repository. Bounded in number and
size; what is left out is noted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.entities import FileText, Snapshot
from domain.refs import Ref
from integrations.files.collected import BESIDE_CODE, Collected
from integrations.files.places import File, Outside
from integrations.files.registry import READERS
from integrations.files.text import Unreadable
from integrations.kept_texts import MOST_TEXTS, is_text_to_keep, limit_of

MOST_FILES = 20_000
"""Texts of one import that are remembered for being looked at."""
_BYTES_A_CHARACTER = 4
_NAMES = frozenset(name for reader in READERS for name in reader.in_repositories or ())

_Folder = tuple[str, str]
"""A root, and the path of a folder below it."""
_Whose = tuple[str, Ref]
"""The source that declares a component, and its ref."""


class KeptTexts:
    """The texts of one look."""

    def __init__(self) -> None:
        self._files: list[File] = []

    def offer(self, found: File | Outside) -> None:
        """Take note of a file that is a document or describes an API."""
        if isinstance(found, File) and len(self._files) < MOST_FILES and is_text_to_keep(_path(found)):
            self._files.append(found)

    def added_to(self, snapshots: Sequence[Snapshot], collected: Collected) -> tuple[Snapshot, ...]:
        """Return the snapshots with the texts of what they declare."""
        if not self._files:
            return tuple(snapshots)
        kept = self._texts(_components(collected), collected)
        return tuple(replace(each, files=tuple(kept.get(each.source, ()))) for each in snapshots)

    def _texts(self, components: dict[_Folder, _Whose], collected: Collected) -> dict[str, list[FileText]]:
        found: dict[str, list[FileText]] = {}
        counts: dict[_Whose, int] = {}
        for file in sorted(self._files, key=lambda each: (each.folder.count("/"), str(each.path))):
            whose = _whose(file, components)
            if whose is None:
                continue
            counts[whose] = counts.get(whose, 0) + 1
            if counts[whose] > MOST_TEXTS:
                continue
            source, ref = whose
            limit = limit_of(_path(file))
            try:
                text = file.text(_BYTES_A_CHARACTER * limit)
            except Unreadable as trouble:
                collected.notes.append(f"{file.shown} was not read: {trouble}")
                continue
            if len(text) <= limit:
                found.setdefault(source, []).append(FileText(str(ref), _path(file), text))
        for (_, ref), count in counts.items():
            if count > MOST_TEXTS:
                left = count - MOST_TEXTS
                collected.notes.append(f"{left} documents and API descriptions of {ref.short} were not read")
        return found


def _path(file: File) -> str:
    return f"{file.folder}/{file.path.name}".lstrip("/")


def _components(collected: Collected) -> dict[_Folder, _Whose]:
    """Return the component of each folder with a catalog file: the one called like it, else the first."""
    found: dict[_Folder, _Whose] = {}
    seen: set[Ref] = set()
    for source in BESIDE_CODE:
        for ref, place in collected.declared_by(source):
            if ref.kind != "component" or ref in seen or place.file.path.name.lower() not in _NAMES:
                continue
            seen.add(ref)
            folder = str(place.file.root.path), place.file.folder
            if folder not in found or ref.name == place.file.path.parent.name.lower():
                found[folder] = source, ref
    return found


def _whose(file: File, components: dict[_Folder, _Whose]) -> _Whose | None:
    """Return the component of the innermost folder around a file; None where there is none."""
    root, folder = str(file.root.path), file.folder
    while True:
        if (found := components.get((root, folder))) is not None:
            return found
        if not folder:
            return None
        folder = folder.rpartition("/")[0]
