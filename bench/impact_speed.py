"""How long `impact of …` takes among 100,000 components with 300,000 dependencies, from words to answer.

Two graphs: in one everybody depends on three things drawn evenly, so that a walk from anywhere comes to most
of the company; in the other on a few far more often than on the rest, as in companies. Half of the questions
on that one are about its fifty most used things.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bench.company import name_of, snapshot_of
from bench.figures import Figure, percentile
from catalog_store.catalog import Catalog
from catalog_store.database import sqlite_url
from catalog_store.schema import upgrade
from catalog_store.search.index import CatalogIndex
from domain.answers import Answer, Asker
from domain.entities import Claim, Entity, Json
from domain.impact import Dependence, Impact
from questions.asking import ANSWERS
from questions.grammar import PATTERNS
from questions.question import Question
from questions.wording import read

COMPONENTS, EACH = 100_000, 3
ASKED, WARM_UP, HUBS = 400, 10, 50

Draw = Callable[[random.Random], int]


def measure() -> list[Figure]:
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="idp-bench-") as folder:
        upgrade(sqlite_url(Path(folder)))
        with Catalog.open(sqlite_url(Path(folder))) as nothing_stored:
            for graph, draw in (("even", _evenly), ("with hubs", _heavily)):
                index = CatalogIndex.build(_company(draw), 1)
                figures += _figures(graph, index, nothing_stored)
    return figures


def _figures(graph: str, index: CatalogIndex, catalog: Catalog) -> Iterator[Figure]:
    numbers = random.Random(5)
    hubs = [number % HUBS for number in range(ASKED // 2)] if graph != "even" else []
    things = [name_of(each) for each in (*hubs, *(numbers.randrange(COMPONENTS) for _ in range(ASKED)))]
    pairs = zip(things[:ASKED], things[::-1], strict=False)
    for what, asked, kind in (
        ("impact of", [f"impact of {name}" for name in things[:ASKED]], Impact),
        ("does … depend on", [f"does {one} depend on {other}" for one, other in pairs], Dependence),
    ):
        samples = _answered(asked, kind, index, catalog)
        promised = 20 if kind is Impact else None
        told = f"{what}, {COMPONENTS * EACH:,} dependencies, {graph}"
        yield Figure(f"{told}, p50", percentile(samples, 50) * 1000, "ms")
        yield Figure(f"{told}, p99", percentile(samples, 99) * 1000, "ms", promised)


def _evenly(numbers: random.Random) -> int:
    return numbers.randrange(COMPONENTS)


def _heavily(numbers: random.Random) -> int:
    """Return a number of which small ones are far likelier: half of all are below the square root."""
    return int(COMPONENTS ** numbers.random()) - 1


def _company(draw: Draw) -> Iterator[Entity]:
    numbers = random.Random(4)
    for claim in snapshot_of(COMPONENTS).claims:
        needed: set[str] = set()
        while claim.ref.kind == "component" and len(needed) < EACH:
            needed.add(f"component:default/{name_of(draw(numbers))}")
        yield _entity(replace(claim, fields={**claim.fields, "dependsOn": _listed(needed)}))


def _listed(needed: set[str]) -> Json:
    return list[Json](sorted(needed))


def _entity(claim: Claim) -> Entity:
    return Entity(claim.ref, claim.name, claim.kind, claim.fields, claim.aliases)


def _answered(asked: Sequence[str], kind: type[Answer], index: CatalogIndex, catalog: Catalog) -> list[float]:
    samples = []
    for at, words in enumerate((*asked[:WARM_UP], *asked)):
        started = time.perf_counter()
        found = PATTERNS.match(read(words))
        if found is None:
            raise SystemExit(f"{words} is no question")
        answer = ANSWERS[found[0].leads_to](Question(words, *found, Asker(), index, catalog))
        if at >= WARM_UP:
            samples.append(time.perf_counter() - started)
        if not isinstance(answer, kind):
            raise SystemExit(f"{words} came to {type(answer).__name__}")
    return samples
