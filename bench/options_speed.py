"""The search's menu: from Bolt's dispatch of what is typed so far to its options, without a network."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterable

from slack_bolt import App, BoltRequest

from bench.company import name_of
from bench.dispatch_speed import one_app
from bench.figures import Figure, percentile
from blocks import names

SIZE = 100_000
TYPED = 300
_USER = {"user": {"id": "U1", "team_id": "T1"}, "team": {"id": "T1"}}


def measure() -> list[Figure]:
    draw = random.Random(3)
    chosen = [name_of(draw.randrange(SIZE)) for _ in range(TYPED)]
    typed = {
        "two letters": [name[:2] for name in chosen],
        "the beginning": [name[: draw.randrange(3, len(name))] for name in chosen],
        "two words of it": [" ".join(reversed(name.split("-")[1:3])) for name in chosen],
        "a word and a beginning": [f"{name.split('-')[1]} {name.split('-')[0][:3]}" for name in chosen],
        "a typo": [name[:3] + name[4:] for name in chosen],
    }
    figures = []
    with one_app(SIZE) as app:
        for what, texts in typed.items():
            samples = timed(lambda text: _offer(app, text), texts)
            told = f"options for {what}, {SIZE:,} components, dispatch to acknowledgement, p99"
            figures.append(Figure(told, percentile(samples, 99) * 1000, "ms", 100))
    return figures


def timed(work: Callable[[str], None], texts: Iterable[str]) -> list[float]:
    samples = []
    for text in texts:
        started = time.perf_counter()
        work(text)
        samples.append(time.perf_counter() - started)
    return samples


def _offer(app: App, text: str) -> None:
    body = {
        "type": "block_suggestion",
        "action_id": names.SEARCH_PICK,
        "block_id": names.SEARCH_PICK,
        "value": text,
        "view": {"id": "V1", "callback_id": names.SEARCH_VIEW, "type": "modal"},
        **_USER,
    }
    response = app.dispatch(BoltRequest(mode="socket_mode", body=body))
    answer = json.loads(response.body or "{}")
    if response.status != 200 or not answer.keys() & {"options", "option_groups"}:
        raise SystemExit(f"{text}: no options: {response.status} {response.body}")
