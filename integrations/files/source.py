"""Files and folders as a source: finds the files, hands each to its reader, and returns one look.

Knows no format; `registry` lists those.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from domain.clock import Clock, system_clock
from integrations.files.collected import Collected
from integrations.files.kept_texts import KeptTexts
from integrations.files.places import File, Outside, files_below
from integrations.files.registry import READERS, accepted
from workflows.ports import Look, Task

WHOLE = Task()


class FilesSource:
    """Catalog files below some paths. `progress` is told each file and how many were read before it."""

    def __init__(
        self,
        paths: Sequence[Path],
        *,
        clock: Clock = system_clock,
        progress: Callable[[str, int], None] | None = None,
    ) -> None:
        self._paths = list(paths)
        self._clock = clock
        self._progress = progress

    def fetch(self, task: Task = WHOLE) -> Look:  # noqa: ARG002 - files are few: they are always read whole
        """Read everything below the paths once. Raises BadInput when a path does not exist."""
        collected = Collected(on_file=self._progress)
        observed_at = self._clock()
        taken: dict[str, list[File]] = {reader.name: [] for reader in READERS}
        texts = KeptTexts()
        for found in files_below(self._paths):
            texts.offer(found)
            self._sort(found, taken, collected)
        for reader in READERS:
            reader.read(taken[reader.name], collected)
        return Look(
            texts.added_to(collected.snapshots(observed_at), collected),
            tuple(collected.findings),
            tuple(collected.notes),
            collected.read,
        )

    def _sort(self, found: File | Outside, taken: dict[str, list[File]], collected: Collected) -> None:
        if isinstance(found, Outside):
            if found.folder or any(reader.takes(Path(found.shown)) for reader in READERS):
                collected.outside(found)
            return
        for reader in READERS:
            if reader.takes(found.path):
                taken[reader.name].append(found)
                return
        if found.named:
            collected.error(found, 0, "no reader takes this file", accepted())
