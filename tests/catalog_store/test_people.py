"""Who is one person across tools: by what is said of them and by e-mail, never by a mere name."""

from __future__ import annotations

import pytest

from catalog_store.catalog import Catalog
from domain.entities import EVERYTHING, Snapshot
from domain.refs import parse_ref
from tests.catalog_store.sightings import DAY, account, employee, leads_to, people, refs, repository, sees


def test_one_address_makes_one_person_of_accounts_with_other_names(catalog: Catalog) -> None:
    sees(catalog, "github", account("github", "ana-dev", "ana@acme.example"))
    sees(catalog, "pagerduty", account("pagerduty", "ana.silva", "ana@acme.example", id="PANA"))
    sees(catalog, "slack", account("slack", "ana", "ana@acme.example", id="U0ANA"))
    assert people(catalog) == ["github:ana-dev pagerduty:PANA slack:U0ANA"]
    for name in ("ana", "ana-dev", "ana.silva"):
        assert len(leads_to(catalog, name)) < 2


def test_one_name_with_two_addresses_is_two_people(catalog: Catalog) -> None:
    sees(catalog, "github", account("github", "ana", "ana@acme.example"))
    sees(catalog, "pagerduty", account("pagerduty", "ana", "ana@other.example"))
    assert people(catalog) == ["github:ana", "pagerduty:ana"]


def test_a_name_is_not_enough_where_only_one_side_has_an_address(catalog: Catalog) -> None:
    sees(catalog, "github", account("github", "ana"))
    sees(catalog, "pagerduty", account("pagerduty", "ana", "ana@acme.example"))
    assert people(catalog) == ["github:ana", "pagerduty:ana"]


def test_logins_without_addresses_are_one_by_name_as_services_are(catalog: Catalog) -> None:
    sees(catalog, "github", account("github", "ana"))
    sees(catalog, "gitlab", account("gitlab", "Ana"))
    assert people(catalog) == ["github:ana gitlab:Ana"]


@pytest.mark.parametrize("first", ["company", "tools"])
def test_the_companys_own_name_for_a_person_is_enough_unless_addresses_disagree(
    catalog: Catalog, first: str
) -> None:
    company = (
        employee("ana", "mailto:ana@acme.example"),
        employee("ben"),
        employee("cy", "mailto:cy@acme.example"),
    )
    if first == "company":
        sees(catalog, "file", *company)
    sees(catalog, "github", account("github", "ana"))
    sees(
        catalog,
        "slack",
        account("slack", "ben", "ben@acme.example"),
        account("slack", "cy", "cy@other.example"),
    )
    if first == "tools":
        sees(catalog, "file", *company)

    assert people(catalog) == ["file:ana github:ana", "file:ben slack:ben", "file:cy", "slack:cy"]
    assert {"user:ana", "user:ben", "user:cy"} <= set(refs(catalog))


def test_all_addresses_of_a_declared_person_count(catalog: Catalog) -> None:
    sees(catalog, "file", employee("ana", "mailto:ana@acme.example", "mailto:silva@old.example"))
    sees(catalog, "slack", account("slack", "ana-s", "ana@acme.example"))
    sees(catalog, "jira", account("jira", "silva", "silva@old.example"))
    assert people(catalog) == ["file:ana jira:silva slack:ana-s"]


@pytest.mark.parametrize("order", [("github", "slack"), ("slack", "github")])
def test_an_address_that_becomes_known_later_joins(catalog: Catalog, order: tuple[str, str]) -> None:
    without = {"github": account("github", "ana-dev"), "slack": account("slack", "ana", "ana@acme.example")}
    for source in order:
        sees(catalog, source, without[source])
    assert people(catalog) == ["github:ana-dev", "slack:ana"]

    told = account("github", "ana-dev", "ana@acme.example")
    assert sees(catalog, "github", told, day=1) == {"changed": 1, "retired": 1}
    assert people(catalog) == ["github:ana-dev slack:ana"]
    assert leads_to(catalog, "ana-dev") == leads_to(catalog, "ana") or "ana" in str(refs(catalog))
    assert sees(catalog, "github", told, day=2) == {"unchanged": 1}


def test_an_address_that_is_hidden_again_parts_nobody(catalog: Catalog) -> None:
    sees(catalog, "slack", account("slack", "ana", "ana@acme.example"))
    sees(catalog, "github", account("github", "ana-dev", "ana@acme.example"))
    sees(catalog, "github", account("github", "ana-dev"), day=1)
    assert people(catalog) == ["github:ana-dev slack:ana"]


def test_an_address_that_is_given_to_somebody_else_goes_with_them(catalog: Catalog) -> None:
    sees(catalog, "slack", account("slack", "ana", "ana@x"), account("slack", "ben", "ben@x"))
    sees(catalog, "github", account("github", "dev", "ana@x"))
    sees(catalog, "github", account("github", "dev", "ben@x"), day=1)
    assert people(catalog) == ["github:dev slack:ben", "slack:ana"]


def test_logins_that_were_one_by_name_part_when_one_turns_out_to_have_an_address(catalog: Catalog) -> None:
    sees(catalog, "github", account("github", "ana"))
    sees(catalog, "gitlab", account("gitlab", "ana"))
    sees(catalog, "gitlab", account("gitlab", "ana", "ana@elsewhere.example"), day=1)
    assert people(catalog) == ["github:ana", "gitlab:ana"]


