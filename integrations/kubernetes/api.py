"""Asks a cluster: lists in pages, discovery, access reviews and streams; `failures` has what goes wrong.

Understands no object beyond its list. What may pass is asked again here; the client repeats nothing.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

import urllib3

from domain.clock import Clock
from domain.errors import OutsideFailure, Stopped
from integrations.calling.rates import retry_after, skew
from integrations.calling.retrying import Again, patiently
from integrations.kubernetes.connection import Clients
from integrations.kubernetes.failures import LATER, Gone, refused, unreachable
from integrations.kubernetes.kinds import NAMESPACE, Served

RESTARTS = 3
"""How often a list whose continue token expired is begun anew."""
CONNECT_SECONDS = 10.0
RETRIES, CONNECTION_RETRIES = 3, 1
"""How often a request is repeated that the server could not answer, and one that did not come through."""
LONGEST_WAIT_SECONDS = 60
"""The longest that a server's Retry-After is waited for."""

Read = TypeVar("Read")
Stop = Callable[[], bool]
"""Says whether to give up."""


def never() -> bool:
    """Go on."""
    return False


class Api:
    """One cluster's API. Can be used from several threads."""

    def __init__(
        self, connect: Callable[[], Clients], cluster: str, clock: Clock, *, timeout: float, page: int
    ) -> None:
        self._connect, self._cluster, self._page = connect, cluster, page
        self._timeout, self._clock = timeout, clock
        self._retries = RETRIES
        self._clients: Clients | None = None
        self._lock = threading.Lock()
        self.requests = 0
        self.skew: timedelta | None = None
        """By how much the server's clock is ahead of ours, by its last answer."""

    @contextmanager
    def briefly(self) -> Iterator[None]:
        """Repeat every request but once meanwhile: somebody is waiting."""
        self._retries = 1
        try:
            yield
        finally:
            self._retries = RETRIES

    def address(self) -> str:
        """Return where the API server is. Raises BadConfiguration."""
        return str(self._sdk().api.configuration.host)

    def version(self) -> str:
        """Return the server's version: `v1.33.4`."""
        return str(self._json(self._sdk().version.get_code, "/version").get("gitVersion", "unknown"))

    def groups(self, stopped: Stop = never) -> Mapping[str, Collection[str]]:
        """Return the versions of each API group."""
        found: dict[str, list[str]] = {"": ["v1"]}
        listed = self._json(self._sdk().groups.get_api_versions, "/apis", stopped).get("groups")
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
        # Whoever watches takes it up again by itself.
        return self._once(call, f"watch {served.kind.resource}", (CONNECT_SECONDS, seconds + self._timeout))

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
            body = self._list(served, namespace, asked, stopped)
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

    def _list(
        self, served: Served, namespace: str, asked: Mapping[str, Any], stopped: Stop = never
    ) -> dict[str, Any]:
        where = f" in namespace {namespace}" if namespace else ""
        call = partial(self._lister(served, namespace), **asked)
        return self._json(call, f"list {served.kind.resource}{where}", stopped)

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

    def _json(self, call: Callable[..., Any], what: str, stopped: Stop = never) -> dict[str, Any]:
        """Return the answer to a request, a JSON object."""
        response = self._patiently(call, what, stopped)
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

    def _patiently(self, call: Callable[..., Any], what: str, stopped: Stop) -> urllib3.BaseHTTPResponse:
        lost = 0

        def once() -> urllib3.BaseHTTPResponse:
            nonlocal lost
            try:
                return self._once(call, what, (CONNECT_SECONDS, self._timeout))
            except OutsideFailure as failure:
                cause = failure.__cause__
                if isinstance(cause, urllib3.exceptions.HTTPError) and lost < CONNECTION_RETRIES:
                    lost += 1
                    raise Again(failure) from cause
                if getattr(cause, "status", 0) not in LATER:
                    raise
                headers = getattr(cause, "headers", None) or {}
                after = retry_after(headers.get("Retry-After", ""), self._clock)
                if after is not None and after > LONGEST_WAIT_SECONDS:
                    raise
                raise Again(failure, after) from cause

        return patiently(once, stopped=stopped, attempts=self._retries + 1)

    def _once(
        self, call: Callable[..., Any], what: str, timeout: tuple[float, float]
    ) -> urllib3.BaseHTTPResponse:
        self.requests += 1
        failure = self._sdk().failure
        try:
            response: urllib3.BaseHTTPResponse = call(_preload_content=False, _request_timeout=timeout)
        except urllib3.exceptions.HTTPError as error:
            raise unreachable(error, self._cluster, what, self._timeout) from error
        except failure as error:
            self._note_clock(getattr(error, "headers", None) or {})
            raise refused(error, self._cluster, what) from error
        self._note_clock(response.headers)
        return response

    def _note_clock(self, headers: Mapping[str, str]) -> None:
        self.skew = skew({"date": headers.get("Date", "")}, self._clock) or self.skew
