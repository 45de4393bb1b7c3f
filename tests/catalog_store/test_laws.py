"""What holds of change sets whatever the looks: undo is the inverse, again is nothing, order is no matter."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from catalog_store.catalog import Catalog
from catalog_store.database import Database, sqlite_url
from domain.entities import EVERYTHING, Claim, Snapshot
from domain.errors import BadInput, UndoRefused
from tests.catalog_store.sightings import DAY, declared, remark, repository, workload

NAMES = ("pay", "ship", "cart")
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

TIERS = st.sampled_from("123")


def files() -> st.SearchStrategy[Claim]:
    return st.builds(
        lambda name, tier, linked: declared(
            name, *([f"github:acme/{name}-repo"] if linked else []), tier=tier
        ),
        st.sampled_from(NAMES),
        TIERS,
        st.booleans(),
    )


def repositories() -> st.SearchStrategy[Claim]:
    return st.builds(
        lambda number, name, tier: repository(f"R{number}", f"acme/{name}", tier=tier),
        st.integers(1, 3),
        st.sampled_from([*NAMES, *(f"{name}-repo" for name in NAMES)]),
        TIERS,
    )


def workloads() -> st.SearchStrategy[Claim]:
    return st.builds(
        lambda name, told, host: workload(
            f"w/{name}", name, same_as=(f"component:default/{told}",) if told else (), hosts=[f"{host}.x"]
        ),
        st.sampled_from([*NAMES, "odd"]),
        st.sampled_from([None, *NAMES]),
        TIERS,
    )


def remarks() -> st.SearchStrategy[Claim]:
    return st.builds(
        lambda name, owner: remark(name, f"component:default/{name}", owner=f"group:default/{owner}"),
        st.sampled_from(NAMES),
        TIERS,
    )


def looks(source: str, claims: st.SearchStrategy[Claim]) -> st.SearchStrategy[Snapshot]:
    unique = st.lists(claims, max_size=4, unique_by=lambda each: each.key)
    named = unique.filter(lambda each: len({one.ref for one in each}) == len(each))
    return st.builds(
        lambda found, whole, day: Snapshot(source, DAY[day], tuple(found), (EVERYTHING,) if whole else ()),
        named,
        st.booleans(),
        st.integers(0, 20),
    )


LOOKS = st.one_of(
    looks("backstage", files()),
    looks("github", repositories()),
    looks("prod", workloads()),
    looks("github/topics", remarks()),
)


@contextmanager
def fresh(template: Path) -> Iterator[tuple[Catalog, Database]]:
    with TemporaryDirectory() as folder:
        shutil.copy(template, folder)
        url = sqlite_url(Path(folder))
        database = Database(url)
        with Catalog.open(url) as catalog:
            yield catalog, database
        database.close()


def state(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Return all that the catalog says now: entities, claims, what leads where; no history."""
    questions = {
        "entity": "SELECT id, kind, namespace, name, written_kind, written_name, fields, aliases FROM entity "
        "WHERE retired_in IS NULL",
        "claim": "SELECT * FROM claim",
        "sighting": "SELECT source, id, entity_id, digest, vanished_at FROM sighting WHERE digest != ''",
        "alias": "SELECT * FROM alias",
        "relation": "SELECT * FROM relation",
    }
    with database.reading() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(text(question))), key=repr)
            for name, question in questions.items()
        }


@SLOW
@given(before=st.lists(LOOKS, max_size=4), last=LOOKS)
def test_apply_then_undo_is_the_identity(migrated_file: Path, before: list[Snapshot], last: Snapshot) -> None:
    with fresh(migrated_file) as (catalog, database):
        for each in before:
            catalog.apply(each, actor="test", allow_shrink=True)
        was = state(database)
        change_set = catalog.apply(last, actor="test", allow_shrink=True)
        if change_set.number is None:
            return
        catalog.undo(change_set.number, actor="test")
        now = state(database)
        for k in was:
            assert [r for r in now[k] if r not in was[k]] == [r for r in was[k] if r not in now[k]], k


@SLOW
@given(history=st.lists(LOOKS, min_size=1, max_size=6))
def test_all_of_it_undone_in_reverse_is_an_empty_catalog(
    migrated_file: Path, history: list[Snapshot]
) -> None:
    with fresh(migrated_file) as (catalog, database):
        numbers = [catalog.apply(each, actor="test", allow_shrink=True).number for each in history]
        for number in filter(None, reversed(numbers)):
            catalog.undo(number, actor="test")
        assert {name: rows for name, rows in state(database).items() if rows} == {}


