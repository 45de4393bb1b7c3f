"""The demo company's Sentry, looked at and joined with what the company declares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog_store.catalog import Catalog
from domain.refs import parse_ref
from integrations.sentry import INTEGRATION
from playground.seed import Seed
from playground.server import Playground
from playground.vendors.sentry import Sentry, load_sentry
from tests.catalog_builder import knows, person, service, team
from tests.integrations.sentry.stage import saw
from workflows.ports import Look, Opening, Task

SEED = Path(__file__).parents[3] / "examples" / "acme" / "vendors" / "sentry.yaml"


@pytest.fixture(scope="module")
def look() -> Iterator[Look]:
    sentry = Sentry(load_sentry(SEED))
    with Playground(Seed(), vendors=[sentry]) as playground:
        block = {"organization": "acme", "url": f"{playground.url}/vendors/sentry"}
        options = INTEGRATION.options.model_validate(block)
        source = INTEGRATION.open(Opening("sentry", options, {"SENTRY_TOKEN": sentry.token}.get))
        yield source.fetch(Task())
        source.close()


def test_one_service_is_getting_worse_and_one_better(look: Look) -> None:
    trends: dict[str, set[str]] = {}
    for claim in saw(look, "errors").claims:
        figures = claim.fields["error_issues"]
        assert isinstance(figures, dict)
        for key, each in figures.items():
            trends.setdefault(each["trend"], set()).add(key.removeprefix("sentry:acme/"))
    assert (trends["rising"], trends["falling"]) == ({"payments-api"}, {"checkout-service"})


def test_the_team_of_everybody_speaks_for_nothing(look: Look) -> None:
    owners = {each.fields["owner"] for each in saw(look, "access").claims}
    assert "group:default/everyone" not in owners
    assert len(saw(look, "access").claims) == 21  # nobody has `recommendation`


def test_rules_decide_where_teams_do_not(look: Look) -> None:
    owners = {each.name: each.fields["owner"] for each in saw(look, "ownership").claims}
    assert set(owners.values()) == {"group:default/team-checkout", "group:default/team-ml"}
    (note,) = look.notes
    whole, _, parts = note.partition("; ")
    assert whole == "sentry: 6 ownership rules in 2 projects: 2 of a whole project"
    assert parts == "4 of parts of one (module, path, url), which say nothing of the whole"


def test_it_joins_what_the_company_declares(look: Look, sqlite_catalog: Catalog) -> None:
    knows(
        sqlite_catalog,
        team("team-payouts"),
        team("team-ml"),
        person("ana", "mailto:ana.silva@acme.example"),
        service("payouts-api", "sentry:acme/payouts", owner="team-payouts"),
        service("recommendations", owner="team-ml"),
    )
    sqlite_catalog.apply_all(look.snapshots, actor="test")
    payouts = sqlite_catalog.record(parse_ref("component:default/payouts-api"))
    assert payouts is not None
    assert "error_issues" in payouts.entity.fields
    assert [each.value for each in payouts.facts_on("owner")] == ["group:default/team-payouts"] * 2
    ana = sqlite_catalog.record(parse_ref("user:default/ana"))
    assert ana is not None
    assert ana.entity.fields["accounts"] == {"sentry": "active"}
    stranger = sqlite_catalog.record(parse_ref("component:default/recommendation"))
    assert stranger is not None
    assert stranger.entity.fields["owner"] == "group:default/team-ml"
