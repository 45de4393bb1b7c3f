"""Holds Acme's GitHub in step with Acme's catalog: the same repositories, teams and people."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from playground.vendors.github import GitHub
from playground.vendors.github.state import Organization

ACME = Path(__file__).parents[2] / "examples" / "acme"
CATALOG = ACME / "catalog"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
UNDECLARED = {"go-kit", "engineering-blog", "webhook-relay", "partner-integrations", "cart-legacy", "envoy"}
LEFT = {"hdevries"}


def entities(kind: str) -> list[dict[str, Any]]:
    texts = (path.read_text("utf-8") for path in CATALOG.rglob("*.yaml"))
    documents = (document for text in texts if "\nkind: " in text for document in yaml.safe_load_all(text))
    return [each for each in documents if isinstance(each, dict) and each.get("kind") == kind]


def annotation(entity: dict[str, Any], name: str) -> str:
    return str(entity["metadata"].get("annotations", {}).get(name, ""))


@pytest.fixture(scope="module")
def acme() -> Organization:
    seed, folders = ACME / "vendors" / "github.yaml", CATALOG / "repos"
    return GitHub.seeded(seed, folders, clock=lambda: NOW).organization


def test_every_repository_that_the_catalog_names_is_there_and_a_few_more(acme: Organization) -> None:
    slugs = {annotation(each, "github.com/project-slug") for each in entities("Component")} - {""}
    rows = csv.DictReader((CATALOG / "legacy" / "services.csv").read_text("utf-8-sig").splitlines())
    urls = {row["Repo"] for row in rows if "github.com" in row["Repo"]}
    named = {slug.removeprefix("acme/") for slug in slugs} | {url.rsplit("/", 1)[1] for url in urls}
    assert {each.name for each in acme.own()} == named | UNDECLARED


def test_teams_are_the_catalogs_with_the_people_who_have_a_login(acme: Organization) -> None:
    groups = {
        each["metadata"]["name"]: each for each in entities("Group") if each["metadata"]["name"] != "acme"
    }
    assert set(acme.teams) == set(groups)
    users = entities("User")
    for slug, team in acme.teams.items():
        members = {
            annotation(each, "github.com/user-login") for each in users if slug in each["spec"]["memberOf"]
        }
        assert set(team.members) == members - {""} - LEFT, slug
        assert team.name == groups[slug]["spec"]["profile"]["displayName"]


def test_everybody_who_merges_is_somebody(acme: Organization) -> None:
    logins = {merge.login for each in acme.own() for merge in each.merges if not merge.bot}
    assert logins <= set(acme.people)


def test_folders_bring_their_files(acme: Organization) -> None:
    text = (CATALOG / "repos" / "payments-api" / "CODEOWNERS").read_text("utf-8")
    files = acme.called("payments-api").files
    assert files["CODEOWNERS"] == text
    assert files["go.mod"].startswith("module github.com/acme/payments-api\n")


def test_a_renamed_repository_still_answers_to_its_old_name(acme: Organization) -> None:
    found = acme.formerly("acme", "stock-service")
    assert found is not None
    assert found.name == "inventory-api"


def test_ages_count_from_now(acme: Organization) -> None:
    assert acme.called("payments-api").pushed_at == NOW - timedelta(hours=3)
    assert all(NOW - merge.at < timedelta(days=90) for each in acme.own() for merge in each.merges)


def test_there_is_something_of_each_sort(acme: Organization) -> None:
    own = acme.own()
    assert {each.visibility for each in own} == {"public", "internal", "private"}
    for mark in ("archived", "fork", "template"):
        assert sum(bool(getattr(each, mark)) for each in own) == 1
    parts = acme.called("partner-integrations").files
    assert sum(path.count("/") == 2 for path in parts) >= 3