@SLOW
@given(history=st.lists(LOOKS, max_size=5), last=LOOKS)
def test_the_same_look_again_changes_nothing(
    migrated_file: Path, history: list[Snapshot], last: Snapshot
) -> None:
    with fresh(migrated_file) as (catalog, database):
        for each in (*history, last):
            catalog.apply(each, actor="test", allow_shrink=True)
        was = state(database)
        again = catalog.apply(last, actor="test", allow_shrink=True)
        assert (again.number, again.changes) == (None, ())
        assert state(database) == was


WORLDS = st.fixed_dictionaries({
    name: st.fixed_dictionaries({
        "file": st.sampled_from(["no", "by name", "by link"]),
        "repository": st.booleans(),
        "workload": st.booleans(),
        "tier": TIERS,
    })
    for name in NAMES
})  # fmt: skip


@SLOW
@given(world=WORLDS, order=st.permutations(["backstage", "github", "prod"]))
def test_the_order_of_sources_does_not_matter(
    migrated_file: Path, world: dict[str, dict[str, str]], order: list[str]
) -> None:
    """Each service is known to some sources, by its name or by a link to its repository of another name."""
    seen: dict[str, list[Claim]] = {"backstage": [], "github": [], "prod": []}
    for name, how in world.items():
        slug = f"acme/{name}-repo" if how["file"] == "by link" else f"acme/{name}"
        if how["file"] != "no":
            linked = [f"github:{slug}"] if how["file"] == "by link" else []
            seen["backstage"].append(declared(name, *linked, tier=how["tier"]))
        if how["repository"]:
            seen["github"].append(repository(f"R-{name}", slug, language=how["tier"]))
        if how["workload"]:
            seen["prod"].append(workload(f"w/{name}", name, hosts=[f"{name}.x"]))

    def outcome(sources: list[str]) -> list[object]:
        with fresh(migrated_file) as (catalog, _):
            for day, source in enumerate(sources):
                catalog.apply(Snapshot(source, DAY[day], tuple(seen[source]), (EVERYTHING,)), actor="test")
            return [(each.ref, each.name, each.fields, sorted(each.aliases)) for each in catalog.entities()]

    assert outcome(order) == outcome(["backstage", "github", "prod"])


@SLOW
@given(history=st.lists(LOOKS, min_size=2, max_size=5), broken=st.sets(st.integers(0, 4)))
def test_looks_that_fail_leave_no_trace(
    migrated_file: Path, history: list[Snapshot], broken: set[int]
) -> None:
    """A look that is refused, or dies of a value that no catalog can keep, might as well not have been."""
    spoilt = Claim(declared("x").ref, "x", "Component", {"custom.x": float("nan")})
    with fresh(migrated_file) as (catalog, database), fresh(migrated_file) as (only_good, other):
        for number, each in enumerate(history):
            if number in broken:
                failing = Snapshot(each.source, each.observed_at, (*each.claims, spoilt), each.within)
                with pytest.raises(BadInput):
                    catalog.apply(failing, actor="test", allow_shrink=True)
            else:
                for one in (catalog, only_good):
                    one.apply(each, actor="test", allow_shrink=True)
        assert state(database) == state(other)


@SLOW
@given(history=st.lists(LOOKS, min_size=1, max_size=5))
def test_undo_refuses_or_undoes_and_never_breaks(migrated_file: Path, history: list[Snapshot]) -> None:
    with fresh(migrated_file) as (catalog, database):
        numbers = [catalog.apply(each, actor="test", allow_shrink=True).number for each in history]
        for number in filter(None, numbers):
            was = state(database)
            try:
                catalog.undo(number, actor="test")
            except UndoRefused:
                assert state(database) == was
        assert len({(each.ref) for each in catalog.entities()}) == sum(1 for _ in catalog.entities())


def test_all_orders_of_a_tangled_company_come_to_the_same(migrated_file: Path) -> None:
    snapshots = [
        Snapshot("backstage", DAY[0], (declared("payments", "github:acme/pay"), declared("cart"))),
        Snapshot("github", DAY[1], (repository("R1", "acme/pay"), repository("R2", "acme/cart"))),
        Snapshot("prod", DAY[2], (workload("w1", "payments"), workload("w2", "Cart"))),
        Snapshot("csv", DAY[3], (declared("cart", tier="1"),)),
    ]
    outcomes = set()
    for order in itertools.permutations(snapshots):
        with fresh(migrated_file) as (catalog, _):
            for each in order:
                catalog.apply(each, actor="test")
            outcomes.add(repr([(each.ref, sorted(each.aliases)) for each in catalog.entities()]))
    assert len(outcomes) == 1
