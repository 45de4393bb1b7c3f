"""A database that the first release filled: after the upgrade its catalog, history and undo go on."""

from __future__ import annotations

import json

import pytest
from alembic import command
from sqlalchemy import text

from catalog_store.catalog import Catalog
from catalog_store.database import Database
from catalog_store.schema import alembic_config, upgrade
from tests.catalog_store.sightings import DAY, component, declared, known, leads_to, refs, sees, workload
from tests.databases import Backend

FIRST, SECOND = "2025-03-01 09:00:00+00:00", "2025-03-02 09:00:00+00:00"


def row(table: str, **values: object) -> str:
    """Return the statement that puts a row there."""
    written = ", ".join("NULL" if each is None else f"'{each}'" for each in values.values())
    return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({written})"  # noqa: S608 -- values of this file


def fields(**values: str) -> str:
    return json.dumps(values, sort_keys=True, separators=(",", ":"))


CLAIM_BEFORE = json.dumps({
    "kind": "Component", "name": "payments-api", "fields": {"tier": "1"}, "aliases": ["pay"], "origin": "a:1",
    "confidence": 1.0, "since": "2025-03-01T09:00:00+00:00", "seen_at": "2025-03-01T09:00:00+00:00",
})  # fmt: skip
ROWS = (
    row(
        "change_set",
        number=1,
        source="backstage",
        actor="ana",
        applied_at=FIRST,
        created=1,
        changed=0,
        unchanged=0,
    ),
    row(
        "change_set",
        number=2,
        source="backstage",
        actor="ana",
        applied_at=SECOND,
        created=0,
        changed=1,
        unchanged=0,
    ),
    row(
        "entity",
        id=1,
        kind="component",
        namespace="default",
        name="payments-api",
        written_kind="Component",
        written_name="payments-api",
        fields=fields(tier="2"),
        aliases='["pay"]',
        created_in=1,
        changed_in=2,
    ),
    row("alias", alias="pay", entity_id=1),
    row(
        "claim",
        entity_id=1,
        source="backstage",
        kind="Component",
        name="payments-api",
        fields=fields(tier="2"),
        aliases='["pay"]',
        origin="a:1",
        confidence=1.0,
        since=SECOND,
    ),
    row("sighting", source="backstage", entity_id=1, digest="of the first release", seen_at=SECOND),
    row(
        "change",
        change_set=1,
        entity_id=1,
        operation="created",
        before="{}",
        after=fields(tier="1"),
        claim_before=None,
    ),
    row(
        "change",
        change_set=2,
        entity_id=1,
        operation="changed",
        before=fields(tier="1"),
        after=fields(tier="2"),
        claim_before=CLAIM_BEFORE,
    ),
    row("source", source="backstage", looked_at=SECOND),
)


@pytest.fixture
def upgraded_url(backend: Backend) -> str:
    url = backend.empty()
    database = Database(url)
    if database.path is not None:
        database.path.parent.mkdir(parents=True, exist_ok=True)
    with database.writing() as connection:
        command.upgrade(alembic_config(connection), "0001")
        for each in ROWS:
            connection.execute(text(each.replace(":", r"\:")))
    database.close()
    upgrade(url)
    return url


def test_what_was_known_is_known_and_unchanged(upgraded_url: str) -> None:
    with Catalog.open(upgraded_url) as catalog:
        [tier] = known(catalog, "payments-api").facts_on("tier")
        assert (tier.value, tier.source, tier.origin, tier.wins) == ("2", "backstage", "a:1", True)
        assert leads_to(catalog, "pay") == ["component:payments-api"]
        said = declared("payments-api", "pay", tier="2")
        assert sees(catalog, "backstage", said) == {"unchanged": 1}
        assert catalog.version() == 2


def test_the_next_look_after_passages_came_is_a_whole_one(backend: Backend) -> None:
    url = backend.empty()
    database = Database(url)
    if database.path is not None:
        database.path.parent.mkdir(parents=True, exist_ok=True)
    state = row(
        "source_state", name="github", problem="", remedy="", paused="", cursor="since yesterday", requests=0,
        things=0, findings=0, holder="",
    )  # fmt: skip
    with database.writing() as connection:
        command.upgrade(alembic_config(connection), "0005")
        connection.execute(text(state))
    upgrade(url)
    with database.reading() as connection:
        assert connection.execute(text("SELECT cursor FROM source_state")).scalar() == ""
    database.close()


def test_what_is_seen_finds_it_by_its_name(upgraded_url: str) -> None:
    with Catalog.open(upgraded_url) as catalog:
        sees(catalog, "prod", workload("w", "Payments_API", hosts=["pay.x"]))
        assert refs(catalog) == ["component:payments-api"]


def test_history_answers_and_a_change_from_before_is_undone(upgraded_url: str) -> None:
    with Catalog.open(upgraded_url, clock=lambda: DAY[9]) as catalog:
        then = catalog.record_as_of(component("payments-api"), DAY[0].replace(day=1, hour=12))
        assert then is not None
        assert then.entity.fields["tier"] == "1"
        catalog.undo(2, actor="ana")
        assert known(catalog, "payments-api").entity.fields["tier"] == "1"
        catalog.undo(1, actor="ana")
        assert refs(catalog) == []
