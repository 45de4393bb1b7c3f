"""Who is in which on-call plan: found without reading plans, and never older than the last look."""

from __future__ import annotations

from datetime import timedelta

from catalog_store.catalog import Catalog
from domain.entities import Json, Snapshot
from domain.oncall_plan import Covered
from domain.refs import Ref
from tests.catalog_builder import knows, service
from tests.oncall_plans import plan, planned, shift

ANA, BO = "pagerduty-user:ana", "mailto:bo@acme.example"
PAYMENTS, LEDGER = Ref("component", "default", "payments"), Ref("component", "default", "ledger")
ONE = plan("p1", shift("ana", 0, 8))


def covers(*refs: Ref) -> Covered:
    return Covered(refs, len(refs))


def filled(catalog: Catalog) -> Catalog:
    knows(catalog, service("payments"), service("ledger"))
    return catalog


def test_a_plan_is_found_by_account_and_by_mail(catalog: Catalog) -> None:
    filled(catalog).apply(
        planned(payments=ONE, ledger={**ONE, **plan("p2", shift("bo", 0, 8))}), actor="test"
    )
    assert catalog.planned([ANA]) == {"pagerduty:p1": covers(LEDGER, PAYMENTS)}
    assert catalog.planned(["MAILTO:Bo@acme.example"]) == {"pagerduty:p2": covers(LEDGER)}
    assert catalog.planned([ANA, BO]).keys() == {"pagerduty:p1", "pagerduty:p2"}
    assert catalog.having_plans([PAYMENTS, Ref("group", "default", "x"), LEDGER]) == (PAYMENTS, LEDGER)
    assert catalog.having_plans([]) == ()
    assert catalog.planned([]) == catalog.planned(["pagerduty-user:an"]) == {}
    assert catalog.planned(["pagerduty-user:ana pagerduty:p1", "%", ""]) == {}


def test_a_plan_that_moves_by_itself_makes_no_change_set_and_is_found_as_it_is_now(catalog: Catalog) -> None:
    filled(catalog).apply(planned(payments=ONE), actor="test")
    version = catalog.version()
    catalog.apply(planned(0, payments=plan("p1", shift("bo", 8, 16))), actor="test")
    assert catalog.version() == version
    assert catalog.planned([ANA]) == {}
    assert catalog.planned([BO]) == {"pagerduty:p1": covers(PAYMENTS)}
    assert catalog.known_as("payments") == ()
    record = catalog.record(PAYMENTS)
    assert record
    assert record.facts_on("oncall")[0].value == plan("p1", shift("bo", 8, 16))


def test_what_a_source_says_no_more_and_what_is_undone_is_found_no_more(catalog: Catalog) -> None:
    filled(catalog).apply(planned(payments=ONE, ledger=ONE), actor="test")
    gone = catalog.apply(planned(0, ledger=ONE), actor="test")
    assert catalog.planned([ANA]) == {"pagerduty:p1": covers(LEDGER)}
    assert catalog.having_plans([PAYMENTS, LEDGER]) == (LEDGER,)
    assert gone.number
    catalog.undo(gone.number, actor="test")
    assert catalog.planned([ANA]) == {"pagerduty:p1": covers(LEDGER, PAYMENTS)}


def test_a_retired_thing_is_nobodys_duty_and_a_renamed_one_still_is(catalog: Catalog) -> None:
    filled(catalog).apply(planned(payments=ONE), actor="test")
    empty = planned().observed_at + timedelta(minutes=9)
    catalog.apply(
        Snapshot("backstage", empty, (service("ledger"),), within=("*",)), actor="t", allow_shrink=True
    )
    catalog.retire("backstage", empty + timedelta(days=1), actor="test")
    assert catalog.record(PAYMENTS) is None
    assert catalog.planned([ANA]) == {}


def test_values_of_another_shape_are_passed_over(catalog: Catalog) -> None:
    odd: dict[str, Json] = {
        "pagerduty:p1": {"name": None, "levels": "two", "shifts": [None, 7, {"level": "x"}, {"level": 1}]},
        "pagerduty:p2": "none",
        "pagerduty:p3": {"shifts": [{"level": 1, "person": "has blanks", "name": "Bo"}, shift("ana", 3, 1)]},
    }
    filled(catalog).apply(planned(payments=odd), actor="test")
    assert catalog.planned(["has blanks", ANA]) == {}


def test_of_many_things_a_few_are_named_and_all_counted(catalog: Catalog) -> None:
    names = [f"part-{number}" for number in range(9)]
    knows(catalog, *map(service, names))
    catalog.apply(planned(**{name.replace("-", "_"): ONE for name in names}), actor="test")
    found = catalog.planned([ANA])["pagerduty:p1"]
    assert (len(found.refs), found.total) == (5, 9)
    assert list(found.refs) == sorted(found.refs)
