"""How long questions on APIs take: 100,000 components, 200 of them with 500 operations each.

From words to the blocks that acknowledge them, on one thread; operations are read from the store each time.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench.company import name_of, snapshot_of
from bench.figures import Figure, percentile
from blocks.message import message_for
from catalog_store.catalog import Catalog
from catalog_store.database import sqlite_url
from catalog_store.schema import upgrade
from catalog_store.search.live import LiveIndex
from domain.answers import Answer
from domain.apis import Operations
from domain.entities import FileText
from domain.finding import Search
from questions.asking import Questions
from workflows.descriptions import read_descriptions

COMPONENTS, DESCRIBED, OPERATIONS = 100_000, 200, 500
ASKED, WARM_UP = 500, 30
_NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
_NOUNS = ("refund", "payment", "invoice", "account", "order", "cart", "booking", "claim", "quote", "policy")


def measure() -> list[Figure]:
    draw = random.Random(5)
    company = snapshot_of(COMPONENTS)
    files = tuple(
        FileText(f"component:default/{name_of(number)}", "openapi.yaml", _openapi(number))
        for number in range(DESCRIBED)
    )
    with tempfile.TemporaryDirectory(prefix="idp-bench-") as folder:
        url = sqlite_url(Path(folder))
        upgrade(url)
        with Catalog.open(url) as catalog:
            catalog.apply(replace(company, files=files), actor="bench")
            started = time.perf_counter()
            read_descriptions(catalog)
            reading = (time.perf_counter() - started) / DESCRIBED
            index = LiveIndex(catalog)
            index.refresh()
            questions = Questions(catalog, index, clock=lambda: _NOW)
            asks: dict[str, Callable[[], str]] = {
                "the operations of a service": lambda: f"api {name_of(draw.randrange(DESCRIBED))}",
                "one operation by words": lambda: f"api {_service(draw)} {draw.choice(_NOUNS)} create",
                "one operation, misspelt": lambda: f"api {_service(draw)} creatt{draw.choice(_NOUNS)}7",
                "who serves a path": lambda: f"who serves {_path(draw)}",
                "a search by an operation's name": lambda: f"find create {_noun(draw)}",
            }
            figures = [Figure(f"reading a description of {OPERATIONS} operations", reading * 1000, "ms")]
            for what, words in asks.items():
                samples = _asked(questions, [words() for _ in range(ASKED)])
                told = f"{what}, {COMPONENTS:,} components, {DESCRIBED * OPERATIONS:,} operations"
                figures.append(Figure(f"{told}, p50", percentile(samples, 50) * 1000, "ms", 3))
                figures.append(Figure(f"{told}, p99", percentile(samples, 99) * 1000, "ms", 10))
    return figures


def _service(draw: random.Random) -> str:
    return name_of(draw.randrange(DESCRIBED))


def _noun(draw: random.Random) -> str:
    """Return what the name of an operation ends with that every described service has."""
    place = draw.randrange(OPERATIONS // 2)
    return f"{_NOUNS[place % len(_NOUNS)]}{place}"


def _path(draw: random.Random) -> str:
    place = draw.randrange(OPERATIONS // 2)
    return f"/v1/s{draw.randrange(DESCRIBED)}/{_NOUNS[place % len(_NOUNS)]}{place}/x"


def _openapi(number: int) -> str:
    rows = [f"openapi: 3.0.3\ninfo: {{title: Service {number}, version: 1.0.0}}\npaths:\n"]
    for place in range(OPERATIONS // 2):
        noun = _NOUNS[place % len(_NOUNS)]
        rows.append(f"  /v1/s{number}/{noun}{place}/{{id}}:\n")
        for method, verb in (("get", "read"), ("post", "create")):
            rows.append(
                f"    {method}: {{operationId: {verb}{noun.title()}{place}, tags: [{noun}], "
                f"summary: Has the service {verb} one {noun}, responses: {{200: {{description: ok}}}}}}\n"
            )
    return "".join(rows)


def _is_answered(answer: Answer) -> bool:
    return answer.answered if isinstance(answer, Operations) else isinstance(answer, Search)


def _asked(questions: Questions, asked: list[str]) -> list[float]:
    samples = []
    for at, words in enumerate((*asked[:WARM_UP], *asked)):
        started = time.perf_counter()
        answer = questions.answer(words)
        message_for(answer, now=_NOW, share=words)
        if at >= WARM_UP:
            samples.append(time.perf_counter() - started)
        if not _is_answered(answer):
            raise SystemExit(f"{words} came to {answer}")
    return samples
