"""The playground's GitHub answers REST as GitHub describes it, and PyGithub gets along with it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import github
import httpx
import pytest
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

from tests.integrations.github.stage import TOKEN, Stage

SPECS = Path(os.environ.get("IDP_SPECS", Path(__file__).parents[4] / "shared" / "specs"))
DESCRIPTION = SPECS / "github-api.trimmed.openapi.json"
ONE = "/repos/acme/payments-api"

HOOK = {"name": "web", "config": {"url": "http://127.0.0.1:9/"}, "events": ["push"]}
# A folder's listing is missing: the description gives a list a discriminator, which no validator can follow.
CALLS: list[tuple[str, str, Any, int]] = [
    ("GET", "/user", None, 200),
    ("GET", "/rate_limit", None, 200),
    ("GET", "/orgs/acme", None, 200),
    ("GET", "/orgs/umbrella", None, 404),
    ("GET", "/orgs/acme/repos", None, 200),
    ("GET", "/orgs/acme/members", None, 200),
    ("GET", "/orgs/acme/teams", None, 200),
    ("GET", "/orgs/acme/teams/team-payments", None, 200),
    ("GET", "/orgs/acme/teams/team-payments/members", None, 200),
    ("PUT", "/orgs/acme/teams/team-payments/memberships/vhorvath", {"role": "member"}, 200),
    ("DELETE", "/orgs/acme/teams/team-payments/memberships/kwame-m", None, 204),
    ("PUT", f"/orgs/acme/teams/money{ONE}", {"permission": "push"}, 204),
    ("GET", "/orgs/acme/hooks", None, 200),
    ("POST", "/orgs/acme/hooks", HOOK, 201),
    ("GET", ONE, None, 200),
    ("GET", "/repos/acme/nothing", None, 404),
    ("PATCH", ONE, {"description": "Moves the money", "archived": True}, 200),
    ("GET", f"{ONE}/topics", None, 200),
    ("PUT", f"{ONE}/topics", {"names": ["go"]}, 200),
    ("GET", f"{ONE}/languages", None, 200),
    ("GET", f"{ONE}/teams", None, 200),
    ("GET", f"{ONE}/contents/go.mod", None, 200),
    ("GET", f"{ONE}/contents/nothing", None, 404),
    ("PUT", f"{ONE}/contents/NEW.md", {"message": "Add NEW", "content": "aGVsbG8="}, 201),
    ("POST", "/orgs/acme/repos", {"name": "ledger", "private": True, "auto_init": True}, 201),
    ("DELETE", "/repos/acme/old-till", None, 204),
]  # fmt: skip


@pytest.fixture(scope="session")
def description() -> OpenAPI:
    if not DESCRIPTION.exists():
        pytest.skip(f"GitHub's OpenAPI description is not at {DESCRIPTION}; name its folder in IDP_SPECS")
    return OpenAPI.from_dict(json.loads(DESCRIPTION.read_text("utf-8")))


@pytest.fixture
def call(stage: Stage) -> Iterator[Callable[..., httpx.Response]]:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with httpx.Client(base_url=stage.api, headers=headers, trust_env=False) as client:
        yield lambda method, path, body=None: client.request(method, path, json=body)


@pytest.mark.parametrize(("method", "path", "body", "status"), CALLS, ids=lambda each: str(each)[:40])
def test_answers_have_the_shape_that_github_describes(
    description: OpenAPI, call: Callable[..., httpx.Response], method: str, path: str, body: Any, status: int
) -> None:
    answer = call(method, path, body)
    assert answer.status_code == status
    data = json.dumps(body).encode() if body is not None else None
    request = MockRequest(
        "https://api.github.com", method.lower(), path, data=data, content_type="application/json"
    )
    description.validate_request(request)
    content_type = answer.headers.get("content-type", "application/json")
    description.validate_response(request, MockResponse(answer.content, answer.status_code, {}, content_type))


def test_without_a_token_nothing_is_answered(stage: Stage) -> None:
    answer = httpx.get(f"{stage.api}/user", trust_env=False)
    assert (answer.status_code, answer.json()["message"]) == (401, "Bad credentials")


@pytest.fixture
def hub(stage: Stage) -> Iterator[github.Github]:
    made = github.Github(auth=github.Auth.Token(TOKEN), base_url=stage.api, retry=None)
    yield made
    made.close()


def test_pygithub_reads_with_only_its_base_url_changed(hub: github.Github) -> None:
    assert hub.get_user().login == "anasilva"
    organization = hub.get_organization("acme")
    assert {each.name for each in organization.get_repos()} >= {"payments-api", "shop", "empty"}
    assert [each.slug for each in organization.get_teams()] == ["money", "team-payments", "team-mobile"]
    one = hub.get_repo("acme/payments-api")
    found = one.get_contents("go.mod")
    assert not isinstance(found, list)
    assert found.decoded_content == b"module acme.example/payments\n"
    assert one.get_topics() == ["pci", "go"]
    folder = one.get_contents("docs")
    assert isinstance(folder, list)
    assert [each.path for each in folder] == ["docs/Dockerfile", "docs/index.md"]


def test_pygithub_reads_all_pages(hub: github.Github, stage: Stage) -> None:
    for number in range(70):
        stage.github.changes.create(f"service-{number}")
    hub.per_page = 30
    assert sum(1 for _ in hub.get_organization("acme").get_repos()) == 75
    pages = [each for each in stage.github.faults.requests if "/orgs/acme/repos" in each]
    assert len(pages) == 3


def test_pygithub_follows_a_renamed_repository(hub: github.Github, stage: Stage) -> None:
    stage.github.changes.rename("shop", "web-shop")
    assert hub.get_repo("acme/shop").full_name == "acme/web-shop"


def test_pygithub_changes_what_the_next_look_sees(hub: github.Github, stage: Stage) -> None:
    hub.get_organization("acme").create_repo(
        "ledger", description="Keeps the books", private=True, auto_init=True
    )
    hub.get_repo("acme/shop").edit(name="web-shop")
    hub.get_repo("acme/old-till").delete()
    hub.get_repo("acme/payments-api").create_file("Dockerfile", "Add it", "FROM scratch\n")
    facts = {each.slug: each for each in stage.source().facts().facts.repositories}
    assert set(facts) == {"acme/ledger", "acme/web-shop", "acme/payments-api", "acme/empty"}
    assert facts["acme/ledger"].description == "Keeps the books"
    assert facts["acme/payments-api"].files["Dockerfile"] == "FROM scratch\n"


def test_pygithub_learns_of_a_wrong_token(stage: Stage) -> None:
    hub = github.Github(auth=github.Auth.Token("wrong"), base_url=stage.api, retry=None)
    with pytest.raises(github.BadCredentialsException):
        hub.get_user().login  # noqa: B018 - it is asked for when it is read
    hub.close()
