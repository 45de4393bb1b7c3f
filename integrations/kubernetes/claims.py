"""Turns the services of a cluster into claims: what runs, how much, what it calls, which hosts lead to it.

Decides neither type nor owner: rules and people do; what labels say of owners goes along as evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.entities import Claim, Grounds, Json, Standing
from domain.refs import DEFAULT_NAMESPACE, Ref
from integrations.kubernetes.calling import Need
from integrations.kubernetes.facts import Place, Way, Workload
from integrations.kubernetes.grouping import Group, Placed, component_ref
from integrations.kubernetes.hosts import Reached
from integrations.kubernetes.owners import by_namespace, by_workloads

SEEN = 0.9
"""That it runs is certain; that these workloads are one service is read from their names."""

VERSION, PART_OF = "app.kubernetes.io/version", "app.kubernetes.io/part-of"


@dataclass(frozen=True, slots=True)
class Claimed:
    """The claims of one look, by claimant."""

    components: tuple[Claim, ...]
    by_labels: tuple[Claim, ...]
    by_namespaces: tuple[Claim, ...]
    by_calls: tuple[Claim, ...]


def claims(
    cluster: str,
    groups: Sequence[Group],
    reached: Mapping[str, Reached],
    places: Mapping[str, Place],
    owner_labels: Sequence[str],
    needs: Iterable[Need],
) -> Claimed:
    """Return one claim for each group, what labels and namespaces say of its owner, and what it `needs`."""
    components, labels, namespaces, calls = [], [], [], []
    needed = {need.group.path: need for need in needs}
    for group in groups:
        claim = _component(cluster, group, reached.get(group.path, Reached()))
        components.append(claim)
        if (evidence := by_workloads(group, owner_labels)) is not None:
            labels.append(_remark(claim, "owner", evidence.owner, evidence.grounds))
        if (evidence := by_namespace(group, places, owner_labels)) is not None:
            namespaces.append(_remark(claim, "owner", evidence.owner, evidence.grounds))
        if (need := needed.get(group.path)) is not None:
            refs: list[Json] = [str(ref) for ref in need.refs if ref != claim.ref]
            if refs:
                calls.append(_remark(claim, "dependsOn", refs, need.grounds))
    return Claimed(tuple(components), tuple(labels), tuple(namespaces), tuple(calls))


def scope_id(cluster: str, namespace: str) -> str:
    """Return the id of a namespace (without its environment), of which its services' ids are parts."""
    return f"{cluster}/{namespace}"


def _component(cluster: str, group: Group, reached: Reached) -> Claim:
    id_ = f"{cluster}/{group.path}"
    explicit = [f"kubernetes:{each.lower()}" for each in group.explicit]
    refs = [str(ref) for each in group.explicit if (ref := component_ref(each)) is not None]
    same_as = tuple(dict.fromkeys(each for pair in zip(explicit, refs, strict=True) for each in pair))
    first = group.workloads[0].workload
    return Claim(
        Ref("component", DEFAULT_NAMESPACE, group.name),
        group.name,
        "Component",
        _fields(cluster, group, reached),
        tuple(dict.fromkeys([*sorted(reached.own), *explicit, f"kubernetes:{id_.lower()}"])),
        f"{cluster}: {first.label}",
        SEEN,
        id_,
        Standing.SEEN,
        same_as,
        group.namespace if group.namespace != "-" else cluster.lower(),
    )


def _fields(cluster: str, group: Group, reached: Reached) -> dict[str, Json]:
    fields: dict[str, Json] = {
        "workloads": [_workload(cluster, each) for each in group.workloads],
        "replicas": {
            _path(cluster, each): {"desired": each.desired, "ready": each.ready or 0}
            for each in (placed.workload for placed in group.workloads)
            if each.desired is not None
        },
        "versions": {
            _path(cluster, each.workload): version
            for each in group.workloads
            if (version := _version(each.workload))
        },
        "environments": sorted({each.environment for each in group.workloads if each.environment}),
        "part_of": sorted({name for each in group.workloads if (name := _part_of(each.workload))}),
        "hosts": sorted(reached.hosts),
        "routes": [_route(cluster, way) for way in sorted(set(reached.ways), key=_by_place)],
    }
    if reached.public:
        fields["public"] = True
    return {name: value for name, value in fields.items() if value}


def _workload(cluster: str, placed: Placed) -> Json:
    each = placed.workload
    return {
        "cluster": cluster,
        "namespace": each.namespace,
        "kind": each.kind,
        "name": each.name,
        "environment": placed.environment,
        "images": list(each.images),
    }


def _route(cluster: str, way: Way) -> Json:
    return {
        "cluster": cluster,
        "namespace": way.namespace,
        "kind": way.kind,
        "name": way.name,
        "host": way.host,
        "path": way.path,
    }


def _by_place(way: Way) -> tuple[str, str, str, str, str]:
    return way.host, way.path, way.namespace, way.kind, way.name


def _path(cluster: str, workload: Workload) -> str:
    return f"{cluster}/{workload.namespace}/{workload.kind}/{workload.name}"


def _version(workload: Workload) -> str:
    """Return the version that a workload's labels name, else its image's tag; empty: neither says."""
    label = workload.labels.get(VERSION) or workload.pod_labels.get(VERSION) or ""
    if label.strip():
        return label.strip()
    image = workload.images[0].partition("@")[0] if workload.images else ""
    tag = image.rpartition("/")[2].partition(":")[2]
    return "" if tag == "latest" else tag


def _part_of(workload: Workload) -> str:
    return (workload.labels.get(PART_OF) or workload.pod_labels.get(PART_OF) or "").strip()


def _remark(claim: Claim, field: str, value: Json, grounds: Grounds) -> Claim:
    """Return evidence on what a claim is on, whatever that is called: found by the claim's own id."""
    return Claim(
        claim.ref,
        claim.name,
        claim.kind,
        {field: value},
        (),
        claim.origin,
        grounds.confidence,
        claim.id,
        Standing.REMARK,
        (*claim.same_as, f"kubernetes:{claim.id.lower()}"),
        claim.scope,
        {field: grounds},
    )
