"""Finds what calls what within a cluster: from a variable over a Service to the workloads behind it; pure.

Evidence, no proof: that an address is configured does not say that it is called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.entities import Grounds
from domain.refs import DEFAULT_NAMESPACE, Ref
from integrations.kubernetes.grouping import Group, component_ref

CONFIGURED = 0.7
"""An address in its configuration is mostly called; some outlive what called it."""
NAMED = 3
"""Targets that a reason names with their variables."""


@dataclass(frozen=True, slots=True)
class Need:
    """What a group's configuration says that it calls."""

    group: Group
    refs: tuple[Ref, ...]
    """Of components, sorted."""
    grounds: Grounds


Behind = Mapping[tuple[str, str], tuple[str, ...]]
"""By a Service's namespace and name, the paths of the groups behind it."""


def needs_of(groups: Sequence[Group], others: Sequence[Group], behind: Behind) -> Iterator[Need]:
    """Yield the need of each group that names others' Services.

    `others` are all groups to which `behind` may lead. Of two with one name neither is taken: which is
    meant cannot be said by a ref.
    """
    by_path = {each.path: each for each in others}
    named = Counter(_ref(each) for each in by_path.values())
    for group in groups:
        found: dict[Ref, str] = {}
        for variable, (namespace, name) in _calls(group):
            for path in behind.get((namespace, name), ()):
                target = by_path.get(path)
                if target is None or path == group.path or named[_ref(target)] > 1:
                    continue
                found.setdefault(_ref(target), f"{variable} names service {namespace}/{name}")
        if found:
            reasons = list(found.values())
            more = f"; and {len(reasons) - NAMED} more" if len(reasons) > NAMED else ""
            reason = "; ".join(reasons[:NAMED]) + more
            yield Need(group, tuple(sorted(found)), Grounds(CONFIGURED, reason))


def namespaces_of(groups: Sequence[Group]) -> set[str]:
    """Return the namespaces whose Services the groups name."""
    return {namespace for group in groups for _, (namespace, _name) in _calls(group)}


def _calls(group: Group) -> Iterator[tuple[str, tuple[str, str]]]:
    for placed in group.workloads:
        for call in placed.workload.calls:
            yield call.variable, call.service


def _ref(group: Group) -> Ref:
    for each in group.explicit:
        if (ref := component_ref(each)) is not None:
            return ref
    return Ref("component", DEFAULT_NAMESPACE, group.name)
