"""Commands a second over Socket Mode: the playground in this process, `idp run` in another, 20 in flight."""

from __future__ import annotations

import gc
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.environment import plain_environment
from bench.figures import Figure, median, percentile
from bot.app_manifest import load_manifest
from bot.commands.demo import SEED_FILE, demo_company
from bot.socket_mode import CONNECTIONS
from playground.seed import load_seed
from playground.server import Playground

IN_FLIGHT = 20
COMMANDS = 3_000
WARM_UP = 300
RUNS = 3
READY_SECONDS = 30


def measure() -> list[Figure]:
    with served() as workspace:
        _burst(workspace, WARM_UP, IN_FLIGHT)
        gc.collect()
        gc.freeze()  # the pauses of the measuring process are not the bot's
        bursts = [_burst(workspace, COMMANDS, IN_FLIGHT) for _ in range(RUNS)]
        _, alone = _burst(workspace, WARM_UP, 1)
    rates = [len(samples) / seconds for seconds, samples in bursts]
    slow = [percentile(samples, 99) * 1000 for _, samples in bursts]
    what = f"/idp who owns payments over Socket Mode, {IN_FLIGHT} in flight"
    return [
        Figure(f"{what}, rate", median(rates), "/s", 500, at_least=True),
        Figure(f"{what}, p99", median(slow), "ms", 60),
        Figure("the same, one at a time, p50", median(alone) * 1000, "ms"),
    ]


def _burst(workspace: Playground, count: int, in_flight: int) -> tuple[float, list[float]]:
    """Keep `in_flight` commands under way until `count` are answered; return seconds in all and of each."""
    samples: list[float] = []
    under_way: set[Future[Any]] = set()
    began = time.perf_counter()
    for _ in range(count):
        if len(under_way) >= in_flight:
            _, under_way = wait(under_way, return_when=FIRST_COMPLETED)
        under_way.add(_ask(workspace, samples))
    wait(under_way)
    seconds = time.perf_counter() - began
    if len(samples) < count:
        raise SystemExit(f"{count - len(samples)} of {count} commands were not answered")
    return seconds, samples


def _ask(workspace: Playground, samples: list[float]) -> Future[Any]:
    began = time.perf_counter()
    future = workspace.submit("ana", "/idp who owns payments")

    def answered(done: Future[Any]) -> None:
        if "is owned by" in str(done.result()):
            samples.append(time.perf_counter() - began)

    future.add_done_callback(answered)
    return future


@contextmanager
def served() -> Iterator[Playground]:
    """Run the workspace here and the bot, as it is, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="idp-bench-") as folder:
        portal = Path(folder) / "acme"
        shutil.copytree(demo_company(), portal, ignore=shutil.ignore_patterns(".idp"))
        with Playground(load_seed(portal / SEED_FILE), manifest=load_manifest()) as workspace:
            bot = subprocess.Popen(  # noqa: S603 - our own command line
                [sys.executable, "-m", "bot.cli", "run", "--portal", str(portal)],
                env=_environment(workspace),
                stderr=subprocess.DEVNULL,
            )
            try:
                _wait_for(workspace, bot)
                yield workspace
            finally:
                bot.send_signal(signal.SIGTERM)
                bot.wait(READY_SECONDS)


def _environment(workspace: Playground) -> dict[str, str]:
    return {
        **plain_environment(),
        "SLACK_API_BASE_URL": workspace.api_url,
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
    }


def _wait_for(workspace: Playground, bot: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while workspace.connections < CONNECTIONS:
        if bot.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("the bot did not connect to the workspace")
        time.sleep(0.05)
