"""Follows a cluster's changes and says which namespaces to look at again, a moment after the first of them.

Tells no content: a look reads that. A change of what no look would read, or of how many pods are ready
alone, is passed over. One thread for each kind, all of them ended by `run`.
"""

from __future__ import annotations

import contextlib
import json
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
import urllib3

from domain.errors import OutsideFailure
from integrations.kubernetes.api import Api
from integrations.kubernetes.environments import bare_namespace
from integrations.kubernetes.failures import Absent, Denied, Gone
from integrations.kubernetes.json_objects import mapping, number, text
from integrations.kubernetes.kinds import Kind, Role, Served
from integrations.kubernetes.reading import service, workload
from integrations.kubernetes.ways import ways

STREAM_SECONDS = 290
"""How long the server keeps one watch open; then the next goes on where it ended."""
POLL_SECONDS = 0.1
"""How often `stopped` is asked."""
PATIENCE_SECONDS = 2.0
"""How long a thread is waited for at the end; one that still waits for an answer's head ends by itself."""
SHORT_SECONDS = 1.0
"""A stream that ends sooner counts as broken, so that a server that ends each at once gets a pause."""
WAITS = (0.2, 1.0, 5.0, 15.0, 30.0)
"""Seconds, give or take a quarter, before a watch that failed so many times in a row is tried again."""

Changed = Callable[[tuple[str, ...]], None]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Event:
    """One change of an object, or (BOOKMARK) that there was none up to a version."""

    type: str
    namespace: str
    name: str
    version: str
    object: Any


@dataclass(slots=True)
class _Thread:
    """How far one kind was followed."""

    served: Served
    version: str = ""
    """Empty: unknown, changes since may have been missed."""
    begun: bool = False
    failures: int = 0
    """In a row."""
    known: dict[tuple[str, str], int] = field(default_factory=dict)
    """By namespace and name, a digest of what a look would read of an object."""

    def is_news(self, event: Event) -> bool:
        """Tell whether an event changes what a look reads; the first of an object does."""
        if event.type == "DELETED":
            self.known.pop((event.namespace, event.name), None)
            return True
        digest = hash(_sense(self.served.kind, event.object))
        before = self.known.get((event.namespace, event.name))
        self.known[event.namespace, event.name] = digest
        return digest != before


