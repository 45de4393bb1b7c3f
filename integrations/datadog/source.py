"""Datadog as a source: looks at one organization, by one pair of keys."""

from __future__ import annotations

from domain.clock import Clock
from domain.sources import Permission
from integrations.calling.client import Caller, Target
from integrations.calling.health import examine
from integrations.datadog.looking import Looking
from integrations.datadog.options import DatadogOptions
from integrations.datadog.pages import Reader
from integrations.datadog.permissions import needs_of
from workflows.ports import Look, Task


class DatadogSource:
    """One organization, by one pair of keys."""

    def __init__(
        self, name: str, options: DatadogOptions, target: Target, caller: Caller, clock: Clock
    ) -> None:
        self._name = name
        self._options = options
        self._target = target
        self._caller = caller
        self._clock = clock

    def fetch(self, task: Task | None = None) -> Look:
        """Look once, at everything; see `workflows.ports.Source`. Users and memberships are left out of a
        look with a cursor while they are young enough.
        """
        task = task or Task()  # each with a notebook of its own
        before, began = self._caller.requests, self._clock()
        looking = Looking(self._name, self._options, began, Reader(self._name, self._caller, task), task)
        cursor = looking.everything()
        return Look(
            tuple(looking.snapshots),
            tuple(looking.findings),
            tuple(looking.notes),
            read=self._caller.requests - before,
            cursor=cursor,
            requests=self._caller.requests - before,
            quota=self._caller.quota,
        )

    def validate(self) -> tuple[Permission, ...]:
        """Try the keys, and each permission that the block asks for."""
        return examine(self._target, self._caller, needs_of(self._options, self._caller, self._clock))

    def close(self) -> None:
        """Give back connections."""
        self._caller.close()
