"""Documentation beside its own questions: who may read it, what `find` makes of it, what is in vain."""

from __future__ import annotations

import pytest

from blocks.message import message_for
from catalog_store.catalog import Catalog
from domain.answers import Ambiguous, Asker, Missing
from domain.finding import Search
from domain.passages import NOTHING, Passages, Shelf
from domain.refs import Ref
from domain.visibility import DOCUMENTATION, OUTSIDE, PUBLIC, PUBLIC_FIELDS, Reader, Visibility
from questions.asking import Questions
from questions.seen_records import SeenRecords
from tests.catalog_builder import SEEN, person, service, team
from tests.questions.conversation import Conversation, asks
from tests.questions.docs_company import company, has_docs

GUEST, BEN, SUE = (Asker(slack_user_id=each) for each in ("U0GUS", "U0BEN", "U0SUE"))
SECRET = "group:default/secops"


@pytest.fixture
def docs(catalog: Catalog) -> Conversation:
    chat = company(Conversation(catalog))
    chat.knows(
        team("secops"),
        person("gus", slack_user_id="U0GUS", accounts={"slack": "guest"}),
        person("ben", slack_user_id="U0BEN", memberOf=["group:default/pay"]),
        person("sue", slack_user_id="U0SUE", memberOf=["group:default/secops"]),
        service("honeypot", visibility=[SECRET]),
        service("status", owner="pay", visibility=[PUBLIC]),
    )
    has_docs(chat, service("status"), {"README.md": "# Status\n\n## Subscribe to outages\n\nBy mail.\n"})
    has_docs(chat, service("honeypot"), {"runbook.md": "# Traps\n\n## Rotate keys\n\nThe traps' own.\n"})
    return chat


def asked(chat: Conversation, words: str, asker: Asker, rules: Visibility) -> Passages | Shelf:
    answer = Questions(chat.catalog, chat.index, visibility=rules).answer(words, asker)
    assert isinstance(answer, Passages | Shelf), answer
    return answer


def test_a_hidden_things_pages_are_for_those_who_see_it(docs: Conversation) -> None:
    of_sue = {hit.thing.name for hit in docs.expect(Passages, "docs rotate keys", SUE).hits}
    of_ben = {hit.thing.name for hit in docs.expect(Passages, "docs rotate keys", BEN).hits}
    assert of_sue - of_ben == {"honeypot"}
    assert isinstance(docs.ask("docs for honeypot", BEN), Missing)
    assert len(docs.expect(Shelf, "docs for honeypot", SUE).pages) == 1


def test_records_tell_nothing_of_pages_that_are_asked_for_by_name(docs: Conversation) -> None:
    hidden, whole = Ref("component", "default", "honeypot"), docs.index.current
    readers = docs.questions.readers
    for reader in (Reader(), OUTSIDE):
        seen = SeenRecords(docs.catalog, whole, readers.view(whole, reader), reader, readers.rules)
        assert seen.pages([hidden]) == []
        assert seen.passages("rotate keys", [hidden], 5) == NOTHING
    assert docs.catalog.pages([hidden])


def test_a_guest_reads_documentation_only_where_it_is_made_public(docs: Conversation) -> None:
    told = Visibility(public_fields=PUBLIC_FIELDS | {DOCUMENTATION})
    for words in ("docs for status", "docs subscribe to outages"):
        assert not asked(docs, words, GUEST, Visibility()).answered
        assert asked(docs, words, GUEST, told).answered
    assert not asked(docs, "docs rotate keys", GUEST, told).answered


def test_documentation_may_be_for_a_group(docs: Conversation) -> None:
    rules = Visibility(fields={DOCUMENTATION: (SECRET,)})
    for words in ("runbook for payments", "docs payments rotate keys"):
        assert not asked(docs, words, BEN, rules).answered
        assert asked(docs, words, SUE, rules).answered


def test_find_leads_to_documentation_by_its_heading(docs: Conversation) -> None:
    answer = docs.expect(Search, "find rotate keys", BEN)
    assert [(hit.thing.name, hit.by, hit.said) for hit in answer.hits] == [
        ("payments", "docs", "docs: Rotate keys")
    ]
    blocks = str(message_for(answer, now=SEEN).blocks)
    assert "docs component:default/payments rotate keys" in blocks
    assert docs.expect(Passages, "docs component:default/payments rotate keys").answered


def test_find_looks_into_the_text_where_there_is_nothing_else(docs: Conversation) -> None:
    answer = docs.expect(Search, "find refund_queue")
    assert [hit.said for hit in answer.hits] == ["docs: Refunds pile up"]
    assert not docs.expect(Missing, "find zebra crossings").suggestions


def test_what_is_called_so_goes_before_what_is_written_of_it(docs: Conversation) -> None:
    docs.knows(service("rotate-keys"))
    hits = docs.expect(Search, "find rotate keys", BEN).hits
    assert [(hit.thing.name, hit.by) for hit in hits] == [("rotate-keys", "name"), ("payments", "docs")]
    docs.knows(*(service(f"rotate-keys-{number}") for number in range(5)))
    assert "docs" not in {hit.by for hit in docs.expect(Search, "find rotate keys", BEN).hits}


def test_the_section_that_is_called_exactly_so_comes_first(docs: Conversation) -> None:
    has_docs(
        docs, service("lonely"), {"README.md": "# Keys\n\n## Rotate keys of partners\n\nRotate keys keys.\n"}
    )
    answer = docs.expect(Passages, "docs rotate keys", BEN)
    assert [hit.passage.heading for hit in answer.hits] == ["Rotate keys", "Rotate keys of partners"]


def test_a_name_that_nobody_wrote_of_is_looked_up(docs: Conversation) -> None:
    assert "docs for component:default/status" in asks(docs.expect(Missing, "docs statsu"))
    assert isinstance(docs.ask("docs zebra crossings"), Passages)
    docs.knows(service("zoo-east"), service("zoo-west"))
    assert len(asks(docs.expect(Ambiguous, "docs zoo"))) == 2


def test_pages_of_a_team_say_whose_they_are(docs: Conversation) -> None:
    answer = docs.expect(Shelf, "docs for pay")
    text = str(message_for(answer, now=SEEN).blocks)
    assert {page.ref.name for page in answer.pages} == {"payments", "ledger", "status"}
    assert "ledger" in text
    assert "status" in text


def test_documentation_that_is_lacking_is_counted(docs: Conversation) -> None:
    for words in (
        "docs payments giraffes",
        "runbook for ledger",
        "docs payments rotate keys",
        "docs for payments",
    ):
        docs.ask(words)
    assert docs.questions.tally.take() == {"docs payments giraffes": 1, "runbook for ledger": 1}
