"""The views that idp shows: the App Home, and the modal that holds an answer."""

from __future__ import annotations

from collections.abc import Sequence

from blocks import kit, limits, names
from blocks.escaping import slack_id
from blocks.lists import SHOWN_CHOICES, place
from blocks.message import Message
from blocks.pens import Mrkdwn
from domain.answers import Answer, Listing, Thing
from domain.gaps import Gaps

_PEN = Mrkdwn(public=True)


def answer_view(message: Message) -> kit.Block:
    """Show a message in a modal."""
    return {
        "type": "modal",
        "callback_id": names.ANSWER_VIEW,
        "title": kit.plain("Answer", limits.VIEW_TITLE),
        "close": kit.plain("Close", limits.VIEW_TITLE),
        "blocks": message.blocks[: limits.VIEW_BLOCKS],
    }


def home_view(user_id: str, owned: Answer, missing: Answer, starters: Sequence[str]) -> kit.Block:
    """Show the Home: a search, what the person and their teams own and what of it lacks something, questions.

    `owned` and `missing` are whatever the questions after them came to; only a listing and gaps are shown.
    """
    known = slack_id(user_id)
    asked = dict.fromkeys((*starters, "help"))
    search = kit.button("Search the catalog", "search", names.SEARCH_OPEN)
    return _home(
        [
            kit.header("Who owns what?"),
            kit.section(
                f"Hello <@{known}>." if known else "Hello.",
                "Ask with `/idp who owns payments` in any channel, mention me in a thread, "
                "or write to me under Messages.",
            ),
            *kit.actions(names.SEARCH_OPEN, [search]),
            kit.divider(),
            *_yours(owned),
            *_lacking(missing),
            kit.divider(),
            kit.section("*Ask something*"),
            *kit.actions(names.CHOICES, [kit.button(each, each) for each in asked]),
        ]
    )


def _lacking(missing: Answer) -> list[kit.Block]:
    """Say what is missing in what is theirs; nothing where nothing is, or nobody knows."""
    if not isinstance(missing, Gaps) or not missing.gaps:
        return []
    lines = (f"• {_PEN.text(gap.what)}: {gap.total:,}" for gap in missing.gaps)
    return [
        kit.section(f"*Gaps in what is yours*: {missing.total:,}", *lines),
        *kit.actions(names.GAPS, [kit.button("Show the gaps", "my gaps")]),
    ]


def failed_home(message: Message) -> kit.Block:
    """Show on the Home why it cannot be shown."""
    return _home(message.blocks)


def _home(blocks: Sequence[kit.Block]) -> kit.Block:
    return {"type": "home", "callback_id": names.HOME_VIEW, "blocks": [*blocks][: limits.VIEW_BLOCKS]}


def _yours(owned: Answer) -> list[kit.Block]:
    if not isinstance(owned, Listing):
        return [
            kit.section("*Yours*", "The catalog does not know you yet, so I cannot say what is yours."),
            kit.context(
                "It knows a person by a User entity whose annotation `slack.com/user-id` is their id."
            ),
        ]
    things: list[Thing] = [row for part in owned.sections for row in part.rows]
    if not things:
        return [kit.section("*Yours*", "Nothing in the catalog is yours or your teams'.")]
    shown = things[:SHOWN_CHOICES]
    rest = [f"and {owned.total - len(shown)} more"] if owned.total > len(shown) else []
    lines = (f"• {_PEN.strong(each.title)} · {place(each, _PEN)}" for each in shown)
    return [
        kit.section("*Yours*", *lines, *rest),
        *kit.actions(names.STEPS, [kit.button(f"Show all {owned.total}", owned.ask)] if owned.ask else []),
    ]
