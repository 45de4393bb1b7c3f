"""The ways of putting a question; the table of grammar says its own examples right."""

from __future__ import annotations

import pytest

from domain.answers import Found, Help, Unclear
from questions.asking import ANSWERS
from questions.forms import Form
from questions.grammar import FORMS, PATTERNS
from questions.wording import join, read, without_courtesies
from tests.catalog_builder import service
from tests.questions.conversation import Conversation


def understood(words: str) -> tuple[str, str] | None:
    found = PATTERNS.match(without_courtesies(read(words)))
    if found is None:
        return None
    form, slots = found
    return form.leads_to, join(slots.get("thing", slots.get("rest", ())))


OWNER = """
who owns X|Who owns X?|WHO OWNS X|who\u2019s the owner of X|whos the owner of X|who is the owner of X
owner of X|owners of X|owner X|X owner|X's owner|X\u2019s owner|who is X's owner
who is the X owner|whose is X|whose service is X|who is responsible for X|who\u2019s responsible for X
who is in charge of X|who maintains X|who runs X|who looks after X|who takes care of X|who's behind X
who manages X|who supports X|which team owns X|what team owns X|which team has X
which team is responsible for X|what is the owner of X|show me the owner of X|get the owner of X
tell me who owns X|can you tell me who owns X?|could you please tell me who owns X|hey, who owns X?
hi idp who owns X|do you know who owns X|does anyone know who owns X|i want to know who owns X
please tell me who owns X|who owns X please|who owns X, thanks!|who owns X right now?
who should I ask about X|who do i talk to about X?|who can I contact for X|who to ping about X
to whom does X belong|who does X belong to|X belongs to whom|X is owned by whom
X is owned by who|who is X owned by|by whom is X owned|is X owned by anyone?|is X owned?
does X have an owner|does anybody own X|team behind X|team for X|contact for X|ownership of X
owning team of X|X ownership|who is the team behind X|who is the contact for X
what is the team that owns X|remind me who owns X|any idea who owns X?|Sorry, who owns X?
"""
SHOW = """
show X|show me X|describe X|what is X|what\u2019s X|who is X|about X|tell me about X|details of X
info on X|X details|show me the details of X|give me all information about X|view X|look up X
what do we know about X|card X|what does X do|show everything about X|can you show me X please
"""
OWNED = """
what does X own|what does X own?|What do X own|which services does X own|what services does X maintain
what is X responsible for|what is owned by X|what belongs to X|X's services|owned by X
what is X in charge of
"""
DEPENDENTS = """
what depends on X|what depends on X?|who depends on X|which services depend on X|what relies on X
who uses X|what uses X|what is using X|who calls X|what consumes X|consumers of X|dependents of X
dependants of X|X dependents|X's consumers|who is depending on X|what needs X
show me the dependents of X|does anything depend on X|which team depends on X
"""
DEPENDENCIES = """
what does X depend on|what does X depend on?|what does X rely on|what does X need|what does X use
which services does X call|dependencies of X|X dependencies|X's dependencies|deps of X
show the dependencies of X|what is X built on|which apis does X consume
"""
ME = (
    "what do I own|my services|our apis|my team's services|what am I responsible for|what is mine"
    "|list my services|what do we own"
)


@pytest.mark.parametrize(
    ("form", "phrasing"),
    [
        (form, phrasing.strip())
        for form, lines in (
            ("owner", OWNER), ("show", SHOW), ("owned", OWNED),
            ("dependents", DEPENDENTS), ("dependencies", DEPENDENCIES),
        )
        for line in lines.strip().splitlines()
        for phrasing in line.split("|")
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "name", ["payments-api", '"the card vault"', "<https://github.com/acme/pay|acme/pay>"]
)
def test_phrasings(form: str, phrasing: str, name: str) -> None:
    assert understood(phrasing.replace("X", name)) == (form, name.strip('"'))


@pytest.mark.parametrize("phrasing", ME.split("|"))
def test_the_askers_own(phrasing: str) -> None:
    found = understood(phrasing)
    assert found is not None
    assert (found[0], found[1].lower()) in {("owned", ""), ("owned", "i"), ("owned", "we")}


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row.leads_to)
def test_the_table_understands_its_own_usage_and_examples(row: Form) -> None:
    for words in (*row.examples, row.usage):
        found = understood(words.replace("<", "").replace(">", "").replace("[", "").replace("]", ""))
        assert found is not None, words
        assert found[0] == row.leads_to, words
    if row.ask:
        assert understood(row.ask.format("component:default/x")) == (row.leads_to, "component:default/x")


def test_every_form_has_its_answer_and_its_words() -> None:
    assert set(ANSWERS) == {form.leads_to for form in FORMS}
    assert all(form.usage and form.meaning and form.examples and form.patterns for form in FORMS)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "help",
        "Help!",
        "hello",
        "please",
        "what can you do?",
        "how does this work",
        "?",
        "commands",
        "hi idp",
    ],
)
def test_help(chat: Conversation, words: str) -> None:
    assert chat.expect(Help, words).topics == chat.questions.topics()


@pytest.mark.parametrize(
    ("about", "usage"),
    [("list", "list services <filters>"), ("owns", "who owns <thing>"), ("tier", "list services <filters>"),
     ("depends", "what depends on <thing>"), ("show", "show <thing>")],
)  # fmt: skip
def test_help_on_a_word(chat: Conversation, about: str, usage: str) -> None:
    answer = chat.expect(Help, f"help {about}")
    assert answer.about == about
    assert usage in [topic.usage for topic in answer.topics]
    assert len(answer.topics) < len(chat.questions.topics())


def test_help_on_nothing_we_know(chat: Conversation) -> None:
    assert "zebra" in chat.expect(Unclear, "help zebra").problem


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("hwo owns payments", "who owns payments"),
        ("who onws payments", "who owns payments"),
        ("wat depends on payments", "what depends on payments"),
        ("lsit services tier 1", "list services tier 1"),
        ("what does payments depnd on", "what does payments depend on"),
    ],
)
def test_a_misspelt_command_is_suggested_right(chat: Conversation, words: str, meant: str) -> None:
    assert meant in chat.expect(Unclear, words).suggestions


def test_words_that_are_nothing_get_the_first_steps(chat: Conversation) -> None:
    answer = chat.expect(Unclear, "the quick brown fox")
    assert answer.words == "the quick brown fox"
    assert "help" in answer.suggestions


def test_a_courtesy_may_be_a_name(chat: Conversation) -> None:
    chat.knows(service("thanks", owner="team-a"), service("landing-page-2", owner="team-b"))
    assert isinstance(chat.ask("who owns thanks"), Found)
    assert chat.found("who owns landing page 2") == ("component:landing-page-2", "group:team-b")


def test_slack_escapes_are_undone(chat: Conversation) -> None:
    chat.knows(service("r&d", owner="team-a"))
    assert chat.found("who owns r&amp;d") == ("component:r&d", "group:team-a")
