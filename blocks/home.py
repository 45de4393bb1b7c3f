"""The App Home: a field to ask in, how the person's teams stand, and what is theirs.

One person alone sees it, so people are mentioned: nobody is notified. It stays far inside a view's limits:
at most three teams, ten things and a few buttons.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from blocks import gaps, kit, limits, names, oncall
from blocks.escaping import slack_id
from blocks.lists import SHOWN_CHOICES, place
from blocks.message import Message
from blocks.pens import Mrkdwn
from domain.home import Home, TeamDesk
from domain.things import Thing

_PEN = Mrkdwn(public=False)
_STARTERS = 4
_TEAMS = 3
_LABEL = 40
_EXAMPLE = "who owns payments"
_ELSEWHERE = f"Ask anywhere with `/idp {_EXAMPLE}`, mention me in a thread, or write to me under Messages."


def home_view(user_id: str, home: Home, now: datetime) -> kit.Block:
    """Show all of it."""
    known = slack_id(user_id)
    teams = [block for at, desk in enumerate(home.teams[:_TEAMS], 1) for block in _team(desk, at, now)]
    more = [kit.context(f"You are in {home.more_teams} more.")] if home.more_teams > 0 and teams else []
    return _home(
        [
            kit.header("What would you like to know?"),
            _field(home.starters),
            *kit.actions(names.CHOICES, [*_starters(home.starters), _search()]),
            *teams,
            *more,
            *_yours(home),
            kit.divider(),
            kit.context(f"Hello <@{known}>. {_ELSEWHERE}" if known else _ELSEWHERE),
        ]
    )


def failed_home(message: Message) -> kit.Block:
    """Show on the Home why it cannot be shown."""
    return _home(message.blocks)


def _home(blocks: Sequence[kit.Block]) -> kit.Block:
    return {"type": "home", "callback_id": names.HOME_VIEW, "blocks": [*blocks][: limits.VIEW_BLOCKS]}


def _field(starters: Sequence[str]) -> kit.Block:
    """Return the field that asks when Enter is pressed."""
    example = next((each for each in starters if " " in each), _EXAMPLE)
    return {
        "type": "input",
        "block_id": names.HOME_ASK,
        "label": kit.plain("Ask about any service, team, API or person", limits.INPUT_LABEL),
        "element": {
            "type": "plain_text_input",
            "action_id": names.HOME_ASK,
            "placeholder": kit.plain(example, limits.PLACEHOLDER),
            "max_length": limits.QUESTION,
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
        },
        "dispatch_action": True,
    }


def _starters(words: Sequence[str]) -> list[kit.Block]:
    return [kit.button(each, each) for each in dict.fromkeys((*words[:_STARTERS], "help"))]


def _search() -> kit.Block:
    return kit.button("Search the catalog", "search", names.SEARCH_OPEN)


def _team(desk: TeamDesk, at: int, now: datetime) -> list[kit.Block]:
    """Show who is on call for a team, and what is missing in what it owns."""
    title, ref = desk.team.title, desk.team.ref
    lines = []
    buttons = []
    if desk.on_call is not None and (on_call := oncall.line(desk.on_call, _PEN, now)):
        lines.append(limits.cut_mrkdwn(f"*On call now:* {on_call}", limits.LINE))
        buttons.append(kit.button("On-call schedule", f"who is on call for {ref}"))
    if desk.gaps is not None:
        lines.append(limits.cut_mrkdwn(f"⚠ {gaps.short(desk.gaps, _PEN)}", limits.LINE))
        buttons.append(kit.button("Show the gaps", f"gaps of {ref}"))
    buttons.append(kit.button("What it owns", f"what does {ref} own"))
    return [
        kit.divider(),
        kit.header(limits.cut(title, limits.NAME)),
        kit.section(*(lines or ["Nothing is missing in what it owns, and no on-call plan is known."])),
        *kit.actions(names.numbered(names.HOME_TEAM, at), buttons),
    ]


def _yours(home: Home) -> list[kit.Block]:
    """Show what the person and their teams own, with what is amiss."""
    if home.person is None:
        return [
            kit.divider(),
            kit.section("*Yours*", "The catalog does not know you yet, so I cannot say what is yours."),
            kit.context(
                "It knows a person by a User entity whose annotation `slack.com/user-id` is their id."
            ),
        ]
    things = _first(home)
    if home.owned is None or not things:
        return [kit.divider(), kit.section("*Yours*", "Nothing in the catalog is yours or your teams'.")]
    rest = home.owned.total - len(things)
    lines = [
        limits.cut_mrkdwn(f"• {_PEN.strong(row.title)} · {place(row, _PEN)}", limits.ROW) for row in things
    ]
    more = rest > 0 and home.owned.ask
    button = [kit.button(f"Show all {home.owned.total:,}", home.owned.ask)] if more else []
    return [
        kit.divider(),
        kit.header("Yours and your teams'"),
        kit.section(*lines, *([f"and {rest:,} more"] if rest > 0 else [])),
        *kit.actions(names.HOME_YOURS, button),
    ]


def _first(home: Home) -> list[Thing]:
    sections = home.owned.sections if home.owned is not None else ()
    return [row for part in sections for row in part.rows][:SHOWN_CHOICES]
