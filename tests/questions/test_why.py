"""`why …`: each field, each source's claim, and what the one that counts went before the others by."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from blocks.as_json import json_for
from blocks.plain import text_for
from domain.answers import Ambiguous, Missing, Unclear
from domain.entities import Claim, Snapshot
from domain.explained import Decided, Explained
from domain.paths import OwnedPath
from tests.catalog_builder import SEEN, person, service, system, team
from tests.questions.conversation import Conversation, asks

FILE = "catalog/payments.yaml:1"
COUNTS = "it counts: catalog file comes before spreadsheet"


def says(chat: Conversation, source: str, *claims: Claim, day: int = 0) -> None:
    """Let a source say things on a day."""
    chat.catalog.apply(Snapshot(source, SEEN + timedelta(days=day), claims, ("*",)), actor="test")
    chat.index.refresh()


@pytest.fixture
def pay(chat: Conversation) -> Conversation:
    """A service of which three sources say something, and not the same."""
    says(chat, "backstage", team("team-pay", title="Payments"), team("team-web"), person("ana"),
         service("payments", owner="team-pay", tier="1", tags=["pci"]))  # fmt: skip
    says(chat, "csv", service("payments", owner="team-web", lifecycle="production"), day=1)
    guess = replace(service("payments", owner="team-pay", tags=["go"]), confidence=0.7, fields={
        "owner": "group:default/team-pay", "tags": ["go"],
    })  # fmt: skip
    says(chat, "codeowners", guess, day=2)
    return chat


def lost(chat: Conversation, words: str) -> list[tuple[str, Decided | None]]:
    """Return the sources of the one field that was asked about, each with what it lost by."""
    answer = chat.expect(Explained, words)
    (field,) = answer.fields
    return [(each.fact.source, each.lost_by) for each in field.claims]


def test_the_owner_with_everybody_who_says_so_and_who_does_not(pay: Conversation) -> None:
    assert lost(pay, "why payments owner") == [
        ("backstage", None), ("csv", Decided.TRUST), ("codeowners", Decided.TRUST),
    ]  # fmt: skip
    text = text_for(pay.ask("why payments owner"), now=SEEN + timedelta(days=3)).splitlines()
    assert text == [
        "The owner of payments is Payments: catalog file says so",
        "  Owner: Payments",
        f"    catalog file says so ({COUNTS}) in {FILE}, read 3 days ago",
        "    spreadsheet says team-web in catalog/payments.yaml:1, read 2 days ago",
        "    CODEOWNERS agrees in catalog/payments.yaml:1, 70 % sure, read 1 day ago",
    ]


@pytest.mark.parametrize(
    ("first", "second", "by"),
    [
        (("vendor-a", 1.0, 0), ("vendor-b", 1.0, 1), Decided.NEWER),
        (("vendor-a", 0.9, 0), ("vendor-b", 0.4, 1), Decided.SURER),
        (("vendor-a", 1.0, 0), ("vendor-b", 1.0, 0), Decided.NAME),
        (("merges", 0.9, 5), ("backstage", 1.0, 0), Decided.TRUST),
    ],
)
def test_the_reason_is_that_of_the_decision(
    chat: Conversation,
    first: tuple[str, float, int],
    second: tuple[str, float, int],
    by: Decided,
) -> None:
    for source, confidence, day in (first, second):
        said = replace(service("payments", owner=f"of-{source}"), confidence=confidence)
        says(chat, source, said, day=day)
    (field,) = chat.expect(Explained, "why payments owner").fields
    winner, loser = field.claims
    assert winner.fact.wins
    assert not loser.fact.wins
    assert loser.lost_by is by
    owner = chat.found("who owns payments")[1]
    assert owner is not None
    assert winner.fact.value == f"group:default/{owner.partition(':')[2]}"


def test_a_source_that_sees_it_no_more_comes_last(pay: Conversation) -> None:
    says(pay, "backstage", team("team-pay"), day=4)
    assert lost(pay, "why payments owner")[-1] == ("backstage", Decided.STILL_SEEN)
    assert "not seen there since 8 Mar" in text_for(pay.ask("why payments owner"), now=SEEN)


def test_disputed_fields_come_behind_the_owner_and_the_rest_is_counted(pay: Conversation) -> None:
    says(
        pay,
        "csv",
        service("payments", owner="team-web", channel="pay", description="other", language="go"),
        day=5,
    )
    says(pay, "github", service("payments", language="kotlin", description="x"), day=5)
    answer = pay.expect(Explained, "why payments")
    assert [each.name for each in answer.fields[:3]] == ["owner", "language", "description"]
    assert (answer.disputed, answer.sources) == (3, 4)
    text = text_for(answer, now=SEEN + timedelta(days=6))
    assert text.startswith("4 sources say what the catalog says of payments; they disagree on 3 fields")
    assert answer.more == 1
    assert "and 1 more field: why component:default/payments all" in text
    assert pay.expect(Explained, "why payments all").more == 0


def test_every_source_adds_to_a_list(pay: Conversation) -> None:
    text = text_for(pay.ask("why payments tags"), now=SEEN + timedelta(days=3))
    assert text.startswith("The tags of payments: 2 sources add to them")
    assert "catalog file: pci in" in text
    assert "CODEOWNERS: go in" in text


def test_an_inherited_owner_is_explained_by_whom_it_is_inherited_from(chat: Conversation) -> None:
    chat.knows(team("team-pay"), system("money", owner="team-pay"), service("ledger", system="money"))
    text = text_for(chat.ask("why ledger owner"), now=SEEN)
    assert text.startswith("The owner of ledger is team-pay, as all of money: catalog file says so")
    assert "Owner (of money): team-pay" in text_for(chat.ask("why ledger"), now=SEEN)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("why is payments tier 1", "tier"),
        ("why is payments in production", "lifecycle"),
        ("why is payments owned by team-web", "owner"),
        ("why is payments a service", "type"),
        ("why is team-pay the owner of payments", "owner"),
        ("why does team-pay own payments", "owner"),
        ("why payments's lifecycle", "lifecycle"),
        ("where does the tier of payments come from", "tier"),
        ("how do you know who owns payments", "owner"),
        ("evidence for the tier of payments", "tier"),
        ("who says that team-web owns payments", "owner"),
        ("why do you think team-pay owns payments", "owner"),
        ("why does it say that team-web owns payments", "owner"),
        ("why payments", ""),
        ("evidence for payments", ""),
    ],
)
def test_the_field_that_is_meant(pay: Conversation, words: str, field: str) -> None:
    assert pay.expect(Explained, words).about == field


def test_a_service_called_like_a_field_is_that_service(chat: Conversation) -> None:
    chat.knows(service("owner", owner="team-pay", tier="2"), service("tier-owner", owner="team-pay"))
    assert chat.expect(Explained, "why owner").about == ""
    assert chat.expect(Explained, "why owner tier").about == "tier"


def test_any_other_why_is_declined_and_what_nobody_says_is_said(pay: Conversation) -> None:
    assert pay.expect(Unclear, "why is payments down").suggestions[0] == "why component:default/payments"
    nothing = pay.expect(Unclear, "why payments channel")
    assert nothing.problem == "No source says anything of the channel of payments."
    assert isinstance(pay.ask("why did the build of payments fail"), Unclear)
    assert isinstance(pay.ask("why nonsense"), Missing)


def test_several_things_of_one_name_are_a_pick_list_of_the_same_question(pay: Conversation) -> None:
    pay.knows(service("shop/payments", owner="team-web"), source="opslevel")
    assert asks(pay.expect(Ambiguous, "why payments tier")) == [
        "why component:default/payments tier", "why component:shop/payments tier",
    ]  # fmt: skip


def test_why_of_a_file_is_its_rule(pay: Conversation) -> None:
    rules = [{"pattern": "*", "owners": ["group:default/team-web"], "line": 1}]
    pay.knows(service("shop", "github:acme/shop", repository="acme/shop", codeowners=rules), source="github")
    assert pay.expect(OwnedPath, "why acme/shop:src/x.py").owners[0].ref.name == "team-web"


def test_scripts_get_what_each_claim_lost_by(pay: Conversation) -> None:
    found = json_for(pay.ask("why payments owner"), now=SEEN)
    assert (found["kind"], found["field"]) == ("why", "owner")
    assert isinstance(found["fields"], list)
    claims = found["fields"][0]["claims"]
    assert [each["lost_by"] for each in claims] == [None, "trust", "trust"]
