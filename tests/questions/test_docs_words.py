"""The ways to ask for documentation, and what only looks like one."""

from __future__ import annotations

import pytest

from questions.grammar import PATTERNS
from questions.wording import join, read, without_courtesies

SEARCHES = """
docs X rotate keys|documentation X rotate keys|doc X|guide X failover|wiki X onboarding
how do I rotate keys for X|how do we rotate keys for X?|how can I roll back X|how should one restart X
how to rotate keys for X|can you tell me how to drain X|how does one rotate keys|how would I test X
search the docs for rotate keys|search docs rotate keys|search our documentation on failover
what do the docs say about rotate keys|steps to rotate keys|instructions for rotating keys
show me the docs on how to rotate keys
"""
PAGES = """
docs for X|docs of X|the docs for X|documentation of X|documentation for X please|docs on X|docs about X
where are the docs of X?
where is the documentation for X|where can I find the docs for X|where do I find docs for X
show me the docs for X|open the docs of X|X docs|X's docs|X documentation|show X's documentation
is there documentation for X|are there any docs for X|does X have docs|does X have any documentation
readme of X|readme for X|the readme of X|X readme
where is the readme of X|show me X's readme|does X have a readme
where is X documented|find the docs for X|guides for X|read the docs of X
"""
RUNBOOKS = """
runbook for X|runbook of X|the runbook for X|where is the runbook for X?|show me the runbook for X|X runbook
X's runbook|runbooks for X|is there a runbook for X|does X have a runbook|playbook for X|open the runbook of X
where can I find the runbook for X|what is the runbook of X|runbook X|where is X's runbook
"""
OTHERS = {
    "who owns docs": "owner",
    "owner of the docs": "owner",
    "show docs-site": "show",
    "what is runbook-bot": "show",
    "what depends on docs-site": "dependents",
    "list services tag docs": "list",
    "how does this work": "help",
    "how do I use this": "help",
    "how do I start": "help",
    "help docs": "help",
    "what does the docs team own": "owned",
    "who is on call for docs": "on call",
    "how many services do we have": "list",
    "manual": "help",
}


def asked(words: str) -> str | None:
    found = PATTERNS.match(without_courtesies(read(words)))
    return found[0].leads_to if found else None


def phrases(block: str) -> list[str]:
    return [each for line in block.strip().splitlines() for each in line.split("|")]


@pytest.mark.parametrize("words", phrases(SEARCHES))
def test_searches(words: str) -> None:
    assert asked(words) == "docs"


@pytest.mark.parametrize("words", phrases(PAGES))
def test_pages(words: str) -> None:
    found = PATTERNS.match(without_courtesies(read(words)))
    assert found is not None
    assert (found[0].leads_to, join(found[1]["thing"])) == ("pages", "X")


@pytest.mark.parametrize("words", phrases(RUNBOOKS))
def test_runbooks(words: str) -> None:
    found = PATTERNS.match(without_courtesies(read(words)))
    assert found is not None
    assert (found[0].leads_to, join(found[1]["thing"])) == ("runbook", "X")


@pytest.mark.parametrize("words", list(OTHERS))
def test_what_asks_something_else(words: str) -> None:
    assert asked(words) == OTHERS[words]


@pytest.mark.parametrize("words", ["docs", "runbook", "how", "readme", "documentation please"])
def test_a_word_alone_is_no_question(words: str) -> None:
    assert asked(words) is None
