"""Collects what one look at a cluster needs: which namespaces, then every kind in them, page by page.

What may not be read is noted, not skipped in silence: it bounds how far the look was complete.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from domain.entities import Finding
from domain.errors import OutsideFailure
from integrations.kubernetes.api import Api
from integrations.kubernetes.environments import bare_namespace
from integrations.kubernetes.facts import Place, Service, Way, Workload
from integrations.kubernetes.failures import Absent, Denied
from integrations.kubernetes.kinds import NAMESPACE, PROJECT, Role, Served, served
from integrations.kubernetes.options import KubernetesOptions, exact, wanted
from integrations.kubernetes.reading import place, service, workload
from integrations.kubernetes.ways import ways
from workflows.ports import Task

REMEDY = "Bind the ClusterRole of deploy/kubernetes/clusterrole.yaml to idp's account."
NARROW = 20
"""Up to so many namespaces are listed one by one where a look is at these alone."""

Read = TypeVar("Read")


@dataclass(slots=True)
class Survey:
    """What was seen in a cluster."""

    workloads: list[Workload] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    """The namespaces that are looked at, by name."""
    every_namespace: bool = True
    """Whether these are all that there are to look at."""
    unread: set[str] = field(default_factory=set)
    """Namespaces in which some kind of workload may not be listed."""
    findings: list[Finding] = field(default_factory=list)
    unnamed: int = 0
    """Objects without a name, which were left out."""


class Surveyor:
    """Looks once at one cluster."""

    def __init__(self, api: Api, cluster: str, options: KubernetesOptions, task: Task) -> None:
        self._api, self._cluster, self._options, self._task = api, cluster, options, task
        self._seen = Survey()
        self._denied: dict[str, list[str]] = {}
        self._listed = 0

    def look(self, only: frozenset[str], roles: Collection[Role] = tuple(Role)) -> Survey:
        """Collect everything, or what is in the namespaces (without environment) that `only` names.

        `roles` are the kinds of resources that are wanted.
        """
        seen, groups = self._seen, self._api.groups(self._task.stopped)
        kinds = [each for each in served(groups, self._options.openshift) if each.kind.role in roles]
        if self._options.openshift is True and PROJECT.group not in groups:
            self._find(self._cluster, "it says openshift, but has no OpenShift API", "Take `openshift` out.")
        self._find_places(PROJECT.group in groups and self._options.openshift is not False)
        chosen = sorted(name for name in seen.places if not only or bare_namespace(name) in only)
        for done, each in enumerate(kinds):
            self._task.progress(done, len(kinds), f"{self._cluster}: {each.kind.plural}")
            # A host may be shared with a namespace that this look is not at: all ways are needed.
            narrow = bool(only) and len(chosen) <= NARROW and each.kind.role is not Role.WAY
            names = chosen if each.kind.role is not Role.WAY else sorted(seen.places)
            self._list_kind(each, names, one_by_one=narrow or exact(self._options.namespaces))
        self._task.progress(len(kinds), len(kinds), self._cluster)
        if chosen and not only and not self._listed:
            raise OutsideFailure(f"cluster {self._cluster}: idp may list no workloads there", REMEDY)
        seen.places = {name: seen.places[name] for name in chosen}
        self._tell_denied(chosen)
        return seen

    def _find_places(self, openshift: bool) -> None:
        options, seen = self._options.namespaces, self._seen
        found: list[Place | None] = []
        try:
            found = self._each(Served(NAMESPACE, "v1"), "", place)
        except Denied:
            if openshift:
                found = self._each(Served(PROJECT, "v1"), "", place)
                seen.every_namespace = False
                self._find(
                    self._cluster, "it may not list namespaces: only its own projects are seen", REMEDY
                )
            elif not exact(options):
                raise
            else:
                self._find(self._cluster, "it may not list namespaces: their labels are not seen", REMEDY)
                found = [Place(name) for name in options.include]
        seen.places = {each.name: each for each in found if each is not None and wanted(options, each.name)}

    def _list_kind(self, each: Served, names: Sequence[str], *, one_by_one: bool) -> None:
        taken = frozenset(names)
        if not one_by_one:
            try:
                self._take(each, "", taken)
            except Denied:
                one_by_one = True
            except Absent:
                if each.kind.always:
                    raise
        for name in names if one_by_one else ():
            try:
                self._take(each, name, taken)
            except Denied:
                self._denied.setdefault(each.kind.resource, []).append(name)
                if each.kind.role is Role.WORKLOAD:
                    self._seen.unread.add(name)
            except Absent:
                if each.kind.always:
                    raise
                break

    def _take(self, each: Served, namespace: str, names: frozenset[str]) -> None:
        """List one kind, in one namespace or in all, and keep what is in the namespaces looked at."""
        seen, kind = self._seen, each.kind
        if kind.role is Role.WORKLOAD:
            found = self._each(each, namespace, lambda item: workload(kind.name, item))
            seen.unnamed += found.count(None)
            seen.workloads += [one for one in found if one is not None and one.namespace in names]
            self._listed += 1
            return
        if kind.role is Role.SERVICE:
            services = self._each(each, namespace, lambda item: (service(item), ways(kind.name, item)))
            for one, leading in services:
                if one is not None and one.namespace in self._seen.places:
                    seen.services.append(one)
                    seen.ways += leading
            return
        for leading in self._each(each, namespace, lambda item: ways(kind.name, item)):
            seen.ways += [way for way in leading if way.namespace in names]

    def _each(self, each: Served, namespace: str, read: Callable[[Any], Read]) -> list[Read]:
        return self._api.each(each, namespace, read, stopped=self._task.stopped)

    def _tell_denied(self, chosen: Sequence[str]) -> None:
        """Make one finding of each namespace, or of the cluster where it is so in all of them."""
        everywhere = sorted(name for name, where in self._denied.items() if set(where) >= set(chosen))
        if everywhere:
            self._find(self._cluster, f"it may not list {', '.join(everywhere)}", REMEDY)
        by_place: dict[str, list[str]] = {}
        for resource, where in sorted(self._denied.items()):
            for name in where if resource not in everywhere else ():
                by_place.setdefault(name, []).append(resource)
        for name, resources in sorted(by_place.items()):
            self._find(f"{self._cluster}/{name}", f"it may not list {', '.join(resources)}", REMEDY)

    def _find(self, path: str, problem: str, remedy: str) -> None:
        self._seen.findings.append(Finding(path, 0, problem, remedy, "warning"))


def scopes(places: Mapping[str, Place], unread: frozenset[str]) -> tuple[str, ...]:
    """Return the namespaces (without environment) all of which could be read."""
    bare: dict[str, list[str]] = {}
    for name in places:
        bare.setdefault(bare_namespace(name), []).append(name)
    return tuple(sorted(each for each, names in bare.items() if not unread & set(names)))
