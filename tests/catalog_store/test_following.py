"""The index follows the catalog: by patches where little changed, across processes, whole where much did."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from catalog_store.catalog import Catalog
from catalog_store.search.index import CatalogIndex
from catalog_store.search.live import LiveIndex
from domain.changes import Since
from domain.entities import EVERYTHING, Claim, Entity, Snapshot
from domain.refs import Ref, parse_ref
from tests.catalog_builder import SEEN, service, system, team
from tests.catalog_store.index_answers import answers

ROOT = Path(__file__).parents[2]
TEXTS = ("c1", "c-1", "old-name", "pay", "c", "team-a", "github:acme/c1")


class Watched:
    """A catalog that notes how it is read."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self.whole = 0

    def version(self) -> int:
        return self._catalog.version()

    def entities(self, kind: str | None = None) -> Iterator[Entity]:
        self.whole += 1
        return self._catalog.entities(kind)

    def entities_of(self, refs: Sequence[Ref]) -> list[Entity]:
        return self._catalog.entities_of(refs)

    def changed_since(self, version: int, most: int) -> Since | None:
        return self._catalog.changed_since(version, most)


class Company:
    """A catalog, what its one source claims, and an index that follows."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.claims = {
            each.key: each
            for each in (
                team("team-a"),
                team("team-b"),
                system("shop", owner="team-a"),
                *(service(f"c{number}", f"github:acme/c{number}", system="shop") for number in range(40)),
            )
        }
        self.looked = 0
        self.look()
        self.watched = Watched(catalog)
        self.live = LiveIndex(self.watched)
        assert self.live.current.version == catalog.version()

    def look(self) -> int | None:
        """Apply a complete look at all claims; return the change set."""
        self.looked += 1
        snapshot = Snapshot(
            "csv", SEEN + timedelta(hours=self.looked), tuple(self.claims.values()), (EVERYTHING,)
        )
        return self.catalog.apply(snapshot, actor="test", allow_shrink=True).number

    def claim(self, claim: Claim) -> None:
        self.claims[claim.key] = claim

    def agree(self) -> None:
        """Follow, and hold the index against one that is built anew."""
        self.live.refresh()
        assert self.watched.whole == 1, "it was patched"
        refs = [claim.ref for claim in self.claims.values()]
        refs += [parse_ref("component:old-name"), parse_ref("component:c1"), parse_ref("group:gone")]
        built = CatalogIndex.build(self.catalog.entities(), self.catalog.version())
        assert answers(self.live.current, refs, TEXTS) == answers(built, refs, TEXTS)


@pytest.fixture
def company(catalog: Catalog) -> Company:
    return Company(catalog)


def test_owners_systems_and_dependencies_move(company: Company) -> None:
    company.claim(service("c1", "github:acme/c1", owner="team-b", dependsOn=["c2", "resource:db"]))
    company.claim(system("shop", owner="team-b"))
    company.claim(service("c3", system="nowhere", title="A"))
    company.look()
    company.agree()


def test_a_rename_leads_from_the_old_name(company: Company) -> None:
    was = replace(service("c1", "github:acme/c1"), id="1")
    del company.claims["component:default/c1"]
    company.claim(was)
    company.claim(service("c2", dependsOn=["c1"]))
    company.look()
    company.agree()
    company.claim(replace(was, ref=parse_ref("component:pay"), name="pay"))
    number = company.look()
    company.agree()
    assert number is not None
    company.catalog.undo(number, actor="test")
    company.agree()


def test_what_vanishes_is_marked_and_what_is_retired_goes(company: Company) -> None:
    for number in range(4):
        del company.claims[f"component:default/c{number}"]
    company.look()
    company.agree()
    company.catalog.retire("csv", SEEN + timedelta(days=2), actor="test")
    company.agree()
    assert company.live.current.node(parse_ref("component:c1")) is None
    company.claim(service("c1"))
    company.look()
    company.agree()


def test_merged_things_are_one(company: Company) -> None:
    company.catalog.merge(parse_ref("component:c1"), parse_ref("component:c2"), actor="test")
    company.agree()


def test_where_much_changed_it_is_built_anew(company: Company) -> None:
    for number in range(40):
        company.claim(service(f"c{number}", owner="team-b"))
    company.look()
    assert company.live.refresh()
    assert company.watched.whole == 2
    assert company.live.current.version == company.catalog.version()


def test_a_version_that_the_catalog_never_had_is_told(company: Company) -> None:
    assert company.catalog.changed_since(company.catalog.version() + 1, 10) is None


def test_what_another_process_applies_is_patched_in(company: Company, database_url: str) -> None:
    writer = subprocess.Popen(  # noqa: S603 -- a program of ours
        [sys.executable, "-m", "tests.catalog_store.writers", "count_up", database_url, "ana", "1"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    writer.communicate(timeout=60)
    assert company.live.refresh()
    assert company.live.current.node(parse_ref("component:shared")) is not None
    company.agree()
