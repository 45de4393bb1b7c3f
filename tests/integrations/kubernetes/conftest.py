"""Clusters on loopback, and sources that meet them with the official client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

import pytest

from integrations.calling import retrying
from integrations.kubernetes.options import KubernetesOptions
from integrations.kubernetes.source import KubernetesSource
from playground.seed import Seed
from playground.server import Playground
from playground.vendors.kubernetes.cluster import Cluster
from playground.vendors.kubernetes.seed import SeedCluster, cluster_of
from playground.vendors.kubernetes.server import Kubernetes
from workflows.ports import Opening

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TOKEN = "a-service-account's"
SEED = Seed.model_validate({"people": [{"name": "ana"}]})


class World:
    """Some clusters that are served, and a source for each that is asked for."""

    def __init__(self, stack: ExitStack, vendor: Kubernetes) -> None:
        self._stack, self.vendor = stack, vendor
        self.playground = stack.enter_context(Playground(SEED, vendors=[vendor]))

    @property
    def cluster(self) -> Cluster:
        """The only cluster."""
        (only,) = self.vendor.clusters.values()
        return only

    @property
    def requests(self) -> list[str]:
        """What was asked so far, without the place of the cluster."""
        return [
            f"{method} {rest.partition('/vendors/kubernetes/')[2].partition('/')[2]}"
            for method, _, rest in (each.partition(" ") for each in self.vendor.faults.requests)
        ]

    def source(
        self, name: str = "", *, token: str | None = None, debounce: float = 0.05, **options: Any
    ) -> KubernetesSource:
        """Return a source for a cluster (empty: the only one), by address and token."""
        cluster = self.vendor.clusters[name] if name else self.cluster
        options.setdefault("timeout_seconds", 5)
        server = f"{self.playground.url}/vendors/kubernetes/{cluster.name}"
        read = KubernetesOptions.model_validate({"server": server, **options})
        secret = cluster.token if token is None else token
        opening = Opening(cluster.name, read, {"KUBERNETES_TOKEN": secret or "none"}.get, lambda: NOW)
        made = KubernetesSource(opening, read, debounce_seconds=debounce)
        self._stack.callback(made.close)
        return made


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let retries come at once; return how many seconds each would have waited."""
    waited: list[float] = []
    monkeypatch.setattr(retrying, "pause", lambda seconds, _stopped: waited.append(seconds))
    return waited


@pytest.fixture
def serve() -> Iterator[Callable[..., World]]:
    """Serve clusters: `serve(namespaces={…})` makes one called prod, `serve(vendor=…)` takes a vendor."""
    with ExitStack() as stack:

        def serving(vendor: Kubernetes | None = None, *, name: str = "prod", **seed: Any) -> World:
            if vendor is None:
                seed.setdefault("token", TOKEN)
                vendor = Kubernetes([cluster_of(name, SeedCluster.model_validate(seed))])
            return World(stack, vendor)

        yield serving
