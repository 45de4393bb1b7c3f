"""Watches: what is told of changes, over broken connections and expired versions, until the end."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from domain.errors import OutsideFailure
from playground.vendors.kubernetes.objects import workload
from tests.integrations.kubernetes.conftest import World
from workflows.ports import Task

Serve = Callable[..., World]
KINDS = 6
"""Kinds that every cluster has: four of workloads, Services and Ingresses."""

SHOP: dict[str, Any] = {
    "shop-prod": {"apps": [{"name": "cart", "image": "cart:1", "expose": [{"host": "cart.acme.com"}]}]},
    "search": {"apps": [{"name": "search", "image": "search:1"}]},
    "kube-system": {"apps": [{"name": "coredns", "image": "coredns:1"}]},
}


class Watch:
    """A watch in a thread, and what it told."""

    def __init__(self, world: World, **options: Any) -> None:
        self.world, self.told = world, queue.Queue[tuple[str, ...]]()
        self.failed: list[BaseException] = []
        self._stop = threading.Event()
        source = world.source(**options)

        def run() -> None:
            try:
                source.watch(self.told.put, self._stop.is_set)
            except OutsideFailure as error:
                self.failed.append(error)

        self._thread = threading.Thread(target=run)
        self._thread.start()

    def wait_until_open(self, streams: int = KINDS) -> None:
        wait_for(lambda: self.world.cluster.watchers >= streams)

    def next(self) -> tuple[str, ...]:
        return self.told.get(timeout=10)

    def end(self) -> float:
        """Stop it; return how many seconds that took."""
        began = time.monotonic()
        self._stop.set()
        self._thread.join(10)
        assert not self._thread.is_alive()
        return time.monotonic() - began


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


@pytest.fixture
def watch(serve: Serve) -> Iterator[Callable[..., Watch]]:
    begun: list[Watch] = []

    def watching(world: World | None = None, **options: Any) -> Watch:
        begun.append(Watch(world or serve(namespaces=SHOP), **options))
        return begun[-1]

    yield watching
    for each in begun:
        each.end()


def test_a_change_names_the_namespace_to_look_at_again(watch: Callable[..., Watch]) -> None:
    seen = watch()
    seen.wait_until_open()

    seen.world.cluster.scale("Deployment", "shop-prod", "cart", 5)
    assert seen.next() == ("prod/shop",)
    seen.world.cluster.set_image("Deployment", "search", "search", "search:2")
    assert seen.next() == ("prod/search",)
    seen.world.cluster.remove("Ingress", "shop-prod", "cart")
    assert seen.next() == ("prod/shop",)
    seen.world.cluster.put(workload("StatefulSet", "shop-prod", "orders", "orders:1"))
    assert seen.next() == ("prod/shop",)


def test_what_was_told_can_be_looked_at(watch: Callable[..., Watch]) -> None:
    seen = watch()
    seen.wait_until_open()
    seen.world.cluster.set_image("Deployment", "shop-prod", "cart", "cart:2")

    look = seen.world.source().fetch(Task(only=seen.next()))

    (claim,) = look.snapshots[0].claims
    assert claim.fields["versions"] == {"prod/shop-prod/Deployment/cart": "2"}
    assert claim.aliases[0] == "cart.acme.com"


def test_changes_in_a_row_are_told_once(watch: Callable[..., Watch]) -> None:
    seen = watch(debounce=0.4)
    seen.wait_until_open()

    for replicas in range(20):
        seen.world.cluster.scale("Deployment", "shop-prod", "cart", replicas)
    seen.world.cluster.scale("Deployment", "search", "search", 3)

    assert seen.next() == ("prod/search", "prod/shop")
    assert seen.told.empty()


def test_the_platforms_own_namespaces_are_not_told(watch: Callable[..., Watch]) -> None:
    seen = watch()
    seen.wait_until_open()

    seen.world.cluster.scale("Deployment", "kube-system", "coredns", 4)
    seen.world.cluster.scale("Deployment", "search", "search", 4)

    assert seen.next() == ("prod/search",)


def test_a_pod_that_becomes_ready_is_no_news(watch: Callable[..., Watch]) -> None:
    seen = watch()
    seen.wait_until_open()
    cart = seen.world.cluster.get("Deployment", "shop-prod", "cart")
    seen.world.cluster.put(cart)
    assert seen.next() == ("prod/shop",)  # the first that is heard of it

    cart["status"] |= {"readyReplicas": 0, "observedGeneration": 2}
    seen.world.cluster.put(cart)
    seen.world.cluster.scale("Deployment", "search", "search", 4)

    assert seen.next() == ("prod/search",)


def test_a_broken_watch_goes_on_where_it_was(watch: Callable[..., Watch]) -> None:
    seen = watch()
    seen.wait_until_open()
    lists = [each for each in seen.world.requests if "limit=1" in each]

    seen.world.cluster.break_watches()
    seen.world.cluster.scale("Deployment", "shop-prod", "cart", 9)

    assert seen.next() == ("prod/shop",)
    assert [each for each in seen.world.requests if "limit=1" in each] == lists


def test_an_expired_version_means_to_look_at_everything(watch: Callable[..., Watch]) -> None:
    seen = watch()
    seen.wait_until_open()

    seen.world.cluster.forget_history()

    assert seen.next() == ()
    seen.wait_until_open()
    while not seen.told.empty():  # further kinds may have met it a moment later
        assert seen.next() == ()
    seen.world.cluster.scale("Deployment", "search", "search", 7)
    wait_for(lambda: ("prod/search",) in seen.told.queue)


def test_bookmarks_carry_a_quiet_watch_over_compaction(watch: Callable[..., Watch], serve: Serve) -> None:
    world = serve(namespaces=SHOP)
    world.cluster.bookmark_seconds = 0.02
    seen = watch(world)
    seen.wait_until_open()
    asked_of_cronjobs = len([each for each in world.requests if "cronjobs" in each])

    world.cluster.scale("Deployment", "search", "search", 7)
    newest = int(world.cluster.get("Deployment", "search", "search")["metadata"]["resourceVersion"])
    assert seen.next() == ("prod/search",)
    # The next bookmark tells watches of other kinds that they are as new as that.
    wait_for(lambda: world.cluster.bookmarked("CronJob") >= newest)
    world.cluster.break_watches()

    def again() -> list[str]:
        return [each for each in world.requests if "cronjobs" in each][asked_of_cronjobs:]

    wait_for(lambda: bool(again()))
    assert f"resourceVersion={newest}" in again()[0]


def test_a_server_that_fails_for_a_while_is_followed_again(watch: Callable[..., Watch]) -> None:
    seen = watch()
    seen.wait_until_open()
    seen.world.vendor.faults.statuses += [(401, {})] * KINDS

    seen.world.cluster.break_watches()
    wait_for(lambda: not seen.world.vendor.faults.statuses)
    seen.world.cluster.scale("Deployment", "search", "search", 8)

    assert seen.next() == ("prod/search",)


def test_a_cluster_that_is_not_there_yet_is_waited_for(watch: Callable[..., Watch], serve: Serve) -> None:
    world = serve(namespaces=SHOP)
    world.vendor.faults.statuses += [(401, {})]

    watch(world).wait_until_open()


def test_a_kind_that_may_not_be_watched_is_left_out(watch: Callable[..., Watch], serve: Serve) -> None:
    world = serve(namespaces=SHOP)
    world.cluster.rights.deny("ingresses")
    seen = watch(world)
    seen.wait_until_open(KINDS - 1)

    world.cluster.scale("Deployment", "search", "search", 2)

    assert seen.next() == ("prod/search",)


def test_who_may_watch_nothing_is_told_so(watch: Callable[..., Watch], serve: Serve) -> None:
    world = serve(namespaces=SHOP)
    world.cluster.rights.confine({"search"})
    seen = watch(world)

    wait_for(lambda: bool(seen.failed))

    assert "may watch nothing" in str(seen.failed[0])


def test_it_ends_at_once_with_all_its_connections(watch: Callable[..., Watch]) -> None:
    seen = watch()
    seen.wait_until_open()

    assert seen.end() < 2
    assert not [each for each in threading.enumerate() if each.name.startswith("watch ")]
    wait_for(lambda: seen.world.cluster.watchers == 0)
