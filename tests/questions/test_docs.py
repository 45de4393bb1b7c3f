"""Conversations on documentation: passages, pages, runbooks, and what is said where there is nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from blocks.plain import text_for
from catalog_store.catalog import Catalog
from domain.answers import Ambiguous, Answer, Missing, Unclear
from domain.passages import Passages, Shelf
from tests.catalog_builder import SEEN, service, system
from tests.questions.conversation import Conversation, asks
from tests.questions.docs_company import FILES, RUNBOOK, company, has_docs


@pytest.fixture
def docs(catalog: Catalog) -> Conversation:
    return company(Conversation(catalog))


def passages(chat: Conversation, words: str) -> Passages:
    answer: Answer = chat.ask(words)
    assert isinstance(answer, Passages), f"{words!r} came to {answer}"
    return answer


def shelf(chat: Conversation, words: str) -> Shelf:
    answer: Answer = chat.ask(words)
    assert isinstance(answer, Shelf), f"{words!r} came to {answer}"
    return answer


def first(chat: Conversation, words: str) -> tuple[str, str]:
    """Return the heading of the best passage, and whose it is."""
    answer = passages(chat, words)
    assert answer.answered, words
    return answer.hits[0].passage.heading, answer.hits[0].thing.name


@pytest.mark.parametrize(
    "words",
    [
        "docs payments rotate keys",
        "docs pay-svc rotating the keys",
        "how do I rotate keys for payments?",
        "how to rotate keys in payments",
        "docs rotate keys",
        "documentation rotate_keys",
        "docs payments PAYMENTS_VAULT_PATH",
        "docs 1.25.3 payments",
        "docs what to do at night rotate",
        "docs rota",
    ],
)
def test_the_passage_is_found(docs: Conversation, words: str) -> None:
    assert first(docs, words) == ("Rotate keys", "payments")


@pytest.mark.parametrize(
    "words", ["docs rotateSecrets", "docs rotate secrets", "docs überweisungen", "docs uberweisungen"]
)
def test_names_in_camel_case_and_letters_with_accents_are_found_either_way(
    docs: Conversation, words: str
) -> None:
    assert first(docs, words) == ("Payments", "payments")


def test_a_passage_says_where_it_stands_and_links_to_its_section(docs: Conversation) -> None:
    best = passages(docs, "docs payments rotate keys").hits[0].passage
    assert (best.page.title, best.headings) == ("What to do at night", ("Rotate keys",))
    assert best.url == "https://git.example/payments/docs/runbook.md#rotate-keys"
    assert "payctl rotate_keys --env prod\n\npayctl verify" in best.text


def test_the_text_answers_in_its_first_line(docs: Conversation) -> None:
    text = text_for(docs.ask("docs payments rotate keys"), now=SEEN + timedelta(minutes=5))
    assert text.splitlines()[0] == "Rotate keys: Payments runbook"
    assert (
        "What to do at night > Rotate keys https://git.example/payments/docs/runbook.md#rotate-keys" in text
    )
    assert "payctl rotate_keys --env prod" in text
    assert "read 5 min ago" in text
    assert "Ask Payments Engineering in #team-payments" in text
    assert "may have changed" not in text


def test_an_old_look_is_said_to_be_one(docs: Conversation) -> None:
    text = text_for(docs.ask("docs payments rotate keys"), now=SEEN + timedelta(days=3))
    assert "⚠ Last read 3 days ago; it may have changed since." in text


def test_words_that_no_passage_has_all_of_are_found_loosely(docs: Conversation) -> None:
    answer = passages(docs, "docs payments rotate keys quarterly")
    assert answer.loosely
    assert answer.hits[0].passage.heading == "Rotate keys"
    assert "No passage has all of" in text_for(answer, now=SEEN)


def test_what_its_own_pages_lack_is_looked_for_in_its_system(docs: Conversation) -> None:
    assert first(docs, "docs payments close the books") == ("Ledger", "ledger")
    assert first(docs, "docs payments-api rotate keys") == ("Rotate keys", "payments")


def test_a_teams_docs_are_those_of_what_it_owns(docs: Conversation) -> None:
    assert first(docs, "docs team pay close the books") == ("Ledger", "ledger")


def test_what_is_found_elsewhere_alone_is_no_answer(docs: Conversation) -> None:
    answer = passages(docs, "docs lonely rotate keys")
    assert answer.elsewhere
    assert not answer.answered
    text = text_for(answer, now=SEEN)
    assert text.startswith("Nothing on “rotate keys” in the docs of lonely")
    assert "Elsewhere:" in text


def test_nothing_found_says_what_there_is_and_whom_to_ask(docs: Conversation) -> None:
    answer = passages(docs, "docs payments zeppelin")
    assert not answer.answered
    text = text_for(answer, now=SEEN)
    assert text.startswith("Nothing on “zeppelin” in the docs of Payments")
    assert "Its pages: Payments" in text
    assert "#team-payments" in text
    nowhere = text_for(docs.ask("docs zeppelin"), now=SEEN).splitlines()
    assert nowhere[0] == "Nothing on “zeppelin” in any documentation that is known"
    assert nowhere[1].strip() == "READMEs, docs/ folders and runbooks of repositories are read."


def test_pages_are_listed_as_the_site_has_them(docs: Conversation) -> None:
    answer = shelf(docs, "docs for payments")
    assert [page.path for page in answer.pages] == [
        "README.md", "docs/index.md", "docs/runbook.md", "docs/architecture.md", "docs/zebra.rst"
    ]  # fmt: skip
    titles = [page.title for page in answer.pages]
    assert titles == ["Payments", "Home", "What to do at night", "Architecture", "Zebra"]
    assert text_for(answer, now=SEEN).startswith("Payments has 5 pages of documentation")


def test_only_a_name_lists_its_pages(docs: Conversation) -> None:
    assert shelf(docs, "docs payments").pages == shelf(docs, "where are the docs of payments?").pages


def test_runbook_and_readme(docs: Conversation) -> None:
    runbooks, readmes = shelf(docs, "runbook for payments"), shelf(docs, "readme of payments")
    assert [page.path for page in runbooks.pages] == ["docs/runbook.md"]
    assert [page.path for page in readmes.pages] == ["README.md"]
    assert text_for(runbooks, now=SEEN).startswith("Payments: What to do at night")


def test_no_runbook_names_the_pages_that_there_are(docs: Conversation) -> None:
    answer = shelf(docs, "runbook for ledger")
    assert not answer.answered
    text = text_for(answer, now=SEEN)
    assert text.startswith("No runbook of ledger is known")
    assert "Its pages: Ledger" in text


def test_no_docs_at_all(docs: Conversation) -> None:
    answer = shelf(docs, "docs of lonely")
    assert not answer.answered
    assert "Nobody owns it" in text_for(answer, now=SEEN)


def test_several_of_a_name_are_picked_from_where_several_have_pages(docs: Conversation) -> None:
    docs.knows(system("payments", owner="pay"))
    assert len(shelf(docs, "docs for payments").pages) == 5
    assert first(docs, "docs payments rotate keys") == ("Rotate keys", "payments")
    has_docs(docs, system("payments", owner="pay"), {"README.md": "# All of it\n"})
    answer = docs.expect(Ambiguous, "readme of payments")
    assert asks(answer) == ["readme of component:default/payments", "readme of system:default/payments"]
    assert shelf(docs, asks(answer)[1]).pages[0].title == "All of it"


def test_the_beginning_of_several_names_is_a_pick_list(docs: Conversation) -> None:
    docs.knows(service("search-api"), service("search-web"))
    assert len(docs.expect(Ambiguous, "runbook for search").candidates) == 2


def test_a_name_that_is_another_one_is_said_to_be(docs: Conversation) -> None:
    assert "“pay-svc” is another name of it" in text_for(docs.ask("docs for pay-svc"), now=SEEN)


def test_an_unknown_name_gets_suggestions(docs: Conversation) -> None:
    answer = docs.expect(Missing, "runbook for paymnets")
    assert "runbook for component:default/payments" in [each.ask for each in answer.suggestions]


def test_words_that_say_nothing_are_asked_back(docs: Conversation) -> None:
    assert "Look for what" in docs.expect(Unclear, "docs *** !!!").problem


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "NEAR(rotate keys, 2)",
        "rotate* OR keys",
        "heading : rotate",
        "a:b -c",
        "(((",
        "'; DROP TABLE passage;--",
        "rotate & | ! <-> keys:*",
        "\\",
        "%_%",
        "日本語 😀",
        "\x00\x01",
        "x" * 900,
        "AND",
        "NOT keys",
        "{a b}: c",
        "^rotate",
        "rotate' <-> 'keys",
        "\u017f \ufb01 \u0130",
        "\ud800",
    ],
)
def test_no_words_are_a_query(docs: Conversation, words: str) -> None:
    for question in (f"docs {words}", f"docs payments {words}"):
        text_for(docs.ask(question), now=SEEN)
    docs.catalog.passages(words, None, 5)


def test_a_page_that_changed_is_found_by_its_new_words_alone(docs: Conversation) -> None:
    changed = {
        **FILES,
        "docs/runbook.md": RUNBOOK.replace("Rotate keys", "Turn locks").replace("rotate_keys", "turn"),
    }
    has_docs(docs, service("payments", owner="pay", title="Payments"), changed)
    assert first(docs, "docs payments turn locks") == ("Turn locks", "payments")
    assert not passages(docs, "docs payments rotate_keys").answered


def test_a_page_that_is_gone_is_found_no_more(docs: Conversation) -> None:
    has_docs(docs, service("payments", owner="pay", title="Payments"), {"README.md": FILES["README.md"]})
    assert not passages(docs, "docs payments rotate_keys").answered
    assert [page.path for page in shelf(docs, "docs for payments").pages] == ["README.md"]
