"""The index in memory: relations in both directions, filters, the order of lists, the nearest names."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from threading import Barrier, Event, Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog_store.search.index import CatalogIndex
from catalog_store.search.live import LiveIndex
from catalog_store.search.rows import Rows, distinct, intersect
from catalog_store.search.spelling import plain, spellings
from catalog_store.search.trigrams import Trigrams
from domain.changes import Since
from domain.entities import RELATION_FIELDS, Entity, Json
from domain.refs import Ref, parse_ref


def entity(ref: str, *aliases: str, **fields: Json) -> Entity:
    parsed = parse_ref(ref)
    return Entity(parsed, parsed.name, parsed.kind.capitalize(), fields, aliases)


def index(*entities: Entity) -> CatalogIndex:
    return CatalogIndex.build(iter(entities), 7)


def related(index: CatalogIndex, ref: str, relation: str) -> list[str]:
    node = index.node(parse_ref(ref))
    assert node is not None
    return [index.ref(each).short for each in index.related(node, relation)]


@pytest.mark.parametrize("field", RELATION_FIELDS)
def test_every_relation_is_known_from_both_ends(field: str) -> None:
    spec = RELATION_FIELDS[field]
    target = "widget:default/b"
    built = index(entity("widget:a", **{field: [target] if spec.many else target}), entity("widget:b"))
    source, goal = ("widget:b", "widget:a") if spec.inverted else ("widget:a", "widget:b")
    assert related(built, source, spec.relation) == [goal]
    assert related(built, goal, spec.inverse) == [source]
    assert related(built, goal, spec.relation) == []


def test_what_is_only_spoken_of_has_relations_but_is_in_no_list() -> None:
    built = index(entity("component:a", owner="group:default/gone", dependsOn=["resource:default/db"]))
    assert related(built, "group:gone", "ownerOf") == ["component:a"]
    assert related(built, "resource:db", "dependencyOf") == ["component:a"]
    assert built.size == 1
    assert built.with_value("kind", "group") is None
    assert not built.owner(Ref("group", "default", "gone")).known


def test_a_former_ref_is_the_entity_that_had_it() -> None:
    old, new = "component:default/old", "component:default/new"
    built = index(
        entity("component:new", old, "old"),
        entity("component:a", dependsOn=[old, "component:default/twice"], owner="group:default/payments"),
        entity("group:team-payments", "group:default/payments"),
        entity("component:x", "component:default/twice"),
        entity("component:y", "component:default/twice"),
        entity("component:z", dependsOn=[new]),
    )
    assert related(built, "component:a", "dependsOn") == ["component:new", "component:twice"]
    assert related(built, "component:new", "dependencyOf") == ["component:a", "component:z"]
    assert related(built, "group:team-payments", "ownerOf") == ["component:a"]
    assert built.node(parse_ref(old)) == built.node(parse_ref(new))
    assert built.owner(parse_ref("group:payments")).ref.name == "team-payments"
    twice = built.node(parse_ref("component:twice"))
    assert twice is not None
    assert not built.known(twice), "two things had it: it is neither"


def test_a_ref_that_somebody_has_is_nobodys_former_one() -> None:
    built = index(
        entity("component:pay"),
        entity("component:other", "component:default/pay"),
        entity("component:a", dependsOn=["component:default/pay"]),
    )
    assert related(built, "component:a", "dependsOn") == ["component:pay"]


def test_what_no_source_sees_is_marked_in_lists() -> None:
    built = index(entity("component:b", vanished="2026-03-01T09:00:00+00:00"), entity("component:a"))
    there, gone = (built.thing(node) for node in range(2))
    assert there.vanished_at is None
    assert gone.vanished_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert built.thing(index(entity("component:c", vanished="soon")).size - 1).vanished_at is None


def test_a_relation_stated_from_both_ends_is_one() -> None:
    built = index(
        entity("group:a", members=["user:default/u"]), entity("user:u", memberOf=["group:default/a"])
    )
    assert related(built, "group:a", "hasMember") == ["user:u"]


def test_a_ref_that_is_none_is_left_out() -> None:
    built = index(entity("component:a", owner="group:", dependsOn=["no-kind", "a:b/c/d", 7]))
    assert related(built, "component:a", "ownedBy") == []
    assert related(built, "component:a", "dependsOn") == []


def test_lists_are_in_the_order_of_title_then_ref() -> None:
    built = index(
        entity("component:z", title="alpha"),
        entity("component:b"),
        entity("api:b"),
        entity("component:a", title="C"),
    )
    assert [str(built.ref(node)) for node in range(built.size)] == [
        "component:default/z", "api:default/b", "component:default/b", "component:default/a",
    ]  # fmt: skip


def test_an_empty_catalog() -> None:
    built = index()
    assert built.names.called("a") == ([], [], [])
    assert built.names.like("abc", 0.5) == []
    assert len(built.names.beginning("a")) == len(built.names.with_words("a")) == len(built.unowned()) == 0


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40)), max_size=60))
def test_rows_are_sorted_sets(pairs: list[tuple[int, int]]) -> None:
    rows = Rows([key for key, _ in pairs], [value for _, value in pairs], 6)
    expected = [sorted({value for key, value in pairs if key == row}) for row in range(6)]
    assert [rows[row].tolist() for row in range(6)] == expected
    assert rows.firsts(-1).tolist() == [row[0] if row else -1 for row in expected]
    assert rows.sizes().tolist() == [len(row) for row in expected]


@given(st.lists(st.sets(st.integers(0, 30)), min_size=1, max_size=4))
def test_intersection_is_that_of_sets(sets: list[set[int]]) -> None:
    arrays = [np.array(sorted(each), np.int32) for each in sets]
    assert intersect(arrays).tolist() == sorted(set.intersection(*sets))


@given(st.lists(st.integers(0, 9)))
def test_distinct(numbers: list[int]) -> None:
    assert distinct(np.array(numbers, np.int32)).tolist() == sorted(set(numbers))


@given(st.text(max_size=30))
def test_a_plain_spelling_is_its_own(text: str) -> None:
    assert plain(plain(text)) == plain(text) or not text.isascii()
    assert plain(text) in spellings(text)


WORDS = (
    "payments",
    "ledger",
    "checkout",
    "search",
    "billing",
    "orders",
    "identity",
    "fraud",
    "gateway",
    "reports",
)
TEXTS = sorted([f"{a}-{b}-{number}" for a in WORDS for b in WORDS for number in range(20)])


@given(st.sampled_from(TEXTS), st.integers(0, 30), st.sampled_from(["drop", "double", "swap", "change"]))
def test_a_name_with_one_mistake_is_among_the_nearest(text: str, at: int, mistake: str) -> None:
    at %= len(text) - 1
    wrong = {
        "drop": text[:at] + text[at + 1 :],
        "double": text[:at] + text[at] + text[at:],
        "swap": text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        "change": text[:at] + "x" + text[at + 1 :],
    }[mistake]
    nearest = [near for _, near, _ in INDEXED.nearest(wrong, 0.7)]
    assert text in nearest[:60]


INDEXED = Trigrams(TEXTS)


class Source:
    """A catalog whose reading can be held up."""

    def __init__(self) -> None:
        self.number = 1
        self.reads = 0
        self.may_read = Event()
        self.may_read.set()

    def version(self) -> int:
        return self.number

    def entities(self, kind: str | None = None) -> Iterator[Entity]:
        assert kind is None
        self.reads += 1
        assert self.may_read.wait(20)
        yield entity(f"component:v{self.number}")

    def entities_of(self, refs: Sequence[Ref]) -> list[Entity]:
        raise AssertionError(f"nothing is patched, and {refs} are read")

    def changed_since(self, version: int, most: int) -> Since | None:
        assert version < self.number
        assert most == 0, "of one entity a fifth is none"
        return None


def test_the_index_follows_the_version() -> None:
    source = Source()
    live = LiveIndex(source)
    first = live.current
    assert not live.refresh()
    assert live.current is first
    source.number = 2
    assert live.refresh()
    assert live.current.version == 2
    assert live.current.node(Ref("component", "default", "v2")) == 0
    assert source.reads == 2


def test_what_is_applied_during_a_build_is_in_the_next_one() -> None:
    source = Source()
    live = LiveIndex(source)
    source.may_read.clear()
    building = Thread(target=live.refresh)
    building.start()
    while not source.reads:
        time.sleep(0.001)
    source.number = 2
    source.may_read.set()
    building.join(20)
    assert live.refresh()
    assert live.current.version == 2


def test_readers_do_not_wait_for_a_newer_index() -> None:
    source = Source()
    live = LiveIndex(source)
    first = live.current
    source.number = 2
    source.may_read.clear()
    building = Thread(target=live.refresh)
    building.start()
    assert live.current is first
    assert live.current is first
    source.may_read.set()
    building.join(20)
    assert live.current.version == 2


def test_many_first_readers_build_once() -> None:
    source = Source()
    live = LiveIndex(source)
    together = Barrier(8)
    seen: list[CatalogIndex] = []

    def read() -> None:
        together.wait(20)
        seen.append(live.current)

    threads = [Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len({id(each) for each in seen}) == 1
    assert source.reads == 1
