"""Puts workloads together that are one service: by what they say, else by their labels, else by their name.

Within one namespace (without its environment) alone: services of one name in two namespaces are two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.errors import BadRef
from domain.refs import Ref, parse_ref
from integrations.files.names import slug
from integrations.kubernetes.environments import Environments, bare_namespace, bare_workload
from integrations.kubernetes.facts import Workload

NAME, INSTANCE = "app.kubernetes.io/name", "app.kubernetes.io/instance"


@dataclass(frozen=True, slots=True)
class Placed:
    """A workload, where it is."""

    workload: Workload
    environment: str
    """Empty: nothing names one."""
    explicit: str
    """The component that it says it belongs to, as written; empty: it says none."""


@dataclass(frozen=True, slots=True)
class Group:
    """The workloads of one service."""

    namespace: str
    """Without its environment; `-` when the namespace names nothing else."""
    name: str
    workloads: tuple[Placed, ...]
    """Production's first."""

    @property
    def path(self) -> str:
        """The group's place in its cluster; the namespace is the whole of which it is a part."""
        return f"{self.namespace}#{self.name}"

    @property
    def explicit(self) -> tuple[str, ...]:
        """The components that its workloads name, each once."""
        return tuple(dict.fromkeys(each.explicit for each in self.workloads if each.explicit))


def group(
    workloads: Iterable[Workload], environments: Environments, component_keys: Sequence[str]
) -> tuple[Group, ...]:
    """Return the services that workloads are, sorted; each workload is in one of them."""
    every = _counted_once(workloads)
    several = _shared_names(every, environments)
    found: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for each in every:
        environment = environments.of(each.namespace, each.name)
        explicit = _explicit(each, component_keys)
        name = _name(each, environment, explicit, several)
        found[bare_namespace(each.namespace), name].append(Placed(each, environment, explicit))
    return tuple(
        Group(namespace, name, tuple(sorted(placed, key=_first)))
        for (namespace, name), placed in sorted(found.items())
    )


def component_ref(explicit: str) -> Ref | None:
    """Return the component that an annotation's value names, a name or a whole ref; None: it names none."""
    try:
        return parse_ref(explicit, kind="component")
    except BadRef:
        return None


def _counted_once(workloads: Iterable[Workload]) -> list[Workload]:
    """Leave out what another workload here runs; a Rollout gets the pods of the Deployment that it names."""
    every = {(each.namespace, each.kind, each.name): each for each in workloads}
    replaced = {
        (each.namespace, *each.target): each for each in every.values() if each.target is not None
    }  # fmt: skip
    kept = []
    for key, each in every.items():
        if key in replaced or (each.controller and (each.namespace, *each.controller) in every):
            continue
        of = every.get((each.namespace, *each.target)) if each.target else None
        kept.append(each if of is None else _with_pods_of(each, of))
    return kept


def _with_pods_of(rollout: Workload, of: Workload) -> Workload:
    return Workload(
        rollout.kind,
        rollout.namespace,
        rollout.name,
        {**of.labels, **rollout.labels},
        {**of.annotations, **rollout.annotations},
        of.pod_labels,
        of.images,
        rollout.desired,
        rollout.ready,
        rollout.controller,
        rollout.target,
        of.calls,
    )


def _explicit(workload: Workload, keys: Sequence[str]) -> str:
    for key in keys:
        for where in (workload.annotations, workload.labels, workload.pod_labels):
            value = where.get(key, "").strip()
            if value and (ref := component_ref(value)) is not None and slug(ref.name):
                return value
    return ""


def _name(
    workload: Workload, environment: str, explicit: str, several: Mapping[tuple[str, str], frozenset[str]]
) -> str:
    ref = component_ref(explicit) if explicit else None
    if ref is not None:
        return slug(ref.name)
    labelled = _labelled(workload)
    if labelled:
        name, instance = labelled, _instance(workload, environment)
        if instance and len(several[workload.namespace, name]) > 1:
            name = instance if name in instance else f"{instance}-{name}"
        return slug(bare_workload(name, environment)) or "workload"
    return slug(bare_workload(workload.name, environment)) or "workload"


def _shared_names(
    workloads: Iterable[Workload], environments: Environments
) -> Mapping[tuple[str, str], frozenset[str]]:
    """Return by namespace and label `name` its instances: two releases of one chart are two services."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in workloads:
        if name := _labelled(each):
            found[each.namespace, name].add(_instance(each, environments.of(each.namespace, each.name)))
    return {key: frozenset(instances) for key, instances in found.items()}


def _labelled(workload: Workload) -> str:
    return (workload.labels.get(NAME) or workload.pod_labels.get(NAME) or "").strip().lower()


def _instance(workload: Workload, environment: str) -> str:
    label = workload.labels.get(INSTANCE) or workload.pod_labels.get(INSTANCE) or ""
    return bare_workload(label.strip(), environment) if label.strip() else ""


def _first(placed: Placed) -> tuple[bool, str, str, str, str]:
    each = placed.workload
    return placed.environment != "prod", placed.environment, each.namespace, each.kind, each.name
