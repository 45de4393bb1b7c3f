"""GitHub on loopback with a small organization, and a source that looks at it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import uvicorn
from starlette.applications import Starlette

from integrations.github.options import GitHubOptions
from integrations.github.source import GitHubSource
from playground.vendors.github import GitHub
from playground.vendors.github.seed import organization_of
from playground.vendors.vendor import mounted
from workflows.ports import Opening

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TOKEN = "ghp_playground"
MANIFEST = "module acme.example/payments\n"

ACME: Mapping[str, Any] = {
    "login": "acme",
    "people": [
        {"login": "anasilva", "name": "Ana Silva", "email": "ana.silva@acme.example", "admin": True},
        {"login": "kwame-m", "name": "Kwame Mensah"},
        {"login": "vhorvath"},
    ],
    "teams": [
        {"slug": "money", "name": "Money Movement"},
        {"slug": "team-payments", "name": "Payments", "parent": "money", "members": ["anasilva", "kwame-m"]},
        {"slug": "team-mobile", "name": "Mobile", "members": ["vhorvath"]},
    ],
    "repositories": [
        {
            "name": "payments-api",
            "description": "Takes the money",
            "homepage": "https://docs.acme.example/payments",
            "topics": ["pci", "go"],
            "languages": {"Go": 120_000, "Shell": 900},
            "created": "2019-04-02",
            "pushed": "3h",
            "release": ["v4.2.0", "2d"],
            "open": 5,
            "merged": {"anasilva": 6, "kwame-m": 3, "renovate": 4},
            "checks": "SUCCESS",
            "guard": {"reviews": 2, "checks": ["build", "test"]},
            "alerts": {"CRITICAL": 1, "LOW": 2},
            "teams": {"team-payments": "admin", "money": "read"},
            "files": {
                "README.md": "# payments-api\n",
                "CODEOWNERS": "* @acme/team-payments\n",
                "go.mod": MANIFEST,
                "cmd/server/main.go": "package main\n",
                "docs/index.md": "# Payments\n",
                "docs/Dockerfile": "FROM scratch\n",
            },
        },
        {
            "name": "shop",
            "visibility": "internal",
            "created": "2020-01-01",
            "pushed": "1d",
            "checks": "FAILURE",
            "guard": {"reviews": 1, "ruleset": True, "checks": ["ci"]},
            "teams": {"team-mobile": "write"},
            "files": {
                "package.json": '{"name": "shop"}\n',
                "services/cart/Dockerfile": "FROM node:22\n",
                "services/cart/src/index.js": "start()\n",
                "services/search/go.mod": "module search\n",
                "android/build.gradle": "plugins {}\n",
            },
        },
        {"name": "old-till", "archived": True, "created": "2012-05-05", "pushed": "900d",
         "files": {"pom.xml": "<p/>"}},
        {"name": "fork-of-react", "fork": True, "visibility": "public", "created": "2021-05-05",
         "pushed": "90d", "files": {"package.json": "{}"}},
        {"name": "empty", "created": "2026-02-01"},
    ],
}  # fmt: skip


class Clock:
    """A clock that moves when told to, or when somebody sleeps."""

    def __init__(self) -> None:
        self.now = NOW
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


class Stage:
    """GitHub at an address, and sources that look at it."""

    def __init__(self, document: Mapping[str, Any] = ACME, **settings: Any) -> None:
        self.clock = Clock()
        self.github = GitHub(organization_of(document, None, NOW), clock=self.clock, **settings)
        self._sources: list[GitHubSource] = []
        self._server, self._thread, self.origin = serve(self.github)
        self.api = f"{self.origin}/vendors/github/api/v3"

    def opening(self, secrets: Mapping[str, str] | None = None, **options: Any) -> Opening:
        block = {"organization": "acme", "url": self.api, **options}
        known = {"GITHUB_TOKEN": TOKEN} if secrets is None else secrets
        return Opening("github", GitHubOptions.model_validate(block), known.get, self.clock)

    def source(self, secrets: Mapping[str, str] | None = None, **options: Any) -> GitHubSource:
        made = GitHubSource(self.opening(secrets, **options), sleep=self.clock.sleep)
        self._sources.append(made)
        return made

    def graphql_requests(self) -> int:
        return sum(each.endswith("/graphql") for each in self.github.faults.requests)

    def close(self) -> None:
        for each in self._sources:
            each.close()
        self.github.hooks.close()
        self._server.should_exit = True
        self._thread.join(10)


def serve(github: GitHub) -> tuple[uvicorn.Server, threading.Thread, str]:
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(
        Starlette(routes=[mounted(github)]), log_config=None, access_log=False, lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    return server, thread, f"http://127.0.0.1:{listening.getsockname()[1]}"
