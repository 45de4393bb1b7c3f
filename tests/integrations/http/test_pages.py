"""Every way of going on to the next page is gone to the end, or said to have none."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from domain.entities import EVERYTHING
from domain.errors import OutsideFailure, Stopped
from playground.vendors.cmdb import Asset, Cmdb
from tests.integrations.http.conftest import NOW, Odd, Opens
from workflows.ports import Blank, Task

WAYS: dict[str, dict[str, Any]] = {
    "cmdb/api/assets": {"items": "data", "pagination": "page"},
    "cmdb/api/assets?per_page=4": {"items": "data", "pagination": {"style": "page", "total": "total"}},
    "cmdb/api/assets/offset": {
        "items": "results",
        "pagination": {"style": "offset", "size_param": "limit", "size": 6},
    },
    "cmdb/api/assets/cursor": {
        "items": "assets",
        "pagination": {"style": "cursor", "param": "after", "next": "meta.after"},
    },
    "cmdb/api/assets/linked": {"pagination": "link"},
    "cmdb/api/assets/next": {"items": "results", "pagination": {"style": "next_url", "next": "next"}},
    "cmdb/api/assets?per_page=100": {"items": "data"},
}


@pytest.mark.parametrize("path", WAYS)
def test_all_items_come_whichever_way_the_pages_go(opens: Opens, cmdb: Cmdb, path: str) -> None:
    look = opens(path, **WAYS[path]).fetch()
    (snapshot,) = look.snapshots
    assert [claim.id for claim in snapshot.claims] == [asset.id for asset in cmdb.assets]
    assert (snapshot.source, snapshot.observed_at, snapshot.within) == ("cmdb", NOW, (EVERYTHING,))
    assert (look.findings, look.notes) == ((), ())
    assert look.requests == len(cmdb.faults.requests)
    assert look.read == look.requests


@pytest.mark.parametrize("path", list(WAYS)[:-1])
def test_there_are_at_least_three_pages(opens: Opens, cmdb: Cmdb, path: str) -> None:
    opens(path, **WAYS[path]).fetch()
    assert len(cmdb.faults.requests) >= 3


def test_a_known_total_saves_the_empty_page(opens: Opens, cmdb: Cmdb) -> None:
    opens("cmdb/api/assets", items="data", pagination={"style": "page", "total": "total"}).fetch()
    assert [each.partition("?")[2] for each in cmdb.faults.requests] == [
        "page=1", "page=2", "page=3", "page=4",
    ]  # fmt: skip


def test_parameters_of_the_address_stay(opens: Opens, cmdb: Cmdb) -> None:
    opens("cmdb/api/assets?per_page=10&view=all", items="data", pagination="page").fetch()
    assert cmdb.faults.requests[1].endswith("?per_page=10&view=all&page=2")


@pytest.mark.parametrize("path", WAYS)
@pytest.mark.parametrize("count", [1, 4, 5, 6, 12, 15])
def test_no_item_is_lost_where_a_page_ends(opens: Opens, cmdb: Cmdb, path: str, count: int) -> None:
    cmdb.assets = cmdb.assets[:count]
    (snapshot,) = opens(path, **WAYS[path]).fetch().snapshots
    assert [claim.id for claim in snapshot.claims] == [asset.id for asset in cmdb.assets]


@pytest.mark.parametrize("path", WAYS)
def test_nothing_is_a_complete_look_at_nothing(opens: Opens, cmdb: Cmdb, path: str) -> None:
    cmdb.assets = ()
    (snapshot,) = opens(path, **WAYS[path]).fetch().snapshots
    assert (snapshot.claims, snapshot.within) == ((), (EVERYTHING,))


def test_five_thousand_items_come_in_their_order(opens: Opens, cmdb: Cmdb) -> None:
    cmdb.assets = [Asset(id=f"AST-{n}", name=f"service-{n}") for n in range(5_000)]
    heard: list[tuple[int, int | None, str]] = []
    source = opens(
        "cmdb/api/assets/cursor?limit=500",
        items="assets",
        pagination={"style": "cursor", "param": "after", "next": "meta.after"},
    )
    look = source.fetch(Task(progress=lambda done, total, what: heard.append((done, total, what))))
    assert [claim.name for claim in look.snapshots[0].claims] == [each.name for each in cmdb.assets]
    assert look.read == 10
    assert heard[-1] == (5_000, None, "page 10")


def paged(odd: Odd, answer: Any) -> None:
    odd.answer = lambda request: JSONResponse(answer(request))


def test_a_cursor_that_goes_round_ends_in_a_failure(opens: Opens, odd: Odd) -> None:
    paged(odd, lambda request: {"items": [{"name": "a", "id": request.url.query}], "next": "same"})
    source = opens("odd/", items="items", pagination={"style": "cursor", "next": "next"})
    with pytest.raises(OutsideFailure, match="page 2 leads back to a page that was read already"):
        source.fetch()
    assert len(odd.faults.requests) == 2


def test_an_empty_page_that_names_its_own_cursor_is_the_last(opens: Opens, odd: Odd) -> None:
    first = {"items": [{"name": "a", "id": "1"}], "next": "end"}
    paged(odd, lambda request: {"items": [], "next": "end"} if request.url.query else first)
    source = opens("odd/", items="items", pagination={"style": "cursor", "next": "next"})
    assert len(source.fetch().snapshots[0].claims) == 1


def test_an_empty_page_in_the_middle_is_not_the_last(opens: Opens, odd: Odd) -> None:
    pages = {
        "": {"items": [{"name": "a", "id": "1"}], "next": 2},
        "2": {"items": [], "next": 3},
        "3": {"items": [{"name": "b", "id": "2"}], "next": None},
    }
    paged(odd, lambda request: pages[request.query_params.get("cursor", "")])
    source = opens("odd/", items="items", pagination={"style": "cursor", "next": "next"})
    assert [each.name for each in source.fetch().snapshots[0].claims] == ["a", "b"]


def test_pages_without_end_are_a_failure(opens: Opens, odd: Odd) -> None:
    paged(odd, lambda request: [{"name": "a", "id": request.query_params["page"]}])
    source = opens("odd/", pagination={"style": "page", "max_pages": 7})
    with pytest.raises(OutsideFailure, match="more than 7 pages") as failed:
        source.fetch()
    assert failed.value.hint == "Raise `pagination.max_pages`."
    assert len(odd.faults.requests) == 7


def test_an_api_that_does_not_know_the_parameter_is_found_out(opens: Opens, odd: Odd) -> None:
    paged(odd, lambda _request: [{"name": "a", "id": "1"}])
    with pytest.raises(OutsideFailure, match="page 2 has the same items as the one before it") as failed:
        opens("odd/", pagination={"style": "page", "param": "seite"}).fetch()
    assert "seite" in failed.value.hint


def test_a_total_that_is_not_reached_is_no_complete_look(opens: Opens, odd: Odd) -> None:
    paged(
        odd,
        lambda request: {"n": 3, "all": [{"name": "a"}] if request.query_params["offset"] == "0" else []},
    )
    source = opens(
        "odd/", items="all", pagination={"style": "offset", "total": "n"}, mapping={"name": "name"}
    )
    with pytest.raises(OutsideFailure, match="page 2 is empty after 1 of 3 items"):
        source.fetch()


@pytest.mark.parametrize("address", ["http://localhost:1/more", "https://evil.example/x", "//evil.example/x"])
def test_a_next_page_on_another_host_is_not_followed(opens: Opens, odd: Odd, address: str) -> None:
    paged(odd, lambda _request: {"items": [{"name": "a", "id": "1"}], "next": address})
    source = opens("odd/", items="items", pagination={"style": "next_url", "next": "next"})
    assert all(each.granted or each.name == "clock" for each in source.validate())  # the first page is right
    with pytest.raises(OutsideFailure, match="another host"):
        source.fetch()


def test_a_link_to_another_host_is_not_followed(opens: Opens, odd: Odd) -> None:
    headers = {"link": '<https://evil.example/x?a=1,2>; rel="prev next"'}
    odd.answer = lambda _request: JSONResponse([{"name": "a", "id": "1"}], headers=headers)
    with pytest.raises(OutsideFailure, match=r"another host, evil\.example"):
        opens("odd/", pagination="link").fetch()


def test_relative_addresses_lead_on(opens: Opens, odd: Odd) -> None:
    def answer(request: Request) -> Response:
        if request.url.path.endswith("/second"):
            return JSONResponse([{"name": "b", "id": "2"}])
        return JSONResponse([{"name": "a", "id": "1"}], headers={"link": '<second>; rel="next"'})

    odd.answer = answer
    look = opens("odd/first", pagination="link").fetch()
    assert [each.name for each in look.snapshots[0].claims] == ["a", "b"]


def test_a_look_that_is_told_to_stop_stops_before_the_next_request(opens: Opens, cmdb: Cmdb) -> None:
    source = opens("cmdb/api/assets", items="data", pagination="page")
    with pytest.raises(Stopped):
        source.fetch(Task(stopped=lambda: len(cmdb.faults.requests) == 2))
    assert len(cmdb.faults.requests) == 2


def test_a_look_that_was_killed_asks_for_no_page_again(opens: Opens, cmdb: Cmdb) -> None:
    notebook = Blank()
    source = opens("cmdb/api/assets/linked", pagination="link")
    with pytest.raises(Stopped):
        source.fetch(Task(stopped=lambda: len(cmdb.faults.requests) == 2, notebook=notebook))
    look = source.fetch(Task(notebook=notebook))
    assert len(look.snapshots[0].claims) == len(cmdb.assets)
    assert look.requests == 2
    assert len(cmdb.faults.requests) == len(set(cmdb.faults.requests)) == 4


def test_each_look_asks_anew(opens: Opens, cmdb: Cmdb) -> None:
    source = opens("cmdb/api/assets?per_page=100", items="data")
    source.fetch()
    cmdb.assets = cmdb.assets[:1]
    assert len(source.fetch().snapshots[0].claims) == 1


def test_a_post_sends_its_body_for_each_page(opens: Opens, odd: Odd) -> None:
    paged(odd, lambda request: [{"name": "a", "id": "1"}] if request.query_params["offset"] == "0" else [])
    opens("odd/search", method="POST", body={"query": "*"}, pagination="offset").fetch()
    assert odd.bodies == [b'{"query":"*"}'] * 2
    assert [each.partition(" ")[0] for each in odd.faults.requests] == ["POST", "POST"]
