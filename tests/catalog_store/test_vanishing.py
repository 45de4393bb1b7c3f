"""What becomes of things that a source does not see any more: marked, refused, retired, restored."""

from __future__ import annotations

import pytest

from catalog_store.catalog import Catalog
from domain.entities import EVERYTHING, Claim, Snapshot
from domain.errors import ShrinkRefused
from tests.catalog_store.sightings import DAY, declared, known, refs, remark, repository, sees, workload


def test_what_vanished_is_marked_and_stays(catalog: Catalog) -> None:
    sees(catalog, "github", repository("R1", "acme/a", owner="group:default/x"), repository("R2", "acme/b"))
    assert sees(catalog, "github", repository("R2", "acme/b"), day=1) == {"vanished": 1, "unchanged": 1}

    entity = known(catalog, "a").entity
    assert entity.vanished_at == DAY[1]
    assert entity.fields["owner"] == "group:default/x"
    # It is told once, not with every look.
    assert sees(catalog, "github", repository("R2", "acme/b"), day=2) == {"unchanged": 1}
    assert known(catalog, "a").entity.vanished_at == DAY[1]


def test_what_comes_back_is_restored(catalog: Catalog) -> None:
    sees(catalog, "github", repository("R1", "acme/a"), repository("R2", "acme/b"))
    sees(catalog, "github", repository("R2", "acme/b"), day=1)
    assert sees(catalog, "github", repository("R1", "acme/a"), repository("R2", "acme/b"), day=2) == {
        "restored": 1,
        "unchanged": 1,
    }
    assert known(catalog, "a").entity.vanished_at is None


def test_what_stayed_away_is_retired_and_comes_back_as_itself(catalog: Catalog) -> None:
    sees(catalog, "github", repository("R1", "acme/a", tier="1"), repository("R2", "acme/b"))
    sees(catalog, "github/topics", remark("R1", "github:acme/a", owner="group:default/x"))
    sees(catalog, "github", repository("R2", "acme/b"), day=1)

    assert catalog.retire("github", DAY[1], actor="grace").number is None, "not longer ago than that"
    assert catalog.retire("github", DAY[2], actor="grace").counts["retired"] == 1
    assert refs(catalog) == ["component:b"]
    assert catalog.known_as("github:acme/a") == ()

    renamed = repository("R1", "acme/z", tier="1")
    assert sees(catalog, "github", renamed, repository("R2", "acme/b"), day=9) == {
        "restored": 1,
        "unchanged": 1,
    }
    assert known(catalog, "z").entity.fields["owner"] == "group:default/x"
    assert refs(catalog) == ["component:b", "component:z"]


def test_as_long_as_one_source_sees_it_it_is_there(catalog: Catalog) -> None:
    sees(catalog, "github", repository("R1", "acme/a", tier="1"), repository("R2", "acme/b"))
    sees(catalog, "prod", workload("w", "a", hosts=["a.x"]))
    assert sees(catalog, "github", repository("R2", "acme/b"), day=1) == {"unchanged": 2}

    assert known(catalog, "a").entity.vanished_at is None
    [tier] = known(catalog, "a").facts_on("tier")
    assert tier.vanished_at == DAY[1]
    catalog.retire("github", DAY[2], actor="grace")
    assert set(known(catalog, "a").entity.fields) == {"hosts"}


def test_what_others_still_see_is_believed_before_what_vanished(catalog: Catalog) -> None:
    sees(catalog, "backstage", declared("a", tier="1"))
    sees(catalog, "github", repository("R1", "acme/a", tier="2"))
    sees(catalog, "backstage", day=1)
    assert known(catalog, "a").entity.fields["tier"] == "2"


def test_a_partial_look_makes_nothing_vanish(catalog: Catalog) -> None:
    sees(catalog, "github", repository("R1", "acme/a"), repository("R2", "acme/b"))
    assert sees(catalog, "github", repository("R2", "acme/b"), day=1, within=()) == {"unchanged": 1}
    assert known(catalog, "a").entity.vanished_at is None


def test_a_look_at_one_thing_is_complete_for_its_parts(catalog: Catalog) -> None:
    parts = [repository("R1", "acme/mono"), *(repository(f"R1#{n}", f"acme/{n}") for n in "ab")]
    sees(catalog, "github", *parts, repository("R10", "acme/other"))
    sees(catalog, "github", parts[0], parts[1], day=1, within=("R1",))

    gone = {each.ref.name for each in catalog.entities() if each.vanished_at}
    assert gone == {"b"}
    sees(catalog, "github", day=2, within=("R10",))
    assert {each.ref.name for each in catalog.entities() if each.vanished_at} == {"b", "other"}


def test_a_look_that_misses_too_much_is_refused_and_changes_nothing(catalog: Catalog) -> None:
    everything = [repository(f"R{n}", f"acme/s{n}") for n in range(20)]
    sees(catalog, "github", *everything)
    with pytest.raises(ShrinkRefused, match="6 of 20 things of github would vanish") as caught:
        sees(catalog, "github", *everything[6:], day=1)
    assert "--force" in caught.value.hint
    assert catalog.version() == 1
    assert catalog.looks()["github"] == DAY[0]

    assert sees(catalog, "github", *everything[6:], day=1, dry_run=True)["vanished"] == 6
    assert sees(catalog, "github", *everything[6:], day=1, allow_shrink=True)["vanished"] == 6


def test_five_or_a_fifth_may_always_vanish(catalog: Catalog) -> None:
    sees(catalog, "few", *(repository(f"R{n}", f"acme/s{n}") for n in range(5)))
    assert sees(catalog, "few", day=1) == {"vanished": 5}
    everything = [repository(f"Q{n}", f"acme/q{n}") for n in range(50)]
    sees(catalog, "many", *everything)
    assert sees(catalog, "many", *everything[10:], day=1)["vanished"] == 10


def test_a_refused_look_of_several_claimants_leaves_all_as_they_were(catalog: Catalog) -> None:
    everything = [repository(f"R{n}", f"acme/s{n}") for n in range(20)]
    sees(catalog, "github", *everything)
    from_files = declared("new")
    with pytest.raises(ShrinkRefused):
        catalog.apply_all(
            [_look("github/backstage", from_files), _look("github", *everything[9:])], actor="test"
        )
    assert "component:new" not in refs(catalog)


def _look(source: str, *claims: Claim) -> Snapshot:
    return Snapshot(source, DAY[1], claims, (EVERYTHING,))
