"""Who could not be joined across tools: why, and what to write to have it so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from catalog_store.catalog import Catalog
from catalog_store.search.live import LiveIndex
from domain import visibility
from domain.answers import Asker
from domain.entities import Claim
from domain.people_mapping import PeopleBlock
from domain.persons import People
from questions.asking import Questions
from questions.people import LISTED, overview
from tests.catalog_store.sightings import account, employee, sees

OPERATOR = Asker(reader=visibility.OPERATOR)


class Asked:
    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def sees(self, source: str, *claims: Claim) -> None:
        sees(self.catalog, source, *claims)

    def answer(self, words: str = "unjoined people", mapping: PeopleBlock | None = None) -> People:
        found = Questions(self.catalog, LiveIndex(self.catalog), mapping=mapping or {}).answer(
            words, OPERATOR
        )
        assert isinstance(found, People), found
        return found

    def told(self) -> list[tuple[str, str, str, str]]:
        return [
            (str(each.person.accounts[0]), each.reason, each.line, each.near)
            for each in self.answer().unjoined
        ]


@pytest.fixture
def asked(catalog: Catalog) -> Asked:
    return Asked(catalog)


def test_each_is_told_with_the_reason_and_the_line_to_add(asked: Asked) -> None:
    asked.sees("slack", account("slack", "ana", "ana@acme.example", title="Ana Silva"),
               account("slack", "zoe", "zoe@acme.example", title="Zoë"))  # fmt: skip
    asked.sees("github", account("github", "asilva", title="Ana  Silva"), account("github", "ben-dev"),
               account("github", "bot1", "ops@acme.example"), account("github", "bot2", "ops@acme.example"),
               account("github", "dependabot[bot]"))  # fmt: skip
    asked.sees("jira", account("jira", "zoe.x", "zoe@acme.example"))
    ana = "ana@acme.example: [github:asilva]"
    assert asked.told() == [
        ("slack:ana", "nobody else has ana@acme.example", ana, "Ana  Silva (user:asilva)"),
        ("github:asilva", "github tells no e-mail address of them", ana, "Ana Silva (user:ana)"),
        (
            "github:ben-dev",
            "github tells no e-mail address of them",
            "<e-mail address>: [github:ben-dev]",
            "",
        ),
        ("github:bot1", "2 accounts in github have ops@acme.example", "ops@acme.example: [github:bot1]", ""),
        ("github:bot2", "2 accounts in github have ops@acme.example", "ops@acme.example: [github:bot2]", ""),
    ]
    found = asked.answer()
    assert (found.total, found.tools, found.unjoined_total) == (6, ("github", "jira", "slack"), 5)


def test_a_line_that_was_added_leaves_nobody_alone(asked: Asked) -> None:
    asked.sees("slack", account("slack", "ana", "ana@acme.example"))
    mapped = replace(account("github", "as"), same_as=("mailto:ana@acme.example", "people:ana@acme.example"))
    asked.sees("github", mapped)
    assert asked.answer(mapping={"ana@acme.example": ["github:as"]}).unjoined_total == 0


def test_the_companys_own_people_are_named_first_and_two_addresses_of_one_name_may_be_one(
    asked: Asked,
) -> None:
    asked.sees("file", employee("ben-weiss", "mailto:ben@acme.example"))
    asked.sees("slack", account("slack", "bw", "b.weiss@old.example", title="Ben Weiss"))
    assert asked.told() == [
        ("slack:bw", "nobody else has b.weiss@old.example", "ben@acme.example: [slack:bw]",
         "Ben-Weiss (user:ben-weiss)"),
    ]  # fmt: skip


def test_two_declared_people_with_one_address_are_told(asked: Asked) -> None:
    asked.sees("file", employee("ana", "mailto:a@x"), employee("anna", "mailto:a@x"))
    asked.sees("slack", account("slack", "s", "a@x"))
    assert asked.told() == [
        ("slack:s", "a@x is declared to be that of 2 people", "user:default/ana: [slack:s]", "")
    ]


def test_who_has_left_and_who_is_in_the_only_tool_is_not_asked_about(asked: Asked) -> None:
    gone = account("github", "old")
    asked.sees(
        "github", replace(gone, fields={"accounts": {"github": "deactivated"}}), account("github", "x")
    )
    assert asked.answer().unjoined == ()
    asked.sees("slack", account("slack", "ana", "ana@x"))
    assert [handle for handle, *_ in asked.told()] == ["slack:ana", "github:x"]


def test_what_the_mapping_says_of_nobody_is_told(asked: Asked) -> None:
    asked.sees("file", employee("ana", "mailto:ana@x"), employee("ben", "mailto:ben@x"))
    asked.sees("github", account("github", "ana", "ana@x"))
    mapping = {
        "ana@x": ["github:ana", "github:nobody", "githbu:ana", "old@x", "ben@x"],
        "user:cy": ["slack:U0CY"],
    }
    assert [(each.written, each.problem) for each in asked.answer(mapping=mapping).strays] == [
        ("github:nobody", "github has no such account"),
        ("githbu:ana", "no source knows people of githbu; tools with people: github"),
        ("old@x", "nobody has this e-mail address"),
        ("ana@x", "user:default/ana and user:default/ben are both declared, and stay two"),
        ("user:cy", "the catalog has nobody of this name"),
        ("slack:U0CY", "no source knows people of slack; tools with people: github"),
    ]


def test_they_are_shown_page_by_page(asked: Asked) -> None:
    asked.sees(
        "slack", *(account("slack", f"p{number:02}", f"p{number:02}@x") for number in range(LISTED + 2))
    )
    asked.sees("github", account("github", "x"))
    first, second = asked.answer(), asked.answer("show the unjoined people page 2")
    assert (len(first.unjoined), len(second.unjoined)) == (LISTED, 3)
    assert (second.page, second.pages, second.unjoined_total) == (2, 2, LISTED + 3)
    everybody = overview(asked.catalog.people(), {}, everybody=True)
    assert (len(everybody.unjoined), len(everybody.people)) == (LISTED + 3, LISTED + 3)
