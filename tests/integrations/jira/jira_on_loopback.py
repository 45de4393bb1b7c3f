"""A Jira of each flavour on loopback, and sources that look at them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest

from domain.entities import Claim, Snapshot
from integrations.jira import INTEGRATION
from integrations.jira.source import JiraSource
from playground.seed import Seed
from playground.server import Playground
from playground.vendors.jira import Jira, JiraSeed, load_jira
from playground.vendors.jira.calls import Desk
from playground.vendors.vendor import Faults
from tests.integrations.adapter_suite import SECRET
from workflows.ports import Look, Opening

ACME = Path(__file__).parents[3] / "examples" / "acme"
FLAVOURS = ("cloud", "datacenter")
EMAIL = "idp@acme.example"
PAGE = 50

SMALL: dict[str, Any] = {
    "url": "https://jira.acme.example",
    "email": EMAIL,
    "token": SECRET,
    "user": "idp",
    "users": [
        {"login": "idp", "name": "idp", "email": EMAIL},
        {"login": "ana", "name": "Ana Silva", "email": "Ana.Silva@acme.example"},
        {"login": "bo", "name": "Bo Berg", "email": "bo.berg@acme.example", "hidden": True},
        {"login": "gone", "name": "Long Gone", "email": "gone@acme.example", "active": False},
        {"login": "robot", "name": "Automation", "type": "app"},
    ],
    "projects": [
        {
            "key": "PAY", "name": "Payments", "lead": "ana",
            "components": [
                {"name": "Payments API", "lead": "bo"},
                {"name": 'The "old" one', "lead": "gone"},
                {"name": "Backend"},
                {"name": "Shared"},
            ],
        },
        {"key": "OPS", "name": "Operations", "lead": "gone", "required": ["Audit reference"]},
        {"key": "WEB", "name": "Web", "lead": "bo", "components": [{"name": "Shared"}]},
    ],
    "issues": [
        {"project": "PAY", "components": ["Payments API"], "open": 3, "done": 5},
        {"project": "PAY", "components": ["Payments API", "Backend"], "open": 2},
        {"project": "PAY", "components": ["Payments API"], "type": "Incident", "open": 1, "done": 1},
        {"project": "PAY", "open": 4},
        {"project": "PAY", "type": "Task", "components": ["Backend"], "open": 6},
        {"project": "WEB", "components": ["Shared"], "open": 1},
    ],
}  # fmt: skip


@dataclass
class Servers:
    """A playground with a Jira of each flavour."""

    playground: Playground
    jiras: dict[str, Jira]


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    jiras = {each: Jira(seed(each), name=f"jira-{each}") for each in FLAVOURS}
    with Playground(Seed(), vendors=list(jiras.values())) as playground:
        yield Servers(playground, jiras)


def seed(flavour: str, **other: Any) -> JiraSeed:
    """Return the small organization."""
    return JiraSeed.model_validate({**SMALL, "deployment": flavour, **other})


def acme_seed() -> JiraSeed:
    """Return the demo company's."""
    return load_jira(ACME / "vendors" / "jira.yaml")


class Opens(Protocol):
    """Opens a source; keys go into its block."""

    def __call__(self, **block: Any) -> JiraSource: ...


@dataclass
class JiraStage:
    """One flavour's server, as new; see `tests.integrations.adapter_suite.Stage`."""

    jira: Jira
    at: str
    faults: Faults
    credential: str = "JIRA_TOKEN"
    page: int = PAGE
    main: str = "/search"
    opened: list[JiraSource] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return {"JIRA_TOKEN": self.jira.token, **({"JIRA_EMAIL": self.jira.email} if self.jira.cloud else {})}

    def open(self, *, url: str = "", timeout: float = 5.0, **block: Any) -> JiraSource:
        source = INTEGRATION.open(self.opening(url=url, timeout=timeout, **block))
        assert isinstance(source, JiraSource)
        self.opened.append(source)
        return source

    def opening(self, *, url: str = "", timeout: float = 5.0, **block: Any) -> Opening:
        options = INTEGRATION.options.model_validate(
            {"url": url or self.at, "timeout_seconds": timeout, **block}
        )
        return Opening("jira", options, self.environment.get)

    def empty(self) -> None:
        self.jira.state.clear()

    def crowd(self, count: int) -> None:
        """Add components with an open bug each: the bugs come in pages, the components at once."""
        state = self.jira.state
        pay = state.project("PAY")
        assert pay is not None
        for number in range(count):
            component = state.add_component(pay, f"Crowd {number}", "ana")
            state.add_issue(pay, "Bug", components=[component.id])
        if count > 1_000:
            self.jira.largest_page = 1_000

    def crowded(self, look: Look) -> list[Claim]:
        """Return the claims that say just the one bug of each."""
        found = []
        for claim in snapshot(look, "jira/tickets").claims:
            ((alias, counts),) = tickets(claim).items()
            if alias.startswith("jira:pay/crowd ") and (counts["bugs"], counts["incidents"]) == (1, 0):
                found.append(claim)
        return found

    def oddly(self) -> None:
        self.jira.shapes.odd = True


@pytest.fixture(params=FLAVOURS)
def stage(request: pytest.FixtureRequest, servers: Servers) -> Iterator[JiraStage]:
    yield from staged(servers, request.param)


@pytest.fixture
def cloud(servers: Servers) -> Iterator[JiraStage]:
    yield from staged(servers, "cloud")


@pytest.fixture
def datacenter(servers: Servers) -> Iterator[JiraStage]:
    yield from staged(servers, "datacenter")


def staged(servers: Servers, flavour: str, planted: JiraSeed | None = None) -> Iterator[JiraStage]:
    """Yield a flavour's server as new."""
    jira = servers.jiras[flavour]
    Desk.__init__(jira, planted or seed(flavour))
    jira.faults.clear()
    jira.faults.requests = []
    stage = JiraStage(jira, f"{servers.playground.url}/vendors/{jira.name}", jira.faults)
    jira.largest_page = PAGE
    yield stage
    for each in stage.opened:
        each.close()


def snapshot(look: Look, source: str) -> Snapshot:
    """Return the snapshot of one claimant."""
    return next(each for each in look.snapshots if each.source == source)


def tickets(claim: Claim) -> dict[str, dict[str, Any]]:
    """Return what a claim says of tickets."""
    found = claim.fields["tickets"]
    assert isinstance(found, dict)
    return found


def by_alias(snapshot: Snapshot) -> dict[str, Claim]:
    """Return remarks by what they are on."""
    return {each.same_as[0]: each for each in snapshot.claims}
