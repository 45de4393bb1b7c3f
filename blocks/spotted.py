"""The answer to a pasted text: what it leads to, whose that is, and what in the text led there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from blocks import cards, kit, limits, names, oncall, sentences, wording
from blocks.pens import Pen
from domain.answers import Spot, Spotted

_CLUE = 70
_LABEL = 60
_SAID = {
    "link": "the link", "repository": "the repository", "label": "the label", "file": "the file",
    "code": "the code", "pod": "the pod", "host": "the host", "key": "the key", "name": "the name",
}  # fmt: skip
_NOTHING = "Nothing in it leads to anything in the catalog."


def blocks_for(answer: Spotted, pen: Pen, now: datetime, share: str | None) -> list[kit.Block]:
    """Show a card of the one thing, a line for each of several, or what was looked up in vain."""
    if not answer.spots:
        search = kit.button("Search the catalog", "search", names.SEARCH_OPEN)
        return [
            kit.section(headline(answer, pen)),
            kit.context(in_vain(answer, pen)),
            *kit.actions(names.STEPS, [search]),
        ]
    if len(answer.spots) == 1:
        spot = answer.spots[0]
        shared = f"who owns {spot.found.entity.ref}" if share else None
        card = cards.found(spot.found, pen, now, shared)
        return [card[0], kit.context(f"Named by {clue(spot, pen)}{_unread(answer)}"), *card[1:]]
    shown = [kit.section(owner_line(spot, pen), *further(spot, pen, now)) for spot in answer.spots]
    rest = [line for line in (_more(answer), _unread(answer).removeprefix(" · ")) if line]
    return [
        kit.section(headline(answer, pen)),
        *shown,
        *([kit.context(" · ".join(rest))] if rest else []),
        *kit.actions(names.CHOICES, map(_button, answer.spots)),
    ]


def headline(answer: Spotted, pen: Pen) -> str:
    """Say how many things the text leads to, and whose they are."""
    if not answer.spots:
        return _NOTHING
    count = len(answer.spots) + answer.more
    owners = dict.fromkeys(spot.found.owner.title for spot in answer.spots if spot.found.owner)
    whose = f", of {wording.names_of([pen.strong(each) for each in owners], 3)}" if owners else ""
    return f"{wording.plural(count, 'thing is', 'things are')} named here{whose}."


def owner_line(spot: Spot, pen: Pen) -> str:
    """Say who owns one of them."""
    return sentences.owner_headline(spot.found, pen)


def further(spot: Spot, pen: Pen, now: datetime) -> list[str]:
    """Say what it is, who is on call for it, and what in the text led to it; a line each."""
    on_call = oncall.line(spot.found.on_call, pen, now) if spot.found.on_call else ""
    what = [sentences.place(spot.found, pen), f"on call: {on_call}" if on_call else ""]
    lines = [" · ".join(part for part in what if part), f"named by {clue(spot, pen)}"]
    return [limits.cut_mrkdwn(line, limits.ROW) for line in lines if line]


def clue(spot: Spot, pen: Pen) -> str:
    """Say what in the text led there."""
    written = spot.text.partition("://")[2] or spot.text
    return f"{_SAID.get(spot.what, 'the text')} {pen.code(limits.cut(written, _CLUE))}"


def in_vain(answer: Spotted, pen: Pen) -> str:
    """Say what was looked up, and how else to find it."""
    if not answer.looked_at:
        return f"I looked for links, repositories, hosts, pods, names and stack traces.{_unread(answer)}"
    looked = ", ".join(pen.code(limits.cut(each, _CLUE)) for each in answer.looked_at)
    return limits.cut_mrkdwn(f"I looked up {looked}.{_unread(answer)}", limits.SECTION_TEXT)


def _more(answer: Spotted) -> str:
    return f"and {wording.plural(answer.more, 'more thing', 'more things')}" if answer.more else ""


def _unread(answer: Spotted) -> str:
    return " · it is too long to be read to its end" if answer.unread else ""


def _button(spot: Spot) -> kit.Block:
    entity = spot.found.entity
    return kit.button(limits.cut(entity.title, _LABEL), f"who owns {entity.ref}")


def plain_lines(answer: Spotted, pen: Pen, now: datetime) -> Iterable[str]:
    """Return the same as lines of text."""
    yield headline(answer, pen)
    if not answer.spots:
        yield f"  {in_vain(answer, pen)}"
        return
    for spot in answer.spots:
        yield f"  {owner_line(spot, pen)}"
        yield from (f"    {line}" for line in further(spot, pen, now))
    if rest := [line for line in (_more(answer), _unread(answer).removeprefix(" · ")) if line]:
        yield f"  {' · '.join(rest)}"
