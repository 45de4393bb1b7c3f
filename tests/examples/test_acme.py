"""Holds the demo company's catalog together: valid by Backstage's rules, in step with its Slack workspace.

Reads plain YAML and CSV, without the product's importer, so that a fault there cannot hide one here.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ACME = Path(__file__).parents[2] / "examples" / "acme"
CATALOG = ACME / "catalog"
ENTITY_FILES = sorted(
    path for path in CATALOG.rglob("*.yaml") if re.search(r"^kind: ", path.read_text("utf-8"), re.M)
)
PLANTED = {"component:referral-service": {"group:growth-hackers"}}

PLACEHOLDERS: dict[str, Callable[[str], Any]] = {"$text": str, "$json": json.loads, "$yaml": yaml.safe_load}

Entity = dict[str, Any]
REFERENCES = {  # field of a spec -> kind of a reference that names none
    "owner": "group", "parent": "group", "children": "group", "memberOf": "group",
    "system": "system", "domain": "domain", "dependsOn": "", "subcomponentOf": "component",
    "providesApis": "api", "consumesApis": "api",
}  # fmt: skip
REQUIRED = {
    "Component": {"type", "lifecycle", "owner"}, "API": {"type", "lifecycle", "owner", "definition"},
    "Resource": {"type", "owner"}, "System": {"owner"}, "Domain": {"owner"},
    "Group": {"type", "children"}, "User": {"memberOf"},
}  # fmt: skip


class Strict(yaml.CSafeLoader):
    """The safe loader, refusing a key that stands twice in one mapping."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = [key for key, count in Counter(keys).items() if count > 1]
        assert not twice, f"{twice} twice at {node.start_mark}"
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


def documents(path: Path) -> list[Any]:
    return [found for found in yaml.load_all(path.read_text("utf-8"), Strict) if found is not None]


def ref(entity: Entity) -> str:
    return f"{entity['kind']}:{entity['metadata']['name']}".lower()


def resolve(written: str, kind: str) -> str:
    """The reference `kind:name` for what somebody wrote; the only namespace at Acme is the default one."""
    head, _, tail = written.rpartition(":")
    return f"{head or kind}:{tail.removeprefix('default/')}"


def references(entity: Entity, field: str) -> set[str]:
    written = entity["spec"].get(field, [])
    return {resolve(name, REFERENCES[field]) for name in ([written] if isinstance(written, str) else written)}


ENTITIES: list[Entity] = [found for path in ENTITY_FILES for found in documents(path)]
SHEET = list(csv.DictReader((CATALOG / "legacy" / "services.csv").read_text("utf-8-sig").splitlines()))
BY_REF = {ref(entity): entity for entity in ENTITIES}
KNOWN = set(BY_REF) | {f"component:{row['Service name']}" for row in SHEET}
WORKSPACE: dict[str, Any] = documents(ACME / "playground.yaml")[0]
PEOPLE = {person["name"]: person for person in WORKSPACE["people"]}


def annotation(entity: Entity, key: str) -> str | None:
    value: str | None = entity["metadata"].get("annotations", {}).get(key)
    return value


def of_kind(kind: str) -> list[Entity]:
    return [entity for entity in ENTITIES if entity["kind"] == kind]


def aliases(entity: Entity) -> list[str]:
    return [name.strip() for name in (annotation(entity, "idp.dev/aliases") or "").split(",") if name.strip()]


def test_acme_is_as_large_as_promised() -> None:
    count = Counter(entity["kind"] for entity in ENTITIES)
    teams = [group for group in of_kind("Group") if group["spec"]["type"] == "team"]
    assert count["Component"] + len(SHEET) >= 60
    assert (len(teams), count["User"], len(PEOPLE)) == (16, 80, 80)
    assert count["System"] >= 8
    assert count["Domain"] >= 4
    assert count["API"] >= 15
    assert count["Resource"] >= 15
    assert {entity["spec"]["type"] for entity in of_kind("API")} == {"openapi", "asyncapi", "graphql", "grpc"}


