"""A small Sentry on loopback, and sources that look at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.entities import Claim, Snapshot
from integrations.sentry import INTEGRATION
from integrations.sentry.source import SentrySource
from playground.server import Playground
from playground.vendors.sentry import Sentry, SentrySeed
from playground.vendors.sentry.seed import SeedProject
from playground.vendors.sentry.state import add_project
from playground.vendors.vendor import Faults
from tests.integrations.adapter_suite import SECRET
from workflows.ports import Look, Opening

TOKEN = f"sntryu_{SECRET}"
CLIENT_SECRET = f"client-{SECRET}"

SMALL: dict[str, Any] = {
    "token": TOKEN,
    "client_secret": CLIENT_SECRET,
    "organization": "acme",
    "members": [
        {"email": "ana@acme.example", "name": "Ana Silva"},
        {"email": "Bo@Acme.example", "name": "Bo Berg"},
        {"email": "new@acme.example", "state": "invited"},
        {"email": "never@acme.example", "state": "expired"},
        {"email": "many@acme.example", "name": "Many More", "state": "restricted"},
    ],
    "teams": [
        {"slug": "payments", "name": "Payments", "members": ["ana@acme.example", "Bo@Acme.example"]},
        {"slug": "web", "name": "Web", "members": ["Bo@Acme.example"]},
        {"slug": "empty", "name": "Nobody yet"},
    ],
    "projects": [
        {
            "slug": "payments-api",
            "name": "Payments API",
            "platform": "python-fastapi",
            "teams": ["payments"],
            "last_week": 400,
            "week_before": 120,
            "issues": [
                {"title": "Timeout at the bank", "first_seen": 2},
                {"title": "KeyError: amount", "first_seen": 40},
                {"title": "Long ago", "first_seen": 80, "last_seen": 20},
                {"title": "Done", "status": "resolved"},
                {"title": "Slow query", "category": "performance"},
            ],
            "releases": [{"version": "1.4.0", "days_ago": 9}, {"version": "1.5.0", "days_ago": 2}],
        },
        {
            "slug": "shop",
            "platform": "javascript-react",
            "teams": ["web", "payments"],
            "ownership": "# whose is it?\npath:src/pay/* ana@acme.example\n*  #web\n",
            "releases": [{"version": "2026.3.1", "days_ago": 1}],
        },
        {"slug": "attic"},
    ],
}


@dataclass
class SentryStage:
    """The server, and what a test does to it."""

    sentry: Sentry
    playground: Playground
    credential: str = "SENTRY_TOKEN"
    page: int = 100
    main: str = "/projects/"
    opened: list[SentrySource] = field(default_factory=list)

    @property
    def faults(self) -> Faults:
        return self.sentry.faults

    def open(self, *, url: str = "", timeout: float = 5.0, **block: Any) -> SentrySource:
        block = {
            "organization": "acme",
            "url": url or f"{self.playground.url}/vendors/sentry",
            "timeout_seconds": timeout,
            **block,
        }
        options = INTEGRATION.options.model_validate(block)
        source = INTEGRATION.open(Opening("sentry", options, {"SENTRY_TOKEN": TOKEN}.get))
        assert isinstance(source, SentrySource)
        self.opened.append(source)
        return source

    def opened_with(self, block: Mapping[str, Any]) -> SentrySource:
        """Open with a block's keys, whatever they are."""
        return self.open(**block)

    def empty(self) -> None:
        state = self.sentry.state
        for each in (state.projects, state.teams, state.members, state.releases):
            each.clear()

    def crowd(self, count: int, **seed: Any) -> None:
        for number in range(count):
            add_project(
                self.sentry.state,
                SeedProject(slug=f"crowd-{number:05}", **{"teams": ("payments",), **seed}),
                self.sentry.now(),
            )

    def crowded(self, look: Look) -> list[Claim]:
        return [each for each in saw(look).claims if each.name.startswith("crowd-")]

    def oddly(self) -> None:
        self.sentry.odd = True


def saw(look: Look, evidence: str = "") -> Snapshot:
    """Return the snapshot of a claimant."""
    source = f"sentry/{evidence}" if evidence else "sentry"
    return next(each for each in look.snapshots if each.source == source)


def sources_of(look: Look) -> list[str]:
    return [each.source for each in look.snapshots]


def of(look: Look, slug: str, evidence: str) -> Claim:
    """Return what a claimant says of a project."""
    return next(each for each in saw(look, evidence).claims if f"sentry:acme/{slug}" in each.same_as)


def new_sentry() -> Sentry:
    return Sentry(SentrySeed.model_validate(SMALL))
