"""Asks a cluster: lists in pages, discovery, access reviews and streams, with every failure in one tree.

Understands no object beyond its list. Retries are the client's own (`connection`), none is made here.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

import urllib3

from domain.errors import OutsideFailure, Stopped
from integrations.kubernetes.connection import Clients
from integrations.kubernetes.kinds import NAMESPACE, Served

RESTARTS = 3
"""How often a list whose continue token expired is begun anew."""
CONNECT_SECONDS = 10.0

Read = TypeVar("Read")


class Denied(OutsideFailure):
    """The credential may not do this (403)."""


class Absent(OutsideFailure):
    """The cluster has no such resource (404)."""


class Gone(OutsideFailure):
    """A continue token or resource version is too old (410)."""


class Api:
    """One cluster's API. Can be used from several threads."""

    def __init__(self, connect: Callable[[], Clients], cluster: str, *, timeout: float, page: int) -> None:
        self._connect, self._cluster, self._page = connect, cluster, page
        self._timeout = timeout
        self._clients: Clients | None = None
        self._lock = threading.Lock()
        self.requests = 0

    def version(self) -> str:
        """Return the server's version: `v1.33.4`."""
        return str(self._json(self._sdk().version.get_code, "/version").get("gitVersion", "unknown"))

    def groups(self) -> Mapping[str, Collection[str]]:
        """Return the versions of each API group."""
        found: dict[str, list[str]] = {"": ["v1"]}
        listed = self._json(self._sdk().groups.get_api_versions, "/apis").get("groups")
        for group in listed if isinstance(listed, list) else ():
            if isinstance(group, dict) and isinstance(group.get("name"), str):
                versions = group.get("versions") or ()
                found[group["name"]] = [str(each.get("version")) for each in versions]
        return found

    def allowed(self, verb: str, served: Served, namespace: str = "") -> tuple[bool, str]:
        """Tell whether the credential may do something with a resource, and why not."""
        asked = {"verb": verb, "group": served.kind.group, "resource": served.kind.plural}
        body = {
            "apiVersion": "authorization.k8s.io/v1",
            "kind": "SelfSubjectAccessReview",
            "spec": {"resourceAttributes": asked | ({"namespace": namespace} if namespace else {})},
        }
        review = self._sdk().reviews.create_self_subject_access_review
        status = self._json(partial(review, body), "the access review").get("status") or {}
        return status.get("allowed") is True, str(status.get("reason") or "")

    def each(
        self, served: Served, namespace: str, read: Callable[[Any], Read], *, stopped: Callable[[], bool]
    ) -> list[Read]:
        """Return what `read` makes of every object of a kind, in one namespace or (empty) in all.

        A page is dropped once it was read; a list whose token expires in the middle is begun anew. Raises
        Denied, Absent, Stopped, OutsideFailure.
        """
        for _ in range(RESTARTS):
            found: list[Read] = []
            try:
                for items in self._pages(served, namespace, stopped):
                    found.extend(map(read, items))
            except Gone:
                continue
            return found
        raise OutsideFailure(
            f"cluster {self._cluster}: the list of {served.kind.resource} expired {RESTARTS} times",
            "Raise page_size, so that it takes fewer requests.",
        )

    def latest(self, served: Served) -> str:
        """Return the resource version from which a watch of a kind sees everything that is new."""
        meta = self._list(served, "", {"limit": 1}).get("metadata") or {}
        return str(meta.get("resourceVersion") or "")

    def stream(self, served: Served, version: str, seconds: int) -> urllib3.BaseHTTPResponse:
        """Begin to watch a kind in all namespaces; the stream ends after so many seconds, with bookmarks.

        Raises Gone, Denied, Absent, OutsideFailure.
        """
        watching = {
            "watch": True,
            "allow_watch_bookmarks": True,
            "resource_version": version,
            "timeout_seconds": seconds,
        }
        call = partial(self._lister(served, ""), **watching)
        return self._ask(call, f"watch {served.kind.resource}", (CONNECT_SECONDS, seconds + self._timeout))

    def close(self) -> None:
        """Give back connections; harmless to repeat."""
        with self._lock:
            clients, self._clients = self._clients, None
        if clients is not None:
            clients.close()

    def _pages(self, served: Served, namespace: str, stopped: Callable[[], bool]) -> Iterator[list[Any]]:
        token = ""
        while True:
            if stopped():
                raise Stopped(f"the look at cluster {self._cluster} was given up")
            asked: dict[str, Any] = {"limit": self._page} | ({"_continue": token} if token else {})
            body = self._list(served, namespace, asked)
            before, items = token, body.get("items", ())
            meta = body.get("metadata")
            token = str(meta.get("continue") or "") if isinstance(meta, dict) else ""
            # An empty list may be null; but what is no list must not pass for an empty one.
            if not isinstance(items, list | None) or (token and token == before):
                what = served.kind.resource
                raise OutsideFailure(
                    f"cluster {self._cluster}: the answer to list {what} is no list of Kubernetes",
                    "Check the address, and what is between idp and the API server.",
                )
            yield items or []
            if not token:
                return

    def _list(self, served: Served, namespace: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        where = f" in namespace {namespace}" if namespace else ""
        call = partial(self._lister(served, namespace), **asked)
        return self._json(call, f"list {served.kind.resource}{where}")

    def _lister(self, served: Served, namespace: str) -> Callable[..., Any]:
        kind, sdk = served.kind, self._sdk()
        whole: Callable[..., Any]
        if kind.group:
            place = (kind.group, served.version)
            if namespace:
                return partial(sdk.custom.list_namespaced_custom_object, *place, namespace, kind.plural)
            return partial(sdk.custom.list_cluster_custom_object, *place, kind.plural)
        if namespace:
            return partial(sdk.core.list_namespaced_service, namespace)
        whole = sdk.core.list_namespace if kind == NAMESPACE else sdk.core.list_service_for_all_namespaces
        return whole

    def _sdk(self) -> Clients:
        with self._lock:
            if self._clients is None:
                self._clients = self._connect()
            return self._clients

    def _json(self, call: Callable[..., Any], what: str) -> dict[str, Any]:
        """Return the answer to a request, a JSON object."""
        response = self._ask(call, what, (CONNECT_SECONDS, self._timeout))
        try:
            body = json.loads(response.data)
        except (ValueError, urllib3.exceptions.HTTPError) as error:
            raise OutsideFailure(
                f"cluster {self._cluster}: the answer to {what} was cut off, or is no JSON",
                "Try again; if it stays so, look at what is between idp and the API server.",
            ) from error
        finally:
            response.release_conn()
        if not isinstance(body, dict):
            raise OutsideFailure(f"cluster {self._cluster}: the answer to {what} is no JSON object")
        return body

    def _ask(
        self, call: Callable[..., Any], what: str, timeout: tuple[float, float]
    ) -> urllib3.BaseHTTPResponse:
        self.requests += 1
        failure = self._sdk().failure
        try:
            response: urllib3.BaseHTTPResponse = call(_preload_content=False, _request_timeout=timeout)
        except urllib3.exceptions.HTTPError as error:
            raise self._unreachable(error, what) from error
        except failure as error:
            raise self._refused(error, what) from error
        return response

    def _unreachable(self, error: Exception, what: str) -> OutsideFailure:
        reason = getattr(error, "reason", None) or error
        if isinstance(reason, urllib3.exceptions.ReadTimeoutError):
            return OutsideFailure(
                f"cluster {self._cluster} did not answer to {what} within {self._timeout:g} s",
                "Try again later, or raise timeout_seconds.",
            )
        if isinstance(reason, urllib3.exceptions.SSLError):
            return OutsideFailure(
                f"cluster {self._cluster}: its certificate is not trusted",
                "Name its certificate authority: ca_file, or the kubeconfig's certificate-authority.",
            )
        return OutsideFailure(
            f"cluster {self._cluster} cannot be reached ({type(reason).__name__})",
            "Check the address, and the network between idp and the API server.",
        )

    def _refused(self, error: Any, what: str) -> OutsideFailure:
        status = int(getattr(error, "status", 0) or 0)
        if status == 0:
            return self._unreachable(urllib3.exceptions.SSLError(), what)
        if status == 401:
            return OutsideFailure(
                f"cluster {self._cluster} does not accept the credential (401)",
                "Give idp a token that is valid.",
            )
        told = f"cluster {self._cluster} answered {status} to {what}"
        if status == 403:
            return Denied(
                told, "Bind the ClusterRole of deploy/kubernetes/clusterrole.yaml to idp's account."
            )
        if status == 404:
            return Absent(told, "Check that the address is that of a Kubernetes API server.")
        if status == 410:
            return Gone(told)
        if 300 <= status < 400:
            return OutsideFailure(f"{told}: a redirect, which is not followed", "Give the address itself.")
        return OutsideFailure(told, "Try again later; the API server's log says more.")
