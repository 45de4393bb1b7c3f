"""The playground's Sentry, asked without the product."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from playground.seed import Seed, SeedError
from playground.server import Playground
from playground.vendors.sentry import Sentry, SentrySeed, load_sentry

SEED = SentrySeed.model_validate(
    {
        "token": "open-sesame",
        "client_secret": "shared",
        "organization": "acme",
        "members": [
            {"email": "ana@acme.example", "name": "Ana"},
            {"email": "bo@acme.example", "state": "invited"},
        ],
        "teams": [{"slug": "pay", "members": ["ana@acme.example", "bo@acme.example"]}],
        "projects": [
            {"slug": f"p{number}", "teams": ["pay"], "last_week": 3, "issues": [{"title": "Boom"}]}
            for number in range(3)
        ],
    }
)


@dataclass
class Talk:
    sentry: Sentry
    client: httpx.Client

    def get(self, what: str, **params: object) -> httpx.Response:
        return self.client.get(f"/organizations/acme/{what}/", params=params)  # type: ignore[arg-type]


@pytest.fixture
def talk() -> Iterator[Talk]:
    sentry = Sentry(SEED)
    with Playground(Seed(), vendors=[sentry]) as playground:
        headers = {"authorization": "Bearer open-sesame"}
        address = f"{playground.url}/vendors/sentry/api/0"
        with httpx.Client(base_url=address, headers=headers, trust_env=False) as client:
            yield Talk(sentry, client)


def test_it_wants_its_token(talk: Talk) -> None:
    for given, words in (
        ("Bearer another", "Invalid token"), ("", "Authentication credentials were not provided.")
    ):  # fmt: skip
        answer = talk.client.get("/organizations/acme/projects/", headers={"authorization": given})
        assert (answer.status_code, answer.json()) == (401, {"detail": words})


def test_a_scope_can_be_taken_away(talk: Talk) -> None:
    talk.sentry.scopes -= {"member:read"}
    assert talk.get("members").status_code == 403
    assert talk.get("projects").status_code == 200


def test_other_organizations_are_not_there(talk: Talk) -> None:
    assert talk.client.get("/organizations/other/projects/").status_code == 404
    assert talk.client.get("/organizations/acme/nonsense/").status_code == 404


def test_a_next_page_is_named_even_where_nothing_is_on_it(talk: Talk) -> None:
    first = talk.get("projects", per_page=2)
    link = first.links["next"]
    assert (link["results"], first.links["previous"]["results"]) == ("true", "false")
    last = talk.client.get(link["url"])
    assert [each["slug"] for each in last.json()] == ["p2"]
    assert (last.links["next"]["results"], last.links["previous"]["results"]) == ("false", "true")
    assert talk.client.get(last.links["next"]["url"]).json() == []
    assert talk.get("projects", cursor="nonsense").status_code == 400


def test_an_invitation_is_in_no_team_yet(talk: Talk) -> None:
    members = talk.client.get("/teams/acme/pay/members/").json()
    assert [each["email"] for each in members] == ["ana@acme.example"]


def test_events_are_counted_by_project_where_there_are_any(talk: Talk) -> None:
    talk.sentry.state.projects[1].events.clear()
    now = talk.sentry.now()
    asked = {
        "groupBy": "project", "field": "sum(quantity)", "category": "error", "project": "-1",
        "start": f"{now.replace(year=now.year - 1):%Y-%m-%dT%H:%M:%SZ}", "end": f"{now:%Y-%m-%dT%H:%M:%SZ}",
    }  # fmt: skip
    groups = talk.get("stats_v2", **asked).json()["groups"]
    assert [each["totals"]["sum(quantity)"] for each in groups] == [3, 3]
    assert talk.get("stats_v2", **{**asked, "category": ""}).status_code == 400


def test_a_search_that_it_does_not_know_is_refused(talk: Talk) -> None:
    assert talk.get("issues", query="is:unresolved assigned:me").status_code == 400
    assert len(talk.get("issues", query="is:unresolved").json()) == 3
    assert talk.get("issues", project="999").status_code == 403


def test_news_is_signed_and_goes_to_this_machine_alone(talk: Talk) -> None:
    talk.sentry.changes.resolve("p0", "Boom")
    (sent,) = talk.sentry.hook.sent
    assert sent.headers["sentry-hook-signature"] == hmac.new(b"shared", sent.body, hashlib.sha256).hexdigest()
    assert sent.statuses == []
    talk.sentry.hook.url = "https://elsewhere.example/hook"
    with pytest.raises(ValueError, match="this machine alone"):
        talk.sentry.changes.resolve("p1", "Boom")
    talk.sentry.hook.url = str(talk.client.base_url)
    talk.sentry.changes.resolve("p2", "Boom")
    assert talk.sentry.hook.sent[-1].statuses == [405]


def test_a_seed_that_cannot_be_read_says_where(tmp_path: Path) -> None:
    path = tmp_path / "sentry.yaml"
    with pytest.raises(SeedError, match=r"sentry\.yaml: cannot be read"):
        load_sentry(path)
    path.write_text("token: x\norganization: acme\nprojekts: []\n", "utf-8")
    with pytest.raises(SeedError, match="projekts"):
        load_sentry(path)
