"""After a look, things of other sources with near names are suggested, and no others."""

from __future__ import annotations

import pytest

from catalog_store.catalog import Catalog
from catalog_store.search.index import CatalogIndex
from catalog_store.search.live import LiveIndex
from domain.entities import EVERYTHING, Claim, Entity, Snapshot
from domain.refs import parse_ref
from tests.catalog_store.sightings import DAY, account, declared, remark, workload
from workflows.suggesting import MOST_SUGGESTED, Suggesting, near, stem
from workflows.sync_report import Outcome, SyncReport


class Looks:
    """Sources that look, and the suggestions that come of it."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.suggesting = Suggesting(catalog, LiveIndex(catalog))

    def sees(self, source: str, *claims: Claim, outcome: Outcome = Outcome.APPLIED) -> int:
        made = self.catalog.apply(Snapshot(source, DAY[1], claims, (EVERYTHING,)), actor="test")
        return self.suggesting(SyncReport(source, outcome, (made,)))

    def pairs(self) -> list[tuple[str, str, str]]:
        return [(each.one, each.other, each.reason) for each in self.catalog.suggestions()]


@pytest.fixture
def looks(sqlite_catalog: Catalog) -> Looks:
    return Looks(sqlite_catalog)


def seen(name: str) -> Claim:
    return workload(f"w-{name}", name, tier="1")


@pytest.mark.parametrize(
    ("known", "new", "why"),
    [
        ("checkout", "checkout-svc", "differ only in words such as service or api"),
        ("checkout-service", "checkout-api", "differ only in words such as service or api"),
        ("notifications", "notificatons", "are spelt nearly the same"),
    ],
)
def test_a_new_thing_with_a_near_name_is_suggested(looks: Looks, known: str, new: str, why: str) -> None:
    looks.sees("backstage", declared(known, tier="1"))
    assert looks.sees("prod", seen(new)) == 1
    ((one, other, reason),) = looks.pairs()
    assert (one, other) == (f"component:default/{known}", f"component:default/{new}")
    assert reason == f"{known} and {new} {why}"
    assert looks.sees("prod", seen(new), seen("other-thing")) == 0, "nobody is asked twice"


@pytest.mark.parametrize(
    ("known", "new"),
    [
        ("worker-1", "worker-2"), ("cart", "card"), ("checkout-eu", "checkout-us"), ("api", "service"),
        ("payments", "payments-db"), ("shop2-web", "shop3-web"),
    ],
)  # fmt: skip
def test_names_of_two_things_are_not(looks: Looks, known: str, new: str) -> None:
    looks.sees("backstage", declared(known, tier="1"))
    assert looks.sees("prod", seen(new)) == 0


def test_one_source_knows_its_own_things_apart(looks: Looks) -> None:
    assert looks.sees("prod", seen("checkout"), seen("checkout-svc")) == 0
    looks.sees("prod/labels", remark("r", "component:default/checkout", owner="group:default/a"))
    assert looks.sees("stage", seen("checkout-api")) == 2


def test_two_declarations_are_two_things(looks: Looks) -> None:
    looks.sees("backstage", declared("checkout", tier="1"))
    assert looks.sees("csv", declared("checkout-svc", tier="1")) == 0


def test_another_kind_is_another_thing(looks: Looks) -> None:
    looks.sees("backstage", declared("checkout", kind="System", title="Checkout"))
    assert looks.sees("prod", seen("checkout-svc")) == 0


def test_a_look_that_was_not_applied_suggests_nothing(looks: Looks) -> None:
    looks.sees("backstage", declared("checkout", tier="1"))
    assert looks.sees("prod", seen("checkout-svc"), outcome=Outcome.PREVIEWED) == 0


def test_a_first_look_at_a_large_source_asks_for_little(looks: Looks) -> None:
    names = [f"part-{letter}{other}x" for letter in "abcdefgh" for other in "klmnopqr"]
    looks.sees("backstage", *(declared(name, tier="1") for name in names))
    assert looks.sees("prod", *(seen(f"{name}-svc") for name in names)) == MOST_SUGGESTED


def test_a_crowd_of_one_stem_tells_nothing() -> None:
    names = ["gateway", "gateway-api", "gateway-app", "gateway-svc", "gateway-server", "gateway-prod"]
    refs = [parse_ref(f"component:{name}") for name in names]
    index = CatalogIndex.build((Entity(ref, ref.name, "Component") for ref in refs), 1)
    assert not list(near([parse_ref("component:gateway-service")], index))


@pytest.mark.parametrize(
    ("name", "left"),
    [("pay-api-svc", "pay"), ("service-pay", "pay"), ("api", "api"), ("api-service", "api"), ("pay", "pay")],
)
def test_a_stem_keeps_a_word(name: str, left: str) -> None:
    assert stem(name) == left


def test_people_with_near_names_are_suggested_unless_their_addresses_disagree(looks: Looks) -> None:
    looks.sees("slack", account("slack", "ana-silva", "ana@acme.example"), account("slack", "ben-weiss"))
    assert looks.sees("github", account("github", "ana-silvia", "ana@other.example")) == 0
    assert (
        looks.sees("jira", account("jira", "ana-silvas"), account("jira", "ben-weis", "ben@acme.example")) > 0
    )
    told = {(one, other) for one, other, _ in looks.pairs()}
    assert ("user:default/ana-silva", "user:default/ana-silvas") in told
    assert ("user:default/ben-weiss", "user:default/ben-weis") in told
    assert not any({"user:default/ana-silva", "user:default/ana-silvia"} == set(pair) for pair in told)


def test_the_same_name_elsewhere_is_suggested(looks: Looks) -> None:
    looks.sees("backstage", declared("team-a/ledger", tier="1"), declared("team-b/ledger", tier="1"))
    looks.sees("prod", seen("ledger"))
    assert {reason for *_, reason in looks.pairs()} <= {"they have the same name"}
