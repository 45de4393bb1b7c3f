"""Says whom a question is about that names nobody: the team in whose channel it is asked, else the asker's.

Where somebody speaks of themselves (`my`, `I`), the place does not count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.answers import Ambiguous, Answer, Candidate, Listing
from domain.gaps import Gaps
from domain.oncall import OnCall
from questions.askers import myself, own_teams
from questions.question import Question

_OURS = frozenset(("we", "us", "our", "ours"))
_ALONE = frozenset(("i", "me", "my", "mine", "myself"))
_CHANNELS = ("C", "G")
"""What ids of channels begin with; those of direct messages begin otherwise."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The team that is meant, and whether by the place alone."""

    node: int
    by_place: bool


def meant(question: Question) -> Meant | Ambiguous | None:
    """Return the team that a question without a subject is about; None where neither place nor asker says.

    An asker of several teams has to pick one.
    """
    node = channels_team(question)
    if node is not None:
        return Meant(node, by_place=True)
    index = question.index
    asker = myself(question.asker, index)
    teams = [] if asker is None else own_teams(asker, index)
    if len(teams) == 1:
        return Meant(teams[0], by_place=False)
    asks = (Candidate(index.thing(team), "member", _ask_of(team, question)) for team in teams)
    return Ambiguous("my team", tuple(asks)) if teams else None


def channels_team(question: Question) -> int | None:
    """Return the one team in whose channel the question is asked, unless it speaks of the asker alone.

    By the channel's id, else by the name that the directory has for it; None where no team, or several, name
    the channel.
    """
    channel = question.asker.slack_channel_id
    if not channel.startswith(_CHANNELS) or _ALONE & _said(question):
        return None
    found = _teams(f"slack:{channel}", question)
    if not found and (known := question.records.channel(channel)) is not None:
        found = _teams(f"#{known.name}", question)
    return found[0] if len(found) == 1 else None


def speaks_of_us(question: Question) -> bool:
    """Tell `our services` and `what do we own` from what one person asks about themselves."""
    return bool(_OURS & _said(question))


def asked_here(answer: Answer, node: int, question: Question) -> Answer:
    """Return the answer with the team to which the channel belongs, for it to say so."""
    if isinstance(answer, Gaps | Listing | OnCall):
        return replace(answer, place=question.index.thing(node))
    return answer


def _teams(alias: str, question: Question) -> list[int]:
    index = question.index
    return [node for node in index.names.by_alias(alias) if index.ref(node).kind == "group"]


def _said(question: Question) -> frozenset[str]:
    return frozenset(question.words.lower().split())


def _ask_of(team: int, question: Question) -> str:
    return question.form.ask.format(question.index.ref(team))