@pytest.mark.parametrize("first", ["slack", "github"])
def test_two_accounts_with_one_address_in_a_tool_are_joined_with_nobody(catalog: Catalog, first: str) -> None:
    person = account("slack", "ana", "ana@x")
    both = (account("github", "ana-dev", "ana@x"), account("github", "ana-bot", "ana@x"))
    seen = {"slack": (person,), "github": both}
    for source in (first, "github" if first == "slack" else "slack"):
        sees(catalog, source, *seen[source])
    assert people(catalog) == ["github:ana-bot", "github:ana-dev", "slack:ana"]
    for day, source in enumerate(["slack", "github"], 1):
        assert set(sees(catalog, source, *seen[source], day=day)) == {"unchanged"}

    sees(catalog, "jira", account("jira", "silva", "ana@x"), day=3)
    assert people(catalog) == ["github:ana-bot", "github:ana-dev", "jira:silva slack:ana"]
    sees(catalog, "github", both[0], day=4)
    assert "github:ana-dev jira:silva slack:ana" in people(catalog)


def test_a_second_account_with_the_address_parts_the_first_when_all_are_seen_again(catalog: Catalog) -> None:
    first, second = account("github", "dev", "ana@x"), account("github", "bot", "ana@x")
    sees(catalog, "slack", account("slack", "ana", "ana@x"))
    sees(catalog, "github", first)
    sees(catalog, "github", second, day=1, within=())
    assert people(catalog) == ["github:bot", "github:dev slack:ana"]
    sees(catalog, "github", first, second, day=2)
    assert people(catalog) == ["github:bot", "github:dev", "slack:ana"]


def test_a_handle_that_the_company_names_says_which_of_two_it_is(catalog: Catalog) -> None:
    sees(catalog, "file", employee("ana", "github-user:ana-dev", "mailto:ana@x"))
    sees(catalog, "github", account("github", "ana-dev", "ana@x"), account("github", "ana-bot", "ana@x"))
    sees(catalog, "slack", account("slack", "silva", "ana@x"))
    assert people(catalog) == ["file:ana github:ana-dev slack:silva", "github:ana-bot"]


def test_a_declaration_takes_its_name_from_a_stranger_who_had_it_first(catalog: Catalog) -> None:
    sees(catalog, "pagerduty", account("pagerduty", "ben", "ben@contractor.example"))
    sees(catalog, "jira", account("jira", "benjamin", "ben@contractor.example"))
    made = catalog.apply(
        Snapshot("file", DAY[1], (employee("ben", "mailto:ben@acme.example"),), (EVERYTHING,)), actor="ana"
    )
    assert people(catalog) == ["file:ben", "jira:benjamin pagerduty:ben"]
    assert leads_to(catalog, "user:default/ben") != ["user:ben"]
    assert made.number is not None
    catalog.undo(made.number, actor="ana")
    assert people(catalog) == ["jira:benjamin pagerduty:ben"]


def test_a_merge_of_two_people_holds_whatever_their_addresses(catalog: Catalog) -> None:
    ana, silva = account("slack", "ana", "ana@x"), account("jira", "silva", "silva@y")
    sees(catalog, "slack", ana)
    sees(catalog, "jira", silva)
    one, other = parse_ref("user:ana"), parse_ref("user:silva")
    assert catalog.suggest([(one, other, "near", 0.9)]) == 1
    assert catalog.decide(1, "merged", actor="ben") is not None
    for day in (1, 2):
        sees(catalog, "jira", account("jira", "silva", f"silva{day}@y"), day=day)
        sees(catalog, "slack", ana, day=day)
    assert people(catalog) == ["jira:silva slack:ana"]
    sees(catalog, "github", account("github", "s", "silva2@y"), day=3)
    assert people(catalog) == ["github:s jira:silva slack:ana"]


def test_two_who_are_declared_with_one_address_stay_two_and_get_nobody(catalog: Catalog) -> None:
    sees(catalog, "slack", account("slack", "silva", "ana@x"))
    sees(catalog, "file", employee("ana", "mailto:ana@x"), employee("anna", "mailto:ana@x"))
    sees(catalog, "jira", account("jira", "a.silva", "ana@x"))
    assert people(catalog) == ["file:ana", "file:anna", "jira:a.silva slack:silva"]


def test_a_declaration_that_takes_a_person_over_leaves_their_old_name_to_its_owner(catalog: Catalog) -> None:
    sees(catalog, "github", account("github", "ben", "ana@x"))
    sees(catalog, "file", employee("ana", "mailto:ana@x"), employee("ben", "mailto:ben@x"))
    assert people(catalog) == ["file:ana github:ben", "file:ben"]


def test_services_go_on_being_matched_by_name(catalog: Catalog) -> None:
    sees(catalog, "github", repository("R1", "acme/pay"), account("github", "pay", "pay@x"))
    sees(catalog, "gitlab", repository("R2", "labs/pay"))
    assert {"user:pay", "component:pay"} == {each.ref.short for each in catalog.entities()}
