"""Who asks for syncs, and how tests look at what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future

from domain.refs import Ref
from tests.workflows.small_store import SmallStore
from workflows.sync_report import Order, SyncReport

ANA = Order("ana", named=True)
TICK = Order("schedule", resumable=True)
Syncing = Callable[..., SyncReport]
Background = Callable[[Callable[[], SyncReport]], Future[SyncReport]]


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def tier(store: SmallStore, name: str = "pay") -> object:
    record = store.catalog.record(Ref("component", "default", name))
    return record and record.entity.fields.get("tier")
