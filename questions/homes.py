"""Puts somebody's Home together out of what they could ask themselves, so of no more than they may see."""

from __future__ import annotations

from collections.abc import Callable

from domain.answers import Answer, Listing
from domain.gaps import Gaps
from domain.home import Home, TeamDesk
from domain.oncall import OnCall
from questions.askers import myself, own_teams
from questions.question import Question
from questions.starting import starters as starters_of

TEAMS = 3
"""How many of somebody's teams have a place on their Home."""


def home(question: Question, ask: Callable[[str], Answer]) -> Home:
    """Return the Home of whoever asks."""
    index = question.index
    node = myself(question.asker, index)
    starters = starters_of(question.asker, index)
    if node is None:
        return Home(None, None, (), 0, starters)
    teams = own_teams(node, index)
    asked = (ask(words) for words in ("what services do I own", "what do I own"))
    owned = [answer for answer in asked if isinstance(answer, Listing)]
    return Home(
        index.thing(node),
        next((answer for answer in owned if answer.total), None),
        tuple(_desk(team, question, ask) for team in teams[:TEAMS]),
        max(0, len(teams) - TEAMS),
        starters,
    )


def _desk(team: int, question: Question, ask: Callable[[str], Answer]) -> TeamDesk:
    ref = question.index.ref(team)
    on_call, gaps = ask(f"who is on call for {ref}"), ask(f"gaps of {ref}")
    return TeamDesk(
        question.index.thing(team),
        on_call if isinstance(on_call, OnCall) and on_call.rotas else None,
        gaps if isinstance(gaps, Gaps) and gaps.gaps else None,
    )
