"""A small catalog's worth of values to render."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.answers import (
    Ambiguous,
    Candidate,
    Found,
    Help,
    HelpTopic,
    Listing,
    Missing,
    Owner,
    Person,
    Section,
    Shown,
    Spot,
    Spotted,
    Thing,
    Unclear,
)
from domain.entities import Entity, Fact, Json, Record
from domain.explained import Decided, Explained, Weighed, WeighedField
from domain.oncall import Duties, Duty, Freshness, Level, OnCall, Reach, Rota, Turn
from domain.passages import Page, Passage, PassageHit, Passages, Shelf
from domain.paths import DecidingRule, OwnedPath
from domain.persons import Account, KnownPerson, People, Stray, Unjoined
from domain.refs import Ref
from domain.sources import Permission, Quota, SourceState, Suggestion
from domain.syncs import Checked, Done, Examined, Intended, Pair, Sources, SourceStanding, Suggestions, Synced

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
PAYMENTS = Ref("component", "default", "payments-api")
TEAM = Ref("group", "default", "team-payments")
ORIGINS = {"backstage": "repos/payments-api/catalog-info.yaml:1", "codeowners": "CODEOWNERS:3"}


def fact(value: Json, source: str = "backstage", *, field: str = "owner", wins: bool = True) -> Fact:
    return Fact(field, value, source, NOW - timedelta(minutes=3), 1.0, ORIGINS.get(source, ""), wins)


def entity(**fields: Json) -> Entity:
    usual: dict[str, Json] = {
        "title": "Payments API",
        "type": "service",
        "tier": "1",
        "lifecycle": "production",
    }
    return Entity(PAYMENTS, "payments-api", "Component", {**usual, **fields})


PEOPLE = (
    Person(Ref("user", "default", "ana"), "Ana Silva", "U0ANA"),
    Person(Ref("user", "default", "bo"), "Bo Li"),
)
OWNER = Owner(
    TEAM, "Payments team", known=True, channel="team-payments", slack_channel_id="C0PAY", people=PEOPLE
)
STRANGER = Owner(Ref("group", "default", "growth-hackers"), "growth-hackers", known=False)
FACTS = (fact(str(TEAM)), fact("group:default/platform-team", "codeowners", wins=False))
FOUND = Found("payments", Record(entity(), FACTS), OWNER, FACTS)


def found(entity: Entity = FOUND.record.entity, **changes: Any) -> Found:
    return replace(FOUND, record=Record(entity, FACTS), **changes)


def thing(name: str, title: str, kind: str = "Component", owner: Ref | None = TEAM) -> Thing:
    owner_title = "Payments team" if owner else ""
    type_ = "service" if kind == "Component" else ""
    return Thing(
        Ref(kind.lower(), "default", name), name, title, kind, owner, owner_title, "1", "production", type_
    )


def candidate(name: str, title: str, kind: str = "Component") -> Candidate:
    return Candidate(
        thing(name, title, kind), "prefix", f"who owns {kind.lower()}:default/{name}", "your team's"
    )


SHOWN = Shown("payments", FOUND.record, OWNER, (("dependsOn", (thing("ledger", "Ledger"),)),))
AMBIGUOUS = Ambiguous("pay", (candidate("payments", "Payments"), candidate("payments", "Payments", "System")))
MISSING = Missing("foo", (candidate("food", "Food"),), "Add a catalog-info.yaml to its repository.")
LISTING = Listing(
    "Payments team owns 7 services",
    (Section("Services", (thing("payments", "Payments"), thing("ledger", "Ledger", owner=None))),),
    7,
    2,
    3,
    "what does team-payments own",
)
TOPICS = (
    HelpTopic("who owns <thing>", "the owner, and how we know", ("who owns payments", "who owns api:orders")),
    HelpTopic("list services <filters>", "a filtered list", ("list services tier 1",)),
)
HELP = Help(TOPICS)
UNCLEAR = Unclear("list tier x", "“x” is no tier: tiers are 1 to 4", ("list services tier 1",))
STATE = SourceState(
    "github",
    looked_at=NOW - timedelta(minutes=4),
    change_set=12,
    requests=37,
    quota=Quota(5_000, 4_900, NOW + timedelta(minutes=20)),
    things=1_204,
)
SOURCES = Sources(
    (
        SourceStanding(STATE, {"created": 4, "changed": 2, "vanished": 0}),
        SourceStanding(replace(STATE, name="prod", problem="403 from the API", remedy="Allow list pods.")),
        SourceStanding(SourceState("new")),
    )
)
INTENDED = Intended("sync undo 12", "undo", "12", about="github, 4 min ago, by schedule: 4 created")
SYNCED = Synced("github", "applied", {"created": 4, "unchanged": 9}, (12, 13), 37, 2.25)
REFUSED = Synced("github", "refused", problem="8 of 10 things would vanish", remedy="Look at it.")
EXAMINED = Examined(
    "github",
    "GitHub",
    (
        Permission("reachable: api.github.com", granted=True),
        Permission("credential GITHUB_TOKEN (from a file)", granted=True),
        Permission("Contents: read", False, "Resource not accessible", "Give it the permission."),
        Permission("Administration: read", False, "not for it", "Give it, too.", optional=True),
        Permission("clock", False, "this machine's clock is 90 s behind the vendor's", "NTP.", optional=True),
    ),
    1.25,
)
CHECKED = Checked((EXAMINED, Examined("prod", "Kubernetes", (Permission("reachable: k8s", granted=True),))))
DONE = Done("Change set #12 is undone by #14", ("github is paused",))
PAIR = Pair(
    Suggestion(3, "component:default/pay", "component:default/pay-svc", "the same but for -svc", 0.97),
    "component:pay",
    "component:pay-svc",
    "Component",
)
DECIDED = replace(
    PAIR, suggestion=replace(PAIR.suggestion, state="apart", decided_by="user:default/ana", decided_at=NOW)
)
ACCOUNT = Account("github", "ana-acme", "github", "guest", ("ana@acme.example",), "Ana")
PERSON = KnownPerson(Ref("user", "default", "ana-acme"), "Ana", (ACCOUNT,), ("ana@acme.example",))
UNJOINED = People(
    4,
    ("github", "slack"),
    (
        Unjoined(
            PERSON, "nobody else has ana@acme.example", "ana@x.example: [github:ana-acme]", "Ana (user:ana)"
        ),
    ),
    9,
    (Stray("ben@acme.example", "slack:U0BEN", "slack has no such account"),),
    2,
    3,
    (PERSON,),
)
SUGGESTIONS = Suggestions((PAIR,), 2, (DECIDED,))
FRESH = Freshness("pagerduty", "pagerduty", NOW - timedelta(minutes=3))
ANA_ON = Turn(
    "Ana Silva",
    "ana@acme.example",
    PEOPLE[0],
    NOW - timedelta(hours=2),
    NOW + timedelta(hours=93),
    schedule="Primary",
)
BO_NEXT = Turn(
    "Bo Li", "bo@acme.example", PEOPLE[1], NOW + timedelta(hours=93), NOW + timedelta(hours=261), cut=True
)
CY_ALWAYS = Turn("Cy <Young>", "cy@acme.example", None, None, None)
ROTA = Rota(
    "pagerduty:p1",
    "Payments escalation",
    "https://acme.pagerduty.com/p1",
    (Level(1, (ANA_ON,), (BO_NEXT,), ("Primary",)), Level(2, (CY_ALWAYS,), ())),
    FRESH,
)
ON_CALL = OnCall("payments", thing("payments-api", "Payments API"), (ROTA,), "own", reach=Reach(OWNER))
NOBODY = OnCall("ledger", thing("ledger", "Ledger"), (), reach=Reach(OWNER, ("old-pay",)))
DUTY = Duty(replace(ROTA, levels=ROTA.levels[:1]), (PAYMENTS,), ("Payments API",), 3)
DUTIES = Duties("ana", thing("ana", "Ana Silva", "User", None), PEOPLE[0], (DUTY,))
README = Page(PAYMENTS, "github", "README.md", "Payments", "https://git.example/README.md", NOW, readme=True)
RUNBOOK = Page(
    PAYMENTS, "github", "docs/runbook.md", "Runbook", "https://git.example/docs/runbook.md", NOW, runbook=True
)
PASSAGE = Passage(
    RUNBOOK,
    ("Rotate keys",),
    "rotate-keys",
    "Keys live at `PAYMENTS_VAULT_PATH`.\n\n```\npayctl rotate_keys <env>\n    --now\n\npayctl verify\n```",
)
QUOTED = PassageHit(PASSAGE, thing("payments-api", "Payments API"))
PASSAGES = Passages("rotate keys", ("rotate", "keys"), (QUOTED,), owner=OWNER)
SHELF = Shelf("payments", thing("payments-api", "Payments API"), (README, RUNBOOK), owner=OWNER)
RULE = DecidingRule("/src/pay/", 12, (OWNER, STRANGER), ("@@developer",), "Core", optional=True)
PATH = OwnedPath(
    "payments:src/pay/x.py", "src/pay/x.py", "acme/payments", (RULE,),
    thing("payments-api", "Payments API"), OWNER, "acme/payments/CODEOWNERS", "github/codeowners",
    NOW - timedelta(minutes=3), "feature/x",
)  # fmt: skip
BARE_PATH = OwnedPath("acme/x:a.py", "a.py", "acme/x", (), None, None)
CLAIMS = (
    Weighed(fact("group:default/team-payments"), NOW, None),
    Weighed(fact("group:default/other", "csv", wins=False), NOW, Decided.TRUST),
)
TAGS = WeighedField("tags", (Weighed(fact(["a", "b"], field="tags"), NOW, None),))
WHY = Explained(
    "payments", thing("payments-api", "Payments API"),
    (WeighedField("owner", CLAIMS), TAGS),
    more=3, sources=2, disputed=1, called={"group:default/team-payments": "Payments team"},
)  # fmt: skip
WHY_OWNER = replace(WHY, fields=WHY.fields[:1], about="owner", more=0)
SPOTTED = Spotted(
    "[FIRING] payments-api",
    (
        Spot("link", "https://github.com/acme/pay/pull/3", FOUND),
        Spot("file", "/srv/ledger/src/x.py", replace(FOUND, owner=None, evidence=(), on_call=ON_CALL)),
    ),
    3,
)
SPOTTED_ONE = Spotted("x", SPOTTED.spots[:1])
IN_VAIN = Spotted("x", (), 0, ("https://sandwich.example/menu",), unread=True)


def texts(value: object) -> Iterator[str]:
    """Every text that is shown, of blocks or of a view, in order."""
    if isinstance(value, dict):
        shown = value.get("text")
        if isinstance(shown, str):
            yield shown
        for key, each in value.items():
            if key in ("text", "elements", "fields", "blocks", "title", "accessory") and not isinstance(
                each, str
            ):
                yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def buttons(value: object) -> dict[str, str]:
    """The label of each button and the question that it asks."""
    found: dict[str, str] = {}
    if isinstance(value, dict):
        if value.get("type") == "button":
            found[value["text"]["text"]] = value["value"]
        for each in value.values():
            found |= buttons(each)
    elif isinstance(value, list):
        for each in value:
            found |= buttons(each)
    return found
