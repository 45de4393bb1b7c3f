"""A patched index answers everything as one that is built anew does, whatever changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_store.search.index import CatalogIndex
from catalog_store.search.reading import Index, NameIndex
from catalog_store.search.seen import Marked, Views
from domain.changes import Since
from domain.entities import Entity, Json
from domain.refs import Ref, parse_ref
from domain.visibility import INTERNAL, OPERATOR, OUTSIDE, PUBLIC, Reader, Visibility
from tests.catalog_store.index_answers import Told, answers, sights

REFS = [
    parse_ref(each)
    for each in (
        *("component:pay", "component:pay-api", "component:cart", "component:team-pay", "component:x/pay"),
        *("api:pay", "resource:db", "system:shop", "system:bank", "domain:money", "domain:all"),
        *("group:team-pay", "group:team-cart", "user:ana", "user:ben", "widget:w"),
    )
]
TEXTS = [
    *("pay", "Pay", "pay-api", "payapi", "team-pay", "tea", "cart", "shop", "the", "money", "pya", "crat"),
    *("old", "component:default/old", "repo:acme/mono", "mono", "checkout", "slack:u1", "#pay", "A", "db-1"),
]
_TITLES = st.sampled_from(["", "Pay", "A", "zz", "Pay Api", "straße", "checkout"])
_ALIASES = st.lists(
    st.sampled_from(
        [
            *(
                "old",
                "component:default/old",
                "group:default/gone",
                "github:acme/mono",
                "github:acme/checkout",
            ),
            *("db-1", "pagerduty:p1", "component:default/cart", "system:default/lost", "github:acme/cart"),
        ]
    ),
    max_size=3,
    unique=True,
)
_SPOKEN_OF = [
    *map(str, REFS),
    "component:default/old",
    "group:default/gone",
    "system:default/lost",
    "no:ref:at/all",
]
READERS = (OUTSIDE, Reader(), Reader(groups=frozenset({parse_ref("group:team-pay")})), OPERATOR)
RULES = (
    Visibility(),
    Visibility(PUBLIC),
    Visibility("group:default/team-pay", fields={"owner": ("group:default/team-pay",), "title": (INTERNAL,)}),
)


def _some(kind: str) -> st.SearchStrategy[str]:
    return st.sampled_from([each for each in _SPOKEN_OF if each.startswith(kind)])


_FIELDS = st.fixed_dictionaries(
    {"title": _TITLES},
    optional={
        "tier": st.sampled_from(["1", "2", "gold"]),
        "type": st.sampled_from(["service", "Library"]),
        "tags": st.lists(st.sampled_from(["a", "B", "b"]), max_size=2),
        "owner": st.one_of(_some("group"), _some("user"), st.just("team-pay")),
        "system": _some("system"),
        "domain": _some("domain"),
        "subdomainOf": _some("domain"),
        "dependsOn": st.lists(st.sampled_from(_SPOKEN_OF), max_size=3),
        "dependencyOf": st.lists(_some("component"), max_size=2),
        "memberOf": st.lists(_some("group"), max_size=2),
        "members": st.lists(_some("user"), max_size=2),
        "repository": st.sampled_from(["acme/mono", "acme/checkout"]),
        "channel": st.just("pay"),
        "slack_user_id": st.sampled_from(["u1", "u2"]),
        "vanished": st.just("2026-03-01T09:00:00+00:00"),
        "visibility": st.sampled_from([[PUBLIC], [INTERNAL], ["group:default/team-pay"], "nonsense"]),
        "accounts": st.sampled_from([{"slack": "guest"}, {"slack": "member"}]),
        "codeowners": st.just([{"pattern": "*", "owners": ["@acme/pay"]}]),
        "repository_path": st.just("cart"),
        "workloads": st.just([{"kind": "Deployment", "name": "pay", "namespace": "shop", "cluster": "eu"}]),
    },
)
_CHANGE = st.tuples(st.sampled_from(REFS), st.one_of(st.none(), st.tuples(_FIELDS, _ALIASES)))
"""A ref and what goes by it from now on: None for nothing."""

Change = tuple[Ref, tuple[dict[str, Json], list[str]] | None]


class Shelf:
    """A catalog of which an index is kept up to date."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self.there: dict[Ref, Entity] = {}
        self.version = 1
        self._put(changes)
        self.index = self.built()

    def built(self) -> CatalogIndex:
        return CatalogIndex.build((self.there[ref] for ref in sorted(self.there)), self.version)

    def read(self, refs: Sequence[Ref]) -> list[Entity]:
        return [self.there[ref] for ref in refs if ref in self.there]

    def change(self, changes: Iterable[Change]) -> None:
        self.version += 1
        touched = self._put(changes)
        gone = tuple(sorted(touched - self.there.keys()))
        since = Since(self.version, tuple(self.read(sorted(touched))), gone)
        patched = self.index.patched(since, self.read, most=1_000)
        assert patched is not None
        self.index = patched

    def _put(self, changes: Iterable[Change]) -> set[Ref]:
        touched = set()
        for ref, now in changes:
            touched.add(ref)
            self.there.pop(ref, None)
            if now is not None:
                fields, aliases = now
                self.there[ref] = Entity(ref, ref.name, ref.kind.capitalize(), fields, tuple(aliases))
        return touched


