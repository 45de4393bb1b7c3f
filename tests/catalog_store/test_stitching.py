"""What holds of stitching whatever the claims, and the rules by example."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from catalog_store.canonical import same, write
from catalog_store.stitching import (
    ALIASES,
    UNITED_LISTS,
    UNITED_MAPPINGS,
    Held,
    record,
    stitch,
)
from catalog_store.trust import Precedence
from domain.entities import Claim, Json
from domain.refs import Ref

NOON = datetime(2025, 3, 3, 12, 0, tzinfo=UTC)
PAY = Ref("component", "default", "pay")

SCALARS = st.booleans() | st.integers(-2, 2) | st.sampled_from([0.0, 1.0]) | st.sampled_from("abc")
ITEMS = SCALARS | st.dictionaries(st.sampled_from("uv"), SCALARS, max_size=2)
VALUES = SCALARS | st.lists(ITEMS, max_size=3) | st.dictionaries(st.sampled_from("xyz"), SCALARS, max_size=3)
NAMES = st.sampled_from(["owner", "tier", "tags", "dependsOn", "labels", "annotations", "custom.x"])
CLAIMS = st.builds(
    Claim,
    ref=st.just(PAY),
    name=st.sampled_from(["Pay", "pay"]),
    kind=st.sampled_from(["Component", "component"]),
    fields=st.dictionaries(NAMES, VALUES, max_size=5),
    aliases=st.lists(st.sampled_from("pqr"), max_size=2, unique=True).map(tuple),
)
TIMES = st.integers(0, 2).map(lambda days: NOON + timedelta(days=days))
SOURCES = ("backstage", "csv", "github/codeowners", "vendor-a", "vendor-b")
HELD = st.lists(
    st.builds(Held, source=st.sampled_from(SOURCES), claim=CLAIMS, since=TIMES, seen_at=TIMES),
    min_size=1,
    max_size=5,
    unique_by=lambda each: each.source,
)


def held(source: str, days: int = 0, /, *, aliases: tuple[str, ...] = (), **fields: Json) -> Held:
    at = NOON + timedelta(days=days)
    return Held(source, Claim(PAY, "Pay", "Component", fields, aliases), at, at)


@given(HELD, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(claims: list[Held], random: Random) -> None:
    shuffled = random.sample(claims, len(claims))
    assert write_record(shuffled) == write_record(claims)


def write_record(claims: list[Held]) -> str:
    """Return a record as text that tells True from 1 and 1 from 1.0."""
    made = record(stitch(claims), claims)
    entity = made.entity
    facts = [[fact.field, fact.value, fact.source, str(fact.observed_at), fact.wins] for fact in made.facts]
    return write([entity.name, entity.kind, dict(entity.fields), entity.aliases, facts])


@given(HELD)
def test_every_claimed_value_is_a_fact(claims: list[Held]) -> None:
    claimed = [
        write([each.source, name, value]) for each in claims for name, value in each.claim.fields.items()
    ] + [write([each.source, ALIASES, each.claim.aliases]) for each in claims if each.claim.aliases]
    facts = [write([fact.source, fact.field, fact.value]) for fact in record(stitch(claims), claims).facts]
    assert sorted(facts) == sorted(claimed)


@given(HELD)
def test_every_field_is_kept_and_every_scalar_is_somebodys(claims: list[Held]) -> None:
    made = record(stitch(claims), claims)
    assert set(made.entity.fields) == {name for each in claims for name in each.claim.fields}
    for name, value in made.entity.fields.items():
        if name not in UNITED_LISTS | UNITED_MAPPINGS:
            winners = [fact for fact in made.facts_on(name) if fact.wins]
            assert winners
            assert all(same(fact.value, value) for fact in winners)


@given(HELD)
def test_nothing_of_a_united_field_is_lost(claims: list[Held]) -> None:
    entity = stitch(claims)
    for name in UNITED_LISTS & set(entity.fields):
        stitched = entity.fields[name]
        if isinstance(stitched, list):
            lists = [each.claim.fields[name] for each in claims if name in each.claim.fields]
            items = [write(item) for value in lists if isinstance(value, list) for item in value]
            assert sorted(map(write, stitched)) == sorted(set(items))
    for name in UNITED_MAPPINGS & set(entity.fields):
        stitched = entity.fields[name]
        if isinstance(stitched, dict):
            mappings = [each.claim.fields[name] for each in claims if name in each.claim.fields]
            assert set(stitched) == {key for each in mappings if isinstance(each, dict) for key in each}
    assert set(entity.aliases) == {alias for each in claims for alias in each.claim.aliases}


@given(HELD)
def test_stitching_the_stitched_changes_nothing(claims: list[Held]) -> None:
    entity = stitch(claims)
    again = stitch(
        [Held("x", Claim(PAY, entity.name, entity.kind, entity.fields, entity.aliases), NOON, NOON)]
    )
    assert write([again.name, again.kind, dict(again.fields), again.aliases]) == write(
        [entity.name, entity.kind, dict(entity.fields), entity.aliases]
    )


@given(HELD)
def test_winners_come_first(claims: list[Held]) -> None:
    wins = [fact.wins for fact in record(stitch(claims), claims).facts]
    assert wins == sorted(wins, reverse=True)


def test_the_more_trusted_source_wins_whatever_its_age() -> None:
    claims = [held("codeowners", 9, owner="c"), held("csv", 5, owner="b"), held("backstage", 0, owner="a")]
    assert stitch(claims).fields == {"owner": "a"}
    assert stitch(claims, Precedence(("csv", "backstage"))).fields == {"owner": "b"}


def test_what_was_written_down_goes_before_what_can_only_be_seen() -> None:
    evidence = (
        "github/codeowners",
        "sentry/ownership",
        "github/permissions",
        "sentry/access",
        "github/merges",
    )
    claims = [held(source, owner=source) for source in reversed(evidence)]
    for place, source in enumerate(evidence):
        assert stitch(claims[: len(claims) - place]).fields == {"owner": source}


def test_an_unknown_source_comes_between_what_is_declared_and_what_is_inferred() -> None:
    vendors = [held("b", 1, owner="old"), held("c", 2, owner="new")]
    assert stitch(vendors).fields == {"owner": "new"}
    assert stitch([*vendors, held("codeowners", 3, owner="inferred")]).fields == {"owner": "new"}
    assert stitch([*vendors, held("acme/csv", 0, owner="declared")]).fields == {"owner": "declared"}
    assert stitch([held("b", owner="b"), held("a", owner="a")]).fields == {"owner": "a"}


def test_of_two_vendors_the_newer_statement_wins_and_not_the_newer_look() -> None:
    said_later = held("a", 1, owner="new")
    looked_later = replace(held("b", 0, owner="old"), seen_at=NOON + timedelta(days=9))
    assert stitch([said_later, looked_later]).fields == {"owner": "new"}


def test_those_who_agree_with_the_winner_win_too() -> None:
    claims = [held("backstage", owner="a"), held("csv", owner="b"), held("codeowners", owner="a")]
    facts = record(stitch(claims), claims).facts_on("owner")
    assert [(fact.source, fact.wins) for fact in facts] == [
        ("backstage", True),
        ("codeowners", True),
        ("csv", False),
    ]


def test_lists_are_united_in_order_of_trust_and_mappings_key_by_key() -> None:
    claims = [
        held("csv", tags=["b", "c"], labels={"x": "csv", "y": "csv"}, aliases=("q", "p")),
        held("backstage", tags=["a", "b", "a"], labels={"x": "backstage"}, aliases=("p",)),
    ]
    entity = stitch(claims)
    assert entity.fields == {"tags": ["a", "b", "c"], "labels": {"x": "backstage", "y": "csv"}}
    assert entity.aliases == ("p", "q")
    labels = record(entity, claims).facts_on("labels")
    assert [(fact.source, fact.wins) for fact in labels] == [("backstage", True), ("csv", False)]


def test_a_list_that_is_nobodys_to_unite_wins_whole() -> None:
    claims = [held("csv", regions=["us"]), held("backstage", regions=["eu"])]
    assert stitch(claims).fields == {"regions": ["eu"]}
