"""One cluster's objects, their versions, and the history that watches are served from.

Speaks no HTTP. Every method can be called from any thread.
"""

from __future__ import annotations

import asyncio
import base64
import copy
import json
import threading
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from playground.vendors.kubernetes.resources import ALWAYS, Resource, of_kind
from playground.vendors.kubernetes.rights import Rights

Object = dict[str, Any]
HISTORY = 5_000
"""At least so many changes are kept, for watches that begin in the past."""
BORN = "2026-01-05T09:00:00Z"


class Expired(Exception):
    """A version or a continue token from before the history that is kept: 410."""


@dataclass(frozen=True, slots=True)
class Event:
    """One change; `object` is as it was after it (DELETED: before)."""

    version: int
    type: str
    resource: Resource
    object: Object


class Cluster:
    """A cluster that serves the groups that it always has, and those named."""

    def __init__(
        self, name: str, groups: Iterable[str] = (), *, token: str = "", version: str = "v1.33.4"
    ) -> None:
        self.name, self.token, self.version = name, token, version
        self.groups = ALWAYS | frozenset(groups)
        self.rights = Rights()
        self.bookmark_seconds = 30.0
        self._objects: dict[Resource, dict[tuple[str, str], Object]] = {}
        self._events: list[Event] = []
        self._now, self._oldest, self._breaks = 1000, 1000, 0
        self._lock = threading.RLock()
        self._bookmarks: dict[str, int] = {}
        self._bells: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def put(self, manifest: Mapping[str, Any]) -> None:
        """Create an object, or replace the one of its kind, namespace and name."""
        resource = of_kind(manifest["kind"])
        made = copy.deepcopy(dict(manifest))
        meta = made.setdefault("metadata", {})
        key = (meta.get("namespace", "") if resource.namespaced else "", meta["name"])
        with self._lock:
            stored = self._objects.setdefault(resource, {})
            meta.setdefault("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.name}/{resource.kind}/{key}")))
            meta.setdefault("creationTimestamp", BORN)
            self._record("MODIFIED" if key in stored else "ADDED", resource, made)
            stored[key] = made
        self._ring()

    def remove(self, kind: str, namespace: str, name: str) -> None:
        """Delete an object. Raises KeyError when there is none."""
        resource = of_kind(kind)
        with self._lock:
            self._record("DELETED", resource, copy.deepcopy(self._objects[resource].pop((namespace, name))))
        self._ring()

    def get(self, kind: str, namespace: str, name: str) -> Object:
        """Return a copy of an object. Raises KeyError when there is none."""
        with self._lock:
            return copy.deepcopy(self._objects[of_kind(kind)][namespace, name])

    def scale(self, kind: str, namespace: str, name: str, replicas: int) -> None:
        """Run so many of a workload, all of them ready."""
        changed = self.get(kind, namespace, name)
        changed["spec"]["replicas"] = replicas
        changed.setdefault("status", {}).update(replicas=replicas, readyReplicas=replicas)
        self.put(changed)

    def set_image(self, kind: str, namespace: str, name: str, image: str) -> None:
        """Deploy another image into a workload's first container."""
        changed = self.get(kind, namespace, name)
        changed["spec"]["template"]["spec"]["containers"][0]["image"] = image
        self.put(changed)

    def forget_history(self) -> None:
        """Compact: older versions and continue tokens are answered with 410 from now on."""
        with self._lock:
            self._now += 1
            self._oldest = self._now
            self._events.clear()
        self._ring()

    def break_watches(self) -> None:
        """Drop every watch in mid-stream."""
        with self._lock:
            self._breaks += 1
        self._ring()

    @property
    def breaks(self) -> int:
        """How often watches were dropped."""
        return self._breaks

    def objects(self) -> list[Object]:
        """Return copies of all objects."""
        with self._lock:
            return [copy.deepcopy(each) for kept in self._objects.values() for each in kept.values()]

    def page(
        self, resource: Resource, namespace: str, limit: int, token: str
    ) -> tuple[list[Object], str, int]:
        """Return a page of objects, the token of the next page (or nothing), and the list's version.

        A limit of 0 is none. Raises Expired for a token from before the history.
        """
        with self._lock:
            version, after = self._now, ("", "")
            if token:
                read = json.loads(base64.urlsafe_b64decode(token))
                version, after = read["v"], tuple(read["after"])
                if version < self._oldest:
                    raise Expired
            stored = self._objects.get(resource, {})
            keys = sorted(key for key in stored if namespace in ("", key[0]) and key > after)
            if resource.kind == "Project":
                keys = [key for key in keys if self.rights.shows(key[1])]
            taken = keys[:limit] if limit else keys
            rest = ""
            if len(taken) < len(keys):
                text = json.dumps({"v": version, "after": taken[-1]})
                rest = base64.urlsafe_b64encode(text.encode()).decode()
            return [stored[key] for key in taken], rest, version

    def since(self, version: int) -> tuple[list[Event], int]:
        """Return what changed after a version, and the version now. Raises Expired when it is too old."""
        with self._lock:
            if version < self._oldest:
                raise Expired
            return [each for each in self._events if each.version > version], self._now

    def listen(self, bell: asyncio.Event) -> None:
        """Set an event of the running loop at every change from now on."""
        with self._lock:
            self._bells.add((asyncio.get_running_loop(), bell))

    def unlisten(self, bell: asyncio.Event) -> None:
        """Set it no more."""
        with self._lock:
            self._bells = {each for each in self._bells if each[1] is not bell}

    def bookmark(self, resource: Resource, version: int) -> None:
        """Note that a watch was told how new it is."""
        with self._lock:
            self._bookmarks[resource.kind] = version

    def bookmarked(self, kind: str) -> int:
        """Return the newest version that a bookmark told watches of a kind; 0: none."""
        with self._lock:
            return self._bookmarks.get(kind, 0)

    @property
    def watchers(self) -> int:
        """How many watches are open."""
        with self._lock:
            return len(self._bells)

    def _record(self, type_: str, resource: Resource, changed: Object) -> None:
        self._now += 1
        changed["metadata"]["resourceVersion"] = str(self._now)
        self._events.append(Event(self._now, type_, resource, changed))
        if len(self._events) > 2 * HISTORY:
            del self._events[:HISTORY]
            self._oldest = self._events[0].version - 1

    def _ring(self) -> None:
        with self._lock:
            for loop, bell in self._bells:
                if not loop.is_closed():
                    loop.call_soon_threadsafe(bell.set)
