"""From dispatch to acknowledgement for every kind of read question, on one thread, without a network.

One company of 100,000 components; each kind is asked of other things each time. A kind of the grammar that
has no words here is refused, so that none is left out unnoticed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from bench.company import name_of
from bench.dispatch_speed import bolt_with, dispatched
from bench.figures import Figure, percentile
from questions.grammar import FORMS

SIZE = 100_000
ASKED = 500
P50, P99 = 3, 10
"""Milliseconds that are promised."""

Asks = Callable[[random.Random], str]


def _of(words: str) -> Asks:
    """Return words about another service, team, system or tag each time."""

    def ask(draw: random.Random) -> str:
        return words.format(
            name=name_of(draw.randrange(SIZE)),
            other=name_of(draw.randrange(SIZE)),
            number=draw.randrange(SIZE),
            team=f"team-{draw.randrange(300)}",
            system=f"system-{draw.randrange(500)}",
            tag=f"tag-{draw.randrange(200)}",
            tier=draw.randrange(4) + 1,
        )

    return ask


WORDS: Mapping[str, tuple[str, ...]] = {
    "owner": (
        "who owns {name}",
        "who owns https://github.com/bench/{name}",
        "who owns component number {number}",
    ),
    "show": ("show {name}", "show {team}"),
    "owned then": ("who owned {name} on 2026-01-02",),
    "shown then": ("show {name} on 2026-01-02",),
    "list": (
        "list services {tag} tier {tier}",
        "list services owned by {team}",
        "list services system {system}",
    ),
    "owned": ("what does {team} own",),
    "dependents": ("what depends on {name}",),
    "dependencies": ("what does {name} depend on",),
    "why": ("why {name}", "why {name} owner"),
    "spotted": ("who owns this: [FIRING] `{name}` https://github.com/bench/{other}/pull/3",),
    "gaps": ("gaps", "gaps of {team}"),
    "impact": ("impact of {name}",),
    "dependence": ("does {name} depend on {other}",),
    "find": ("find {name}", "find checkout worker", "find {tag}"),
    # Here no description is known; `api_speed` asks where there are many.
    "api": ("api {name}", "who serves /v1/{name}"),
    "audit": ("audit {name}",),
    "audit of all": ("what changed this week",),
    "on call": ("who is on call for {name}",),
    "duties": ("what is {team} on call for",),
    "docs": ("docs rotate keys", "docs {name} rotate keys", "how do I restart {name}"),
    "pages": ("docs for {name}", "docs for {team}"),
    "runbook": ("runbook for {name}",),
    "sources": ("sync",),
    "changes": ("sync changes 1",),
    "suggestions": ("suggestions",),
    "help": ("help", "help list"),
}
"""By kind of question, ways of asking it."""

NOT_READS = {
    "sync": "begins a look",
    "check": "begins a check",
    "undo": "asks for a change to be taken back",
}
"""Kinds that answer by having something done."""
ASIDE: Mapping[str, str] = {
    "unjoined": "reads every person from the store",
}
"""Kinds that are read and not held to the promise, with the reason."""


def measure() -> list[Figure]:
    if missing := {form.leads_to for form in FORMS} - {*WORDS, *NOT_READS, *ASIDE}:
        raise SystemExit(f"bench/every_question.py has no words for: {', '.join(sorted(missing))}")
    figures = []
    with bolt_with(SIZE) as (app, _):
        draw = random.Random(4)
        for kind, ways in WORDS.items():
            for words in ways:
                ask = _of(words)
                samples = dispatched(app, [ask(draw) for _ in range(ASKED)])
                told = f"{kind}: /idp {words}"
                figures.append(Figure(f"{told}, p50", percentile(samples, 50) * 1000, "ms", P50))
                figures.append(Figure(f"{told}, p99", percentile(samples, 99) * 1000, "ms", P99))
    return figures
