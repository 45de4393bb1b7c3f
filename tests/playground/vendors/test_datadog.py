"""The playground's Datadog: keys, permissions, each list's own paging, and what a seed may not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from playground.seed import Seed, SeedError
from playground.server import Playground
from playground.vendors.datadog import Datadog, DatadogSeed, load_datadog

SEED = DatadogSeed.model_validate(
    {
        "api_key": "api",
        "app_key": "app",
        "users": [{"email": f"p{number}@acme.example"} for number in range(12)],
        "teams": [
            {"handle": "all", "name": "All", "members": [f"p{number}@acme.example" for number in range(12)]}
        ],
        "definitions": [{"schema-version": "v2.2", "dd-service": f"s{number}"} for number in range(12)],
        "entities": [{"apiVersion": "v3", "kind": "queue", "metadata": {"name": "jobs"}}],
        "calls": {"prod": {"a": ["b"], "b": []}},
        "slos": [{"id": f"slo{number}", "name": "S", "target": 99} for number in range(12)],
        "monitors": [{"id": number, "name": "M"} for number in range(12)],
    }
)


class Desk:
    """Asks the server with a pair of keys."""

    def __init__(self, url: str, datadog: Datadog) -> None:
        self.datadog = datadog
        self._client = httpx.Client(base_url=f"{url}/vendors/datadog/api/", trust_env=False)

    def get(
        self, path: str, params: Mapping[str, Any] | None = None, *, keys: tuple[str, str] = ("api", "app")
    ) -> httpx.Response:
        headers = {"DD-API-KEY": keys[0], "DD-APPLICATION-KEY": keys[1]}
        return self._client.get(path, params=dict(params or {}), headers=headers)

    def close(self) -> None:
        self._client.close()


@pytest.fixture
def desk() -> Iterator[Desk]:
    datadog = Datadog(SEED)
    with Playground(Seed(), vendors=[datadog]) as playground:
        desk = Desk(playground.url, datadog)
        yield desk
        desk.close()


@pytest.mark.parametrize(
    ("path", "number", "size"),
    [
        ("v2/services/definitions", "page[number]", "page[size]"),
        ("v2/users", "page[number]", "page[size]"),
        ("v1/slo/search", "page[number]", "page[size]"),
        ("v1/monitor", "page", "page_size"),
    ],
)
def test_pages_with_numbers(desk: Desk, path: str, number: str, size: str) -> None:
    def rows(page: int) -> list[Any]:
        value = desk.get(path, {number: page, size: 5}).json()
        found = value if isinstance(value, list) else value["data"]
        return list(found["attributes"]["slos"] if isinstance(found, dict) else found)

    pages = [rows(page) for page in range(4)]
    assert [len(each) for each in pages] == [5, 5, 2, 0]
    assert pages[0] != pages[1]


@pytest.mark.parametrize(
    ("path", "offset", "limit"),
    [("v2/catalog/entity", "page[offset]", "page[limit]"), ("v1/slo", "offset", "limit")],
)
def test_pages_from_a_place_on(desk: Desk, path: str, offset: str, limit: str) -> None:
    first = desk.get(path, {offset: 0, limit: 8}).json()["data"]
    rest = desk.get(path, {offset: 8, limit: 8}).json()["data"]
    assert len({each["id"] for each in (*first, *rest)}) == len(first) + len(rest) >= 12


def test_ten_come_unless_asked_otherwise_and_never_more_than_a_hundred(desk: Desk) -> None:
    desk.datadog.definitions *= 20
    assert len(desk.get("v2/services/definitions").json()["data"]) == 10
    assert len(desk.get("v2/services/definitions", {"page[size]": 500}).json()["data"]) == 100
    assert desk.get("v2/users", {"page[size]": "many"}).status_code == 400


def test_keys_and_permissions(desk: Desk) -> None:
    assert desk.get("v2/validate_keys").json() == {"status": "ok"}
    assert desk.get("v2/team", keys=("api", "wrong")).status_code == 401
    assert desk.get("v1/monitor", keys=("wrong", "app")).status_code == 403
    desk.datadog.permissions.discard("monitors_read")
    assert desk.get("v1/monitor").status_code == 403
    assert desk.get("v2/team").status_code == 200


def test_definitions_by_version_and_documents_on_demand(desk: Desk) -> None:
    assert desk.get("v2/services/definitions", {"schema_version": "v2.1"}).json() == {"data": []}
    assert "included" not in desk.get("v2/catalog/entity").json()
    entities = desk.get("v2/catalog/entity", {"include": "schema"}).json()
    assert [each["attributes"]["schema"]["kind"] for each in entities["included"]][-1] == "queue"


def test_members_calls_and_limits(desk: Desk) -> None:
    (team,) = desk.get("v2/team").json()["data"]
    assert team["attributes"]["user_count"] == 12
    members = desk.get(f"v2/team/{team['id']}/memberships", {"page[size]": 100})
    assert len(members.json()["data"]) == 12
    assert desk.get("v2/team/nobody/memberships").status_code == 404
    assert desk.get("v1/service_dependencies", {"env": "prod"}).json() == {
        "a": {"calls": ["b"]},
        "b": {"calls": []},
    }
    assert desk.get("v1/service_dependencies").status_code == 400
    left = int(members.headers["x-ratelimit-remaining"])
    assert int(desk.get("v2/team").headers["x-ratelimit-remaining"]) < left


def test_a_seed_that_cannot_be_read_names_its_file(tmp_path: Path) -> None:
    seed = tmp_path / "datadog.yaml"
    with pytest.raises(SeedError, match=r"datadog\.yaml: cannot be read"):
        load_datadog(seed)
    seed.write_text("api_key: a\napp_key: b\nmonitors: [{id: 1, name: M, state: Loud}]\n", "utf-8")
    with pytest.raises(SeedError, match="state"):
        load_datadog(seed)


def test_what_was_slow_when_the_seed_was_written_is_slow_now(tmp_path: Path) -> None:
    seed = tmp_path / "datadog.yaml"
    seed.write_text(
        'as_of: "2026-03-04T12:00:00+00:00"\napi_key: a\napp_key: b\n'
        'monitors: [{id: 1, name: M, since: "2026-03-04T11:42:00+00:00"}, {id: 2, name: N}]\n'
    )
    slow, well = Datadog.seeded(seed).monitors
    assert slow.since is not None
    assert abs(datetime.now(UTC) - slow.since - timedelta(minutes=18)) < timedelta(minutes=1)
    assert well.since is None
