"""Reads what Kubernetes calls things that run: workloads, and pods by the endings of their names.

Looks nothing up: it says under which ids a workload of exactly that name would be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from catalog_store.search.derived import WORKLOAD

_SAFE = "[bcdfghjklmnpqrstvwxz2456789]"
"""The letters of random endings (apimachinery's `rand.String`): no vowels, so that no word looks like one."""
_REPLICA_SET = re.compile(rf"(.+)-{_SAFE}{{5,10}}")
_OF_REPLICA_SET = re.compile(rf"(.+)-{_SAFE}{{1,10}}-{_SAFE}{{5}}")
_OF_OTHERS = re.compile(rf"(.+?)(?:-\d+)?-{_SAFE}{{5}}")
_OF_STATEFUL_SET = re.compile(r"(.+)-\d{1,5}")
_OF_CRON_JOB = re.compile(r"(.+)-\d{8,10}(?:-\d+)?(?:-[a-z0-9]{5})?")
"""A CronJob's Job is called by its minute since 1970."""
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")

_KINDS = (
    "deployment", "statefulset", "daemonset", "cronjob", "rollout", "job", "replicaset", "deploymentconfig",
    "service",
)  # fmt: skip
_CALLED = {
    "deploy": "deployment", "deployments": "deployment", "sts": "statefulset", "statefulsets": "statefulset",
    "ds": "daemonset", "daemonsets": "daemonset", "cj": "cronjob", "cronjobs": "cronjob", "jobs": "job",
    "rollouts": "rollout", "ro": "rollout", "rs": "replicaset", "replicasets": "replicaset",
    "dc": "deploymentconfig", "deploymentconfigs": "deploymentconfig",
    "ksvc": "service", **{kind: kind for kind in _KINDS if kind != "service"},
}  # fmt: skip
"""Kinds as `kubectl` takes them; `svc` and `service` are a Service's address there, and no workload."""
_PODS = frozenset(("po", "pod", "pods"))


def workload_ids(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the ids of what a text may name, the surest reading first; nothing where it names no workload.

    Such as `payments`, `pay/payments-7d9f8b6c5d-x2x4z`, `deploy/payments`, `prod/pay/deployment/payments`.
    """
    parts = text.lower().split("/")
    if not 0 < len(parts) < 5 or not all(map(_NAME.fullmatch, parts)):
        return
    *before, name = parts
    kind = before.pop().partition(".")[0] if before and _is_kind(before[-1]) else ""
    if len(before) > (2 if kind else 1):
        return  # `a/b/c` is a path
    place = "".join(f"{each}/" for each in before)
    for kinds, called in _readings("" if not kind or kind in _PODS else _CALLED[kind], name, kind in _PODS):
        yield tuple(f"{WORKLOAD}{place}{each}/{called}" for each in kinds)


def stems(text: str) -> Iterator[str]:
    """Yield the names of the workloads that a pod may be of, by its name's ending."""
    name = text.lower().rpartition("/")[2]
    if _NAME.fullmatch(name):
        yield from dict.fromkeys(called for _, called in _readings("", name, True))


def _is_kind(word: str) -> bool:
    plain = word.partition(".")[0]
    return plain in _CALLED or plain in _PODS


def _readings(kind: str, name: str, is_pod: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the kinds and the name of what may be called so, the name itself first unless it is a pod's."""
    if not is_pod:
        yield (kind,) if kind else _KINDS, name
    for pattern, owners in _ENDINGS.items():
        if kind in ("", *_HAVING.get(pattern, ())) and (found := pattern.fullmatch(name)):
            yield owners, found[1]


_ENDINGS = {
    _OF_REPLICA_SET: ("deployment", "rollout", "service"),
    _OF_CRON_JOB: ("cronjob",),
    _OF_OTHERS: ("daemonset", "job", "replicaset", "deploymentconfig"),
    _OF_STATEFUL_SET: ("statefulset",),
    _REPLICA_SET: ("deployment", "rollout"),
}
"""Whose pods, Jobs and ReplicaSets end so."""
_HAVING = {_REPLICA_SET: ("replicaset",), _OF_CRON_JOB: ("job",)}
"""The kinds that themselves have such names."""
