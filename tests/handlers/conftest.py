"""The bot in a workspace: the real app over a real Socket Mode connection, on a catalog of a few things.

One workspace serves all tests of a process, so each test gets a channel of its own, and people who were never
in it before where a test looks at direct messages.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_bolt import App

from bot.app_manifest import with_unfurls
from bot.settings import Environment
from bot.slack_app import build_app
from bot.socket_mode import Connections
from bot.syncs import Syncs
from catalog_store.catalog import Catalog
from catalog_store.schema import sqlite_url, upgrade
from catalog_store.search.live import LiveIndex
from domain.answers import Answer, Asker, Found, HelpTopic, Spotted, Thing
from domain.entities import Claim, Json, Snapshot
from domain.home import Home
from domain.refs import parse_ref
from handlers.portal import Portal
from integrations import registry
from playground.person import Person
from playground.seed import Seed
from playground.server import Playground
from questions.asking import Questions
from questions.readers import Readers
from tests.serving.ticking import portal_file
from tests.workflows.shelf import Shelf
from workflows.actions import Actions
from workflows.permissions import Administrators

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
MANIFEST = yaml.safe_load((Path(__file__).parents[2] / "app_manifest.yml").read_text(encoding="utf-8"))
UNFURLED = ("github.com", "acme.example")
ROOMS = 80
SEED = Seed.model_validate(
    {
        "people": [
            {"name": "ana", "real_name": "Ana Silva", "id": "U0ANA"},
            {"name": "bo", "real_name": "Bo Li", "id": "U0BO"},
            *({"name": f"newcomer-{each}"} for each in range(ROOMS)),
        ],
        "channels": [
            {"name": "team-pay", "id": "C0PAY"},
            {"name": "team-secret", "id": "C0SECRET", "is_private": True, "members": ["ana"], "bot": True},
            {"name": "with-partner", "is_ext_shared": True},
            *({"name": f"room-{each}"} for each in range(ROOMS)),
        ],
    }
)
TEAM = "group:default/team-pay"
ANA = "user:default/ana"
API = "component:default/payments-api"


def claim(ref: str, aliases: tuple[str, ...] = (), **fields: Json) -> Claim:
    parsed = parse_ref(ref)
    return Claim(
        parsed, parsed.name, parsed.kind.capitalize(), fields, aliases, f"catalog/{parsed.name}.yaml:1"
    )


KNOWN = (
    claim("group:team-pay", title="Pay team", members=[ANA], channel="team-pay", slack_channel_id="C0PAY"),
    claim("user:ana", title="Ana Silva", slack_user_id="U0ANA", aliases=("slack:u0ana",)),
    claim(
        "component:payments-api",
        ("github:acme/payments-api", "host:pay.acme.example"),
        title="Payments API",
        type="service",
        tier="1",
        owner=TEAM,
    ),
    claim("component:payments-web", title="Payments Web", type="website", owner=TEAM),
    claim("component:ledger", type="service", owner=TEAM, dependsOn=[API]),
    claim("component:evil", type="service", title="<!channel> & <@U0ANA>", owner=TEAM),
    claim("component:vault", type="service", owner=TEAM, visibility=["group:default/team-pay"]),
    claim("component:giant", type="service", title="giant " * 900, description="x&" * 9_000),
)


@dataclass
class Oracle:
    """The real questions, which a test may make fail or answer something else."""

    real: Questions
    failure: Exception | None = None
    instead: Answer | None = None

    @property
    def readers(self) -> Readers:
        return self.real.readers

    def answer(self, words: str, asker: Asker = Asker()) -> Answer:  # noqa: B008 - a value that never changes
        if self.failure is not None:
            raise self.failure
        return self.instead or self.real.answer(words, asker)

    def home(self, asker: Asker = Asker()) -> Home:  # noqa: B008 - a value that never changes
        return self._told().home(asker)

    def starters(self, asker: Asker = Asker()) -> tuple[str, ...]:  # noqa: B008 - a value that never changes
        return self.real.starters(asker)

    def topics(self) -> tuple[HelpTopic, ...]:
        return self.real.topics()

    def spot(self, text: str, asker: Asker = Asker()) -> Spotted:  # noqa: B008 - likewise
        return self._told().spot(text, asker)

    def linked(self, url: str, asker: Asker = Asker()) -> Found | None:  # noqa: B008 - likewise
        return self._told().linked(url, asker)

    def offers(self, typed: str, asker: Asker = Asker()) -> tuple[tuple[str, Thing], ...]:  # noqa: B008
        return self._told().offers(typed, asker)

    def picked(self, handle: str, asker: Asker = Asker()) -> Answer:  # noqa: B008 - likewise
        return self._told().picked(handle, asker)

    def _told(self) -> Questions:
        if self.failure is not None:
            raise self.failure
        return self.real


@dataclass
class Office:
    """Everything that a conversation needs."""

    playground: Playground
    questions: Oracle
    catalog: Catalog
    shelf: Shelf
    """What the one source of the portal looks at; Ana alone may have it looked at."""
    app: App
    """The bot itself, for what no person of the workspace can send it."""
    room: str = ""
    doors: ExitStack = field(default_factory=ExitStack)
    used: int = 0

    def enter(self, name: str) -> Person:
        return self.doors.enter_context(Person(self.playground.url, name))

    def newcomer(self) -> Person:
        """Somebody whom no other test knows."""
        return self.enter(f"newcomer-{self.used}")


@pytest.fixture(scope="session")
def building(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    url = sqlite_url(tmp_path_factory.mktemp("catalog"))
    upgrade(url)
    shelf = Shelf("shelf", tmp_path_factory.mktemp("shelf"), lambda: NOW)
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(registry, "OURS", {**registry.OURS, "shelf": "tests.workflows.shelf"})
    with (
        Catalog.open(url, clock=lambda: NOW) as catalog,
        Playground(SEED, manifest=with_unfurls(MANIFEST, UNFURLED)) as playground,
    ):
        catalog.apply(Snapshot("backstage", NOW - timedelta(minutes=3), KNOWN), actor="test")
        index = LiveIndex(catalog)
        syncs = Syncs(portal_file(str(shelf.folder)), catalog, clock=lambda: NOW)
        questions = Oracle(Questions(catalog, index, clock=lambda: NOW, sources=syncs.standings))
        actions = Actions(syncs, catalog, Administrators([ANA], lambda: index.current))
        environment = Environment.model_validate(
            {"slack_bot_token": playground.bot_token, "slack_api_base_url": playground.api_url}
        )
        app = build_app(environment, Portal(questions, catalog, actions, lambda: NOW, UNFURLED))
        connections = Connections(app, playground.app_token, count=1)
        connections.start()
        try:
            yield Office(playground, questions, catalog, shelf, app)
        finally:
            connections.stop(patience=2)
            syncs.stop()
    monkeypatch.undo()


@pytest.fixture
def office(building: Office) -> Iterator[Office]:
    building.used += 1
    building.room = f"room-{building.used}"
    building.questions.failure = building.questions.instead = None
    with building.doors:
        yield building
    building.playground.faults.clear()


def eventually(holds: Callable[[], bool], what: str, patience: float = 5.0) -> None:
    """Wait until something that the person can see is so."""
    deadline = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < deadline, f"not so after {patience:g} s: {what}"
        time.sleep(0.02)


@pytest.fixture
def ana(office: Office) -> Person:
    return office.enter("ana")


@pytest.fixture
def room(office: Office) -> str:
    """A channel that no other test writes to."""
    return office.room


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the failures' edge writes into the log."""
    entries: list[dict[str, Any]] = []

    class Log:
        def warning(self, event: str, **fields: Any) -> None:
            entries.append({"event": event, **fields})

        error = warning

    monkeypatch.setattr("handlers.failures.log", Log())
    return entries
