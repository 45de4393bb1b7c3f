"""Says where a team is reached when nobody on call is: its channel, or that of a team above it.

An archived channel is no place to write to, as far as the directory of channels knows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.entities import Record
from domain.oncall import Reach
from domain.things import Owner
from questions.channels import channel_of
from questions.question import Question

HIGHEST = 4
"""How many teams above one are looked at."""


def teams_above(node: int, question: Question) -> list[int]:
    """Return the teams above a team, the nearest first."""
    found: list[int] = []
    while len(found) < HIGHEST:
        parents = [each for each in question.index.related(node, "childOf").tolist() if each not in found]
        if not parents:
            break
        node = parents[0]
        found.append(node)
    return found


def reach(node: int, record: Record, question: Question) -> Reach | None:
    """Return how to reach those who answer for a thing; None where nobody does."""
    index = question.index
    owner = node if index.can_own[node] else index.owner_of(node)
    if owner is None:
        return None
    passed_over: list[str] = []
    first: Owner | None = None
    for team in _teams(owner, record, question):
        first = first or team
        open_team = _open(team, question, passed_over)
        if open_team is not None:
            return Reach(open_team, tuple(passed_over), inherited=open_team.ref != first.ref)
    bare = replace(first or index.owner(index.ref(owner)), channel="", slack_channel_id="")
    return Reach(bare, tuple(passed_over))


def _teams(owner: int, record: Record, question: Question) -> Iterator[Owner]:
    """Yield the owner, the owner with the thing's own channel, and the teams above it."""
    index, entity = question.index, record.entity
    card = index.owner(index.ref(owner))
    yield card
    own, own_id = entity.text("channel"), entity.text("slack_channel_id")
    if entity.ref != card.ref and card.ref.kind == "group" and (own or own_id):
        yield replace(card, channel=own, slack_channel_id=own_id)
    for above in teams_above(owner, question):
        yield index.owner(index.ref(above))


def _open(team: Owner, question: Question, passed_over: list[str]) -> Owner | None:
    """Return the team with its channel as the directory has it; None: it has none, or an archived one."""
    stands = channel_of(team, question.records)
    if not stands.named:
        return None
    if stands.channel is None:
        return team
    if stands.archived:
        if stands.channel.name not in passed_over:
            passed_over.append(stands.channel.name)
        return None
    return replace(team, channel=stands.channel.name, slack_channel_id=stands.channel.id)
