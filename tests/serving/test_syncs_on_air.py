"""`idp run` with a source: looked at by itself, stopped in the middle, gone on with, and told by webhook."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from catalog_store.catalog import Catalog
from catalog_store.database import sqlite_url
from domain.clock import system_clock
from domain.refs import Ref
from playground.server import Playground
from tests.serving.conftest import Bot
from tests.workflows.asking import until
from tests.workflows.plugged import plugged
from tests.workflows.shelf import SECRET, SIGNATURE, Shelf, signature

BELL = "of a shelf"
Start = Callable[[], Bot]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf("shelf", tmp_path / "shelf", system_clock)
    shelf.put("pay", tier="1")
    shelf.put("ship", tier="2")
    return shelf


@pytest.fixture
def start(workspace: Playground, tmp_path: Path, shelf: Shelf) -> Iterator[Start]:
    file = f"catalog: []\nsources:\n  shelf: {{folder: {shelf.folder}, every: 1d}}\n"
    (tmp_path / "idp.yaml").write_text(file, encoding="utf-8")
    environment = {"PYTHONPATH": plugged(tmp_path), "IDP_HTTP_PORT": "0", SECRET: BELL}
    bots: list[Bot] = []

    def begin() -> Bot:
        bots.append(Bot(workspace, tmp_path, **environment))
        return bots[-1]

    yield begin
    for each in bots:
        each.close()


def webhooks_of(bot: Bot) -> str:
    entries = [json.loads(line) for line in bot.log.splitlines()]
    (url,) = (str(each["at"]) for each in entries if each["event"] == "webhooks taken")
    return f"{url}/webhooks/shelf"


def tier(portal: Path, name: str) -> object:
    with Catalog.open(sqlite_url(portal / ".idp")) as catalog:
        record = catalog.record(Ref("component", "default", name))
    return record and record.entity.fields["tier"]


def test_a_stop_during_a_long_look_is_prompt_and_the_next_start_goes_on_with_it(
    start: Start, shelf: Shelf, tmp_path: Path
) -> None:
    shelf.steer("hold", "ship")
    bot = start()
    until(lambda: "waiting ship" in shelf.log)
    bot.ask_to_leave()
    asked = time.monotonic()
    assert bot.leave() == 0
    assert time.monotonic() - asked < 8
    with Catalog.open(sqlite_url(tmp_path / ".idp")) as catalog:
        (state,) = catalog.sources.all()
    assert (state.interrupted, state.looked_at, state.problem) == (True, None, "")

    shelf.leave("hold")
    start()
    until(lambda: tier(tmp_path, "ship") == "2")
    assert shelf.log == ["look whole", "read pay", "waiting ship", "look whole", "read ship"]


def test_what_a_webhook_tells_is_soon_known(start: Start, shelf: Shelf, tmp_path: Path) -> None:
    bot = start()
    until(lambda: tier(tmp_path, "pay") == "1")
    shelf.put("pay", tier="3")
    body = json.dumps({"id": "1", "only": ["pay"]}).encode()
    answer = httpx.post(webhooks_of(bot), content=body, headers={SIGNATURE: signature(BELL, body)})
    assert answer.status_code == 202
    told = time.monotonic()
    until(lambda: tier(tmp_path, "pay") == "3")
    assert time.monotonic() - told < 5
    assert shelf.log[-2:] == ["look pay", "read pay"]
    assert BELL not in bot.log
    bot.ask_to_leave()
    assert bot.leave() == 0
