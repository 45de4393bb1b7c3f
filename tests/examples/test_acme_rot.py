"""Holds the demo company's planted rot in place: each kind of it is there, once, and there is no other."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

ACME = Path(__file__).parents[2] / "examples" / "acme"
CATALOG = ACME / "catalog"
ENTITIES: list[dict[str, Any]] = [
    found
    for path in CATALOG.rglob("*.yaml")
    for found in yaml.safe_load_all(path.read_text("utf-8"))
    if found and "kind" in found
]
COMPONENTS = {entity["metadata"]["name"]: entity for entity in ENTITIES if entity["kind"] == "Component"}
SHEET = list(csv.DictReader((CATALOG / "legacy" / "services.csv").read_text("utf-8-sig").splitlines()))
WORKSPACE = yaml.safe_load((ACME / "playground.yaml").read_text("utf-8"))
OWNERS = {name: entity["spec"]["owner"].removeprefix("group:") for name, entity in COMPONENTS.items()} | {
    row["Service name"]: row["Owned by"] for row in SHEET
}


def needs(name: str) -> list[str]:
    """The components that a component depends on; those of the spreadsheet depend on none."""
    spec = COMPONENTS.get(name, {"spec": {}})["spec"]
    return [
        word.removeprefix("component:") for word in spec.get("dependsOn", []) if word.startswith("component:")
    ]


def cycles() -> Iterator[frozenset[str]]:
    """Every dependency cycle among components, as the set of its members."""

    def walk(path: list[str]) -> Iterator[frozenset[str]]:
        for needed in needs(path[-1]):
            if needed in path:
                yield frozenset(path[path.index(needed) :])
            else:
                yield from walk([*path, needed])

    for name in COMPONENTS:
        yield from walk([name])


def test_one_owner_has_left() -> None:
    gone = {person["name"] for person in WORKSPACE["people"] if person["deleted"]}
    owned_by_people = {name: owner for name, owner in OWNERS.items() if owner.startswith("user:")}
    assert owned_by_people == {"chargeback-worker": "user:default/hendrik"}
    assert gone == {"hendrik"}


def test_one_team_has_an_archived_channel_and_still_owns_something() -> None:
    archived = [channel["name"] for channel in WORKSPACE["channels"] if channel["is_archived"]]
    assert archived == ["team-loyalty"]
    assert "team-loyalty" in OWNERS.values()


def test_one_team_has_a_channel_that_outsiders_read() -> None:
    assert [each["name"] for each in WORKSPACE["channels"] if each.get("is_ext_shared")] == ["team-payouts"]
    assert "team-payouts" in OWNERS.values()


def test_one_member_of_a_team_is_a_guest() -> None:
    assert [each["name"] for each in WORKSPACE["people"] if each["is_restricted"]] == ["takumi"]
    takumi = next(each for each in ENTITIES if each["metadata"]["name"] == "takumi")
    assert takumi["spec"]["memberOf"] == ["team-ml"]


def test_one_service_is_unowned_and_depended_on() -> None:
    assert [name for name, owner in OWNERS.items() if not owner] == ["label-printer-bridge"]
    assert "label-printer-bridge" in needs("returns-service")


def test_one_owning_team_does_not_exist() -> None:
    groups = {entity["metadata"]["name"] for entity in ENTITIES if entity["kind"] == "Group"}
    teams = {
        name: owner.removeprefix("default/")
        for name, owner in OWNERS.items()
        if not owner.startswith("user:")
    }
    missing = {name: team for name, team in teams.items() if team and team not in groups}
    assert missing == {"referral-service": "growth-hackers"}


def test_two_services_have_near_names_owners_and_repositories_of_their_own() -> None:
    def plain(name: str) -> str:
        return name.replace("service", "svc")

    near = {pair for pair in combinations(sorted(OWNERS), 2) if plain(pair[0]) == plain(pair[1])}
    assert near == {("checkout-service", "checkout-svc")}
    assert SequenceMatcher(None, "checkout-service", "checkout-svc").ratio() > 0.8
    assert OWNERS["checkout-service"] != OWNERS["checkout-svc"]


def test_one_repository_was_renamed_in_one_place_only() -> None:
    torn = {}
    for name, entity in COMPONENTS.items():
        notes = entity["metadata"]["annotations"]
        source, slug = notes.get("backstage.io/source-location", ""), notes.get("github.com/project-slug", "")
        if source and slug and not source.startswith(f"url:https://github.com/{slug}/"):
            torn[name] = (source, notes["idp.dev/aliases"])
    assert torn == {"inventory-api": ("url:https://github.com/acme/stock-service/", "stock-service, stock")}


def test_one_tier_1_component_needs_a_deprecated_one() -> None:
    deprecated = {name for name, entity in COMPONENTS.items() if entity["spec"]["lifecycle"] == "deprecated"}
    deprecated |= {row["Service name"] for row in SHEET if row["Life cycle"] == "deprecated"}
    critical = [name for name, entity in COMPONENTS.items() if entity["metadata"]["labels"]["tier"] == "1"]
    leaning = {(name, needed) for name in critical for needed in needs(name) if needed in deprecated}
    assert leaning == {("checkout-service", "tax-calculator")}


def test_two_components_depend_on_each_other() -> None:
    assert set(cycles()) == {frozenset({"pricing-api", "promotions-api"})}


def test_readme_names_what_is_planted() -> None:
    readme = (ACME / "README.md").read_text("utf-8")
    for name in (
        "chargeback-worker", "team-loyalty", "checkout-svc", "label-printer-bridge", "stock-service",
        "growth-hackers", "tax-calculator", "promotions-api", "team-payouts", "Takumi",
    ):  # fmt: skip
        assert name in readme, name
