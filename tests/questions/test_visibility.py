"""Who is shown what: members, members of a group, guests, and people of other organizations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from blocks.as_json import json_for
from blocks.message import message_for
from catalog_store.catalog import Catalog
from catalog_store.schema import sqlite_url, upgrade
from catalog_store.search.live import LiveIndex
from domain.answers import Asker, Found, Listing, Missing, Shown, Unclear
from domain.apis import Operations
from domain.entities import Claim, FileText, Json, Snapshot
from domain.visibility import INTERNAL, OPERATOR, PUBLIC, Reader, Visibility
from questions.asking import Questions
from questions.grammar import FORMS
from tests.catalog_builder import SEEN, api, person, service, team
from tests.databases import Sqlite
from tests.questions.conversation import Conversation, rows
from tests.questions.planted import ABOUT_APIS, HIDDEN_FILES, PLANT, SHOWN_FILES
from workflows.descriptions import read_descriptions

ANA, BEN, GUS = (Asker(slack_user_id=each) for each in ("U0ANA", "U0BEN", "U0GUS"))
OUTSIDER = Asker(slack_user_id="U0ELSE", outsider=True)
SECRET = "group:default/secops"
NOW = datetime(2026, 3, 4, tzinfo=UTC)


@pytest.fixture
def company(chat: Conversation) -> Conversation:
    """Ana is in a team of the security people; Ben is not; Gus is a guest."""
    chat.knows(
        team("security"),
        team("secops", parent="group:default/security"),
        team("pay", channel="team-pay", slack_usergroup_id="S0PAY"),
        person("ana", slack_user_id="U0ANA", memberOf=["group:default/secops"]),
        person("ben", slack_user_id="U0BEN", memberOf=["group:default/pay"]),
        person("gus", slack_user_id="U0GUS", accounts={"slack": "guest"}),
        service("honeypot", owner="secops", tier="1", tags=["xyzzy"], visibility=["group:default/security"]),
        service("payments", owner="pay", tier="1", dependsOn=["component:default/honeypot"], tags=["money"]),
        service("status", owner="pay", tier="2", visibility=[PUBLIC], description="Is it up?"),
        service("payroll", owner="pay", **{"custom.cost": "CC-1"}),
    )
    return chat


def test_a_restricted_thing_is_there_for_its_group_and_for_those_above(company: Conversation) -> None:
    assert company.expect(Found, "who owns honeypot", ANA).entity.name == "honeypot"
    missing = company.expect(Missing, "who owns honeypot", BEN)
    assert not missing.suggestions
    assert not company.expect(Missing, "who owns honeypto", BEN).suggestions
    assert company.expect(Missing, "who owns honeypto", ANA).suggestions


def test_it_is_in_no_list_and_no_count(company: Conversation) -> None:
    assert "honeypot" in rows(company.expect(Listing, "list services", ANA))
    listed = company.expect(Listing, "list services", BEN)
    assert "honeypot" not in rows(listed)
    assert listed.total == 3
    assert company.expect(Listing, "what does payments depend on", BEN).total == 0
    assert company.expect(Listing, "what does payments depend on", ANA).total == 1
    assert company.expect(Listing, "what does secops own", BEN).total == 0
    shown = company.expect(Shown, "show payments", BEN)
    assert "honeypot" not in str(shown)
    assert isinstance(company.ask("list services tag xyzzy", BEN), Unclear | Listing)


def test_a_guest_and_an_outsider_see_what_is_public_of_public_things(company: Conversation) -> None:
    for somebody in (GUS, OUTSIDER):
        found = company.expect(Found, "who owns status", somebody)
        assert found.owner is not None
        assert (found.owner.title, found.owner.channel, found.owner.slack_usergroup_id) == (
            "pay",
            "team-pay",
            "",
        )
        assert found.owner.people == ()
        assert found.evidence == ()
        assert set(found.entity.fields) <= {"title", "description", "type", "lifecycle", "owner"}
        assert rows(company.expect(Listing, "list services", somebody)) == ["status"]
        assert isinstance(company.ask("who owns payments", somebody), Missing)


@pytest.mark.parametrize("words", ["sync", "suggestions", "sync changes 1", "unjoined people"])
def test_the_portals_own_business_is_for_members(company: Conversation, words: str) -> None:
    assert "members" in company.expect(Unclear, words, GUS).problem


def test_addresses_are_for_administrators(company: Conversation) -> None:
    assert "administrators" in company.expect(Unclear, "unjoined people", BEN).problem
    assert not isinstance(company.ask("unjoined people", Asker(reader=OPERATOR)), Unclear)
    trusting = Questions(company.catalog, company.index, administers=lambda asker: asker == BEN)
    assert not isinstance(trusting.answer("unjoined people", BEN), Unclear)


def test_a_field_may_be_for_fewer_than_the_thing(company: Conversation) -> None:
    rules = Visibility(fields={"custom.cost": (SECRET,), "tier": (SECRET,), "owner": (INTERNAL,)})
    questions = Questions(company.catalog, company.index, visibility=rules)
    hidden, shown = questions.answer("show payroll", BEN), questions.answer("show payroll", ANA)
    assert isinstance(hidden, Shown)
    assert isinstance(shown, Shown)
    assert "custom.cost" not in hidden.record.entity.fields
    assert not hidden.record.facts_on("custom.cost")
    assert shown.record.entity.fields["custom.cost"] == "CC-1"
    listed = questions.answer("list services", BEN)
    assert isinstance(listed, Listing)
    assert {row.tier for section in listed.sections for row in section.rows} == {""}
    unknown = questions.answer("who owns status", GUS)
    assert isinstance(unknown, Found)
    assert unknown.owner is None


def test_with_everything_public_a_guest_sees_all_that_is_not_marked(company: Conversation) -> None:
    questions = Questions(company.catalog, company.index, visibility=Visibility(entities=PUBLIC))
    listed = questions.answer("list services", GUS)
    assert isinstance(listed, Listing)
    assert rows(listed) == ["payments", "payroll", "status"]


def test_a_misspelt_group_opens_nothing(chat: Conversation) -> None:
    chat.knows(team("pay"), service("one", owner="pay", visibility=["group:default/pya"]))
    assert isinstance(chat.ask("who owns one", BEN), Missing)
    assert isinstance(chat.ask("who owns one", Asker(reader=OPERATOR)), Found)


@pytest.mark.parametrize("mark", [True, {"groups": "secops"}, 7, [["public"]]])
def test_a_mark_that_is_no_text_opens_nothing(chat: Conversation, mark: Json) -> None:
    chat.knows(team("pay"), service("one", owner="pay", visibility=mark))
    assert isinstance(chat.ask("who owns one", BEN), Missing)
    assert isinstance(chat.ask("who owns one", Asker(reader=OPERATOR)), Found)


def test_the_strictest_of_several_marks_holds(chat: Conversation) -> None:
    chat.knows(team("pay"), service("one", owner="pay", visibility=[PUBLIC]))
    chat.knows(service("one", visibility=[SECRET]), source="rules")
    assert isinstance(chat.ask("who owns one", OUTSIDER), Missing)
    assert isinstance(chat.ask("who owns one", BEN), Missing)


def test_what_everybody_in_a_channel_may_see(company: Conversation) -> None:
    readers = company.questions.readers
    assert readers.least(["U0ANA", "U0BEN"]) == Reader()
    assert readers.least(["U0ANA", "U0GUS"]).inside is False
    assert readers.alike(readers.least(["U0ANA"]), readers.of(ANA))
    assert not readers.alike(readers.least(["U0BEN"]), readers.of(ANA))
    assert readers.alike(readers.of(BEN), Reader())


NAMES = (
    PLANT,
    "payments",
    "status",
    "pay",
    "secops",
    f"{PLANT}s",
    PLANT[:8],
    PLANT.replace("th", "ht"),
    "ben",
)
COUNTING = ("what changed this week", "what changed since monday", "recent changes")
"""A change set says how many things it moved, hidden ones among them, and not which."""
HIDDEN_API = api(
    f"hidden-{PLANT}", owner="pay", type="graphql", definition=f"type Query {{ createPay: {PLANT} }}",
    visibility=[SECRET],
)  # fmt: skip
HIDDEN = service(
    PLANT, owner="pay", title=f"The {PLANT}", tags=[PLANT], hosts=[f"{PLANT}.acme.example"], tier=PLANT,
    dependsOn=["component:default/payments"], providesApis=[f"hidden-{PLANT}"], visibility=[SECRET],
    description=PLANT, type=PLANT, lifecycle=PLANT, language=PLANT, channel=PLANT,
)  # fmt: skip


GUIDE = "# Guide\n\n## Rotate keys\n\nTurn them.\n\n## Error budget\n\nSpend it.\n"
READABLE = ("payments", "status", PLANT)
"""Things that have documentation, if they are there; the same runbook is that of all of them."""


def _documents(catalog: Catalog, claims: Sequence[Claim]) -> None:
    documented = [each for each in claims if each.ref.name in READABLE]
    files = [
        FileText(each.key, "docs/runbook.md", GUIDE, "https://git.example/runbook") for each in documented
    ]
    files += [
        FileText(
            each.key, f"docs/{number}.md", f"# About {each.ref.name}\n{GUIDE[8:]}", f"https://{each.ref.name}"
        )
        for each in documented
        for number in range(30 if each.ref.name == PLANT else 2)
    ]
    catalog.apply(Snapshot("github", NOW, tuple(documented), files=tuple(files)), actor="test")


def _company(catalog: Catalog, *more: Claim, needs: Sequence[str], files: Sequence[FileText]) -> Questions:
    claims = (
        team("secops", channel="sec"),
        team("pay"),
        person("ben", slack_user_id="U0BEN", memberOf=["group:default/pay"]),
        person("gus", slack_user_id="U0GUS", accounts={"slack": "guest"}),
        service("payments", owner="pay", dependsOn=list(needs), visibility=[PUBLIC]),
        service("status", owner="pay", dependsOn=["component:default/payments"]),
        *more,
    )
    catalog.apply(Snapshot("git", SEEN, claims, files=tuple(files)), actor="test")
    read_descriptions(catalog)
    _documents(catalog, claims)
    return Questions(catalog, LiveIndex(catalog), clock=lambda: NOW)


@pytest.mark.parametrize("somebody", [BEN, GUS, OUTSIDER], ids=["member", "guest", "outsider"])
def test_no_answer_tells_a_catalog_with_hidden_things_from_one_without(
    sqlite: Sqlite, somebody: Asker, tmp_path: Path
) -> None:
    upgrade(sqlite_url(tmp_path))
    with (
        Catalog.open(sqlite.migrated(), clock=lambda: NOW) as one,
        Catalog.open(sqlite_url(tmp_path), clock=lambda: NOW) as other,
    ):
        needs = ["component:default/status"]
        files = (*HIDDEN_FILES, *SHOWN_FILES)
        hiding = _company(one, HIDDEN, HIDDEN_API, needs=[*needs, f"component:default/{PLANT}"], files=files)
        without = _company(other, needs=needs, files=SHOWN_FILES)
        asked = [words for form in FORMS for words in (*form.examples, form.usage)]
        asked += [form.ask.replace("{}", name) for form in FORMS if form.ask for name in NAMES]
        asked += [
            *NAMES,
            *ABOUT_APIS,
            f"list services tag {PLANT}",
            f"list services type {PLANT}",
            "list things page 2",
        ]
        asked += [f"docs {PLANT}", f"docs {PLANT} rotate keys", f"docs about {PLANT}", f"readme of {PLANT}"]
        asked += ["docs rotate keys", "docs payments error budget", "find error budget", "docs for pay"]
        for words in asked:
            if words in COUNTING:
                continue
            shown, plain = (
                (str(message_for(answer, now=NOW)), json.dumps(json_for(answer, now=NOW)))
                for answer in (each.answer(words, somebody) for each in (hiding, without))
            )
            assert shown == plain, words
        for words in (f"show {PLANT}", f"api {PLANT}", "who serves /v1/pay", "gaps", "find createPay"):
            assert PLANT in str(hiding.answer(words, Asker(reader=OPERATOR))), words


@pytest.mark.parametrize("words", ["api payments", "who serves /v1/pay", "find createPay"])
def test_descriptions_are_for_members_who_may_see_them(catalog: Catalog, words: str) -> None:
    questions = _company(catalog, needs=(), files=SHOWN_FILES)
    assert "createPay" in str(message_for(questions.answer(words, BEN), now=NOW))
    assert "operation" not in str(questions.answer("find createPay", GUS))
    rules = Visibility(fields={"definition": (SECRET,)})
    fewer = Questions(catalog, questions._index, visibility=rules)
    for answer in (questions.answer(words, GUS), fewer.answer(words, BEN)):
        assert isinstance(answer, Operations | Missing | Unclear)
        assert not getattr(answer, "total", 0)
        assert not getattr(answer, "described", ())
