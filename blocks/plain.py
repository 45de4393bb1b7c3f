"""Turns any answer into text for a terminal: the answer in the first line, then short aligned lines.

No markup, no control character; the same sentences as in Slack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from textwrap import wrap

from blocks import (
    api_cards,
    cards,
    details,
    discovery,
    explained,
    explored_plain,
    gaps,
    guides,
    limits,
    lists,
    observed,
    oncall,
    oncall_plain,
    passages_plain,
    paths,
    people,
    sentences,
    spotted,
)
from blocks.pens import Terminal
from blocks.sentences import Row
from domain.answers import (
    Ambiguous,
    Answer,
    Candidate,
    Explored,
    Found,
    Help,
    Listing,
    Missing,
    Shown,
    Spotted,
    Thing,
    Unclear,
)
from domain.apis import Operations
from domain.explained import Explained
from domain.gaps import Gaps
from domain.oncall import Duties, OnCall
from domain.passages import Passages, Shelf
from domain.paths import OwnedPath
from domain.persons import People
from domain.syncs import Checked, Discovery, Done, Intended, Sources, Suggestions, Synced

_PEN = Terminal()
_COLUMN = 44
_DESCRIPTION = 400
_MEANING = 70
"""How wide a column of meanings is in the help."""


def text_for(answer: Answer, *, now: datetime) -> str:
    """Render an answer as lines of text, without a line break at the end."""
    return "\n".join(_lines(answer, now))


def _lines(answer: Answer, now: datetime) -> list[str]:
    match answer:
        case Found():
            return _found(answer, now)
        case Shown():
            return _shown(answer, now)
        case Ambiguous():
            return [
                lists.ambiguous_headline(answer, _PEN),
                *_candidates(answer.candidates),
                *_further(answer.more),
            ]
        case Missing():
            near = ["Did you mean:", *_candidates(answer.suggestions)] if answer.suggestions else []
            remedy = [_PEN.text(answer.remedy, limits.LINE)] if answer.remedy else []
            return [lists.missing_headline(answer, _PEN), *near, *remedy]
        case Listing():
            return _listing(answer)
        case Spotted():
            return list(spotted.plain_lines(answer, _PEN, now))
        case Help():
            return _help(answer)
        case Unclear():
            tries = (
                ["Try:", *(f"  {_PEN.code(each)}" for each in answer.suggestions)]
                if answer.suggestions
                else []
            )
            return [_PEN.text(answer.problem, limits.LINE) or "That is no question I know.", *tries]
        case OnCall() | Duties():
            return oncall_plain.lines_for(answer, now)
        case _:
            return _further_lines(answer, now)


def _further_lines(
    answer: OwnedPath | Explained | Explored | Operations | Gaps | Passages | Shelf | Discovery, now: datetime
) -> list[str]:
    if isinstance(answer, Explored):
        return explored_plain.lines_for(answer, now)
    match answer:
        case OwnedPath():
            return paths.lines(answer, now)
        case Explained():
            return explained.lines(answer, now)
        case Operations():
            return api_cards.lines(answer)
        case Gaps():
            return gaps.lines(answer, _PEN, now)
        case Passages():
            return passages_plain.found(answer, now)
        case Shelf():
            return passages_plain.shelf(answer, now)
        case _:
            return _discovery(answer, now)


def _discovery(answer: Discovery, now: datetime) -> list[str]:
    match answer:
        case Sources():
            standings = [discovery.standing_lines(each, _PEN, now) for each in answer.standings]
            lines = [f"{'    ' if at else '  '}{line}" for each in standings for at, line in enumerate(each)]
            return [discovery.sources_headline(answer), *lines]
        case Synced():
            return discovery.synced_lines(answer, _PEN)
        case Checked():
            return [
                discovery.checked_headline(answer),
                *(
                    f"{'    ' if at else '  '}{line}"
                    for each in answer.sources
                    for at, line in enumerate(discovery.examined_lines(each, _PEN))
                ),
            ]
        case Intended():
            return discovery.intended_lines(answer, _PEN)
        case Done():
            return discovery.done_lines(answer, _PEN)
        case Suggestions():
            pairs = [f"  {discovery.pair_line(each, _PEN)}" for each in (*answer.open, *answer.decided)]
            return [
                discovery.suggestions_headline(answer),
                *pairs,
                *([f"  and {answer.more} more"] if answer.more else []),
            ]
        case People():
            return _people(answer)


def _people(answer: People) -> list[str]:
    everybody = [f"  {people.person_line(each, _PEN)}" for each in answer.people]
    strays = [f"  {people.stray_line(each, _PEN)}" for each in answer.strays]
    alone = [
        f"{'    ' if at else '  '}{line}"
        for each in answer.unjoined
        for at, line in enumerate(people.unjoined_lines(each, _PEN))
    ]
    page = f"Next: unjoined people page {answer.page + 1}" if answer.page < answer.pages else ""
    last = [line for line in (people.advice(answer, _PEN), page) if line]
    return [people.headline(answer), *everybody, *strays, *alone, *last]


def _found(answer: Found, now: datetime) -> list[str]:
    known = sentences.evidence(answer, _PEN, now)
    rows = [
        Row("Gone", sentences.gone(answer, _PEN, now)),
        Row("Match", sentences.matched(answer, _PEN)),
        Row("What", sentences.place(answer, _PEN)),
        *cards.now_rows(answer, _PEN, now),
        *sentences.contact_rows(answer.owner, answer.entity, _PEN),
        *(Row("" if position else "Source", line) for position, line in enumerate(known)),
        Row("To do", sentences.claim_advice(answer, _PEN)),
    ]
    return [sentences.owner_headline(answer, _PEN), *_aligned(rows)]


def _shown(answer: Shown, now: datetime) -> list[str]:
    entity = answer.record.entity
    rows = [
        Row("Gone", sentences.gone(answer, _PEN, now)),
        Row("Match", sentences.matched(answer, _PEN)),
        Row("What", sentences.place(answer, _PEN)),
        Row("About", _PEN.text(entity.text("description"), _DESCRIPTION)),
        *details.detail_rows(entity, _PEN, answer.titles),
        *_observed(answer, now),
        *details.relation_rows(answer, _PEN),
        *details.contact_rows(answer, _PEN),
        Row("Ref", _PEN.code(str(entity.ref))),
        Row("Source", details.sources(answer.record, _PEN, now)),
    ]
    return [sentences.thing_headline(answer, _PEN), *_aligned(rows)]


def _observed(answer: Shown, now: datetime) -> list[Row]:
    """Return what is so now; of another day nothing."""
    if answer.as_of is not None:
        return []
    on_call = Row("On call now", oncall.line(answer.on_call, _PEN, now))
    return [on_call, *observed.rows(answer.record.entity, _PEN, now)]


def _aligned(rows: Iterable[Row]) -> list[str]:
    kept = [row for row in rows if row.text]
    width = max((len(row.label) for row in kept), default=0)
    return [f"  {row.label:<{width}}  {row.text}" for row in kept]


def _table(
    things: Sequence[Thing], said: str = "", further: Callable[[Thing], str] = lambda _thing: ""
) -> list[str]:
    titles = [_PEN.strong(thing.title) for thing in things]
    width = min(max(map(len, titles), default=0), _COLUMN)
    return [
        f"  {title:<{width}}  {lists.place(thing, _PEN, said)}{further(thing)}"
        for title, thing in zip(titles, things, strict=True)
    ]


def _candidates(candidates: Sequence[Candidate]) -> list[str]:
    things = _table([each.thing for each in candidates])
    width = max(map(len, things), default=0)
    return [
        f"{line:<{width}}  {_PEN.code(str(each.thing.ref))}{lists.first_for(each, _PEN)}"
        for line, each in zip(things, candidates, strict=True)
    ]


def _further(more: int) -> list[str]:
    return [f"  and {more} more: add a word to narrow it down"] if more > 0 else []


def _listing(answer: Listing) -> list[str]:
    subject = lists.subject_line(answer, _PEN)
    place = [f"  {sentences.asked_here(answer.place, _PEN)}"] if answer.place is not None else []
    lines = [lists.listing_headline(answer, _PEN), *place, *([f"  {subject}"] if subject else [])]
    for section in answer.sections:
        lines += [f"{_PEN.text(section.heading)}:"] if section.heading else []
        lines += _table(
            section.rows, lists.said_owner(answer, section), lambda each: lists.says_so(answer, each, _PEN)
        )
    if answer.page < answer.pages:
        lines.append(
            f"Page {answer.page} of {answer.pages}; next: {_PEN.code(answer.ask)} page {answer.page + 1}"
        )
    return lines


def _help(answer: Help) -> list[str]:
    rows = [
        Row("" if position else _PEN.code(topic.usage), line)
        for topic in answer.topics
        for position, line in enumerate(wrap(_PEN.text(topic.meaning, limits.LINE), _MEANING) or [""])
    ]
    examples = [f"  {_PEN.code(each)}" for each in guides.examples(answer)]
    return [
        guides.help_headline(answer, _PEN),
        *_aligned(rows),
        *(["For example:", *examples] if examples else []),
    ]