def now(ref: str, *aliases: str, **fields: Json) -> Change:
    return parse_ref(ref), ({"title": "", **fields}, list(aliases))


def gone(ref: str) -> Change:
    return parse_ref(ref), None


PAY, CART, SHOP = "component:pay", "component:cart", "system:shop"
PARTS = [
    now(SHOP, domain="domain:default/money"),
    now(PAY, system="system:default/shop"),
    now("domain:money"),
]
OWNED = now("domain:money", owner="group:default/team-pay")
LOST = now(PAY, system="system:default/lost")
FOUND = now(SHOP, "system:default/lost", owner="group:default/team-pay")
MONO = "github:acme/mono"
FOLLOWING = {
    "two levels below, an owner is inherited": (PARTS, [OWNED]),
    "and lost": ([*PARTS, OWNED], [now("domain:money")]),
    "what was lost is found under a new name": ([LOST], [FOUND]),
    "and lost again": ([LOST, FOUND], [now(SHOP)]),
    "of two that had a name one gives it up": (
        [LOST, FOUND, now("system:bank", "system:default/lost")],
        [now(SHOP)],
    ),
    "what went by a name retires": ([LOST, FOUND], [gone(SHOP)]),
    "a repository is somebody's alone": ([now(PAY, MONO), now(CART, MONO)], [now(CART)]),
    "and is no more": ([now(PAY, MONO)], [now(CART, MONO)]),
    "a new name brings a part": ([LOST, now(SHOP, owner="group:default/team-pay")], [FOUND]),
    "what is depended on no more ranks lower": (
        [now(PAY), now("component:x/pay"), now(CART, dependsOn=["component:x/pay"])],
        [now(CART)],
    ),
}


@pytest.mark.parametrize(("first", "later"), FOLLOWING.values(), ids=FOLLOWING.keys())
def test_what_follows_for_others_is_worked_out(first: list[Change], later: list[Change]) -> None:
    shelf = Shelf(first)
    shelf.change(later)
    assert answers(shelf.index, ASKED, TEXTS) == answers(shelf.built(), ASKED, TEXTS)


ASKED = [*REFS, *(parse_ref(each) for each in _SPOKEN_OF if each.count(":") == 1)]


def everything_said(index: CatalogIndex, rules: Visibility, reader: Reader) -> list[Told]:
    """Return what the index says itself, and what of it to a reader."""
    view = Views(rules).of(index, reader)
    return [sights(index), {"size": index.size}, *(answers(each, ASKED, TEXTS) for each in (index, view))]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(_CHANGE, max_size=14),
    st.lists(st.lists(_CHANGE, max_size=4), min_size=1, max_size=3),
    st.sampled_from(RULES),
    st.sampled_from(READERS),
)
def test_a_patched_index_is_as_one_built_anew(
    first: list[Change], later: list[list[Change]], rules: Visibility, reader: Reader
) -> None:
    shelf = Shelf(first)
    for changes in later:
        before, told = shelf.index, answers(shelf.index, ASKED, TEXTS)
        shelf.change(changes)
        assert everything_said(shelf.index, rules, reader) == everything_said(shelf.built(), rules, reader)
        assert answers(before, ASKED, TEXTS) == told, "the old snapshot stays as it was"


class Noting:
    """Notes what of something is asked for."""

    def __init__(self, of: object, asked: set[str]) -> None:
        self._of = of
        self._asked = asked

    def __getattr__(self, name: str) -> object:
        self._asked.add(name)
        found = getattr(self._of, name)
        return Noting(found, self._asked) if name == "names" else found


def test_everything_that_can_be_asked_is_compared() -> None:
    asked: set[str] = set()
    index = cast("Marked", Noting(Shelf(PARTS).index, asked))
    answers(index, ASKED, TEXTS)
    sights(index)
    can_be = {name for each in (Index, NameIndex, Marked) for name in vars(each) if not name.startswith("_")}
    assert asked == can_be
