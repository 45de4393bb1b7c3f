"""Programs that tests run as processes of their own: `python -m tests.catalog_store.writers NAME URL …`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import Connection, Table

from catalog_store import writing
from catalog_store.catalog import Catalog
from domain.entities import Claim, Snapshot
from domain.refs import Ref
from tests.catalog_store.test_apply import MONDAY

MANY = 2_000


def many(value: str) -> Snapshot:
    """Return a snapshot that is written in several statements."""
    names = [f"c{number}" for number in range(MANY)]
    return Snapshot(
        "csv",
        MONDAY,
        tuple(
            Claim(
                Ref("component", "default", name),
                name,
                "Component",
                {"custom.value": value, "tags": names[:5]},
            )
            for name in names
        ),
    )


def stop_midway(url: str, value: str) -> None:
    """Apply `many`, say so after half of its rows, and wait there to be killed."""
    written = 0
    insert_many = writing.insert_many

    def counting(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        nonlocal written
        insert_many(connection, table, rows)
        written += len(rows)
        if written > MANY * 2:
            sys.stdout.write("midway\n")
            sys.stdout.flush()
            time.sleep(600)

    with pytest.MonkeyPatch.context() as patch, Catalog.open(url) as catalog:
        patch.setattr(writing, "insert_many", counting)
        catalog.apply(many(value), actor="the one that dies")


def count_up(url: str, name: str, times: str) -> None:
    """Apply `times` snapshots, each of which claims an entity of its own and one that all share."""
    with Catalog.open(url, patience=30) as catalog:
        for number in range(int(times)):
            own, shared = f"{name}-{number}", "shared"
            claims = tuple(
                Claim(Ref("component", "default", each), each, "Component", {"custom.by": own})
                for each in (own, shared)
            )
            sys.stdout.write(f"{catalog.apply(Snapshot(name, MONDAY, claims), actor=name).number}\n")


PROGRAMS: dict[str, Callable[..., None]] = {"stop_midway": stop_midway, "count_up": count_up}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](*sys.argv[2:])
