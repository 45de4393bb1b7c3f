"""The ways of asking what leans on what, of searching, and of asking who did what when."""

from __future__ import annotations

import pytest

from questions import failing
from questions.dependence import name_in
from questions.grammar import PATTERNS
from questions.wording import join, read, without_courtesies

IMPACT = """
impact of X|blast radius of X|X blast radius|X's impact|what is the impact of X|show me the impact of X
what's the blast radius if X fails|what breaks if X goes down|what would break if X is down
what fails when X fails
what breaks when X breaks?|who is affected by X|who is affected if X goes down
which services are affected by X|which teams are affected by X|what is impacted by X
what happens when X fails|what happens if X goes down
what would happen if X stops working|what if X goes down|who should I warn about X|who do I warn about X
who should we notify if X is down|who to warn about X|whom must I tell before changing X|downstream of X
what is downstream of X|everything downstream of X|everything that depends on X
show me everything that depends on X|everyone who uses X|all dependents of X|all consumers of X
list all dependents of X|transitive dependents of X
indirect consumers of X|what transitively depends on X|what depends indirectly on X
what does X affect|what will X break|who gets hit if X crashes
"""
DEPENDENCE = """
does X depend on Y|does X depend on Y?|do X rely on Y|does X really depend on Y|does X still use Y
does X call Y|does X need Y|is X dependent on Y|is X depending on Y|is X using Y|is Y used by X
is Y needed by X
how does X depend on Y|why does X depend on Y|why does X need Y|path from X to Y|shortest path from X to Y
dependency path from X to Y|what is the path from X to Y|path between X and Y|is there a path from X to Y
how is X connected to Y|how is X related to Y|can you tell me if X depends on Y
"""
FIND = """
find X|search X|search for X|look for X|locate X|find anything about X|search for everything about X
anything about X|something about X|is there anything about X|do we have anything on X|please find X
find something like X
"""
AUDIT = """
audit X|history of X|X history|X's history|audit log of X|audit trail for X|show me the history of X
changelog of X|who changed X|who last changed X|who edited X?|who touched X|what changed on X
what has changed in X
what was changed about X|recent changes to X|latest changes of X|changes to X|what happened to X
when was X changed|when was X last changed|when did X last change
"""
ALL = """
what changed this week|what changed since monday|what has changed the last 3 days|what changed today
what changed yesterday|recent changes|latest changes|show me the recent changes|audit|audit log|what is new
changes this week|what changed since 2026-03-01
"""
OTHERS = {
    "what depends on X": "dependents",
    "dependents of X": "dependents",
    "who uses X": "dependents",
    "does anything depend on X": "dependents",
    "what does X depend on": "dependencies",
    "who do I page if X breaks": "on call",
    "who do I alert about X": "on call",
    "does X have an owner": "owner",
    "is X owned by anyone": "owner",
    "find me the owner of X": "owner",
    "find the owners of X": "owner",
    "what changed in change set 12": "changes",
    "sync changes 12": "changes",
    "show everything about X": "show",
    "what do we know about X": "show",
    "who owned X last monday": "owned then",
    "is ana on call for X": "on call",
    "undo changes 12": "undo",
}
NOTHING = [
    "what if payments", "impact", "does payments", "path from payments", "what happens", "who should I warn",
    "is payments using", "what changed in the weather tomorrow night since",
]  # fmt: skip


def matched(words: str) -> tuple[str, list[str]] | None:
    found = PATTERNS.match(without_courtesies(read(words))) or PATTERNS.match(read(words))
    if found is None:
        return None
    form, slots = found
    named = failing.split(slots.get("failing", ())) or slots.get("thing", ())
    named = name_in(named) if form.leads_to == "dependence" else named
    return form.leads_to, [join(named), join(slots.get("rest", ()))]


def phrasings(text: str) -> list[str]:
    return [each.strip() for line in text.strip().splitlines() for each in line.split("|")]


def test_there_are_many_ways() -> None:
    assert len(phrasings(IMPACT)) >= 40
    assert len({*phrasings(DEPENDENCE), *phrasings(FIND), *phrasings(AUDIT), *phrasings(ALL)}) > 70


@pytest.mark.parametrize("phrasing", phrasings(IMPACT))
@pytest.mark.parametrize("name", ["payments-api", '"the card vault"'])
def test_impact(phrasing: str, name: str) -> None:
    assert matched(phrasing.replace("X", name)) == ("impact", [name.strip('"'), ""])


@pytest.mark.parametrize("phrasing", phrasings(DEPENDENCE)[:-1])
@pytest.mark.parametrize("name", ["payments-api", '"the card vault"'])
def test_dependence_knows_which_is_which(phrasing: str, name: str) -> None:
    words = phrasing.replace("X", name).replace("Y", "ledger")
    assert matched(words) == ("dependence", [name.strip('"'), "ledger"])


@pytest.mark.parametrize("phrasing", phrasings(FIND))
def test_find(phrasing: str) -> None:
    assert matched(phrasing.replace("X", "card data")) == ("find", ["card data", ""])


@pytest.mark.parametrize("phrasing", phrasings(AUDIT))
@pytest.mark.parametrize("span", ["", " since monday", " this week"])
def test_audit(phrasing: str, span: str) -> None:
    found = matched(phrasing.replace("X", "payments-api").rstrip("?") + span)
    if span and phrasing.startswith(("when", "X")):
        return  # a time after these says nothing
    assert found is not None
    assert found[0] == "audit"
    assert found[1][0].startswith("payments-api")


@pytest.mark.parametrize("phrasing", phrasings(ALL))
def test_audit_of_all(phrasing: str) -> None:
    assert matched(phrasing) == ("audit of all", ["", ""])


@pytest.mark.parametrize(("words", "form"), OTHERS.items())
def test_what_belongs_to_others_stays_theirs(words: str, form: str) -> None:
    found = matched(words.replace("X", "payments-api"))
    assert found is not None
    assert found[0] == form


@pytest.mark.parametrize("words", NOTHING)
def test_half_a_question_is_none(words: str) -> None:
    found = matched(words)
    assert found is None or found[0] not in ("impact", "dependence", "audit of all")
