"""Laws that deriving keeps, whatever the facts: no order matters, and nothing follows from its own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from catalog_store.stitching import Held, record, stitch
from catalog_store.trust import Precedence
from domain.entities import Claim, Json, Record
from domain.refs import Ref
from tests.workflows.deriving.deriving import NOW, rule, workload
from workflows.deriving.derive import derive
from workflows.deriving.rules import Rules
from workflows.deriving.sight import SOURCE

RULES = Rules.of(
    (
        rule("entity.type == 'service'", set={"tier": "1", "tags": ["served"]}),
        rule("'served' in entity.tags", set={"type": "loop", "lifecycle": "loop"}),
        rule("entity.lifecycle == 'production'", set={"custom.live": True}),
        rule("entity.custom.live", set={"custom.looped": True}),
        rule("entity.name.startsWith('a')", set={"tags": ["a"]}, kinds=[]),
    )
)

FIELDS: Mapping[str, st.SearchStrategy[Json]] = {
    "type": st.sampled_from(["service", "library"]),
    "lifecycle": st.sampled_from(["production", "experimental"]),
    "tags": st.lists(st.sampled_from(["x", "served", "a"]), min_size=1, unique=True),
    "repo.archived": st.booleans(),
    "repo.topics": st.lists(st.sampled_from(["system-a", "deprecated", "go"]), unique=True),
    "repo.files": st.lists(st.sampled_from(["Dockerfile", "go.mod", "main.tf", "README.md"]), unique=True),
    "repo.language": st.sampled_from(["Go", "HCL"]),
    "environments": st.lists(st.sampled_from(["production", "dev"]), unique=True),
    "workloads": st.lists(st.sampled_from([workload(), workload("CronJob", "dev")]), max_size=2),
    "public": st.booleans(),
    "custom.live": st.booleans(),
}
SOURCES = st.sampled_from(["backstage", "github", "kubernetes"])
PRECEDENCE = Precedence(("backstage", "github", "kubernetes", SOURCE))
"""Rules are the least: that is what deriving stands on."""
REFS = [Ref(kind, "default", name) for kind in ("component", "system") for name in ("a", "a-b", "c")]


@st.composite
def held(draw: st.DrawFn) -> dict[Ref, list[Held]]:
    """What sources claim of some things, each source once of each."""
    found: dict[Ref, list[Held]] = {}
    for ref in draw(st.lists(st.sampled_from(REFS), unique=True, min_size=1)):
        for source in draw(st.lists(SOURCES, unique=True, min_size=1)):
            names = draw(st.lists(st.sampled_from(sorted(FIELDS)), unique=True))
            fields = {name: draw(FIELDS[name]) for name in names}
            claim = Claim(ref, ref.name, ref.kind.title(), fields)
            found.setdefault(ref, []).append(Held(source, claim, NOW, NOW))
    return found


def records(found: Mapping[Ref, list[Held]]) -> list[Record]:
    return [record(stitch(claims, PRECEDENCE), claims, PRECEDENCE) for claims in found.values()]


def with_rules(found: Mapping[Ref, list[Held]], claims: list[Claim]) -> dict[Ref, list[Held]]:
    later = NOW + timedelta(hours=1)
    said = {claim.ref: Held(SOURCE, claim, later, later) for claim in claims}
    return {ref: [*those, said[ref]] if ref in said else those for ref, those in found.items()}


@given(held())
def test_what_was_derived_before_changes_nothing(found: dict[Ref, list[Held]]) -> None:
    first = derive(records(found), RULES, now=NOW)
    assert derive(records(with_rules(found, first)), RULES, now=NOW) == first


@given(held(), st.randoms(use_true_random=False))
def test_the_order_of_things_and_of_their_facts_changes_nothing(
    found: dict[Ref, list[Held]], random: object
) -> None:
    every = records(found)
    shuffled = list(every)
    assert hasattr(random, "shuffle")
    random.shuffle(shuffled)
    assert derive(shuffled, RULES, now=NOW) == derive(every, RULES, now=NOW)
    turned = {ref: claims[::-1] for ref, claims in found.items()}
    assert derive(records(turned), RULES, now=NOW) == derive(every, RULES, now=NOW)


@given(held())
def test_what_a_source_declares_is_never_changed(found: dict[Ref, list[Held]]) -> None:
    claims = derive(records(found), RULES, now=NOW)
    for ref, those in with_rules(found, claims).items():
        before, after = stitch(found[ref], PRECEDENCE), stitch(those, PRECEDENCE)
        kept = {name for name in before.fields if name != "tags"}
        assert {name: after.fields[name] for name in kept} == {name: before.fields[name] for name in kept}
        by_rules = [fact for fact in record(after, those, PRECEDENCE).facts if fact.source == SOURCE]
        said = next((claim.fields for claim in claims if claim.ref == ref), {})
        assert {fact.field: fact.value for fact in by_rules} == dict(said)


@given(held())
def test_every_field_has_its_grounds(found: dict[Ref, list[Held]]) -> None:
    for claim in derive(records(found), RULES, now=NOW):
        assert claim.grounds.keys() == claim.fields.keys() != set()
        assert all(0 <= each.confidence <= 1 and each.reason for each in claim.grounds.values())