class Watcher:
    """Watches the kinds of a cluster in all namespaces."""

    def __init__(
        self,
        api: Api,
        cluster: str,
        kinds: Callable[[], Iterable[Served]],
        wanted: Callable[[str], bool],
        debounce_seconds: float,
    ) -> None:
        self._api, self._cluster, self._kinds, self._wanted = api, cluster, kinds, wanted
        self._debounce = debounce_seconds
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._streams: set[urllib3.BaseHTTPResponse] = set()
        self._due: set[str] = set()
        self._since: float | None = None
        self._missed = False
        self._following = 0

    def run(self, changed: Changed, stopped: Callable[[], bool]) -> None:
        """Watch until `stopped`; `changed` is called in this thread. Raises Denied when nothing can be."""
        kinds = self._discover(stopped)
        threads = [
            threading.Thread(
                target=self._follow, args=(_Thread(each),), name=f"watch {each.kind.plural}", daemon=True
            )
            for each in kinds
        ]
        self._following = len(threads)
        try:
            for thread in threads:
                thread.start()
            while not stopped():
                self._ended.wait(POLL_SECONDS)
                self._tell(changed)
                if self._following == 0:
                    raise Denied(
                        f"cluster {self._cluster}: idp may watch nothing there",
                        "Bind the ClusterRole of deploy/kubernetes/clusterrole.yaml to idp's account.",
                    )
        finally:
            self._end(threads)

    def _discover(self, stopped: Callable[[], bool]) -> tuple[Served, ...]:
        """Return what there is to watch as soon as the cluster says so; nothing once it is `stopped`."""
        failures = 0
        while not stopped():
            try:
                return tuple(self._kinds())
            except OutsideFailure as error:
                log.info("watch_not_begun", cluster=self._cluster, why=str(error))
            deadline = time.monotonic() + _wait(failures)
            failures += 1
            while time.monotonic() < deadline and not stopped():
                self._ended.wait(POLL_SECONDS)
        return ()

    def _end(self, threads: Iterable[threading.Thread]) -> None:
        self._ended.set()
        with self._lock:
            for stream in self._streams:
                # It may end by itself at this very moment.
                with contextlib.suppress(OSError, ValueError, RuntimeError):
                    stream.shutdown()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _tell(self, changed: Changed) -> None:
        with self._lock:
            if self._since is None or time.monotonic() - self._since < self._debounce:
                return
            due = () if self._missed else tuple(sorted(self._due))
            self._due.clear()
            self._since, self._missed = None, False
        changed(due)

    def _note(self, namespace: str | None) -> None:
        """Note that something changed in a namespace; None: that changes may have been missed anywhere."""
        with self._lock:
            if namespace is None:
                self._missed = True
            else:
                self._due.add(f"{self._cluster}/{bare_namespace(namespace)}")
            if self._since is None:
                self._since = time.monotonic()

    def _follow(self, at: _Thread) -> None:
        """Watch one kind until the end, over broken connections and expired versions."""
        resource = at.served.kind.resource
        try:
            while not self._ended.is_set():
                try:
                    self._once(at)
                except Gone:
                    at.version = ""
                except (Denied, Absent) as error:
                    log.warning("kind_not_watched", cluster=self._cluster, kind=resource, why=str(error))
                    return
                except (OutsideFailure, urllib3.exceptions.HTTPError, OSError) as error:
                    if not self._ended.is_set():
                        log.info("watch_broken", cluster=self._cluster, kind=resource, why=str(error))
                    self._ended.wait(_wait(at.failures))
                    at.failures += 1
        finally:
            with self._lock:
                self._following -= 1

    def _once(self, at: _Thread) -> None:
        """Follow one stream to its end."""
        if not at.version:
            at.version = self._api.latest(at.served)
            if at.begun:
                self._note(None)
            at.begun = True
        began = time.monotonic()
        for event in self._events(at.served, at.version):
            at.version, at.failures = event.version, 0
            if event.type != "BOOKMARK" and self._wanted(event.namespace) and at.is_news(event):
                self._note(event.namespace)
        if time.monotonic() - began < SHORT_SECONDS:
            raise OutsideFailure("the server ended the watch at once")

    def _events(self, served: Served, version: str) -> Iterator[Event]:
        """Yield the events of one stream."""
        stream = self._api.stream(served, version, STREAM_SECONDS)
        with self._lock:
            self._streams.add(stream)
        try:
            if self._ended.is_set():
                return
            for line in _lines(stream):
                yield from _read(line)
        finally:
            with self._lock:
                self._streams.discard(stream)
            stream.close()


def _wait(failures: int) -> float:
    """Return how many seconds to wait after so many failures before this one."""
    return WAITS[min(failures, len(WAITS) - 1)] * random.uniform(0.75, 1.25)  # noqa: S311 - jitter


def _lines(stream: urllib3.BaseHTTPResponse) -> Iterator[bytes]:
    """Yield whole lines; what a broken stream leaves over is dropped, since it comes again."""
    rest = b""
    for chunk in stream.stream(65_536):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines


def _sense(kind: Kind, found: Any) -> str:
    """Return what a look would read of an object, apart from how many pods are ready."""
    if kind.role is Role.WORKLOAD:
        read = workload(kind.name, found)
        return repr(replace(read, ready=None) if read else None)
    return repr((service(found) if kind.role is Role.SERVICE else None, ways(kind.name, found)))


def _read(line: bytes) -> Iterator[Event]:
    """Yield the event of a line. Raises Gone for an expired version, OutsideFailure for what is none."""
    if not line.strip():
        return
    try:
        event: Any = json.loads(line)
    except ValueError as error:
        raise OutsideFailure("a line of the watch is no JSON") from error
    if text(event, "type") == "ERROR":
        told = text(event, "object", "message") or "the watch failed"
        raise Gone(told) if number(event, "object", "code") == 410 else OutsideFailure(told)
    version = text(event, "object", "metadata", "resourceVersion")
    if version:
        meta = mapping(event, "object", "metadata")
        yield Event(
            text(event, "type"), text(meta, "namespace"), text(meta, "name"), version, event["object"]
        )
