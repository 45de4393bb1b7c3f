"""Turns any answer into a Slack message, inside all of Slack's limits.

Refuses to know who reads it: `share` says whether one person alone does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from blocks import (
    api_cards,
    cards,
    discovery_cards,
    explained,
    explored_cards,
    gaps,
    guides,
    kit,
    limits,
    lists,
    oncall_cards,
    passage_cards,
    paths,
    spotted,
)
from blocks.escaping import entities, escaped
from blocks.pens import Mrkdwn, Pen
from blocks.plain import text_for
from domain.answers import (
    Ambiguous,
    Answer,
    Explored,
    Found,
    Help,
    Listing,
    Missing,
    Shown,
    Spotted,
    Unclear,
)
from domain.apis import Operations
from domain.explained import Explained
from domain.gaps import Gaps
from domain.oncall import Duties, OnCall
from domain.passages import Passages, Shelf
from domain.paths import OwnedPath
from domain.syncs import Discovery


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent: Block Kit, and the same in plain text for notifications and screen readers."""

    text: str
    blocks: list[kit.Block]


def message_for(answer: Answer, *, now: datetime, share: str | None = None) -> Message:
    """Render an answer.

    `share` are the words that ask the same for everybody to see; with them the message is one that only
    its asker sees. None makes a message that many may see: it has no such button and mentions nobody.
    """
    text = limits.cut_mrkdwn(entities(text_for(answer, now=now)), limits.FALLBACK_TEXT)
    return Message(text, _blocks(answer, Mrkdwn(public=share is None), now, share))


def _blocks(answer: Answer, pen: Mrkdwn, now: datetime, share: str | None) -> list[kit.Block]:
    match answer:
        case Found():
            return cards.found(answer, pen, now, share)
        case Shown():
            return cards.shown(answer, pen, now, share)
        case OnCall() | Duties():
            return oncall_cards.blocks_for(answer, pen, now, share)
        case Ambiguous():
            return lists.ambiguous(answer, pen)
        case Missing():
            return lists.missing(answer, pen)
        case Listing():
            return lists.listing(answer, pen, share)
        case Spotted():
            return spotted.blocks_for(answer, pen, now, share)
        case Help():
            return guides.usage(answer, pen)
        case Unclear():
            return guides.unclear(answer, pen)
        case _:
            return _further_blocks(answer, pen, now, share)


def _further_blocks(
    answer: OwnedPath | Explained | Explored | Operations | Gaps | Passages | Shelf | Discovery,
    pen: Pen,
    now: datetime,
    share: str | None,
) -> list[kit.Block]:
    if isinstance(answer, Explored):
        return explored_cards.blocks_for(answer, pen, now, share)
    match answer:
        case OwnedPath():
            return paths.card(answer, pen, now, share)
        case Explained():
            return explained.card(answer, pen, now, share)
        case Operations():
            return api_cards.operations(answer, pen, share)
        case Gaps():
            return gaps.card(answer, pen, now, share)
        case Passages():
            return passage_cards.found(answer, pen, now, share)
        case Shelf():
            return passage_cards.shelf(answer, pen, now, share)
        case _:
            return discovery_cards.blocks_for(answer, pen, now)


def failure_message(what: str, hint: str = "") -> Message:
    """Render bad news: what went wrong, then what to do."""
    lines = [escaped(what) or "Something went wrong.", escaped(hint)]
    text = limits.cut_mrkdwn("\n".join(line for line in lines if line), limits.SECTION_TEXT)
    return Message(text, [kit.section(text)])


def defect_message(code: str) -> Message:
    """Say that something broke which nobody foresaw, with the code that the log has for it."""
    return _with_code("Something broke on our side.", code)


def unavailable_message(code: str) -> Message:
    """Say that the catalog's database is away, with the code that the log has for it."""
    return _with_code("The catalog cannot be reached right now. Try again in a minute.", code)


def _with_code(what: str, code: str) -> Message:
    said = "Quote the code to whoever runs the portal: its log says what happened."
    return Message(f"{what} Code {code}. {said}", [kit.section(f"{what} Code `{code}`."), kit.context(said)])


def shared(message: Message, words: str, asker: str) -> Message:
    """Put in front of an answer who asked what, for those who did not."""
    pen = Mrkdwn(public=True)
    asked = f"{pen.strong(asker)} asked: {pen.code(words)}"
    heard = f"{escaped(asker)} asked: {escaped(words)}\n{message.text}"
    text = limits.cut_mrkdwn(heard, limits.FALLBACK_TEXT)
    return Message(text, [kit.context(asked), *message.blocks][: limits.MESSAGE_BLOCKS])


def only_you(message: Message) -> Message:
    """Say in front of an answer why it is not there for everybody."""
    why = "Only you see this: it holds things that somebody in this channel may not see."
    text = limits.cut_mrkdwn(f"{why}\n{message.text}", limits.FALLBACK_TEXT)
    return Message(text, [kit.context(why), *message.blocks][: limits.MESSAGE_BLOCKS])
