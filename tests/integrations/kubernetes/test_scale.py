"""A large cluster: 5,000 workloads with their Services and Ingresses, in time and in memory."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import pytest

from domain.entities import Claim
from playground.vendors.kubernetes import objects
from tests.integrations.kubernetes.conftest import World
from tests.integrations.kubernetes.test_look import by_id

WORKLOADS, NAMESPACES = 5_000, 50


def fill(world: World) -> None:
    """Let the last namespace hold half of everything."""
    for number in range(WORKLOADS):
        namespace = f"team-{min(number, WORKLOADS // 2) % NAMESPACES}-prod" if number % 2 else "monolith"
        name = f"service-{number}"
        labels = {"team": f"team-{number % 40}", "app.kubernetes.io/name": name}
        world.cluster.put(
            objects.workload("Deployment", namespace, name, f"acme/{name}:1.{number}", labels=labels)
        )
        world.cluster.put(objects.service(namespace, name, labels))
        world.cluster.put(objects.way("Ingress", namespace, name, name, host=f"{name}.acme.com"))


@pytest.mark.timeout(300)
def test_five_thousand_workloads_are_seen(
    serve: Callable[..., World], record_property: Callable[[str, object], None]
) -> None:
    names = {f"team-{number}-prod" for number in range(NAMESPACES)} | {"monolith"}
    world = serve(namespaces={name: {} for name in names})
    fill(world)
    source = world.source(timeout_seconds=60)
    source.validate()  # so that the client is loaded

    began = time.monotonic()
    look = source.fetch()
    seconds = time.monotonic() - began

    claims = by_id(look)
    assert len(claims) == WORKLOADS
    assert all(f"{claim.name}.acme.com" in claim.aliases for claim in claims.values())
    assert look.requests == 35
    record_property("seconds", round(seconds, 2))
    assert seconds < 60, f"{seconds:.1f} s; on an idle machine it takes about 3"


def test_a_page_of_raw_objects_is_not_kept(
    serve: Callable[..., World], record_property: Callable[[str, object], None]
) -> None:
    world = serve(namespaces={"shop": {}})
    bulky = objects.workload("Deployment", "shop", "bulky", "bulky:1")
    bulky["metadata"]["annotations"] = {"kubectl.kubernetes.io/last-applied-configuration": "x" * 100_000}
    for number in range(100):
        bulky["metadata"]["name"] = f"bulky-{number}"
        world.cluster.put(bulky)
    source = world.source(page_size=10)
    source.validate()

    tracemalloc.start()
    try:
        claims: list[Claim] = list(source.fetch().snapshots[0].claims)
        kept, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    record_property("kept", kept)
    assert len(claims) == 100
    assert kept < 2_000_000 < 10_000_000, "ten megabytes were read; next to nothing of it is kept"
    assert peak < 9_000_000, f"{peak:,} bytes at once: more than some pages of one megabyte, here and there"
