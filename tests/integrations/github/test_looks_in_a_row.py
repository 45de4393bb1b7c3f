"""Small looks, one after the other, come to the catalog that complete ones come to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from catalog_store.catalog import Catalog
from catalog_store.database import sqlite_url
from catalog_store.schema import upgrade
from integrations.github.source import GitHubSource
from playground.vendors.github.changes import Changes
from tests.integrations.github.stage import Stage
from workflows.ports import Look, Task

CATALOG_FILE = """\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {{name: {name}}}
spec: {{type: service, lifecycle: production, owner: {owner}}}
"""


def declares(name: str, owner: str = "team-payments", folder: str = "") -> dict[str, str | None]:
    return {f"{folder}catalog-info.yaml": CATALOG_FILE.format(name=name, owner=owner)}


def split(now: Changes) -> None:
    now.push("shop", {"services/cart/Dockerfile": None, "services/cart/src/index.js": None})
    now.create("cart", files={"Dockerfile": "FROM node:22\n"})


STEPS: tuple[tuple[str, Callable[[Changes], object]], ...] = (
    ("a file declares it under another name", lambda now: now.push("payments-api", declares("payments"))),
    ("the file gives it a new name", lambda now: now.push("payments-api", declares("money-api"))),
    ("its repository is renamed", lambda now: now.rename("payments-api", "pay")),
    ("other owners", lambda now: now.push("pay", {"CODEOWNERS": "* @acme/team-mobile\n"})),
    ("the file goes", lambda now: now.push("pay", {"catalog-info.yaml": None})),
    ("a monorepo is split", split),
    ("a part is declared", lambda now: now.push("shop", declares("find", "money", "services/search/"))),
    ("one is archived", lambda now: now.archive("shop")),
    ("and comes back", lambda now: now.archive("shop", back=True)),
    ("a new one under an old name", lambda now: now.create("payments-api", files={"README.md": "# new\n"})),
    ("described anew", lambda now: now.edit("empty", description="no code", topics=["nothing"])),
)
GONE = ("pay", "cart", "empty")
"""Deleted at the end; a webhook tells, and two are made anew."""


@pytest.fixture
def new_catalog(tmp_path: Path) -> Callable[[str], Catalog]:
    def make(name: str) -> Catalog:
        upgrade(sqlite_url(tmp_path / name))
        return Catalog.open(sqlite_url(tmp_path / name))

    return make


def apply(catalog: Catalog, look: Look) -> None:
    catalog.apply_all(look.snapshots, actor="test", allow_shrink=True)


def told(catalog: Catalog) -> dict[str, object]:
    return {
        str(each.ref): (each.name, each.fields, sorted(each.aliases), each.vanished_at)
        for each in catalog.entities()
    }


class Both:
    """Two catalogs of one organization, one by small looks and one by complete ones."""

    def __init__(self, source: GitHubSource, small: Catalog, whole: Catalog) -> None:
        self._source, self._small, self._whole = source, small, whole
        first = source.fetch()
        self._cursor = first.cursor
        for each in (small, whole):
            apply(each, first)

    def look(self, what: str, only: tuple[str, ...] = ()) -> None:
        if only:
            apply(self._small, self._source.fetch(Task(only=only)))
        changed = self._source.fetch(Task(cursor=self._cursor))
        self._cursor = changed.cursor
        apply(self._small, changed)
        apply(self._whole, self._source.fetch())
        assert told(self._small) == told(self._whole), what


def test_looks_at_what_changed_come_to_what_looks_at_everything_do(
    stage: Stage, new_catalog: Callable[[str], Catalog]
) -> None:
    now = stage.github.changes
    with new_catalog("small") as small, new_catalog("whole") as whole:
        both = Both(stage.source(), small, whole)
        for what, change in STEPS:
            stage.clock.now += timedelta(hours=1)
            change(now)
            both.look(what)
        for name in GONE:
            stage.clock.now += timedelta(hours=1)
            id_ = stage.github.organization.called(name).id
            now.delete(name)
            if name != "pay":
                now.create(name, files={"README.md": "# again\n"})
            both.look(f"{name} is deleted", (id_,))
        gone = {each.ref.name for each in small.entities() if each.vanished_at}
        assert "money-api" in gone, "as its file called it last"
        assert not gone & {"find", "empty", "payments-api"}
