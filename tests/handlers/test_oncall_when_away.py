"""On call in Slack while the vendor's service is switched off: answered at once, from the last snapshot.

The vendor is the fixture `vendor` alone, read once and then off: a source of the test's own that hangs up,
and PagerDuty, whose server is stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.portal_file import PortalFile
from bot.settings import Environment
from bot.slack_app import build_app
from bot.socket_mode import Connections
from bot.syncs import Syncs
from catalog_store.catalog import Catalog
from catalog_store.search.live import LiveIndex
from domain.entities import Snapshot
from handlers.portal import Portal
from integrations import registry
from integrations.calling import retrying
from playground.person import Person
from playground.seed import Seed
from playground.server import Playground
from questions.asking import Questions
from tests.handlers.conftest import MANIFEST, NOW, TEAM, claim
from tests.handlers.pager import pager
from tests.handlers.pagerduty_off import TOKEN, pagerduty
from tests.handlers.test_asking import ask
from workflows.actions import Actions
from workflows.permissions import Administrators
from workflows.sync_report import Order, Outcome

SEED = Seed.model_validate(
    {
        "people": [{"name": "ana", "id": "U0ANA"}, {"name": "bo", "id": "U0BO"}],
        "channels": [{"name": "team-pay", "id": "C0PAY"}, {"name": "room", "members": "all"}],
    }
)
KNOWN = (
    claim("group:team-pay", title="Pay team", channel="team-pay", slack_channel_id="C0PAY"),
    claim("user:ana", ("mailto:u1@acme.example",), title="Ana Silva", slack_user_id="U0ANA"),
    claim("component:payments", ("pager:s1", "pagerduty:ps1"), title="Payments API", owner=TEAM),
    claim("component:ledger", owner=TEAM),
)
ROOM = "room"


@dataclass
class Vendor:
    """What a test needs of a vendor that plans who is on call."""

    type: str
    """In `idp.yaml`, the source's name too."""
    word: str
    """How answers call it."""
    options: Mapping[str, object]
    switch_off: Callable[[], None]
    asked: Callable[[], int]
    """How many requests it has had."""


@dataclass
class Desk:
    """A portal on the air, with one source."""

    syncs: Syncs
    vendor: Vendor
    playground: Playground
    now: datetime = NOW

    def look(self) -> Outcome:
        """Look at the vendor now."""
        return self.syncs.look(self.vendor.type, Order("test")).outcome


@pytest.fixture(params=["pager", "pagerduty"])
def vendor(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Vendor]:
    """Ana is on call for Payments API until six hours from now, then Bo, whom the catalog does not know."""
    if request.param == "pagerduty":
        monkeypatch.setattr(retrying, "pause", lambda _seconds, _stopped: None)
        monkeypatch.setenv("PAGERDUTY_TOKEN", TOKEN)
        with pagerduty(NOW) as (site, real):
            options: dict[str, object] = {"url": f"{site.url}/vendors/pagerduty"}
            yield Vendor("pagerduty", "PagerDuty", options, site.stop, lambda: len(real.faults.requests))
        return
    monkeypatch.setattr(registry, "OURS", {**registry.OURS, "pager": "tests.handlers.pager"})

    def turn(who: str, name: str, begins: int, ends: int) -> dict[str, Any]:
        times = {"from": NOW + timedelta(hours=begins), "until": NOW + timedelta(hours=ends)}
        account = {"person": f"pager-user:{who}", "name": name, "email": f"{who}@acme.example"}
        return {"level": 1, **account, **{key: at.isoformat() for key, at in times.items()}}

    shifts = [turn("u1", "A. Silva", -2, 6), turn("u2", "Bo <Li>", 6, 30)]
    policy: dict[str, Any] = {"name": "Cards", "url": "https://pager.example/p1", "shifts": shifts}
    with pager({"pager:s1": {"pager:p1": policy}}, {"u1": "A. Silva"}) as served:
        yield Vendor("pager", "Pager", {"url": served.url}, served.switch_off, lambda: served.asked)


