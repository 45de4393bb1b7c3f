"""Answers `what does … own`: a team's or a person's things, those of teams in between last.

What a thing inherits from its system counts as owned, as in `who owns`.
"""

from __future__ import annotations

from collections.abc import Sequence

from catalog_store.search.reading import Index
from domain.answers import Ambiguous, Answer, Missing
from questions.askers import myself, stranger
from questions.filters import is_asker
from questions.here import asked_here, channels_team, speaks_of_us
from questions.nouns import HEADINGS, NOUNS, PLURALS, counted
from questions.pages import Part, listing
from questions.question import Question
from questions.subjects import One, Role, Wanted, resolve

_THROUGH = "Through "


def what_is_owned(question: Question) -> Answer:
    """Answer for a team, a person, or whoever asks; `what do we own` in a team's channel means that team."""
    name = question.thing
    ours = speaks_of_us(question) and (not name or is_asker(name))
    if ours and (team := channels_team(question)) is not None:
        return asked_here(_owned_by(team, question), team, question)
    node = whose(question)
    return _owned_by(node, question) if isinstance(node, int) else node


def _owned_by(node: int, question: Question) -> Answer:
    index = question.index
    noun = question.slots.get("noun")
    kinds = PLURALS[noun[0].plain] if noun else ()
    if kinds == ("group",) and index.ref(node).kind == "user":
        teams = index.related(node, "memberOf").tolist()
        headline = f"{index.title(node)} is in {counted(len(teams), 'group') if teams else 'no team'}"
        return listing(question, headline, [("", teams)], f"what teams does {index.ref(node)} own", None)
    direct = _of_kinds(index.owned_by(node).tolist(), kinds, index)
    through = _through_teams(node, kinds, set(direct), index)
    ask = (
        f"what {noun[0].plain} does {index.ref(node)} own"
        if noun
        else question.form.ask.format(index.ref(node))
    )
    headline = _headline(index.title(node), direct, through, index)
    if index.ref(node).kind not in ("group", "user"):
        headline = f"{index.title(node)} is a {index.thing(node).kind}: only teams and people own things"
    shown = index.thing(node) if index.known(node) else None
    if shown is None:
        headline += f", and no such {NOUNS[index.ref(node).kind][0]} is in the catalog"
    return listing(question, headline, [*_by_kind(direct, index), *through], ask, shown)


def whose(question: Question) -> int | Ambiguous | Missing:
    """Return the team or person that a question is about: the asker where it names none."""
    name = question.thing
    if not name or is_asker(name):
        node = myself(question.asker, question.index)
        return stranger(name or "you") if node is None else node
    subject = resolve(name, question.index, Wanted(Role.OWNER, question.form.ask), question.taste)
    return subject.node if isinstance(subject, One) else subject


def _of_kinds(nodes: list[int], kinds: tuple[str, ...], index: Index) -> list[int]:
    return [node for node in nodes if index.ref(node).kind in kinds] if kinds else nodes


def _by_kind(nodes: Sequence[int], index: Index) -> list[Part]:
    grouped: dict[str, list[int]] = {}
    for node in nodes:
        grouped.setdefault(index.ref(node).kind, []).append(node)
    order = [*HEADINGS, *sorted(kind for kind in grouped if kind not in HEADINGS)]
    return [(HEADINGS.get(kind, kind.capitalize()), grouped[kind]) for kind in order if kind in grouped]


def _through_teams(node: int, kinds: tuple[str, ...], seen: set[int], index: Index) -> list[Part]:
    """Return what a person's teams own, or the teams below a team, each thing once."""
    parts: list[Part] = []
    for team in teams_between(node, index):
        theirs = [each for each in _of_kinds(index.owned_by(team).tolist(), kinds, index) if each not in seen]
        if theirs:
            seen.update(theirs)
            parts.append((f"{_THROUGH}{index.title(team)}", theirs))
    return parts


def teams_between(node: int, index: Index) -> list[int]:
    """Return a person's teams, or all teams below a team, the nearest first."""
    is_person = index.ref(node).kind == "user"
    waiting = index.related(node, "memberOf" if is_person else "parentOf").tolist()
    teams: dict[int, None] = {}
    for team in waiting:
        if team in teams or team == node:
            continue
        teams[team] = None
        if not is_person:
            waiting.extend(index.related(team, "parentOf").tolist())
    return list(teams)


def _headline(title: str, direct: Sequence[int], through: Sequence[Part], index: Index) -> str:
    indirect = [int(node) for _, nodes in through for node in nodes]
    if not direct and not indirect:
        return f"{title} owns nothing"
    teams = (
        f"through {through[0][0].removeprefix(_THROUGH)}"
        if len(through) == 1
        else f"through {len(through)} teams"
    )
    if not direct:
        return f"{title} owns {_count(indirect, index)}, all {teams}"
    return f"{title} owns {_count(direct, index)}" + (
        f", and {_count(indirect, index)} {teams}" if indirect else ""
    )


def _count(nodes: Sequence[int], index: Index) -> str:
    kinds = {index.ref(node).kind for node in nodes}
    return counted(len(nodes), kinds.pop() if len(kinds) == 1 else None)
