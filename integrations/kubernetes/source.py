"""The source: one cluster, looked at whole or in part, watched, and asked what it allows.

Writes nothing to the cluster and reads neither Secrets, ConfigMaps nor pods.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from domain.entities import EVERYTHING, Claim, Finding, Snapshot
from domain.sources import Permission
from integrations.kubernetes.api import Api
from integrations.kubernetes.calling import Need, namespaces_of, needs_of
from integrations.kubernetes.claims import claims, scope_id
from integrations.kubernetes.connection import check, connect
from integrations.kubernetes.environments import Environments, bare_namespace
from integrations.kubernetes.grouping import Group, group
from integrations.kubernetes.hosts import Traced, trace
from integrations.kubernetes.kinds import Role, served
from integrations.kubernetes.options import KubernetesOptions, wanted
from integrations.kubernetes.permissions import permissions
from integrations.kubernetes.survey import Survey, Surveyor, scopes
from integrations.kubernetes.watching import Watcher
from workflows.ports import Look, Opening, Task

DEBOUNCE_SECONDS = 2.0
"""How long changes are gathered before they are told."""
LABELS, NAMESPACES, CALLS = "labels", "namespaces", "calls"
"""Kinds of evidence, behind the source's name."""


class KubernetesSource:
    """A cluster as a source of components."""

    def __init__(
        self, opening: Opening, options: KubernetesOptions, *, debounce_seconds: float = DEBOUNCE_SECONDS
    ) -> None:
        self._debounce_seconds = debounce_seconds
        self._name, self._options, self._clock = opening.name, options, opening.clock
        self._cluster = options.cluster or opening.name
        self._connect = partial(connect, opening, options)
        self._api = self._new_api()

    def fetch(self, task: Task | None = None) -> Look:
        """Look at the whole cluster, or at the namespaces that `Task.only` names (`cluster/namespace`)."""
        task = task or Task()
        observed_at, before = self._clock(), self._api.requests
        only = frozenset(
            each.partition("#")[0].removeprefix(f"{self._cluster}/")
            for each in task.only
            if each.startswith(f"{self._cluster}/")
        )
        if task.only and not only:
            return Look(())
        seen = Surveyor(self._api, self._cluster, self._options, task).look(only)
        environments = Environments(self._options.environments, self._cluster)
        groups = group(seen.workloads, environments, self._options.component_annotations)
        traced = trace(groups, seen.services, seen.ways)
        needs = self._needs(groups, traced, only, task)
        made = claims(self._cluster, groups, traced.by_group, seen.places, self._options.owner_labels, needs)
        within = self._within(seen, only)
        if seen.unnamed:
            seen.findings.append(
                Finding(self._cluster, 0, f"{seen.unnamed} objects without a name were left out", "")
            )
        return Look(
            (
                self._snapshot("", observed_at, made.components, within),
                self._snapshot(LABELS, observed_at, made.by_labels, within),
                self._snapshot(NAMESPACES, observed_at, made.by_namespaces, within),
                self._snapshot(CALLS, observed_at, made.by_calls, within),
            ),
            tuple(seen.findings),
            traced.notes if not only else (),
            read=len(seen.workloads) + len(seen.services) + len(seen.places),
            requests=self._api.requests - before,
        )

    def validate(self) -> tuple[Permission, ...]:
        """Ask the cluster what the credential may do."""
        return permissions(self._api, self._cluster, self._options)

    def watch(self, changed: Callable[[tuple[str, ...]], None], stopped: Callable[[], bool]) -> None:
        """Say which namespaces changed, until `stopped`; see `workflows.ports.Watching`."""
        options, api = self._options, self._new_api()
        watcher = Watcher(
            api,
            self._cluster,
            lambda: served(api.groups(), options.openshift),
            lambda name: wanted(options.namespaces, name),
            self._debounce_seconds,
        )
        try:
            watcher.run(changed, stopped)
        finally:
            api.close()

    def close(self) -> None:
        """Give back connections; harmless to repeat."""
        self._api.close()

    def _new_api(self) -> Api:
        options = self._options
        return Api(
            self._connect, self._cluster, self._clock, timeout=options.timeout_seconds, page=options.page_size
        )

    def _needs(
        self, groups: tuple[Group, ...], traced: Traced, only: frozenset[str], task: Task
    ) -> tuple[Need, ...]:
        """Find out what calls what; a look at some namespaces reads those too whose Services they name."""
        named = {bare_namespace(each) for each in namespaces_of(groups)} - only if only else frozenset()
        if not named:
            return tuple(needs_of(groups, groups, traced.behind))
        roles = (Role.WORKLOAD, Role.SERVICE)
        seen = Surveyor(self._api, self._cluster, self._options, task).look(only | named, roles)
        environments = Environments(self._options.environments, self._cluster)
        others = group(seen.workloads, environments, self._options.component_annotations)
        return tuple(needs_of(groups, others, trace(others, seen.services, ()).behind))

    def _within(self, seen: Survey, only: frozenset[str]) -> tuple[str, ...]:
        complete = scopes(seen.places, frozenset(seen.unread))
        if not only and seen.every_namespace and not seen.unread:
            return (EVERYTHING,)
        # A namespace that was asked for and is not there any more was read completely, too.
        unread = set(scopes(seen.places, frozenset())) - set(complete)
        named = only - unread if seen.every_namespace else frozenset()
        return tuple(sorted(scope_id(self._cluster, each) for each in {*complete, *named}))

    def _snapshot(
        self, evidence: str, at: datetime, made: tuple[Claim, ...], within: tuple[str, ...]
    ) -> Snapshot:
        return Snapshot(f"{self._name}/{evidence}" if evidence else self._name, at, made, within)


def open_source(opening: Opening) -> KubernetesSource:
    """Make a source; opens no connection. Raises BadConfiguration."""
    options = opening.options
    if not isinstance(options, KubernetesOptions):
        raise TypeError(f"{type(options).__name__} are no options of a Kubernetes source")
    check(opening, options)
    return KubernetesSource(opening, options)
