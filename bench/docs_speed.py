"""How long documentation is searched: 50,000 passages of 5,000 services, on both databases, on one thread.

The words are drawn as prose has them: some are in most passages, most in few. Asked is what people ask, what
is in every passage, what is in none, and within one service.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from bench.company import name_of, snapshot_of
from bench.figures import Figure, percentile
from bench.pipeline_speed import fresh
from catalog_store.catalog import Catalog
from domain.entities import FileText, Snapshot
from domain.refs import Ref

SERVICES, SECTIONS = 5_000, 10
VOCABULARY, WORDS = 20_000, 80
"""Words that there are, and words of a section."""
ASKED, WARM_UP = 400, 20
PROMISED_MS = 20
_COMMON = ("service", "the", "configure", "deploy", "restart", "keys", "rotate", "database")


def measure() -> list[Figure]:
    return [figure for database in ("SQLite", "PostgreSQL") for figure in _measured(database)]


def _measured(database: str) -> list[Figure]:
    look = seen()
    with fresh(database) as url, Catalog.open(url) as catalog:
        began = time.perf_counter()
        catalog.apply(look, actor="bench")
        first = time.perf_counter() - began
        began = time.perf_counter()
        catalog.apply(look, actor="bench")
        again = time.perf_counter() - began
        told = f"{SERVICES * SECTIONS:,} passages on {database}"
        figures = [
            Figure(f"first apply with {told}", first, "s"),
            Figure(f"unchanged apply with {told}", again, "s"),
        ]
        for what, ask in _KINDS.items():
            samples = _asked(catalog, ask)
            for percent in (50, 99):
                promised = PROMISED_MS if percent == 99 else None
                measured = percentile(samples, percent) * 1000
                figures.append(Figure(f"docs search, {what}, {told}, p{percent}", measured, "ms", promised))
    return figures


def seen() -> Snapshot:
    """Return a look at services, each with a README, a guide and a runbook."""
    draw = random.Random(5)
    look = snapshot_of(SERVICES)
    common = list(_COMMON)
    words = [*common, *(_word(draw) for _ in range(VOCABULARY - len(common)))]
    # As in prose, the word of rank n is n times as rare as the first one.
    weights = [1 / (rank + 1) for rank in range(VOCABULARY)]
    files = []
    for claim in look.claims[:SERVICES]:
        for path, sections in (("README.md", 3), ("docs/guide.md", 4), ("docs/runbook.md", 3)):
            drawn = draw.choices(words, weights, k=sections * (WORDS + 3))
            text = f"# {path} of {claim.name}\n" + "".join(_section(drawn, at) for at in range(sections))
            files.append(FileText(claim.key, path, text, f"https://bench.example/{claim.name}/{path}"))
    return Snapshot("github", datetime(2026, 1, 1, tzinfo=UTC), look.claims, files=tuple(files))


def _section(drawn: Sequence[str], at: int) -> str:
    heading, *rest = [drawn[at * (WORDS + 3) :][:3], drawn[at * (WORDS + 3) + 3 :][:WORDS]]
    return f"\n## {' '.join(heading)}\n\n{' '.join(rest[0])}\n"


def _word(draw: random.Random) -> str:
    return "".join(draw.choice("bcdfglmnprst") + draw.choice("aeiou") for _ in range(draw.randint(2, 5)))


def _usual(draw: random.Random) -> tuple[str, list[Ref] | None]:
    return " ".join(draw.choices(_COMMON[2:], k=2)) + " " + _word(draw)[:6], None


def _common(draw: random.Random) -> tuple[str, list[Ref] | None]:
    return " ".join(draw.sample(_COMMON, 3)), None


def _one(draw: random.Random) -> tuple[str, list[Ref] | None]:
    return draw.choice(_COMMON), None


def _rare(draw: random.Random) -> tuple[str, list[Ref] | None]:
    return f"{_word(draw)} {_word(draw)} {_word(draw)}", None


def _many(draw: random.Random) -> tuple[str, list[Ref] | None]:
    return " ".join(draw.sample(_COMMON, 7)) + f" {_word(draw)} {_word(draw)}", None


def _within(draw: random.Random) -> tuple[str, list[Ref] | None]:
    return " ".join(draw.sample(_COMMON[2:], 2)), [
        Ref("component", "default", name_of(draw.randrange(SERVICES)))
    ]


_KINDS: dict[str, Callable[[random.Random], tuple[str, list[Ref] | None]]] = {
    "two common words and one more": _usual,
    "three words that are in most passages": _common,
    "one word that is in most passages": _one,
    "three rare words": _rare,
    "nine words": _many,
    "two common words within one service": _within,
}


def _asked(catalog: Catalog, ask: Callable[[random.Random], tuple[str, list[Ref] | None]]) -> list[float]:
    draw = random.Random(7)
    samples = []
    for number in range(WARM_UP + ASKED):
        words, of = ask(draw)
        began = time.perf_counter()
        catalog.passages(words, of, 10)
        if number >= WARM_UP:
            samples.append(time.perf_counter() - began)
    return samples
