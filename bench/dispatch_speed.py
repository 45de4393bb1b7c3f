"""From Bolt's dispatch of `/idp who owns …` to its acknowledgement, on one thread, without a network."""

from __future__ import annotations

import gc
import logging
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

import handlers
from bench.company import name_of, snapshot_of
from bench.figures import Figure, percentile
from catalog_store.catalog import Catalog
from catalog_store.database import sqlite_url
from catalog_store.schema import upgrade
from catalog_store.search.live import LiveIndex
from domain.answers import Asker
from domain.clock import system_clock
from domain.errors import Refused
from domain.syncs import Done
from handlers.portal import Portal
from questions.asking import Questions

SIZES = (10_000, 100_000)
WARM_UP = 200
ASKED = 2_000


class _NoActions:
    """Does nothing for anybody: only questions are measured."""

    def require(self, _asker: Asker) -> str:
        raise Refused("nobody may")

    def carry_out(self, *_: object) -> Done:
        raise Refused("nobody may")


def measure() -> list[Figure]:
    figures = []
    for size in SIZES:
        with bolt_with(size) as (app, building):
            draw = random.Random(2)
            exact = [name_of(draw.randrange(size)) for _ in range(ASKED)]
            for what, names in (("exact", exact), ("with a typo", [_misspelt(name, draw) for name in exact])):
                samples = dispatched(app, [f"who owns {name}" for name in names])
                told = f"who owns, {what}, {size:,} components, dispatch to acknowledgement"
                figures.append(Figure(f"{told}, p50", percentile(samples, 50) * 1000, "ms", 2))
                figures.append(Figure(f"{told}, p99", percentile(samples, 99) * 1000, "ms", 10))
            figures.append(Figure(f"index of {size:,} components built", building, "s"))
    return figures


@contextmanager
def one_app(size: int) -> Iterator[App]:
    """Give an app on a company of that many components, for another measure."""
    with bolt_with(size) as (app, _):
        yield app


@contextmanager
def bolt_with(size: int) -> Iterator[tuple[App, float]]:
    with tempfile.TemporaryDirectory(prefix="idp-bench-") as folder:
        url = sqlite_url(Path(folder))
        upgrade(url)
        with Catalog.open(url) as catalog:
            catalog.apply(snapshot_of(size), actor="bench")
            gc.collect()
            index = LiveIndex(catalog)
            started = time.perf_counter()
            index.refresh()
            building = time.perf_counter() - started
            yield _bolt(Portal(Questions(catalog, index), catalog, _NoActions(), system_clock)), building


def _bolt(portal: Portal) -> App:
    logger = logging.getLogger("bench")
    logger.setLevel(logging.ERROR)  # Bolt remarks that a token is not needed beside `authorize`
    app = App(
        logger=logger,
        client=WebClient(token="xoxb-bench"),  # noqa: S106 - no workspace is asked
        authorize=_authorized,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
    )
    handlers.register(app, portal)
    return app


def _authorized() -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=None,
        team_id="T1",
        bot_user_id="UBOT",
        bot_id="BBOT",
        bot_token="xoxb-bench",  # noqa: S106 - no workspace is asked
    )


def dispatched(app: App, questions: Sequence[str]) -> list[float]:
    ask = _asking(app)
    for words in questions[:WARM_UP]:
        ask(words)
    samples = []
    for words in questions:
        started = time.perf_counter()
        ask(words)
        samples.append(time.perf_counter() - started)
    return samples


def _asking(app: App) -> Callable[[str], None]:
    def ask(words: str) -> None:
        body = {
            "command": "/idp",
            "text": words,
            "team_id": "T1",
            "channel_id": "C1",
            "user_id": "U1",
            "response_url": "http://127.0.0.1/",
            "trigger_id": "1.1.a",
        }
        response = app.dispatch(BoltRequest(mode="socket_mode", body=body))
        if response.status != 200 or "blocks" not in (response.body or ""):
            raise SystemExit(f"/idp {words} was not answered: {response.status} {response.body}")

    return ask


def _misspelt(name: str, draw: random.Random) -> str:
    """Swap two neighbouring letters of the name's first word, or drop one."""
    at = draw.randrange(1, name.index("-") - 1)
    if draw.random() < 0.5:
        return name[:at] + name[at + 1 :]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
