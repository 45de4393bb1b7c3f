"""Who is one person is no matter of the order in which sources look, nor of chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_store.trust import MEMORY
from domain.entities import EVERYTHING, Claim, Snapshot
from domain.people import mails_of
from tests.catalog_store.sightings import DAY, account, employee
from tests.catalog_store.test_laws import SLOW, fresh, state

NAMES = ("ana", "ben", "cy")
MAILS = ("ana@x", "ben@x", "old@x")
TOOLS = ("github", "gitlab", "pagerduty")
SOURCES = ("backstage", *TOOLS)
FEW = settings(SLOW, max_examples=8)
Seen = Mapping[str, Sequence[Claim]]
People = frozenset[frozenset[tuple[str, str]]]


def accounts(tool: str, mails: Sequence[str]) -> st.SearchStrategy[list[Claim]]:
    one = st.builds(
        lambda name, mail: account(tool, name, mail), st.sampled_from(NAMES), st.sampled_from(mails)
    )
    return st.lists(one, max_size=3, unique_by=lambda each: each.key)


def staff(most: int) -> st.SearchStrategy[list[Claim]]:
    """People whom the company declares, with at most so many addresses, that are nobody else's."""
    drawn = st.tuples(st.permutations(MAILS), st.integers(1, most), st.booleans())
    return st.dictionaries(st.sampled_from(NAMES), drawn, max_size=2).map(employees)


def employees(drawn: Mapping[str, tuple[list[str], int, bool]]) -> list[Claim]:
    taken: set[str] = set()
    found = []
    for name, (mails, count, has_handle) in drawn.items():
        own = [mail for mail in mails if mail not in taken][:count]
        taken |= set(own)
        handle = [f"github-user:{name}"] if has_handle else []
        if own:
            found.append(employee(name, *handle, *(f"mailto:{mail}" for mail in own)))
    return found


LOGINS = st.fixed_dictionaries({
    "backstage": staff(1),
    "github": accounts("github", ["", *MAILS]),
    "gitlab": accounts("gitlab", ["", *MAILS]),
    "pagerduty": accounts("pagerduty", MAILS),
})  # fmt: skip
"""Some tools tell no addresses."""
ADDRESSES = st.fixed_dictionaries({"backstage": staff(2), **{tool: accounts(tool, MAILS) for tool in TOOLS}})
"""Some people have several addresses."""
WORLDS = st.one_of(LOGINS, ADDRESSES)


def people(path: Path, *looks: tuple[Seen, Iterable[str]]) -> People:
    """Return who is one person, of those who are still there, after sources looked in these orders."""
    with fresh(path) as (catalog, database):
        for seen, order in looks:
            for day, source in enumerate(order):
                look = Snapshot(source, DAY[day], tuple(seen[source]), (EVERYTHING,))
                catalog.apply(look, actor="test", allow_shrink=True)
        found: dict[object, set[tuple[str, str]]] = {}
        for whose, key, entity, _, gone in state(database)["sighting"]:
            if whose != MEMORY and gone is None:
                found.setdefault(entity, set()).add((str(whose), str(key)))
        return frozenset(map(frozenset, found.values()))


def twice(order: Iterable[str]) -> list[str]:
    return [*order] * 2


def apart(found: People, seen: Seen) -> list[str]:
    """Return the addresses of several people although nobody sees two accounts where there are several."""
    bad = []
    for mail in MAILS:
        having = [
            (source, each.key)
            for source, claims in seen.items()
            for each in claims
            if mail in mails_of(each.aliases)
        ]
        counted = Counter(source for source, _ in having)
        sure = {each for each in having if counted[each[0]] == 1}
        groups = [{source for source, _ in group} for group in found if group & sure]
        if any(one.isdisjoint(other) for one, other in combinations(groups, 2)):
            bad.append(mail)
    return bad


@FEW
@given(seen=WORLDS, order=st.permutations(SOURCES))
def test_the_order_of_sources_does_not_matter(migrated_file: Path, seen: Seen, order: list[str]) -> None:
    found = people(migrated_file, (seen, twice(order)))
    assert found == people(migrated_file, (seen, twice(SOURCES)))
    assert apart(found, seen) == []


@FEW
@given(before=LOGINS, now=LOGINS, order=st.permutations(SOURCES), again=st.permutations(SOURCES))
def test_people_with_one_address_are_one_whatever_they_had_before(
    migrated_file: Path, before: Seen, now: Seen, order: list[str], again: list[str]
) -> None:
    found = people(migrated_file, (before, order), (now, twice(again)))
    assert apart(found, now) == []


@pytest.mark.parametrize("order", [("github", "slack", "backstage"), ("backstage", "slack", "github")])
def test_the_same_looks_again_change_nothing(migrated_file: Path, order: tuple[str, ...]) -> None:
    seen = {
        "backstage": [employee("ana", "mailto:ana@x", "mailto:old@x"), employee("cy", "mailto:cy@x")],
        "github": [account("github", "ana-s", "old@x"), account("github", "bot1", "bots@x"),
                   account("github", "bot2", "bots@x"), account("github", "cy")],
        "slack": [account("slack", "ana", "ana@x"), account("slack", "robot", "bots@x"),
                  account("slack", "cy", "cy@other")],
    }  # fmt: skip
    with fresh(migrated_file) as (catalog, database):
        for day, source in enumerate([*order, *order]):
            catalog.apply(Snapshot(source, DAY[day], tuple(seen[source]), (EVERYTHING,)), actor="test")
        was = state(database)
        for day, source in enumerate(order, 10):
            look = Snapshot(source, DAY[day], tuple(seen[source]), (EVERYTHING,))
            made = catalog.apply(look, actor="test")
            assert (made.number, made.counts["unchanged"]) == (None, len(seen[source]))
        assert state(database) == was
