"""What a Kubernetes block of `idp.yaml` may hold.

Opens nothing and reads no credential.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from integrations.calling.options import is_loopback

SYSTEM_NAMESPACES: tuple[str, ...] = (
    "kube-*", "openshift", "openshift-*", "default-broker", "gke-*", "gmp-*", "aks-*", "amazon-*",
    "calico-*", "cilium*", "tigera-*", "local-path-storage", "olm", "operators", "open-cluster-management*",
)  # fmt: skip
"""Namespaces of the platform itself."""


class Namespaces(BaseModel):
    """Which namespaces are looked at; patterns as in a shell: `payments-*`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    include: Annotated[
        tuple[str, ...],
        Field(
            min_length=1,
            description="Namespaces to look at. Names without a `*` alone: they are asked for one by one, so "
            "that a Role in each is enough.",
        ),
    ] = ("*",)
    exclude: Annotated[tuple[str, ...], Field(description="Namespaces to leave out of these.")] = ()
    system: Annotated[
        bool,
        Field(description="Whether to look at the platform's own namespaces, too (`kube-*`, `openshift-*`)."),
    ] = False


class KubernetesOptions(BaseModel):
    """One cluster, how to reach it, and how to read it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    context: Annotated[str, Field(description="A context of the kubeconfig; empty: the current one.")] = ""
    kubeconfig: Annotated[
        str, Field(description="The kubeconfig's path; empty: $KUBECONFIG, else ~/.kube/config.")
    ] = ""
    in_cluster: Annotated[
        bool, Field(description="Use the service account of the pod that idp runs in; no kubeconfig.")
    ] = False
    server: Annotated[
        str,
        Field(description="The API server's address (https), instead of a kubeconfig; with `token_env`."),
    ] = ""
    token_env: Annotated[
        str,
        Field(description="The environment variable that holds the bearer token (NAME_FILE: a file)."),
    ] = "KUBERNETES_TOKEN"  # noqa: S105 - a variable's name
    ca_file: Annotated[
        str, Field(description="PEM file with the certificate authority of `server`; empty: the system's.")
    ] = ""
    cluster: Annotated[
        str,
        Field(
            pattern=r"^[^/#\s]*$", description="The cluster's name in answers; empty: the source's own name."
        ),
    ] = ""
    namespaces: Annotated[Namespaces, Field(description="Which namespaces are looked at.")] = Namespaces()
    environments: Annotated[
        dict[str, str],
        Field(
            description="Environments by pattern (`eu-*-live: prod`), tried on the namespace, then on the "
            "cluster's name, before the usual words (prod, staging, test, dev, preview …)."
        ),
    ] = {}
    owner_labels: Annotated[
        tuple[str, ...],
        Field(description="Labels and annotations that name an owner, the surest first; `*/team` matches."),
    ] = ("team", "owner", "app.kubernetes.io/team", "app.kubernetes.io/owner")
    component_annotations: Annotated[
        tuple[str, ...],
        Field(description="Annotations and labels that say which component a workload belongs to."),
    ] = ("backstage.io/kubernetes-id",)
    openshift: Annotated[
        Literal["auto"] | bool,
        Field(description="Whether to read Routes, DeploymentConfigs and Projects; auto: where there are."),
    ] = "auto"
    watch: Annotated[
        bool, Field(description="Follow changes as they happen, beside the scheduled looks.")
    ] = False
    timeout_seconds: Annotated[
        float, Field(gt=0, le=300, description="How long one request may take without an answer.")
    ] = 30.0
    page_size: Annotated[int, Field(ge=1, le=5000, description="Objects in one request.")] = 500

    @model_validator(mode="after")
    def _one_way_in(self) -> KubernetesOptions:
        ways = [name for name in ("in_cluster", "server") if getattr(self, name)]
        if self.context or self.kubeconfig:
            ways.append("context/kubeconfig")
        if len(ways) > 1:
            raise ValueError(f"{' and '.join(ways)} exclude each other: keep one")
        if self.ca_file and not self.server:
            raise ValueError("ca_file belongs to server; a kubeconfig names its own")
        if self.server:
            self._check_server()
        return self

    def _check_server(self) -> None:
        parts = urlsplit(self.server)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ValueError(f"server: {self.server!r} is no address; write https://host:6443")
        if parts.username or parts.password:
            raise ValueError("server: leave the credential out; it comes from token_env")
        if parts.scheme == "http" and not is_loopback(parts.hostname):
            raise ValueError("server: a token over http can be read on the way; write https://…")


def wanted(options: Namespaces, name: str) -> bool:
    """Tell whether a namespace is looked at; one of the platform's that is named in full is."""
    if not _matches(name, options.include) or _matches(name, options.exclude):
        return False
    return options.system or name in options.include or not _matches(name, SYSTEM_NAMESPACES)


def exact(options: Namespaces) -> bool:
    """Tell whether the namespaces are all named in full."""
    return not any(set(each) & set("*?[") for each in options.include)


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, each) for each in patterns)
