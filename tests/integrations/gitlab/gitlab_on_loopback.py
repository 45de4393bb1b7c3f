"""A GitLab on loopback, and sources that look at it with the real python-gitlab."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette

from domain.entities import Snapshot
from domain.sources import Quota
from integrations.gitlab.options import GitLabOptions
from integrations.gitlab.source import GitLabSource, Seen
from integrations.hosting.facts import HostFacts
from playground.vendors.gitlab.seed import GitLabSeed, Seeded, load
from playground.vendors.gitlab.server import GitLab, Token
from playground.vendors.vendor import mounted
from workflows.ports import Look

ACME = Path(__file__).parents[3] / "examples" / "acme"
TOKEN = "glpat-of-tests"
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

SMALL: dict[str, Any] = {
    "url": "https://gitlab.acme.example",
    "users": [
        {"username": "idp"},
        {"username": "ana", "name": "Ana Silva", "email": "ana@acme.example"},
        {"username": "bo", "name": "Bo Berg"},
        {"username": "gone", "name": "Long Gone", "state": "blocked"},
        {"username": "group_7_bot_3f0c", "name": "a token"},
    ],
    "groups": [
        {"path": "acme", "name": "Acme", "members": {"idp": "reporter", "group_7_bot_3f0c": "owner"}},
        {"path": "acme/pay", "name": "Payments", "members": {"ana": "owner", "gone": "developer"}},
        {"path": "acme/pay/cards", "name": "Cards", "members": {"bo": "maintainer"}},
        {"path": "other", "name": "Other"},
    ],
    "projects": [
        {"path": "acme/pay/api", "files": {"README.md": "# Pay\n", "CODEOWNERS": "* @acme/pay\n"}},
        {"path": "acme/pay/cards/vault", "files": {"go.mod": "module vault\n"}},
        {"path": "acme/site", "files": {"package.json": "{}\n"}},
        {"path": "other/theirs", "files": {"README.md": "# Theirs\n"}},
    ],
}


@dataclass
class Server:
    """A GitLab that runs."""

    gitlab: GitLab
    url: str


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Start a GitLab of a seed, below a path as the playground has it."""
    running: list[tuple[uvicorn.Server, threading.Thread, socket.socket]] = []

    def start(seed: dict[str, Any] | Seeded, **token: Any) -> Server:
        seeded = seed if isinstance(seed, Seeded) else Seeded(seed=GitLabSeed.model_validate(seed))
        gitlab = GitLab(seeded, {TOKEN: Token("idp", **token)}, now=lambda: NOW)
        listening = socket.create_server(("127.0.0.1", 0))
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        app = Starlette(routes=[mounted(gitlab)])
        server = uvicorn.Server(
            uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
        )
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])), daemon=True)
        thread.start()
        running.append((server, thread, listening))
        return Server(gitlab, f"http://127.0.0.1:{listening.getsockname()[1]}/vendors/gitlab")

    yield start
    for server, thread, listening in running:
        server.should_exit = True
        thread.join(10)
        listening.close()


@pytest.fixture
def server(serve: Callable[..., Server]) -> Server:
    return serve(SMALL)


@pytest.fixture
def acme(serve: Callable[..., Server]) -> Server:
    return serve(load(ACME / "vendors" / "gitlab.yaml", ACME / "catalog" / "repos"))


@dataclass
class Mapping:
    """Stands where facts become claims, and keeps what it was given."""

    given: list[HostFacts] = field(default_factory=list)

    def __call__(
        self,
        facts: HostFacts,
        *,
        source: str,
        observed_at: datetime,
        requests: int,
        quota: Quota | None,
        cursor: str,
    ) -> Look:
        self.given.append(facts)
        snapshot = Snapshot(source, observed_at, (), facts.repositories_within)
        return Look((snapshot,), cursor=cursor, requests=requests, quota=quota)


def source_at(url: str, token: str = TOKEN, now: datetime = NOW, **options: Any) -> GitLabSource:
    """Return a source that looks at the group acme of a GitLab, unless told otherwise."""
    chosen = GitLabOptions(url=url, **{"group": "acme", **options})
    return GitLabSource("gitlab", chosen, token, lambda: now, Mapping())


def slugs(seen: Seen) -> list[str]:
    return [each.slug for each in seen.facts.repositories]


def one(serve: Callable[..., Server], **settings: Any) -> Server:
    """A GitLab with one project, acme/it."""
    files = {"README.md": "# It\n"}
    return serve({**SMALL, "projects": [{"path": "acme/it", "files": files, **settings}]})
