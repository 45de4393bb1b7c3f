"""The ways of asking why, and of pointing at a file; and words that ask something else."""

from __future__ import annotations

import pytest

from domain.explained import Explained
from questions.file_paths import FilePlace, read_file_place
from questions.grammar import PATTERNS
from questions.wording import read, without_courtesies
from tests.catalog_builder import service, team
from tests.questions.conversation import Conversation

WHY = """
why X|why X?|why X owner|why is X tier 1|why is X owned by team-pay|why does team-pay own X
why do they own X|why does X have the tier 1|why do you say X|why does the catalog say that X
how do you know who owns X
how do you know that team-pay owns X?|how does idp know who owns X|how do we know team-pay runs X
how do you know the owner of X|how can you know the tier of X|how do you know that about X
where does the owner of X come from|where do the tags of X come from|where does X's tier come from
where does the data of X come from|where did you get the owner of X from|where did you get the tier for X
where is the owner of X from|evidence for X|evidence on X|the evidence behind X|show me the evidence for X
what is the evidence for X|sources of X|provenance of X|proof for the owner of X|reasons for X
who says team-pay owns X|who said that team-pay maintains X|who disagrees on X
who disagrees about the owner of X
which sources disagree on X|what sources speak of X|show conflicts on X|disputes over X|explain why X
please tell me why X|hey, why is X deprecated?|can you tell me how you know who owns X
"""
OTHERS = {
    "who owns why": "owner",
    "explain X": "show",
    "show why": "show",
    "sources": "sources",
    "what depends on why": "dependents",
    "who is on call for why": "on call",
    "help why": "help",
    "who owned X on 2026-03-01": "owned then",
    "what does why own": "owned",
    "show the sources": "sources",
    "list services tag why": "list",
}


def test_words_that_ask_why(chat: Conversation) -> None:
    chat.knows(team("team-pay"), service("X", owner="team-pay", tier="1", tags=["a"], lifecycle="deprecated"))
    words = WHY.strip().replace("\n", "|").split("|")
    answers = {each: chat.ask(each) for each in words}
    wrong = {
        each: answer
        for each, answer in answers.items()
        if not isinstance(answer, Explained) or answer.subject.name != "X"
    }
    assert wrong == {}
    fields = {each: answer.about for each, answer in answers.items() if isinstance(answer, Explained)}
    for word in ("owner", "tier", "tags"):
        assert {fields[each] for each in words if word in each.split()} == {word}


@pytest.mark.parametrize(("words", "leads_to"), OTHERS.items())
def test_words_that_ask_something_else(words: str, leads_to: str) -> None:
    matched = PATTERNS.match(without_courtesies(read(words)))
    assert matched is not None
    assert matched[0].leads_to == leads_to


def places(text: str) -> list[tuple[str, str]]:
    return [(each.repository, each.path) for each in read_file_place(text)]


@pytest.mark.parametrize(
    "text",
    ["payments", "component:payments", "component:default/payments", "github:acme/pay", "@ana", "#team-pay",
     "https://github.com/acme/pay", "https://github.com/acme/pay/tree/main", "git@github.com:acme/pay.git",
     "https://github.com/acme/pay/issues/3", "ana@acme.example", "localhost:8080", "10.0.0.1:8080",
     "payments in production", "checkout of acme", "http://", "https://[bad/x/y/blob/z/a", "", ":", "/"],
)  # fmt: skip
def test_what_is_no_file(text: str) -> None:
    assert places(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("https://bitbucket.org/acme/pay/src/main/a/b.py", ("acme/pay", "a/b.py")),
        ("https://github.acme.example/acme/pay/blob/main/a%20b.py", ("acme/pay", "a b.py")),
        ("https://git.acme.example/g/s/t/pay/-/blame/main/a.py#L3", ("g/s/t/pay", "a.py")),
        ("pay:src/a.py:12:4", ("pay", "src/a.py")),
        ("file src/a.py in the pay service", ("the pay service", "src/a.py")),
    ],
)
def test_where_a_file_is(text: str, place: tuple[str, str]) -> None:
    first = next(iter(read_file_place(text)))
    assert (first.repository, first.cut("")[1]) == place


@pytest.mark.parametrize(
    ("path", "default", "cut"),
    [
        ("main/a.py", "", ("main", "a.py")),
        ("release/next/a/b.py", "release/next", ("release/next", "a/b.py")),
        ("feature/x/a.py", "main", ("feature/x", "a.py")),
        ("feature/a.py", "main", ("feature", "a.py")),
        ("3f1c2ab/a.py", "main", ("3f1c2ab", "a.py")),
        ("refs/heads/main/a.py", "main", ("main", "a.py")),
    ],
)
def test_where_a_branch_ends(path: str, default: str, cut: tuple[str, str]) -> None:
    assert FilePlace("acme/pay", path, branched=True).cut(default) == cut
