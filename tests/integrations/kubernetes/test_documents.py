"""Holds role and documentation to what is asked for and can be configured, and reading to whatever comes."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from integrations.kubernetes.environments import Environments
from integrations.kubernetes.facts import Workload
from integrations.kubernetes.grouping import group
from integrations.kubernetes.kinds import KINDS, NAMESPACE, PROJECT, Role
from integrations.kubernetes.options import KubernetesOptions, Namespaces
from integrations.kubernetes.reading import place, service, workload
from integrations.kubernetes.ways import ways
from playground.vendors.kubernetes import objects

TOP = Path(__file__).parents[3]
ROLE = TOP / "deploy" / "kubernetes" / "clusterrole.yaml"

WHOLE = [
    *(objects.workload(each.name, "shop", "pay", "pay:1") for each in KINDS if each.role is Role.WORKLOAD),
    *(
        objects.way(each.name, "shop", "pay", "pay", host="pay.acme.com", path="/a")
        for each in KINDS
        if each.role is Role.WAY
    ),
    objects.service("shop", "pay", {}, ["pay.acme.com"]),
    objects.project("shop", {"team": "pay"}),
]


def test_the_role_gives_what_is_asked_for_and_no_more() -> None:
    (role,) = (each for each in yaml.safe_load_all(ROLE.read_text("utf-8")) if each["kind"] == "ClusterRole")
    granted = {
        (group_, resource, verb)
        for rule in role["rules"]
        for group_ in rule["apiGroups"]
        for resource in rule["resources"]
        for verb in rule["verbs"]
    }
    needed = {(kind.group, kind.plural, "list") for kind in (*KINDS, NAMESPACE, PROJECT)}
    watched = {(kind.group, kind.plural, "watch") for kind in KINDS}
    assert granted == needed | watched | {("", "namespaces", "watch")}


@pytest.mark.parametrize("option", [*KubernetesOptions.model_fields, *Namespaces.model_fields])
def test_every_option_is_documented(option: str) -> None:
    text = (TOP / "docs" / "sources.md").read_text("utf-8")
    section = text.partition("## Kubernetes")[2].partition("\n## OpenShift")[0]
    assert re.search(rf"[`.]{option}[`.]", section)


JUNK: tuple[Any, ...] = (None, True, 0, 2.5, "", "x", [], [None], [[]], {}, {"": None}, {"name": []})


def places_in(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every container in a value with each of its keys."""
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(each, dict | list):
            yield from places_in(each)


def read(found: Any) -> None:
    kind = next((each for each in KINDS if each.name == found.get("kind")), None)
    if kind is None:
        place(found)
    elif kind.role is Role.WORKLOAD:
        workload(kind.name, found)
    else:
        service(found)
        ways(kind.name, found)


@pytest.mark.parametrize("whole", WHOLE, ids=lambda each: str(each["kind"]))
def test_whatever_stands_somewhere_in_an_object_it_is_read(whole: dict[str, Any]) -> None:
    for number, _ in enumerate(places_in(whole)):
        for junk in JUNK:
            broken = copy.deepcopy(whole)
            container, key = list(places_in(broken))[number]
            if key != "kind":
                container[key] = junk
                read(broken)


NAMES = st.sampled_from(["pay", "pay-prod", "pay-api", "redis", "prod", "dev-pay", "x1", "staging"])


@given(
    st.lists(
        st.builds(
            Workload,
            st.sampled_from(["Deployment", "CronJob"]),
            NAMES,
            NAMES,
            st.dictionaries(
                st.sampled_from(
                    ["app.kubernetes.io/name", "app.kubernetes.io/instance", "backstage.io/kubernetes-id"]
                ),
                NAMES,
            ),
        ),
        unique_by=lambda each: (each.kind, each.namespace, each.name),
        max_size=12,
    ),
    st.randoms(),
)
def test_each_workload_is_in_one_group_whatever_the_order(workloads: list[Workload], chance: object) -> None:
    environments, keys = Environments({}, "eu"), ["backstage.io/kubernetes-id"]
    groups = group(workloads, environments, keys)

    shuffled = list(workloads)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert group(shuffled, environments, keys) == groups
    grouped = [placed.workload for each in groups for placed in each.workloads]
    assert sorted(grouped, key=repr) == sorted(workloads, key=repr)
    assert len({each.path for each in groups}) == len(groups)
