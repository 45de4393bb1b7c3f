"""How long questions on call duty take: 100,000 components, 1,000 policies, ten people on each.

From words to answer, on one thread; plans are read from the store at each question. Two companies:
in one every policy is that of five services, in the other of a hundred, so that every component has a plan.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.company import name_of, snapshot_of
from bench.figures import Figure, percentile
from catalog_store.catalog import Catalog
from catalog_store.database import sqlite_url
from catalog_store.schema import upgrade
from catalog_store.search.live import LiveIndex
from domain.answers import Answer
from domain.entities import EVERYTHING, Claim, Json, Snapshot, Standing
from domain.oncall import Duties, OnCall
from domain.refs import Ref
from questions.asking import Questions

COMPONENTS, POLICIES, PEOPLE = 100_000, 1_000, 2_000
COVERED = (5, 100)
"""How many components have the same policy."""
ASKED, WARM_UP = 1_000, 50
_NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)


def measure() -> list[Figure]:
    figures = []
    for covered in COVERED:
        with _questions(covered) as questions:
            draw = random.Random(3)
            things = [
                f"who is on call for {name_of(draw.randrange(covered * POLICIES))}" for _ in range(ASKED)
            ]
            people = [f"what is user:person-{draw.randrange(PEOPLE)} on call for" for _ in range(ASKED)]
            told = f"{COMPONENTS:,} components, {POLICIES:,} policies of {covered} each"
            for what, asked, kind in (
                ("who is on call for a service", things, OnCall),
                ("what somebody is on call for", people, Duties),
            ):
                samples = _asked(questions, asked, kind)
                figures.append(Figure(f"{what}, {told}, p50", percentile(samples, 50) * 1000, "ms"))
                figures.append(Figure(f"{what}, {told}, p99", percentile(samples, 99) * 1000, "ms", 50))
    return figures


@contextmanager
def _questions(covered: int) -> Iterator[Questions]:
    with tempfile.TemporaryDirectory(prefix="idp-bench-") as folder:
        url = sqlite_url(Path(folder))
        upgrade(url)
        with Catalog.open(url) as catalog:
            catalog.apply(_with_people(snapshot_of(COMPONENTS)), actor="bench")
            catalog.apply(plans(covered), actor="bench")
            index = LiveIndex(catalog)
            index.refresh()
            yield Questions(catalog, index, clock=lambda: _NOW)


def _with_people(company: Snapshot) -> Snapshot:
    people = tuple(
        Claim(
            Ref("user", "default", f"person-{number}"), f"person-{number}", "User",
            {"title": f"Person {number}", "email": f"person-{number}@bench.example"},
            aliases=(f"pagerduty-user:u{number}", f"mailto:person-{number}@bench.example"),
        )
        for number in range(PEOPLE)
    )  # fmt: skip
    return replace(company, claims=(*company.claims, *people))


def plans(covered: int) -> Snapshot:
    """Return the remarks of a source of on-call plans: the same policy on `covered` components in a row."""
    claims = []
    for policy in range(POLICIES):
        value = {"oncall": {f"pagerduty:pol{policy}": _plan(policy)}}
        for number in range(policy * covered, (policy + 1) * covered):
            claims.append(
                Claim(
                    Ref("component", "remarks", f"s{number}"), f"s{number}", "Component", value,
                    id=f"s{number}", standing=Standing.REMARK, same_as=(f"pagerduty:p{number:07d}",),
                )
            )  # fmt: skip
    return Snapshot("pagerduty/oncall", _NOW - timedelta(minutes=5), tuple(claims), within=(EVERYTHING,))


def _plan(policy: int) -> Json:
    draw = random.Random(policy)
    people = draw.sample(range(PEOPLE), 10)
    shifts: list[Json] = []
    for level in (1, 2):
        for day in range(7):
            who = people[(day + 5 * (level - 1)) % 10]
            begin = _NOW.replace(hour=0) + timedelta(days=day)
            shifts.append(
                {
                    "level": level, "person": f"pagerduty-user:u{who}", "name": f"Person {who}",
                    "email": f"person-{who}@bench.example", "schedule": f"Rota {policy}.{level}",
                    "from": begin.isoformat(), "until": (begin + timedelta(days=1)).isoformat(),
                }
            )  # fmt: skip
    levels = [{"level": level, "targets": [f"Rota {policy}.{level}"]} for level in (1, 2)]
    return {"name": f"Policy {policy}", "url": "https://bench.example/p", "levels": levels, "shifts": shifts}


def _asked(questions: Questions, asked: Sequence[str], kind: type[Answer]) -> list[float]:
    for words in asked[:WARM_UP]:
        questions.answer(words)
    samples = []
    for words in asked:
        started = time.perf_counter()
        answer = questions.answer(words)
        samples.append(time.perf_counter() - started)
        if not isinstance(answer, kind):
            raise SystemExit(f"{words} came to {type(answer).__name__}")
    return samples
