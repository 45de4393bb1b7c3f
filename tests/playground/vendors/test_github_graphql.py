"""The playground's GitHub over GraphQL: its refusals have GitHub's form, and what moved is found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from playground.seed import Seed
from playground.server import Playground
from playground.vendors.github import GitHub, Organization

SEED = Seed.model_validate(
    {
        "team": {"id": "T0ACME", "name": "Acme", "domain": "acme"},
        "people": [{"id": "U0ANA", "name": "ana", "real_name": "Ana Silva", "email": "ana@acme.example"}],
    }
)

REPOSITORIES = (
    'query($many: Int!) { organization(login: "acme") { repositories(first: $many) { nodes { id } } } }'
)


@pytest.fixture
def github() -> Iterator[GitHub]:
    made = GitHub(Organization("acme"))
    made.changes.create("shop", files={"README.md": "# shop\n", "docs/index.md": "# Docs\n"})
    yield made
    made.hooks.close()


@pytest.fixture
def client(github: GitHub) -> Iterator[httpx.Client]:
    headers = {"authorization": "bearer ghp_playground"}
    with (
        Playground(SEED, vendors=[github]) as playground,
        httpx.Client(base_url=playground.url, headers=headers, trust_env=False) as client,
    ):
        yield client


def asked(client: httpx.Client, query: str, **variables: Any) -> dict[str, Any]:
    answer = client.post("/vendors/github/api/graphql", json={"query": query, "variables": variables})
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


def test_a_wrong_token_is_refused(client: httpx.Client) -> None:
    headers = {"authorization": "bearer wrong"}
    answer = client.post(
        "/vendors/github/api/graphql", json={"query": "{ viewer { login } }"}, headers=headers
    )
    assert (answer.status_code, answer.json()["message"]) == (401, "Bad credentials")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}"])
def test_a_body_without_a_query_is_refused(client: httpx.Client, body: bytes) -> None:
    assert client.post("/vendors/github/api/graphql", content=body).status_code == 400


def test_a_query_that_is_none_is_an_error_in_an_answer(client: httpx.Client) -> None:
    assert "Syntax Error" in asked(client, "query {")["errors"][0]["message"]


def test_what_is_not_there_is_null_with_a_typed_error(client: httpx.Client) -> None:
    body = asked(client, '{ organization(login: "umbrella") { id } }')
    assert body["data"] == {"organization": None}
    assert body["errors"][0]["type"] == "NOT_FOUND"
    assert body["errors"][0]["path"] == ["organization"]


def test_nodes_that_are_gone_are_null_beside_those_that_are_there(
    client: httpx.Client, github: GitHub
) -> None:
    id_ = github.organization.called("shop").id
    body = asked(client, "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=["R_gone", id_])
    assert body["data"]["nodes"] == [None, {"id": id_}]
    assert body["errors"][0]["path"] == ["nodes", 0]


@pytest.mark.parametrize(("many", "type_"), [(101, "EXCESSIVE_PAGINATION"), (100, "MAX_NODE_LIMIT_EXCEEDED")])
def test_limits_on_what_a_query_may_come_to_are_githubs(
    client: httpx.Client, github: GitHub, many: int, type_: str
) -> None:
    github.troubles.node_limit = 99
    body = asked(client, REPOSITORIES, many=many)
    assert type_ in {each["type"] for each in body["errors"]}
    assert "data" not in body


def test_a_budget_that_is_spent_is_said_in_body_and_headers(client: httpx.Client, github: GitHub) -> None:
    github.troubles.remaining = 1
    assert asked(client, REPOSITORIES, many=1)["data"]
    answer = client.post(
        "/vendors/github/api/graphql", json={"query": REPOSITORIES, "variables": {"many": 1}}
    )
    assert answer.json()["errors"][0]["type"] == "RATE_LIMITED"
    assert answer.headers["x-ratelimit-remaining"] == "0"


def test_a_former_name_leads_on_unless_it_must_not(client: httpx.Client, github: GitHub) -> None:
    github.changes.rename("shop", "web-shop")
    query = '{ repository(owner: "acme", name: "shop"%s) { name } }'
    assert asked(client, query % "")["data"]["repository"] == {"name": "web-shop"}
    assert asked(client, query % ", followRenames: false")["data"]["repository"] is None


def test_a_name_that_is_taken_again_leads_to_who_took_it(client: httpx.Client, github: GitHub) -> None:
    github.changes.rename("shop", "web-shop")
    again = github.changes.create("shop")
    body = asked(client, '{ repository(owner: "acme", name: "shop") { id } }')
    assert body["data"]["repository"] == {"id": again.id}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("HEAD:README.md", {"__typename": "Blob"}),
        ("HEAD:docs", {"__typename": "Tree"}),
        ("HEAD:", {"__typename": "Tree"}),
        ("main", {"__typename": "Commit"}),
        ("HEAD:nothing", None),
        ("topic:README.md", None),
    ],
)
def test_expressions_lead_to_what_they_lead_to_in_git(
    client: httpx.Client, expression: str, expected: dict[str, str] | None
) -> None:
    found = "object(expression: $e) { __typename }"
    query = f'query($e: String) {{ repository(owner: "acme", name: "shop") {{ {found} }} }}'
    assert asked(client, query, e=expression)["data"]["repository"]["object"] == expected


def test_a_hook_that_leads_off_this_machine_is_refused(github: GitHub) -> None:
    with pytest.raises(ValueError, match="this machine alone"):
        github.hooks.add("https://elsewhere.example/hook")
