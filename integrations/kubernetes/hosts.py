"""Finds the service that a host leads to: from the host over a Service's selector to its workloads; pure.

Of services that share a host the one behind `/` has it; the others keep the way to them as a note.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from integrations.kubernetes.facts import Service, Texts, Way, Workload
from integrations.kubernetes.grouping import Group

NOTES = 50
"""At most so many lines are said on shared hosts."""


@dataclass(slots=True)
class Reached:
    """The ways that lead to one group."""

    hosts: set[str] = field(default_factory=set)
    own: set[str] = field(default_factory=set)
    """Hosts that are this group's alone: names by which it can be found."""
    ways: list[Way] = field(default_factory=list)

    @property
    def public(self) -> bool:
        """Whether one of its own hosts can be reached from outside."""
        return any(way.public for way in self.ways)


@dataclass(frozen=True, slots=True)
class Traced:
    """Where hosts lead."""

    by_group: Mapping[str, Reached]
    """By `Group.path`."""
    notes: tuple[str, ...]
    """One line for each host that several share."""
    behind: Mapping[tuple[str, str], tuple[str, ...]]
    """By a Service's namespace and name, the paths of the groups behind it."""


def trace(groups: Sequence[Group], services: Iterable[Service], ways: Iterable[Way]) -> Traced:
    """Follow each way to the groups of the workloads behind its Service."""
    behind = _behind(groups, services)
    reached: dict[str, Reached] = defaultdict(Reached)
    by_host: dict[str, list[Way]] = defaultdict(list)
    for way in ways:
        by_host[way.host].append(way)
        for path in behind.get(way.service, ()):
            reached[path].ways.append(way)
    notes = []
    for host, leading in sorted(by_host.items()):
        owners = _owners(leading, behind)
        for path in owners:
            if path in reached:
                reached[path].hosts.add(host)
                if len(owners) == 1 and not host.startswith("*."):
                    reached[path].own.add(host)
        if line := _shared(host, leading, owners, behind):
            notes.append(line)
    if len(notes) > NOTES:
        notes[NOTES:] = [f"… and {len(notes) - NOTES} more shared hosts"]
    return Traced(reached, tuple(notes), behind)


def _owners(leading: Sequence[Way], behind: Mapping[tuple[str, str], tuple[str, ...]]) -> list[str]:
    """Return what is behind `/` of a host; else everything that is behind it."""
    everything = [way for way in leading if way.path == "/" and way.certain] or leading
    return list(dict.fromkeys(path for way in everything for path in _targets(way, behind)))


def _targets(way: Way, behind: Mapping[tuple[str, str], tuple[str, ...]]) -> tuple[str, ...]:
    """Return the groups behind a way; a Service that leads to none of these stands for itself."""
    return behind.get(way.service) or (f"service {way.service[0]}/{way.service[1]}",)


def _shared(
    host: str,
    leading: Sequence[Way],
    owners: Sequence[str],
    behind: Mapping[tuple[str, str], tuple[str, ...]],
) -> str:
    if len(owners) > 1:
        return f"{host} leads to {', '.join(sorted(owners))}: it names none of them"
    others = sorted(
        {f"{way.path} to {path}" for way in leading for path in _targets(way, behind) if path not in owners}
    )
    return f"{host} leads to {owners[0]}, but {', '.join(others)}" if others else ""


def _behind(groups: Sequence[Group], services: Iterable[Service]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return by Service the groups of the workloads whose pods it selects."""
    # By one label of the pods, so that a namespace of thousands is not searched for each Service.
    bearing: dict[tuple[str, str, str], list[tuple[Workload, str]]] = defaultdict(list)
    for group in groups:
        for placed in group.workloads:
            each = placed.workload
            if each.kind != "CronJob":
                for key, value in each.pod_labels.items():
                    bearing[each.namespace, key, value].append((each, group.path))
    found = {}
    for service in services:
        if not service.selector:
            continue
        candidates = min(
            (bearing.get((service.namespace, *pair), []) for pair in service.selector.items()), key=len
        )
        paths = (path for each, path in candidates if _selects(service.selector, each.pod_labels))
        found[service.namespace, service.name] = tuple(dict.fromkeys(paths))
    return found


def _selects(selector: Texts, labels: Texts) -> bool:
    return all(labels.get(key) == value for key, value in selector.items())
