"""Who did what when: renames, merges, undos, and over everything."""

from __future__ import annotations

from datetime import timedelta

import pytest

from catalog_store.catalog import Catalog
from domain.answers import Missing, Unclear
from domain.audit import Audit
from domain.entities import EVERYTHING, Claim, Snapshot
from domain.refs import Ref
from questions.asking import Questions
from tests.catalog_builder import SEEN, person, service, team
from tests.questions.conversation import Conversation

ANA = "user:default/ana"


class History:
    """A catalog whose clock a test moves."""

    def __init__(self, chat: Conversation) -> None:
        self.chat = chat
        self.day = 0

    def sees(self, *claims: Claim, actor: str = "schedule", source: str = "backstage") -> None:
        self.day += 1
        look = Snapshot(source, SEEN + timedelta(days=self.day), claims, within=(EVERYTHING,))
        self.chat.catalog.apply(look, actor=actor, allow_shrink=True)
        self.chat.index.refresh()

    def asked(self, words: str) -> Audit:
        self.chat.index.refresh()
        return self.chat.expect(Audit, words)


@pytest.fixture
def history(chat: Conversation) -> History:
    told = History(chat)
    told.sees(
        team("pay", title="Payments"),
        team("shop"),
        person("ana", title="Ana"),
        service("ledger", owner="shop"),
    )
    return told


def acts(answer: Audit) -> list[tuple[str, int | None, list[tuple[str, object, object]]]]:
    return [
        (act.kind, act.change_set, [(each.field, each.before, each.after) for each in act.fields])
        for act in answer.acts
    ]


def test_fields_before_and_after_the_newest_first(history: History) -> None:
    history.sees(*others(), service("ledger", owner="pay", tier="1"), actor=ANA)
    answer = history.asked("audit ledger")
    assert acts(answer)[0] == (
        "changed", 2, [("owner", "group:default/shop", "group:default/pay"), ("tier", None, "1")]
    )  # fmt: skip
    assert [act.kind for act in answer.acts] == ["changed", "created"]
    assert (answer.called[ANA], answer.called["group:default/pay"]) == ("Ana", "Payments")


def others() -> tuple[Claim, ...]:
    return team("pay", title="Payments"), team("shop"), person("ana", title="Ana")


def test_what_left_the_catalog_has_a_history_still(history: History) -> None:
    history.sees(*others())
    history.chat.catalog.retire("backstage", SEEN + timedelta(days=99), actor="grace")
    answer = history.asked("who changed ledger")
    assert [act.kind for act in answer.acts] == ["retired", "vanished", "created"]
    assert answer.subject is not None
    assert answer.subject.ref == Ref("component", "default", "ledger")


def test_a_merge_brings_its_history_and_an_undo_takes_it_back(history: History) -> None:
    history.sees(service("ledger-svc", owner="pay"), source="csv")
    catalog: Catalog = history.chat.catalog
    one, other = Ref("component", "default", "ledger"), Ref("component", "default", "ledger-svc")
    merged = catalog.merge(one, other, actor=ANA)
    assert merged.number is not None
    answer = history.asked("history of ledger")
    assert {act.ref for act in answer.acts} == {one, other}
    assert history.asked("audit ledger-svc").subject == answer.subject, "a former name leads to it"
    catalog.undo(merged.number, actor=ANA)
    undone = history.asked("audit ledger")
    assert {act.ref for act in undone.acts} == {one}
    assert undone.acts[0].undoes == merged.number


def test_since_and_pages(history: History) -> None:
    for number in range(12):
        history.sees(*others(), service("ledger", owner="shop", tier=str(number % 4 + 1)))
    first, second = history.asked("audit ledger"), history.asked("audit ledger page 2")
    assert (first.total, first.pages, len(first.acts), len(second.acts)) == (13, 2, 10, 3)
    assert first.ask == "audit component:default/ledger"
    assert history.asked("audit ledger since yesterday").since is not None


def test_over_everything_change_sets_with_examples(history: History) -> None:
    history.sees(*others(), service("ledger", owner="pay"), actor="slack:U0ANA")
    answer = history.asked("what changed this week")
    assert [(act.kind, act.change_set, dict(act.counts)) for act in answer.acts] == [
        ("applied", 2, {"created": 0, "changed": 1, "unchanged": 3}),
        ("applied", 1, {"created": 4, "changed": 0, "unchanged": 0}),
    ]
    assert answer.acts[0].examples == (("changed", Ref("component", "default", "ledger")),)
    assert len(answer.acts[1].examples) == 3
    assert history.asked("what has changed in the last 3 days").total == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("what changed since the flood", "no day"),
        ("audit ledger since 2999-01-01", "still to come"),
        ("audit ledger since 2026-02-31", "no day"),
    ],
)
def test_a_time_that_makes_no_sense_is_said(history: History, words: str, said: str) -> None:
    answer = history.chat.expect(Unclear, words)
    assert said in answer.problem
    assert "what changed this week" in answer.suggestions


def test_strangers(history: History) -> None:
    assert [each.ask for each in history.chat.expect(Missing, "audit ledgr").suggestions] == [
        "audit component:default/ledger"
    ]
    assert history.chat.expect(Missing, "audit zebra").suggestions == ()


def test_spans_begin_at_midnight(history: History) -> None:
    wednesday = SEEN
    asked: Questions = history.chat.at(wednesday)
    for span, day in {
        "this week": "2026-03-02", "since monday": "2026-03-02", "since yesterday": "2026-03-03",
        "in the last 3 days": "2026-03-01", "last week": "2026-02-23", "this month": "2026-03-01",
        "last month": "2026-02-01", "since february": "2026-02-01", "since 2026-01-15": "2026-01-15",
        "this year": "2026-01-01", "since 3 weeks ago": "2026-02-11", "since 1 march": "2026-03-01",
    }.items():  # fmt: skip
        answer = asked.answer(f"audit ledger {span}")
        assert isinstance(answer, Audit), span
        assert answer.since is not None
        assert answer.since.isoformat() == f"{day}T00:00:00+00:00", span
