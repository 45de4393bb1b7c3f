"""Finds who owns a service by what labels, annotations and OpenShift's requester say; pure.

Evidence, no declaration: a label was written once and outlives the team. It never asks who exists.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from domain.entities import Grounds
from domain.errors import BadRef
from domain.refs import DEFAULT_NAMESPACE, Ref, parse_ref
from integrations.files.names import slug
from integrations.kubernetes.facts import Place, Texts
from integrations.kubernetes.grouping import Group
from integrations.kubernetes.reading import REQUESTER

ON_WORKLOAD, DISPUTED = 0.8, 0.5
"""A label on the workload itself; and one that the group's other workloads contradict."""
ON_NAMESPACE, REQUESTED = 0.6, 0.3
"""A namespace may hold more than one team's; who asked for a project may have done so for others."""

_NOBODY = frozenset({"none", "unknown", "n/a", "na", "tbd", "todo", "nobody", "-", "null", "helm"})
_EMAIL = re.compile(r"^[^@\s/:]+@[^@\s/:]+\.[^@\s/:]+$")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who owns a service, and why one may think so."""

    owner: str
    """A ref, canonical."""
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class _Vote:
    owner: str
    key: str
    value: str
    sort: str
    """`label` or `annotation`."""
    on: str
    environment: str


def owner_ref(value: str) -> str:
    """Return whom a label's value means, as canonical text: a ref, an e-mail address, else a team.

    Empty where it means nobody.
    """
    value = value.strip()
    if value.lower() in _NOBODY:
        return ""
    if _EMAIL.match(value):
        return str(Ref("user", DEFAULT_NAMESPACE, value.partition("@")[0].lower()))
    if ":" in value:
        try:
            ref = parse_ref(value)
        except BadRef:
            return ""
        return str(ref) if ref.kind in ("group", "user") else ""
    name = slug(value.rpartition("/")[2])
    return str(Ref("group", DEFAULT_NAMESPACE, name)) if name else ""


def by_workloads(group: Group, keys: Sequence[str]) -> Evidence | None:
    """Return the owner that a group's workloads name: most of production's, else most of all; None: none."""
    votes = list(_votes(group, keys))
    if not votes:
        return None
    decisive = [vote for vote in votes if vote.environment == "prod"] or votes
    owner = Counter(vote.owner for vote in decisive).most_common(1)[0][0]
    vote = next(vote for vote in decisive if vote.owner == owner)
    where = f" in {vote.environment}" if vote.environment else ""
    reason = f"{vote.sort} {vote.key}={vote.value} on {vote.on}{where}"
    others = sorted({each.owner for each in votes} - {owner})
    if others:
        reason += f"; other workloads of it say {', '.join(others)}"
    return Evidence(owner, Grounds(DISPUTED if others else ON_WORKLOAD, reason))


def by_namespace(group: Group, places: Mapping[str, Place], keys: Sequence[str]) -> Evidence | None:
    """Return the owner that the namespaces of a group name, else who asked for the project; None: nobody."""
    known = list(
        dict.fromkeys(
            each.workload.namespace for each in group.workloads if each.workload.namespace in places
        )
    )
    for name in known:
        for owner, key, value, sort in _named(places[name].labels, places[name].annotations, keys):
            return Evidence(owner, Grounds(ON_NAMESPACE, f"{sort} {key}={value} on namespace {name}"))
    for name in known:
        requester = places[name].annotations.get(REQUESTER, "").strip()
        if requester and not requester.startswith("system:"):
            person = requester.partition("@")[0].lower()
            if person and not set(person) & set(":/"):
                owner = str(Ref("user", DEFAULT_NAMESPACE, person))
                return Evidence(owner, Grounds(REQUESTED, f"{requester} requested project {name}"))
    return None


def _votes(group: Group, keys: Sequence[str]) -> Iterator[_Vote]:
    """Yield one vote for each workload that names an owner, production's first."""
    for placed in group.workloads:
        each = placed.workload
        labels = {**each.pod_labels, **each.labels}
        for owner, key, value, sort in _named(labels, each.annotations, keys):
            yield _Vote(owner, key, value, sort, each.label, placed.environment)
            break


def _named(labels: Texts, annotations: Texts, keys: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield owner, key, value and sort for each label and annotation that names one, the surest first."""
    for wanted in keys:
        for sort, where in (("label", labels), ("annotation", annotations)):
            for key in sorted(where) if "*" in wanted else (wanted,):
                if key in where and fnmatchcase(key, wanted) and (owner := owner_ref(where[key])):
                    yield owner, key, where[key].strip(), sort
