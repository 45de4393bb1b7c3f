"""Which service a host leads to, over Ingresses, gateways, Routes and Services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from integrations.kubernetes.environments import Environments
from integrations.kubernetes.facts import Service, Way, Workload
from integrations.kubernetes.grouping import group
from integrations.kubernetes.hosts import NOTES, Traced, trace
from integrations.kubernetes.ways import ways
from playground.vendors.kubernetes.objects import service, way


def run(*names: str, namespace: str = "shop") -> list[Workload]:
    return [Workload("Deployment", namespace, name, pod_labels={"app": name}) for name in names]


def traced(workloads: Sequence[Workload], found: Sequence[Way], services: Sequence[Service] = ()) -> Traced:
    groups = group(workloads, Environments({}, "prod"), [])
    own = [Service(each.namespace, each.name, {"app": each.name}) for each in workloads]
    return trace(groups, [*own, *services], found)


def to(name: str, host: str = "shop.acme.com", path: str = "/", certain: bool = True) -> Way:
    return Way("Ingress", "shop", name, host, path, ("shop", name), certain=certain)


def names_of(result: Traced, host: str) -> list[str]:
    return sorted(path for path, reached in result.by_group.items() if host in reached.own)


def ingress(spec: dict[str, Any], **annotations: str) -> dict[str, Any]:
    return {"metadata": {"name": "in", "namespace": "shop", "annotations": annotations}, "spec": spec}


def backend(name: str) -> dict[str, Any]:
    return {"service": {"name": name, "port": {"number": 80}}}


def test_a_shared_host_goes_to_what_is_behind_the_slash() -> None:
    result = traced(run("web", "api"), [to("web"), to("api", path="/api")])

    assert names_of(result, "shop.acme.com") == ["shop#web"]
    assert [each.path for each in result.by_group["shop#api"].ways] == ["/api"]
    assert result.notes == ("shop.acme.com leads to shop#web, but /api to shop#api",)


def test_a_host_of_paths_alone_names_nobody() -> None:
    result = traced(run("web", "api"), [to("web", path="/web"), to("api", path="/api")])

    assert names_of(result, "shop.acme.com") == []
    assert result.by_group["shop#web"].hosts == {"shop.acme.com"}
    assert result.notes == ("shop.acme.com leads to shop#api, shop#web: it names none of them",)


def test_a_host_with_one_service_is_its_own_whatever_the_path() -> None:
    assert names_of(traced(run("api"), [to("api", path="/v2")]), "shop.acme.com") == ["shop#api"]


def test_a_canary_has_no_say() -> None:
    result = traced(run("web", "web-canary"), [to("web"), to("web-canary", certain=False)])

    assert names_of(result, "shop.acme.com") == ["shop#web"]


def test_a_service_that_leads_out_of_sight_keeps_the_host() -> None:
    result = traced(run("api"), [to("legacy"), to("api", path="/api")])

    assert names_of(result, "shop.acme.com") == []
    assert result.notes == ("shop.acme.com leads to service shop/legacy, but /api to shop#api",)


def test_a_selector_of_several_labels_takes_all_of_them() -> None:
    pods = [
        Workload("Deployment", "shop", "blue", pod_labels={"app": "web", "color": "blue"}),
        Workload("Deployment", "shop", "green", pod_labels={"app": "web", "color": "green"}),
        Workload("CronJob", "shop", "report", pod_labels={"app": "web", "color": "green"}),
        Workload("Deployment", "other", "twin", pod_labels={"app": "web", "color": "green"}),
    ]
    front = Service("shop", "front", {"app": "web", "color": "green"})

    result = traced(pods, [to("front"), to("none", "none.acme.com")], [front, Service("shop", "none", {})])

    assert names_of(result, "shop.acme.com") == ["shop#green"]
    assert set(result.by_group) == {"shop#green"}


def test_a_wildcard_is_a_host_and_no_name() -> None:
    (reached,) = traced(run("web"), [to("web", "*.shop.acme.com")]).by_group.values()

    assert (reached.hosts, reached.own) == ({"*.shop.acme.com"}, set())


def test_many_shared_hosts_are_said_in_few_lines() -> None:
    found = [to(name, f"{number}.acme.com", f"/{name}") for number in range(80) for name in ("a", "b")]

    notes = traced(run("a", "b"), found).notes

    assert len(notes) == NOTES + 1
    assert notes[-1] == "… and 30 more shared hosts"


@pytest.mark.parametrize("path", ["", "/", "/*", "/.*", "/(.*)", "/?(.*)"])
def test_every_spelling_of_everything_is_the_slash(path: str) -> None:
    rule = {"host": "a.acme.com", "http": {"paths": [{"path": path, "backend": backend("web")}]}}

    (only,) = ways("Ingress", ingress({"rules": [rule]}))

    assert only.path == "/"


def test_an_ingress_tells_its_default_aliases_and_dns_names() -> None:
    rule = {"host": "a.acme.com", "http": {"paths": [{"path": "/api", "backend": backend("api")}]}}
    found = ways(
        "Ingress",
        ingress(
            {"defaultBackend": backend("web"), "rules": [rule]},
            **{
                "nginx.ingress.kubernetes.io/server-alias": "b.acme.com, C.acme.com",
                "external-dns.alpha.kubernetes.io/hostname": "d.acme.com.",
            },
        ),
    )

    assert {(each.host, each.path, each.service[1]) for each in found} == {
        ("a.acme.com", "/", "web"),
        ("a.acme.com", "/api", "api"),
        ("b.acme.com", "/api", "api"),
        ("c.acme.com", "/api", "api"),
        ("d.acme.com", "/api", "api"),
    }


def test_an_ingress_without_rules_is_its_default_backend() -> None:
    found = ways(
        "Ingress",
        ingress(
            {"defaultBackend": backend("web")}, **{"external-dns.alpha.kubernetes.io/hostname": "a.acme.com"}
        ),
    )

    assert [(each.host, each.service) for each in found] == [("a.acme.com", ("shop", "web"))]


def test_a_gateway_route_may_lead_into_another_namespace() -> None:
    made = way("HTTPRoute", "edge", "web", "web", host="a.acme.com")
    rule = made["spec"]["rules"][0]
    rule["backendRefs"] = [
        {"name": "web", "namespace": "shop", "port": 80},
        {"name": "idle", "weight": 0},
        {"name": "far", "kind": "ServiceImport", "group": "multicluster.x-k8s.io"},
    ]
    rule["matches"].append({"path": {"value": "/"}, "headers": [{"name": "x-canary", "value": "1"}]})

    found = ways("HTTPRoute", made)

    assert {each.service for each in found} == {("shop", "web")}
    assert [each.certain for each in found] == [True, False]


def test_a_grpc_route_has_the_service_as_its_path() -> None:
    found = ways("GRPCRoute", way("GRPCRoute", "shop", "l", "l", host="l.acme.com", path="/acme.Ledger"))

    assert [(each.host, each.path, each.service) for each in found] == [
        ("l.acme.com", "/acme.Ledger", ("shop", "l"))
    ]


def test_a_route_splits_its_traffic() -> None:
    made = way("Route", "shop", "web", "web", host="a.acme.com")
    made["spec"]["alternateBackends"] = [{"kind": "Service", "name": "web-next", "weight": 10}]

    assert [each.service[1] for each in ways("Route", made)] == ["web", "web-next"]


def test_a_balanced_service_is_known_by_its_dns_name_and_its_clouds() -> None:
    found = ways("Service", service("edge", "proxy", {}, ["edge.acme.com", "*.edge.acme.com"]))

    assert [each.host for each in found] == [
        "edge.acme.com", "*.edge.acme.com", "proxy-1f0c.elb.eu-central-1.amazonaws.com",
    ]  # fmt: skip
    assert all(each.public for each in found)


@pytest.mark.parametrize(
    ("spec", "annotations", "public"),
    [
        ({"ingressClassName": "nginx"}, {}, True),
        ({"ingressClassName": "nginx-internal"}, {}, False),
        ({"ingressClassName": "alb"}, {}, False),
        ({"ingressClassName": "alb"}, {"alb.ingress.kubernetes.io/scheme": "internet-facing"}, True),
        ({}, {"kubernetes.io/ingress.class": "private"}, False),
    ],
)
def test_an_ingress_that_is_kept_inside_is_not_public(
    spec: dict[str, Any], annotations: dict[str, str], public: bool
) -> None:
    rule = {"host": "a.acme.com", "http": {"paths": [{"path": "/", "backend": backend("web")}]}}

    (only,) = ways("Ingress", ingress({**spec, "rules": [rule]}, **annotations))

    assert only.public is public


@pytest.mark.parametrize("host", ["web.shop.svc.cluster.local", "pay.internal", "intranet"])
def test_a_host_of_the_inside_is_not_public(host: str) -> None:
    (only,) = ways("Ingress", way("Ingress", "shop", "web", "web", host=host))

    assert not only.public


@pytest.mark.parametrize("host", ["", "a b", "http://a.acme.com", "-a.acme.com", f"{'a' * 260}.com", "a..b"])
def test_what_is_no_host_leads_nowhere(host: str) -> None:
    assert ways("Ingress", way("Ingress", "shop", "web", "web", host=host)) == ()
