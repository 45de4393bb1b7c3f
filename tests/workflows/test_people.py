"""`people:` of `idp.yaml`: what it joins, when, and what is left when it is taken back."""

from __future__ import annotations

import pytest

from catalog_store.catalog import Catalog
from domain.entities import EVERYTHING, Claim, Snapshot
from domain.people_mapping import PeopleBlock
from tests.catalog_store.sightings import DAY, account, employee, people
from workflows.people import joined


class Company:
    """Tools that look, with what the company says of people."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.says: PeopleBlock = {}
        self._seen: dict[str, tuple[Claim, ...]] = {}
        self._day = 0

    def sees(self, source: str, *claims: Claim) -> dict[str, int]:
        self._seen[source] = claims
        return self.looks(source)

    def looks(self, *sources: str) -> dict[str, int]:
        """Look again, at what is still the same."""
        counts: dict[str, int] = {}
        for source in sources or self._seen:
            self._day += 1
            look = Snapshot(source, DAY[self._day], self._seen[source], (EVERYTHING,))
            for each in joined((look,), self.says):
                counts = dict(self.catalog.apply(each, actor="test").counts)
        return {name: count for name, count in counts.items() if count}

    @property
    def people(self) -> list[str]:
        return people(self.catalog)


@pytest.fixture
def company(catalog: Catalog) -> Company:
    return Company(catalog)


GITHUB = account("github", "ana-acme")
PAGERDUTY = account("pagerduty", "ana.silva", "ana.silva@old-acme.example", id="pana01")
SLACK = account("slack", "ana", "ana@acme.example", id="u0ana")
ANA = {"ana@acme.example": ["github:Ana-Acme", "pagerduty:PANA01", "ana.silva@old-acme.example"]}
ONE = ["github:ana-acme pagerduty:pana01 slack:u0ana"]
APART = ["github:ana-acme", "pagerduty:pana01", "slack:u0ana"]


@pytest.mark.parametrize("order", [("github", "pagerduty", "slack"), ("slack", "pagerduty", "github")])
def test_what_is_mapped_is_one_person_whoever_looks_first(company: Company, order: tuple[str, ...]) -> None:
    company.says = ANA
    seen = {"github": GITHUB, "pagerduty": PAGERDUTY, "slack": SLACK}
    for source in order:
        company.sees(source, seen[source])
    assert company.people == ONE
    for source in order:
        assert company.looks(source) == {"unchanged": 1}


@pytest.mark.parametrize("again", [("github", "pagerduty", "slack"), ("slack", "github", "pagerduty")])
def test_a_mapping_takes_effect_with_the_next_look_and_parts_again_when_it_is_taken_back(
    company: Company, again: tuple[str, ...]
) -> None:
    company.sees("github", GITHUB)
    company.sees("pagerduty", PAGERDUTY)
    company.sees("slack", SLACK)
    assert company.people == APART
    company.says = ANA
    company.looks(*again)
    assert company.people == ONE
    company.says = {}
    company.looks(*again)
    assert company.people == APART
    assert company.looks() == {"unchanged": 1}


def test_who_has_one_address_stays_one_when_a_mapping_is_taken_back(company: Company) -> None:
    company.says = ANA
    company.sees("github", GITHUB)
    company.sees("slack", SLACK)
    company.sees("jira", account("jira", "silva", "ana@acme.example"))
    company.says = {}
    company.looks()
    assert company.people == ["github:ana-acme", "jira:silva slack:u0ana"]


def test_a_mapping_to_somebody_else_takes_the_account_there(company: Company) -> None:
    company.sees(
        "file", employee("ana", "mailto:ana@acme.example"), employee("ben", "mailto:ben@acme.example")
    )
    company.says = {"user:default/ana": ["slack:U0X"]}
    company.sees("slack", account("slack", "x", id="u0x"))
    assert company.people == ["file:ana slack:u0x", "file:ben"]
    company.says = {"user:ben": ["slack:U0X"]}
    company.looks("slack")
    assert company.people == ["file:ana", "file:ben slack:u0x"]
    company.says = {}
    company.looks("slack")
    assert company.people == ["file:ana", "file:ben", "slack:u0x"]


def test_who_is_meant_may_be_declared_later(company: Company) -> None:
    company.says = {"user:default/ben": ["slack:U0BEN", "github:benny"]}
    company.sees("slack", account("slack", "b", "b@x", id="u0ben"))
    company.sees("github", account("github", "benny"))
    assert company.people == ["github:benny slack:u0ben"]
    company.sees("file", employee("ben", "mailto:ben@acme.example"))
    company.looks("slack", "github")
    assert company.people == ["file:ben github:benny slack:u0ben"]


def test_of_two_accounts_with_one_address_the_named_one_is_meant(company: Company) -> None:
    company.says = {"ana@acme.example": ["github:ana-acme"]}
    company.sees("slack", SLACK)
    company.sees(
        "github",
        account("github", "ana-bot", "ana@acme.example"),
        account("github", "ana-acme", "ana@acme.example"),
    )
    company.sees("jira", account("jira", "silva", "ana@acme.example"))
    assert company.people == ["github:ana-acme jira:silva slack:u0ana", "github:ana-bot"]
    company.looks()
    assert company.people == ["github:ana-acme jira:silva slack:u0ana", "github:ana-bot"]


def test_what_nobody_maps_is_left_as_it_was_seen() -> None:
    look = Snapshot("slack", DAY[0], (SLACK, employee("ana", "mailto:ana@acme.example")))
    assert joined((look,), {"ben@acme.example": ["github:ben"]}) == (look,)
    (mapped,) = joined((look,), ANA)
    assert mapped.claims[0].same_as == (
        "github-user:ana-acme", "pagerduty-user:pana01", "mailto:ana.silva@old-acme.example",
        "people:ana@acme.example",
    )  # fmt: skip
    assert mapped.claims[1] is look.claims[1], "what is declared is what the others are said to be"
