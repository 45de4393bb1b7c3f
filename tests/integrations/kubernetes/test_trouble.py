"""Pages, expired tokens, refusals and broken answers: what a look makes of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from domain.entities import EVERYTHING
from domain.errors import OutsideFailure, Stopped
from playground.vendors.kubernetes import Cluster, Kubernetes
from tests.integrations.kubernetes.conftest import TOKEN, World
from tests.integrations.kubernetes.test_look import names
from workflows.ports import Task

Serve = Callable[..., World]


def spaces(*names: str) -> dict[str, object]:
    return {name: {"apps": [{"name": f"{name}-api", "image": "api:1"}]} for name in names}


def deployments(world: World) -> list[str]:
    return [each for each in world.requests if "apis/apps/v1/deployments" in each]


def test_three_pages_are_read_to_the_end(serve: Serve) -> None:
    world = serve(namespaces=spaces("a", "b", "c", "d", "e"))

    look = world.source(page_size=2).fetch()

    assert names(look) == ["a-api", "b-api", "c-api", "d-api", "e-api"]
    assert len(deployments(world)) == 3
    assert look.requests == len(world.requests)


def test_a_list_that_expires_in_the_middle_is_begun_anew(serve: Serve) -> None:
    world = serve(namespaces=spaces("a", "b", "c"))
    asked = itertools.count(1)

    def compacting() -> bool:
        if next(asked) == 4:  # namespaces take two pages: this is before the second one of deployments
            world.cluster.forget_history()
        return False

    look = world.source(page_size=2).fetch(Task(stopped=compacting))

    assert names(look) == ["a-api", "b-api", "c-api"]
    assert ["continue" in each for each in deployments(world)] == [False, True, False, True]


def test_a_list_that_always_expires_is_given_up(serve: Serve) -> None:
    world = serve(namespaces=spaces("a", "b", "c"))

    def compacting() -> bool:
        world.cluster.forget_history()
        return False

    with pytest.raises(OutsideFailure, match="list of namespaces expired 3 times"):
        world.source(page_size=2).fetch(Task(stopped=compacting))


def test_a_look_that_is_told_to_stop_asks_no_more(serve: Serve) -> None:
    world = serve(namespaces=spaces("a", "b"))
    asked = itertools.count(1)

    with pytest.raises(Stopped):
        world.source().fetch(Task(stopped=lambda: next(asked) > 2))

    assert len(deployments(world)) == 1
    assert not [each for each in world.requests if "statefulsets" in each]


def test_a_wrong_token_is_said_in_words_without_the_token(serve: Serve) -> None:
    world = serve(namespaces=spaces("a"))

    with pytest.raises(OutsideFailure, match="does not accept the credential") as raised:
        world.source(token="wrong-secret").fetch()

    assert "wrong-secret" not in f"{raised.value} {raised.value.hint}"


def test_a_namespace_that_may_not_be_listed_bounds_the_look(serve: Serve) -> None:
    world = serve(namespaces=spaces("open", "secret-prod", "secret-staging"))
    world.cluster.rights.deny("deployments", "secret-prod")

    look = world.source().fetch()

    assert names(look) == ["open-api", "secret-api"]
    assert {each.within for each in look.snapshots} == {("prod/open",)}
    (finding,) = look.findings
    assert str(finding) == (
        "prod/secret-prod: warning: it may not list deployments.apps. "
        "Bind the ClusterRole of deploy/kubernetes/clusterrole.yaml to idp's account."
    )


def test_ways_that_may_not_be_listed_are_a_finding_and_nothing_else(serve: Serve) -> None:
    world = serve(namespaces=spaces("a", "b"))
    world.cluster.rights.deny("ingresses")

    look = world.source().fetch()

    assert names(look) == ["a-api", "b-api"]
    assert {each.within for each in look.snapshots} == {(EVERYTHING,)}
    assert [str(each).partition(". ")[0] for each in look.findings] == [
        "prod: warning: it may not list ingresses.networking.k8s.io"
    ]


def test_a_role_in_named_namespaces_is_enough(serve: Serve) -> None:
    world = serve(namespaces=spaces("a", "b", "c"))
    world.cluster.rights.confine({"a", "b"})

    look = world.source(namespaces={"include": ["a", "b"]}).fetch()

    assert names(look) == ["a-api", "b-api"]
    assert {each.within for each in look.snapshots} == {(EVERYTHING,)}
    assert ["namespaces" in each.problem for each in look.findings] == [True]


def test_without_the_right_to_list_namespaces_they_must_be_named(serve: Serve) -> None:
    world = serve(namespaces=spaces("a"))
    world.cluster.rights.confine({"a"})

    with pytest.raises(OutsideFailure, match="answered 403 to list namespaces"):
        world.source().fetch()


def test_on_openshift_ones_own_projects_are_seen_and_no_more_is_said(serve: Serve) -> None:
    world = serve(openshift=True, namespaces=spaces("a", "b", "c"))
    world.cluster.rights.confine({"a", "b"})

    look = world.source().fetch()

    assert names(look) == ["a-api", "b-api"]
    assert {each.within for each in look.snapshots} == {("prod/a", "prod/b")}


def test_who_may_list_nothing_is_told_so(serve: Serve) -> None:
    world = serve(namespaces=spaces("a"))
    for each in ("deployments", "statefulsets", "daemonsets", "cronjobs"):
        world.cluster.rights.deny(each)

    with pytest.raises(OutsideFailure, match="may list no workloads"):
        world.source().fetch()


def test_a_look_at_a_namespace_that_is_closed_retires_nothing(serve: Serve) -> None:
    world = serve(namespaces=spaces("a", "b"))
    for each in ("deployments", "statefulsets", "daemonsets", "cronjobs"):
        world.cluster.rights.deny(each, "a")

    look = world.source().fetch(Task(only=("prod/a",)))

    assert {(each.claims, each.within) for each in look.snapshots} == {((), ())}
    assert "may not list cronjobs.batch, daemonsets.apps" in look.findings[0].problem


def test_a_namespace_that_is_named_and_not_there_is_no_trouble(serve: Serve) -> None:
    look = serve().source(namespaces={"include": ["gone"]}).fetch()

    assert [(each.claims, each.within) for each in look.snapshots] == [((), (EVERYTHING,))] * 4


def test_a_server_that_is_busy_is_asked_again_when_it_says(serve: Serve, waits: list[float]) -> None:
    world = serve(namespaces=spaces("a"))
    world.vendor.faults.statuses += [(429, {"Retry-After": "9"})]

    look = world.source().fetch()

    assert names(look) == ["a-api"]
    assert [int(each) for each in waits] == [9]
    assert [each.split("?")[0] for each in world.requests[:2]] == ["GET apis/"] * 2


def test_a_server_that_is_busy_for_long_is_not_waited_for(serve: Serve, waits: list[float]) -> None:
    world = serve(namespaces=spaces("a"))
    world.vendor.faults.statuses += [(429, {"Retry-After": "600"})]

    with pytest.raises(OutsideFailure, match="cluster prod answered 429 to /apis"):
        world.source().fetch()

    assert waits == []


def test_a_wait_ends_when_the_look_is_given_up(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # real waits
    world = serve(namespaces=spaces("a"))
    world.vendor.faults.statuses += [(429, {"Retry-After": "60"})]

    with pytest.raises(Stopped):
        world.source().fetch(Task(stopped=lambda: len(world.requests) == 1))


def test_a_server_that_fails_once_is_asked_again(serve: Serve) -> None:
    world = serve(namespaces=spaces("a"))
    world.vendor.faults.statuses += [(500, {}), (503, {"Retry-After": "0"})]

    assert names(world.source().fetch()) == ["a-api"]


def test_a_server_that_keeps_failing_is_named_with_its_answer(serve: Serve) -> None:
    world = serve(namespaces=spaces("a"))
    world.vendor.faults.statuses += [(500, {"Retry-After": "0"})] * 10

    with pytest.raises(OutsideFailure, match="cluster prod answered 500 to /apis"):
        world.source().fetch()

    assert len(world.requests) == 4


def test_a_server_that_does_not_answer_is_not_waited_for(serve: Serve) -> None:
    world = serve(namespaces=spaces("a"))
    world.vendor.faults.delay_seconds = 0.5

    with pytest.raises(OutsideFailure, match=r"did not answer to /apis within 0\.1 s"):
        world.source(timeout_seconds=0.1).fetch()


def test_an_answer_that_is_cut_off_never_reaches_the_catalog(serve: Serve) -> None:
    world = serve(namespaces=spaces("a"))
    world.vendor.faults.cut_bytes = 9

    with pytest.raises(OutsideFailure, match="cut off, or is no JSON"):
        world.source().fetch()


def test_a_redirect_is_not_followed_with_the_token(serve: Serve) -> None:
    world = serve(namespaces=spaces("a"))
    world.vendor.faults.statuses += [(302, {"Location": f"{world.playground.url}/elsewhere"})]

    with pytest.raises(OutsideFailure, match="a redirect, which is not followed"):
        world.source().fetch()

    assert len(world.requests) == 1


def test_a_server_that_is_not_there_is_said_so(serve: Serve) -> None:
    world = serve(namespaces=spaces("a"))
    source = world.source(token=TOKEN)
    world.playground.stop()

    with pytest.raises(OutsideFailure, match="cluster prod cannot be reached"):
        source.fetch()


class Odd(Kubernetes):
    """A server that answers everything with one body."""

    def __init__(self, body: object) -> None:
        super().__init__([Cluster("prod")])
        self._body = body

    def routes(self) -> list[BaseRoute]:
        return [Route("/{path:path}", lambda _request: JSONResponse(self._body))]


@pytest.mark.parametrize(
    "body",
    [{}, {"kind": "List", "items": {}}, {"items": [], "metadata": {"continue": "the same for ever"}}],
    ids=["no items", "items that are no list", "a page that never ends"],
)
def test_what_is_no_list_does_not_pass_for_an_empty_one(serve: Serve, body: object) -> None:
    with pytest.raises(OutsideFailure, match="is no list of Kubernetes"):
        serve(Odd(body)).source().fetch()


def test_an_empty_list_may_be_null(serve: Serve) -> None:
    look = serve(Odd({"kind": "List", "items": None})).source().fetch()

    assert [(each.claims, each.within) for each in look.snapshots] == [((), (EVERYTHING,))] * 4


@pytest.mark.parametrize("body", [[], "ok", 7])
def test_what_is_no_object_is_refused(serve: Serve, body: object) -> None:
    with pytest.raises(OutsideFailure, match="is no JSON object"):
        serve(Odd(body)).source().fetch()


def test_what_is_no_kubernetes_is_said_so(serve: Serve) -> None:
    world = serve(namespaces=spaces("a"))
    nowhere = f"{world.playground.url}/vendors/kubernetes/nowhere"

    with pytest.raises(OutsideFailure, match="answered 404"):
        world.source(server=nowhere).fetch()