@pytest.fixture
def desk(vendor: Vendor, sqlite_catalog: Catalog) -> Iterator[Desk]:
    """A bot in a workspace; its one source has been read once."""
    file = PortalFile.model_validate({"sources": {vendor.type: {**vendor.options, "every": "5m"}}})
    with Playground(SEED, manifest=MANIFEST) as playground:
        desk: Desk

        def clock() -> datetime:
            return desk.now

        syncs = Syncs(file, sqlite_catalog, clock=clock)
        desk = Desk(syncs, vendor, playground)
        sqlite_catalog.apply(Snapshot("backstage", NOW, KNOWN), actor="test")
        assert desk.look() is Outcome.APPLIED
        index = LiveIndex(sqlite_catalog)
        questions = Questions(sqlite_catalog, index, clock=clock, sources=syncs.standings)
        actions = Actions(syncs, sqlite_catalog, Administrators([], lambda: index.current))
        environment = Environment.model_validate(
            {"slack_bot_token": playground.bot_token, "slack_api_base_url": playground.api_url}
        )
        portal = Portal(questions, sqlite_catalog, actions, clock)
        connections = Connections(build_app(environment, portal), playground.app_token, count=1)
        connections.start()
        yield desk
        connections.stop(patience=2)
        syncs.stop()


@pytest.fixture
def bo(desk: Desk) -> Iterator[Person]:
    with Person(desk.playground.url, "bo") as person:
        yield person


def test_the_snapshot_answers_with_its_age_and_the_vendor_is_not_asked(desk: Desk, bo: Person) -> None:
    fresh = ask(bo, "who is on call for payments", ROOM)
    assert fresh.all_text.startswith("<@U0ANA> is on call for *Payments API* until <!date^1772647200^")
    assert f"From {desk.vendor.word}, read just now" in fresh.all_text

    desk.vendor.switch_off()
    asked = desk.vendor.asked()
    desk.now = NOW + timedelta(minutes=12)
    assert desk.look() is not Outcome.APPLIED
    away = ask(bo, "who is on call for payments", ROOM)
    assert away.ephemeral
    answer, stamp = away.all_text.split("\n")[:2]
    assert answer.startswith("<@U0ANA> is on call for *Payments API* until <!date^1772647200^")
    assert stamp.startswith(f"⚠ From {desk.vendor.word} as of 12 min ago; it cannot be reached now (")
    assert "If nobody answers, ask in <#C0PAY|team-pay>." in away.all_text
    assert desk.vendor.asked() == asked

    card = ask(bo, "who owns payments", ROOM)
    assert "*On call now*  <@U0ANA> until" in card.all_text
    assert f"from {desk.vendor.word} as of 12 min ago; it cannot be reached now" in card.all_text


def test_the_plan_goes_on_without_the_vendor_until_it_has_run_out(desk: Desk, bo: Person) -> None:
    desk.vendor.switch_off()
    desk.now = NOW + timedelta(hours=7)
    assert desk.look() is not Outcome.APPLIED
    planned = ask(bo, "who's on call for payments", ROOM)
    bo_now = "Bo &lt;Li&gt;" if desk.vendor.type == "pagerduty" else "Bo &lt;Li&gt; (u2@acme.example)"
    assert planned.all_text.startswith(f"{bo_now} is on call for *Payments API* until")
    assert "as of 7 hours ago; it cannot be reached now" in planned.all_text
    assert "<@U0ANA> is on call for nothing" in ask(bo, "what is ana on call for", ROOM).all_text

    desk.now = NOW + timedelta(days=8)
    over = ask(bo, "who do I page for payments?", ROOM)
    first, why, where = over.all_text.split("\n")[:3]
    assert first == "Nobody can tell who is on call for *Payments API* now"
    assert why.startswith(
        f"⚠ The plan that {desk.vendor.word} gave 8 days ago has run out; it cannot be reached"
    )
    assert where == "Ask in <#C0PAY|team-pay>, the channel of *Pay team*."


def test_a_source_that_nobody_looks_at_any_more_is_stamped_too(desk: Desk, bo: Person) -> None:
    desk.now = NOW + timedelta(minutes=9)
    assert f"From {desk.vendor.word}, read 9 min ago" in ask(bo, "oncall payments", ROOM).all_text
    desk.now = NOW + timedelta(minutes=11)
    late = ask(bo, "oncall payments", ROOM).all_text.split("\n")
    assert late[1] == f"⚠ From {desk.vendor.word} as of 11 min ago; it has not been read since"


def test_what_is_shared_calls_nobody(desk: Desk, bo: Person) -> None:
    bo.clicks("Share to channel", ask(bo, "payments on call", ROOM))
    with Person(desk.playground.url, "ana") as ana:
        shared = ana.sees("*bo* asked: `payments on call`", ROOM)
    assert "Ana Silva is on call for *Payments API* until" in shared.all_text
    assert "<@" not in shared.all_text


def test_a_person_in_slack_is_told_their_own(desk: Desk) -> None:
    with Person(desk.playground.url, "ana") as ana:
        mine = ask(ana, "when am I on call", ROOM)
    assert mine.all_text.startswith("<@U0ANA> is on call for *Payments API* until <!date^1772647200^")
    assert "Who else is on call for Payments API?" in mine.buttons
