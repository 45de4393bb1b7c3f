"""A burst of commands over Socket Mode, sent at a steady pace whatever is still unanswered, as people do.

Slack shows a person an error where a command is not acknowledged within three seconds, and never repeats it.
"""

from __future__ import annotations

import gc
import time
from concurrent.futures import Future, wait
from itertools import cycle
from typing import Any

from bench.figures import Figure, percentile
from bench.socket_speed import served
from playground.server import Playground

COMMANDS = 2_000
SECONDS = 2.0
PATIENCE = 3.0
"""Seconds that Slack waits for an acknowledgement."""
WARM_UP = 200
WORDS = (
    "who owns payments",
    "what depends on payments",
    "list services tier 1",
    "what does team-payments own",
    "show checkout",
    "who owns paymnets",
    "help",
)


def measure() -> list[Figure]:
    with served() as workspace:
        _send(workspace, WARM_UP, WARM_UP / 100)
        gc.collect()
        gc.freeze()  # the pauses of the measuring process are not the bot's
        _catch_up(workspace)
        began = time.perf_counter()
        waits = _send(workspace, COMMANDS, SECONDS)
        _catch_up(workspace)
        taken = time.perf_counter() - began
    in_time = sum(1 for each in waits if each <= PATIENCE)
    what = f"a burst of {COMMANDS:,} commands in {SECONDS:g} s over Socket Mode"
    return [
        Figure(f"{what}, acknowledged within {PATIENCE:g} s", in_time, "", COMMANDS, at_least=True),
        Figure("the same, slowest", max(waits), "s", PATIENCE),
        Figure("the same, p50", percentile(waits, 50), "s"),
        Figure("the same, all answered after", taken, "s"),
    ]


def _catch_up(workspace: Playground) -> None:
    """Wait until everybody has an answer: what was only acknowledged gets it by its response URL."""
    deadline = time.monotonic() + 60
    while (missing := workspace.empty_handed()) > 0:
        if time.monotonic() > deadline:
            raise SystemExit(f"{missing} commands were acknowledged and never answered")
        time.sleep(0.02)


def _send(workspace: Playground, count: int, seconds: float) -> list[float]:
    """Send `count` commands over `seconds`; return how many seconds each waited for its acknowledgement."""
    waits: list[float] = []
    sent: list[Future[Any]] = []
    words = cycle(WORDS)
    began = time.perf_counter()
    for number in range(count):
        ahead = began + number * seconds / count - time.perf_counter()
        if ahead > 0:
            time.sleep(ahead)
        sent.append(_ask(workspace, next(words), waits))
    taken = time.perf_counter() - began
    wait(sent, timeout=60)
    if taken > seconds * 1.25:
        raise SystemExit(f"this machine is too slow to send {count} commands in {seconds:g} s: {taken:.1f} s")
    return waits


def _ask(workspace: Playground, words: str, waits: list[float]) -> Future[Any]:
    began = time.perf_counter()
    future: Future[Any] = workspace.submit("ana", f"/idp {words}")

    def answered(done: Future[Any]) -> None:
        done.result()
        waits.append(time.perf_counter() - began)

    future.add_done_callback(answered)
    return future