def test_every_entity_stands_once() -> None:
    counted = Counter(
        [ref(entity) for entity in ENTITIES] + [f"component:{row['Service name']}" for row in SHEET]
    )
    assert [name for name, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("entity", ENTITIES, ids=ref)
def test_entity_passes_backstages_validators(entity: Entity) -> None:
    metadata, spec = entity["metadata"], entity["spec"]
    object_name = re.compile(r"([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]")
    assert re.fullmatch(r"([a-z0-9.-]+/)?v[0-9a-z]+", entity["apiVersion"])
    assert object_name.fullmatch(metadata["name"])
    assert isinstance(metadata["description"], str)
    assert len(metadata["description"]) > 15 or entity["kind"] == "User"
    assert all(
        re.fullmatch(r"[a-z0-9:+#]+(-[a-z0-9:+#]+)*", tag) and len(tag) < 64
        for tag in metadata.get("tags", [])
    )
    labels, annotations = metadata.get("labels", {}), metadata.get("annotations", {})
    assert all(isinstance(value, str) and object_name.fullmatch(value) for value in labels.values())
    assert all(isinstance(value, str) and value for value in annotations.values())
    keys = [*labels, *annotations]
    assert all(
        re.fullmatch(r"([a-z0-9]([a-z0-9.-]*[a-z0-9])?/)?[A-Za-z0-9][-A-Za-z0-9_.]*", key) for key in keys
    )
    assert all(
        set(link) <= {"url", "title", "icon", "type"} and link["url"] for link in metadata.get("links", [])
    )
    assert REQUIRED.get(entity["kind"], set()) <= set(spec)
    assert all(":" in name for name in spec.get("dependsOn", [])), "dependsOn must name the kind"


def test_components_carry_tier_language_and_a_known_type() -> None:
    for entity in of_kind("Component"):
        labels, spec = entity["metadata"]["labels"], entity["spec"]
        assert labels["tier"] in {"1", "2", "3", "4"}, ref(entity)
        assert labels["language"] in {"go", "python", "typescript", "java", "kotlin", "rust", "elixir"}, ref(
            entity
        )
        assert spec["lifecycle"] in {"production", "experimental", "deprecated"}, ref(entity)
        assert spec["type"] in {"service", "website", "library", "job", "infrastructure", "mobile-app"}, ref(
            entity
        )


def test_only_the_planted_references_dangle() -> None:
    dangling = {
        ref(entity): missing
        for entity in ENTITIES
        if (missing := {name for field in REFERENCES for name in references(entity, field)} - KNOWN)
    }
    assert dangling == PLANTED
    assert {row["Owned by"] for row in SHEET if f"group:{row['Owned by']}" not in KNOWN} == {""}


def test_parents_and_children_agree() -> None:
    for group in of_kind("Group"):
        for child in references(group, "children"):
            assert references(BY_REF[child], "parent") == {ref(group)}
    with_parent = {ref(group) for group in of_kind("Group") if "parent" in group["spec"]}
    assert with_parent == {child for group in of_kind("Group") for child in references(group, "children")}


def test_people_of_the_catalog_are_the_people_of_the_workspace() -> None:
    catalog = {
        user["metadata"]["name"]: (
            annotation(user, "slack.com/user-id"),
            user["spec"]["profile"]["displayName"],
            user["spec"]["profile"]["email"],
        )
        for user in of_kind("User")
    }
    assert catalog == {name: (who["id"], who["real_name"], who["email"]) for name, who in PEOPLE.items()}


def test_every_team_has_its_channel_and_user_group() -> None:
    channels = {channel["id"]: channel for channel in WORKSPACE["channels"]}
    handles = {group["id"]: group for group in WORKSPACE["usergroups"]}
    for group in of_kind("Group"):
        if group["spec"]["type"] != "team":
            continue
        name, active = group["metadata"]["name"], members(group)
        channel = channels.pop(annotation(group, "slack.com/channel-id"))
        handle = handles.pop(annotation(group, "slack.com/usergroup-id"))
        assert channel["name"] == annotation(group, "slack.com/channel") == handle["handle"] == name
        assert set(channel["members"]) == set(handle["users"]) == active
        assert handle["name"] == group["spec"]["profile"]["displayName"]
    assert handles == {}
    others = {"general", "random", "incidents", "platform", "security-incidents"}
    assert {channel["name"] for channel in channels.values()} == others


def members(group: Entity) -> set[str]:
    """The people of a team whose Slack account is active."""
    names = {
        user["metadata"]["name"] for user in of_kind("User") if ref(group) in references(user, "memberOf")
    }
    return {name for name in names if not PEOPLE[name]["deleted"]}


def test_workspace_is_one_that_slack_would_have() -> None:
    everybody = [*WORKSPACE["people"], *WORKSPACE["channels"], *WORKSPACE["usergroups"]]
    assert max(Counter(one["id"] for one in everybody).values()) == 1
    assert all(re.fullmatch(r"[UCS]0[A-Z0-9]+", one["id"]) for one in everybody)
    for channel in WORKSPACE["channels"]:
        assert re.fullmatch(r"[a-z0-9_-]{1,80}", channel["name"])
        assert channel["members"] == "all" or set(channel["members"]) <= set(PEOPLE)
        assert len(channel["topic"]) <= 250
        assert len(channel["purpose"]) <= 250
    assert [channel["name"] for channel in WORKSPACE["channels"] if channel["is_private"]] == [
        "security-incidents"
    ]
    assert "ana" in next(one for one in WORKSPACE["channels"] if one["name"] == "team-payments")["members"]


def test_ids_of_vendors_are_given_once() -> None:
    services = [found for entity in ENTITIES if (found := annotation(entity, "pagerduty.com/service-id"))]
    assert [name for name, times in Counter(services).items() if times > 1] == []
    assert all(re.fullmatch(r"P[A-Z0-9]{6}", name) for name in services)


def placeholders(value: object) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        (key, inner), *more = value.items() or [("", None)]
        if not more and str(key).startswith("$"):
            return [(str(key), str(inner))]
        return [found for inner in value.values() for found in placeholders(inner)]
    return []


def test_placeholders_and_locations_point_at_files_that_parse() -> None:
    kinds = set()
    for path in ENTITY_FILES:
        for entity in documents(path):
            for target in entity["spec"].get("targets", []):
                assert list(path.parent.glob(target)), f"{path}: {target}"
            for kind, target in placeholders(entity["spec"]):
                text = (path.parent / target).read_text("utf-8")
                assert PLACEHOLDERS[kind](text)
                kinds.add(kind)
    assert kinds == set(PLACEHOLDERS)


@pytest.mark.parametrize("entity", of_kind("API"), ids=ref)
def test_definition_is_of_its_type(entity: Entity) -> None:
    definition, kind = entity["spec"]["definition"], entity["spec"]["type"]
    home = next(path.parent for path in ENTITY_FILES if entity in documents(path))
    text = definition if isinstance(definition, str) else (home / definition["$text"]).read_text("utf-8")
    if kind in {"openapi", "asyncapi"}:
        described = yaml.safe_load(text)
        assert described[kind]
        assert described["info"]["title"]
        assert described["paths" if kind == "openapi" else "channels"]
    else:
        assert re.search(r"^type Query \{" if kind == "graphql" else r"^service \w+ \{", text, re.M)
    assert any(ref(entity) in references(component, "providesApis") for component in of_kind("Component"))


def test_payments_resolves_to_one_thing_and_search_to_none() -> None:
    names = Counter(
        word.casefold()
        for entity in ENTITIES
        for word in {entity["metadata"]["name"], entity["metadata"].get("title"), *aliases(entity)}
        if word
    )
    assert names["payments"] == 1
    assert "payments" in aliases(BY_REF["component:payments-api"])
    assert names["search"] == 0
    every_name = Counter([entity["metadata"]["name"] for entity in ENTITIES])
    every_name.update(row["Service name"] for row in SHEET)
    every_name.update(alias for entity in ENTITIES for alias in aliases(entity))
    assert [name for name, times in every_name.items() if times > 1] == []
