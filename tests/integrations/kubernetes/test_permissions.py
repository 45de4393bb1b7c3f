"""What `idp doctor` is told of a cluster: the credential first, then each right."""

from __future__ import annotations

from collections.abc import Callable

from tests.integrations.kubernetes.conftest import World

Serve = Callable[..., World]


def test_all_rights_are_rows_behind_the_servers_version(serve: Serve) -> None:
    reachable, credential, access, *rows, clock = serve(version="v1.33.4").source().validate()

    assert (reachable.name.partition(":")[0], reachable.granted) == ("reachable", True)
    assert (credential.name, credential.granted) == ("credential KUBERNETES_TOKEN", True)
    assert (access.name, access.granted) == ("access to cluster prod (Kubernetes v1.33.4)", True)
    assert (clock.name, clock.granted) == ("clock", False)  # the test's own clock stands still
    assert [row.name for row in rows] == [
        "list namespaces",
        "list deployments.apps",
        "list statefulsets.apps",
        "list daemonsets.apps",
        "list cronjobs.batch",
        "list services",
        "list ingresses.networking.k8s.io",
    ]
    assert all(row.granted for row in rows)


def test_a_missing_right_says_what_to_bind(serve: Serve) -> None:
    world = serve(groups=["argoproj.io"])
    world.cluster.rights.deny("rollouts")
    world.cluster.rights.deny("ingresses")

    rows = {row.name: row for row in world.source().validate()}

    rollouts = rows["list rollouts.argoproj.io"]
    assert (rollouts.granted, rollouts.optional) == (False, False)
    assert rollouts.problem == "not allowed in the cluster: no RBAC policy matched"
    assert "clusterrole.yaml" in rollouts.remedy
    assert rows["list ingresses.networking.k8s.io"].optional


def test_watching_needs_rights_of_its_own(serve: Serve) -> None:
    rows = [row.name for row in serve(openshift=True).source(watch=True).validate()]

    assert {"watch deployments.apps", "watch routes.route.openshift.io"} <= set(rows)
    assert "list projects.project.openshift.io" in rows
    assert "watch namespaces" not in rows


def test_roles_in_named_namespaces_count(serve: Serve) -> None:
    world = serve(namespaces={"a": {}, "b": {}})
    world.cluster.rights.confine({"a"})

    def deployments(*include: str) -> tuple[bool, str]:
        rows = world.source(namespaces={"include": include}).validate()
        (row,) = (row for row in rows if row.name == "list deployments.apps")
        return row.granted, row.problem

    assert deployments("a") == (True, "")
    assert deployments("a", "b") == (False, "not allowed in b: no RBAC policy matched")


def test_trouble_ends_the_rows(serve: Serve) -> None:
    world = serve()

    reachable, refused, _clock = world.source(token="wrong").validate()
    world.playground.stop()
    (unreached,) = world.source().validate()

    assert reachable.granted
    assert unreached.name.startswith("reachable: 127.0.0.1:")
    assert (refused.granted, refused.problem) == (
        False, "cluster prod does not accept the credential (401)",
    )  # fmt: skip
    assert "cannot be reached" in unreached.problem
