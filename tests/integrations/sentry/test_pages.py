"""Pages of a Sentry that answers what a test says: where lists go on, and what is no answer of Sentry's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from domain.errors import OutsideFailure
from integrations.sentry import INTEGRATION
from playground.seed import Seed
from playground.server import Playground
from playground.vendors.vendor import Faults
from tests.integrations.sentry.stage import saw
from workflows.ports import Connected, Opening, Task

Answer = Callable[[Request], Response]


class Odd:
    """A vendor that answers what a test says."""

    name = "odd"

    def __init__(self) -> None:
        self.faults = Faults()
        self.answers: dict[str, Answer] = {}

    def routes(self) -> Sequence[BaseRoute]:
        return [Route("/api/0/organizations/acme/{what}/", self._serve)]

    def _serve(self, request: Request) -> Response:
        empty = {"groups": []} if request.path_params["what"] == "stats_v2" else []
        answer = self.answers.get(request.path_params["what"])
        return answer(request) if answer else JSONResponse(empty)


@pytest.fixture
def odd() -> Odd:
    return Odd()


@pytest.fixture
def source(odd: Odd) -> Iterator[Connected]:
    with Playground(Seed(), vendors=[odd]) as playground:
        block = {"organization": "acme", "url": f"{playground.url}/vendors/odd"}
        options = INTEGRATION.options.model_validate(block)
        source = INTEGRATION.open(Opening("sentry", options, lambda _name: "token"))
        yield source
        source.close()


def link(cursor: str, *, results: bool, url: str = "https://us.sentry.io/api/0/organizations/acme") -> str:
    said = str(results).lower()
    before = f'<{url}/projects/?&cursor=0:-1:1>; rel="previous"; results="true"; cursor="0:-1:1"'
    return f'{before}, <{url}/projects/?&cursor={cursor}>; rel="next"; results="{said}"; cursor="{cursor}"'


def test_pages_go_on_by_cursor_although_the_address_is_of_another_host(odd: Odd, source: Connected) -> None:
    def projects(request: Request) -> Response:
        first = "cursor" not in request.query_params
        rows = [{"id": "1" if first else "2", "slug": "one" if first else "two"}]
        return JSONResponse(rows, headers={"link": link("100:1:0", results=first)})

    odd.answers["projects"] = projects
    assert {each.name for each in saw(source.fetch(Task())).claims} == {"one", "two"}
    asked = [each for each in odd.faults.requests if "/acme/projects/" in each]
    assert [each.partition("?")[2] for each in asked] == ["per_page=100", "per_page=100&cursor=100%3A1%3A0"]


def test_a_list_without_a_header_is_all_there_is(odd: Odd, source: Connected) -> None:
    odd.answers["projects"] = lambda _request: JSONResponse([{"id": 1, "slug": "one"}])
    (claim,) = saw(source.fetch(Task())).claims
    assert claim.id == "service/1"


def test_pages_in_a_circle_are_a_failure(odd: Odd, source: Connected) -> None:
    headers = {"link": link("100:1:0", results=True)}
    odd.answers["projects"] = lambda _request: JSONResponse([], headers=headers)
    with pytest.raises(OutsideFailure, match="pages without an end"):
        source.fetch(Task())
    assert len(odd.faults.requests) == 2


@pytest.mark.parametrize("what", ["projects", "teams", "members", "issues", "releases", "stats_v2"])
@pytest.mark.parametrize("body", [{"detail": "moved"}, None, "text"])
def test_what_is_no_list_is_never_taken_for_an_empty_one(
    odd: Odd, source: Connected, what: str, body: object
) -> None:
    known = {"id": "1", "slug": "one", "latestRelease": {"version": "1"}}
    odd.answers["projects"] = lambda _request: JSONResponse([known])
    odd.answers[what] = lambda _request: JSONResponse(body)
    with pytest.raises(OutsideFailure) as failure:
        source.fetch(Task())
    assert failure.value.hint


def test_odd_items_are_findings_and_odd_values_pass(odd: Odd, source: Connected) -> None:
    odd.answers["projects"] = lambda _request: JSONResponse(
        [
            {"id": "1", "slug": "one", "name": None, "platform": 7, "teams": [None, {"slug": None}, "x"]},
            None,
            3,
        ]
    )
    odd.answers["issues"] = lambda _request: JSONResponse([{"project": None}, {"project": {"id": 1}}])
    odd.answers["releases"] = lambda _request: JSONResponse(
        [None, {"version": "1", "projects": [None, {"id": 1}]}]
    )
    odd.answers["stats_v2"] = lambda _request: JSONResponse({"groups": [None, {"by": None}, {"totals": 3}]})
    look = source.fetch(Task())
    assert len(look.findings) == 3
    assert not saw(look, "errors").complete
    (figures,) = saw(look, "errors").claims
    (release,) = saw(look, "releases").claims
    assert figures.fields["error_issues"]["sentry:acme/one"]["unresolved"] == 1  # type: ignore[index]
    assert release.fields["releases"]["sentry:acme/one"]["version"] == "1"  # type: ignore[index]


def test_a_search_that_an_old_sentry_does_not_know_is_a_note(odd: Odd, source: Connected) -> None:
    odd.answers["issues"] = lambda _request: JSONResponse({"detail": "Invalid query"}, 400)
    look = source.fetch(Task())
    assert "sentry/errors" not in [each.source for each in look.snapshots]
    assert any("Invalid query" in each for each in look.notes)
