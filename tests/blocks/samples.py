"""A small catalog's worth of values to render."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.answers import Candidate, Found, HelpTopic, Owner, Person, Thing
from domain.entities import Entity, Fact, Json, Record
from domain.refs import Ref

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
PAYMENTS = Ref("component", "default", "payments-api")
TEAM = Ref("group", "default", "team-payments")


def fact(value: Json, source: str = "backstage", *, field: str = "owner", wins: bool = True) -> Fact:
    origin = {"backstage": "repos/payments-api/catalog-info.yaml:1", "codeowners": "CODEOWNERS:3"}.get(
        source, ""
    )
    return Fact(field, value, source, NOW - timedelta(minutes=3), 1.0, origin, wins)


def entity(**fields: Json) -> Entity:
    given: dict[str, Json] = {
        "title": "Payments API",
        "type": "service",
        "tier": "1",
        "lifecycle": "production",
    }
    return Entity(PAYMENTS, "payments-api", "Component", {**given, **fields})


def owner(**changes: object) -> Owner:
    people = (
        Person(Ref("user", "default", "ana"), "Ana Silva", "U0ANA"),
        Person(Ref("user", "default", "bo"), "Bo Li"),
    )
    known = Owner(
        TEAM, "Payments team", known=True, channel="team-payments", slack_channel_id="C0PAY", people=people
    )
    return replace(known, **changes)  # type: ignore[arg-type]  # what dataclasses.replace takes


def found(**changes: object) -> Found:
    facts = (fact(str(TEAM)), fact("group:default/platform-team", "codeowners", wins=False))
    answer = Found("payments", Record(entity(), facts), owner(), facts)
    return replace(answer, **changes)  # type: ignore[arg-type]  # what dataclasses.replace takes


def thing(
    name: str = "payments-api", title: str = "Payments API", kind: str = "Component", **more: str
) -> Thing:
    given = {
        "owner_title": "Payments team",
        "tier": "1",
        "lifecycle": "production",
        "type": "service",
        **more,
    }
    return Thing(Ref(kind.lower(), "default", name), name, title, kind, TEAM, **given)


def candidate(name: str, title: str, kind: str = "Component") -> Candidate:
    ref = Ref(kind.lower(), "default", name)
    return Candidate(thing(name, title, kind), "prefix", f"who owns {ref}")


TOPICS = (
    HelpTopic("who owns <thing>", "the owner, and how we know", ("who owns payments", "who owns api:orders")),
    HelpTopic("list services <filters>", "a filtered list", ("list services tier 1",)),
)
