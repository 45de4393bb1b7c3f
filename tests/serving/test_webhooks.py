"""Webhooks over HTTP, as a vendor delivers them, and watches: what changed is soon in the catalog."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from bot import webhooks
from bot.http_server import HttpServer
from bot.news import MOST, News
from bot.portal_file import PortalFile
from bot.syncs import Syncs
from bot.watching import Watches
from bot.webhooks import BODY_LIMIT, webhook_app
from catalog_store.catalog import Catalog
from domain.clock import system_clock
from domain.errors import OutsideFailure
from domain.refs import Ref
from integrations import registry
from tests.databases import Sqlite
from tests.workflows.asking import tier, until
from tests.workflows.shelf import SECRET, SIGNATURE, Shelf, signature
from tests.workflows.small_store import SmallStore

BELL = "of a shelf"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf("shelf", tmp_path / "shelf", system_clock)
    shelf.put("pay", tier="1")
    shelf.put("ship", tier="2")
    return shelf


@pytest.fixture
def store(sqlite: Sqlite) -> Iterator[SmallStore]:
    with Catalog.open(sqlite.migrated()) as catalog:
        yield SmallStore(catalog)


@pytest.fixture
def syncs(store: SmallStore, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Iterator[Syncs]:
    monkeypatch.setattr(registry, "OURS", {**registry.OURS, "shelf": "tests.workflows.shelf"})
    monkeypatch.setenv(SECRET, BELL)
    block = {"folder": str(shelf.folder)}
    off = {"type": "shelf", "enabled": False, **block}
    syncs = Syncs(PortalFile.model_validate({"sources": {"shelf": block, "off": off}}), store)
    yield syncs
    syncs.stop()


@pytest.fixture
def news(syncs: Syncs) -> Iterator[News]:
    news = News(syncs, gathering=0.1)
    news.start()
    yield news
    news.stop()


@pytest.fixture
def client(syncs: Syncs, news: News) -> Iterator[httpx.Client]:
    server = HttpServer(webhook_app(syncs, news), host="127.0.0.1", port=0)
    server.start()
    with httpx.Client(base_url=server.url, timeout=10) as client:
        yield client
    server.stop()


Deliver = Callable[..., httpx.Response]


@pytest.fixture
def deliver(client: httpx.Client) -> Deliver:
    def send(id_: str, *only: str, secret: str = BELL, source: str = "shelf") -> httpx.Response:
        body = json.dumps({"id": id_, "only": only}).encode()
        headers = {SIGNATURE: signature(secret, body)}
        return client.post(f"/webhooks/{source}", content=body, headers=headers)

    return send


def looks(shelf: Shelf) -> list[str]:
    return [line for line in shelf.log if line.startswith("look")]


def test_a_true_delivery_is_taken_at_once_and_soon_in_the_catalog(
    store: SmallStore, shelf: Shelf, deliver: Deliver
) -> None:
    answer = deliver("1", "pay")
    assert answer.status_code == 202
    until(lambda: tier(store) == "1")
    assert looks(shelf) == ["look pay"]
    assert store.catalog.record(Ref("component", "default", "ship")) is None


def test_a_forged_delivery_is_refused_without_a_reason(shelf: Shelf, deliver: Deliver) -> None:
    answer = deliver("1", "pay", secret="guessed")
    assert (answer.status_code, answer.text) == (401, "refused\n")
    assert looks(shelf) == []


def test_a_delivery_that_comes_again_is_looked_at_once(
    store: SmallStore, shelf: Shelf, deliver: Deliver
) -> None:
    assert deliver("1", "pay").status_code == 202
    until(lambda: tier(store) == "1")
    assert deliver("1", "pay").status_code == 202
    assert deliver("2", "ship").status_code == 202
    until(lambda: tier(store, "ship") == "2")
    assert looks(shelf) == ["look pay", "look ship"]


def test_deliveries_that_come_together_become_one_look(syncs: Syncs, store: SmallStore, shelf: Shelf) -> None:
    news = News(syncs, gathering=0.1)
    for only in ("ship", "pay", "pay"):
        news.tell("shelf", (only,))
    news.start()
    until(lambda: tier(store, "ship") == "2")
    news.stop()
    assert looks(shelf) == ["look pay,ship"]


def test_news_of_a_source_that_is_being_looked_at_waits_for_its_turn(
    syncs: Syncs, shelf: Shelf, deliver: Deliver
) -> None:
    shelf.steer("hold")
    syncs.start("shelf", "ana")
    until(lambda: "waiting pay" in shelf.log)
    assert deliver("1", "pay").status_code == 202
    shelf.leave("hold")
    until(lambda: looks(shelf) == ["look whole", "look pay"])


def test_news_of_very_many_things_is_news_of_the_whole(syncs: Syncs, shelf: Shelf) -> None:
    news = News(syncs, gathering=0.1)
    for number in range(MOST + 1):
        news.tell("shelf", (f"thing-{number}",))
    news.start()
    until(lambda: looks(shelf))
    news.stop()
    assert looks(shelf) == ["look whole"]


def test_news_of_something_else_is_taken_and_forgotten(
    store: SmallStore, shelf: Shelf, deliver: Deliver
) -> None:
    assert deliver("1").status_code == 202
    assert deliver("1", "pay").status_code == 202
    until(lambda: tier(store) == "1")
    assert looks(shelf) == ["look pay"]


@pytest.mark.parametrize("source", ["nothing", "off", "shelf/more"])
def test_where_no_source_takes_webhooks_there_is_nothing(deliver: Deliver, source: str) -> None:
    assert deliver("1", "pay", source=source).status_code == 404


def test_a_source_without_the_secret_takes_none(deliver: Deliver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SECRET)
    answer = deliver("1", "pay")
    assert (answer.status_code, answer.text) == (503, "not set up\n")


def test_a_signed_body_that_is_none_of_the_vendors_is_bad(client: httpx.Client) -> None:
    answer = client.post("/webhooks/shelf", content=b"[]", headers={SIGNATURE: signature(BELL, b"[]")})
    assert answer.status_code == 400


@pytest.mark.parametrize("told", [True, False])
def test_a_body_that_is_too_long_is_not_read(client: httpx.Client, told: bool) -> None:
    body = b" " * (BODY_LIMIT + 1)
    content = body if told else iter([body])
    assert client.post("/webhooks/shelf", content=content).status_code == 413


def test_the_server_says_that_it_serves_and_nothing_else(client: httpx.Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "server" not in answer.headers
    assert client.get("/").status_code == 404
    assert client.get("/webhooks/shelf").status_code == 405


def test_an_address_that_is_taken_is_an_outside_failure(syncs: Syncs, news: News) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = HttpServer(webhook_app(syncs, news), host="127.0.0.1", port=taken.getsockname()[1])
        with pytest.raises(OutsideFailure, match="cannot be had") as caught:
            server.start()
    assert "IDP_HTTP_PORT" in caught.value.hint


def test_a_source_that_can_be_watched_is_looked_at_when_it_changes(
    syncs: Syncs, store: SmallStore, shelf: Shelf, news: News
) -> None:
    Watches(syncs, news).start()
    shelf.steer("changed")
    until(lambda: tier(store) == "1")
    shelf.put("pay", tier="3")
    shelf.steer("changed")
    until(lambda: tier(store) == "3")
    assert looks(shelf) == ["look whole", "look whole"]


def test_a_body_that_never_comes_is_waited_for_no_longer(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "BODY_SECONDS", 0.05)
    url = client.base_url
    with socket.create_connection((url.host, url.port or 0), timeout=10) as connection:
        connection.sendall(b"POST /webhooks/shelf HTTP/1.1\r\nHost: idp\r\nContent-Length: 10\r\n\r\n{")
        assert connection.recv(1_000).startswith(b"HTTP/1.1 408 ")
