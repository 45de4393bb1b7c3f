"""What Datadog's own schemas take is read, and what they refuse is refused."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from tests.integrations.files.looking import Reads
from tests.integrations.files.test_datadog import ENTITIES, FIRST, LATEST, SECOND

SPECS = Path(os.environ.get("IDP_SPECS", Path(__file__).parents[4] / "shared" / "specs"))
SCHEMAS = SPECS / "datadog-service-catalog" / "service-catalog"


def validator(name: str) -> Draft7Validator:
    registry: Registry[Any] = Registry()
    for path in SCHEMAS.rglob("*.json"):
        schema = json.loads(path.read_text())
        registry = registry.with_resource(schema["$id"], Resource.from_contents(schema, DRAFT7))
    return Draft7Validator(json.loads((SCHEMAS / name).read_text()), registry=registry)


WRONG: Mapping[str, tuple[tuple[str, str], ...]] = {
    "v1/schema.json": (("info", "[]"), ("org", "{team: 1}"), ("tags", "x"), ("external-resources", "[{}]")),
    "v2/schema.json": (
        ("dd-service", '""'), ("team", "[a]"), ("contacts", "[{type: email}]"), ("tags", "[1]"),
    ),
    "v2.2/schema.json": (
        ("type", "engine"), ("tier", "[1]"), ("languages", "go"), ("links", "[{name: a, type: doc}]"),
        ("integrations", "{pagerduty: {service-url: 1}}"), ("extensions", "[]"),
    ),
}  # fmt: skip
TEXTS = {"v1/schema.json": FIRST, "v2/schema.json": SECOND, "v2.2/schema.json": LATEST}


@pytest.mark.skipif(not SCHEMAS.exists(), reason="Datadog's schemas are not on this machine")
def test_the_examples_are_what_datadog_takes() -> None:
    for name, text in TEXTS.items():
        assert list(validator(name).iter_errors(yaml.safe_load(text))) == []
    for document in yaml.safe_load_all(ENTITIES):
        kind = document["kind"] if (SCHEMAS / "v3" / f"{document['kind']}.schema.json").exists() else "custom"
        assert list(validator(f"v3/{kind}.schema.json").iter_errors(document)) == []


@pytest.mark.skipif(not SCHEMAS.exists(), reason="Datadog's schemas are not on this machine")
@pytest.mark.parametrize(
    ("schema", "key", "value"), [(name, *each) for name, changes in WRONG.items() for each in changes]
)
def test_what_datadog_refuses_is_refused(reads: Reads, schema: str, key: str, value: str) -> None:
    document = {**yaml.safe_load(TEXTS[schema]), key: yaml.safe_load(value)}
    assert not validator(schema).is_valid(document)
    look = reads({"service.datadog.yaml": yaml.safe_dump(document)})
    assert look.snapshots == ()
    assert {each.severity for each in look.findings} == {"error"}
    assert key in look.findings[0].problem
