"""What objects of a cluster tell, in as few values as the catalog needs: small, since there are many.

Judges nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Call:
    """That a workload's configuration names a Service."""

    variable: str
    """Where: a variable's name, `its args` or `its command`."""
    service: tuple[str, str]
    """Namespace and name."""


@dataclass(frozen=True, slots=True)
class Workload:
    """Something that runs pods."""

    kind: str
    """As the API names it: `Deployment`."""
    namespace: str
    name: str
    labels: Texts = field(default_factory=dict)
    annotations: Texts = field(default_factory=dict)
    pod_labels: Texts = field(default_factory=dict)
    images: tuple[str, ...] = ()
    """The main container's first."""
    desired: int | None = None
    """How many pods should run; None: it has no such number."""
    ready: int | None = None
    controller: tuple[str, str] | None = None
    """Kind and name of the object that it belongs to."""
    target: tuple[str, str] | None = None
    """Kind and name of the workload whose pods it runs in its place (a Rollout's `workloadRef`)."""
    calls: tuple[Call, ...] = ()
    """The Services that its configuration names; whether these exist is not said."""

    @property
    def label(self) -> str:
        """As people write it: `deployment payments/payments-api`."""
        return f"{self.kind.lower()} {self.namespace}/{self.name}"


@dataclass(frozen=True, slots=True)
class Service:
    """An address in the cluster, and the pods behind it."""

    namespace: str
    name: str
    selector: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """One way from a host and a path to a Service."""

    kind: str
    namespace: str
    name: str
    host: str
    """Lower case, without a port; may begin with `*.`."""
    path: str
    """`/`: everything that no longer path takes."""
    service: tuple[str, str]
    """Namespace and name."""
    public: bool = False
    """Whether it can be reached from outside the company, as far as the object tells."""
    certain: bool = True
    """False: it also depends on a header, a method or a canary's weight."""

    @property
    def label(self) -> str:
        """As people write it: `ingress payments/payments-api`."""
        return f"{self.kind.lower()} {self.namespace}/{self.name}"


@dataclass(frozen=True, slots=True)
class Place:
    """A namespace."""

    name: str
    labels: Texts = field(default_factory=dict)
    annotations: Texts = field(default_factory=dict)
