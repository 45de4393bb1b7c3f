"""A store, a shelf of things, and what syncs the two."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from catalog_store.catalog import Catalog
from domain.clock import system_clock
from tests.databases import Sqlite
from tests.workflows.asking import ANA, Background, Syncing
from tests.workflows.shelf import Shelf
from tests.workflows.small_store import SmallStore
from workflows.sync_report import Order, SyncReport
from workflows.syncing import Terms, sync


@pytest.fixture
def url(sqlite: Sqlite) -> str:
    return sqlite.migrated()


@pytest.fixture
def store(url: str) -> Iterator[SmallStore]:
    with Catalog.open(url) as catalog:
        yield SmallStore(catalog)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf("shelf", tmp_path / "shelf", system_clock)
    shelf.put("pay", tier="1")
    shelf.put("ship", tier="2")
    return shelf


@pytest.fixture
def syncing(store: SmallStore, shelf: Shelf) -> Syncing:
    def run(order: Order = ANA, terms: Terms | None = None, **more: Any) -> SyncReport:
        return sync(store, "shelf", lambda: shelf, order, terms or Terms(), **more)

    return run


@pytest.fixture
def background() -> Iterator[Background]:
    with ThreadPoolExecutor(2) as pool:
        yield pool.submit
