"""Answers that are several things: a pick list, suggestions, a listing with its pages."""

from __future__ import annotations

from collections.abc import Sequence

from blocks import kit, limits, names, wording
from blocks.cards import share_button
from blocks.pens import Pen
from blocks.sentences import OWNERS, asked_here, short_name
from domain.answers import Ambiguous, Candidate, Listing, Missing, Section, Thing

SHOWN_CHOICES = 10
_LABEL = 60
_BODY_BLOCKS = limits.MESSAGE_BLOCKS - 6
"""What a listing leaves to its headline, place, subject, its "and N more", and its buttons."""
_BODY_TEXT = limits.MESSAGE_TEXT - 3_000


def ambiguous(answer: Ambiguous, pen: Pen) -> list[kit.Block]:
    """Show a pick list: what each is, and a button for each."""
    shown = answer.candidates[:SHOWN_CHOICES]
    more = answer.more + len(answer.candidates) - len(shown)
    blocks = [kit.section(ambiguous_headline(answer, pen))]
    if shown:
        blocks.append(kit.section(*(f"• {_candidate(each, pen)}" for each in shown)))
    if more > 0:
        blocks.append(kit.context(f"and {more} more: add a word to narrow it down"))
    return blocks + choices(shown)


def ambiguous_headline(answer: Ambiguous, pen: Pen) -> str:
    """Ask which one is meant."""
    count = len(answer.candidates) + answer.more
    return f"“{pen.text(answer.words, 160)}” may mean {wording.plural(count, 'thing', 'things')}. Which one?"


def missing(answer: Missing, pen: Pen) -> list[kit.Block]:
    """Say that nothing has that name, what has a like one, and what to do."""
    blocks = [kit.section(missing_headline(answer, pen))]
    shown = answer.suggestions[:SHOWN_CHOICES]
    if shown:
        blocks.append(kit.section("Did you mean:", *(f"• {_candidate(each, pen)}" for each in shown)))
    if answer.remedy:
        blocks.append(kit.context(pen.text(answer.remedy, limits.LINE)))
    return blocks + choices(shown)


def missing_headline(answer: Missing, pen: Pen) -> str:
    """Say that nothing of that name is known."""
    return f"Nothing in the catalog is called “{pen.text(answer.words, 160)}”."


def choices(candidates: Sequence[Candidate]) -> list[kit.Block]:
    """Return a button for each candidate, told apart by kind, or by ref where the kind is the same too."""
    labels = [f"{limits.cut(each.thing.title, _LABEL)} ({_kind(each.thing)})" for each in candidates]
    return kit.actions(
        names.CHOICES,
        (
            kit.button(label if labels.count(label) == 1 else str(each.thing.ref), each.ask)
            for label, each in zip(labels, candidates, strict=True)
        ),
    )


def _kind(thing: Thing) -> str:
    return wording.kind_word(thing.kind, thing.type)


def _candidate(candidate: Candidate, pen: Pen) -> str:
    return limits.cut_mrkdwn(
        f"{pen.strong(candidate.thing.title)} · {place(candidate.thing, pen)}{first_for(candidate, pen)}",
        limits.ROW,
    )


def first_for(candidate: Candidate, pen: Pen) -> str:
    """Say why a candidate stands before others, such as ` · your team's`; empty: nothing sets it apart."""
    return f" · {pen.text(candidate.reason)}" if candidate.reason else ""


def place(thing: Thing, pen: Pen, said: str = "") -> str:
    """Say what sort of thing it is and whose, unless its owner is the one that was `said` above.

    Such as `service · tier 1 · production · Payments`.
    """
    whose = [] if said and thing.owner_title == said else owner_words(thing, pen)
    at = thing.vanished_at
    gone = [f"{wording.GONE_MARK} not seen since {wording.day(at)}"] if at else []
    return " · ".join([*(pen.text(part) for part in wording.thing_traits(thing)), *whose, *gone])


def says_so(answer: Listing, thing: Thing, pen: Pen) -> str:
    """Say which sources know of a row's dependency, such as `· says catalog file`; empty: nobody told."""
    facts = answer.edges.get(thing.ref, ())
    sources = dict.fromkeys(
        f"{wording.evidence_word(fact.source)}{'' if fact.confidence >= 0.9 else f' ({fact.confidence:.0%})'}"
        for fact in facts
    )
    return f" · says {pen.text(', '.join(sources))}" if sources else ""


def said_owner(answer: Listing, section: Section) -> str:
    """Return the title of the owner whom the headline, or the heading of a part, has named already."""
    _, through, team = section.heading.partition("Through ")
    if through:
        return team
    return answer.subject.title if answer.subject and answer.subject.ref.kind in OWNERS else ""


def owner_words(thing: Thing, pen: Pen) -> list[str]:
    """Say whose it is; a thing that ought to have an owner and has none is marked."""
    if thing.owner is not None:
        return [pen.text(thing.owner_title or short_name(str(thing.owner)))]
    return [] if thing.ref.kind in OWNERS else ["⚠ nobody owns it"]


def listing(answer: Listing, pen: Pen, share: str | None) -> list[kit.Block]:
    """Show one page of a listing, a line for each thing, and the way to the other pages."""
    blocks = [kit.section(listing_headline(answer, pen))]
    if answer.place is not None:
        blocks.append(kit.context(asked_here(answer.place, pen)))
    if subject := subject_line(answer, pen):
        blocks.append(kit.context(subject))
    body, left_out = _body(answer, pen)
    blocks += body
    if left_out:
        blocks.append(kit.context(f"and {left_out} more on this page: filter the list to see them"))
    if answer.pages > 1:
        blocks.append(kit.context(f"Page {answer.page} of {answer.pages} · {answer.total} in all"))
    return blocks + kit.actions(
        names.STEPS, [*_pages(answer), *_offers(answer), *_subject(answer), *share_button(share)]
    )


def listing_headline(answer: Listing, pen: Pen) -> str:
    """Say what the listing is of, and how much."""
    return pen.text(answer.headline, limits.LINE) or wording.plural(answer.total, "thing", "things")


def subject_line(answer: Listing, pen: Pen) -> str:
    """Say what the thing is on which, or from which, others depend: it may be deprecated, or nobody's."""
    subject = answer.subject
    if subject is None or subject.ref.kind in OWNERS:
        return ""
    return f"{pen.text(subject.title)}: {place(subject, pen)}"


def _body(answer: Listing, pen: Pen) -> tuple[list[kit.Block], int]:
    """Return the blocks that fit into a message, and how many rows did not."""
    blocks: list[kit.Block] = []
    room, left_out = _BODY_TEXT, 0
    for section in answer.sections:
        said = said_owner(answer, section)
        lines = [f"*{pen.text(section.heading)}*"] if section.heading else []
        lines += [
            limits.cut_mrkdwn(
                f"• {pen.strong(row.title)} · {place(row, pen, said)}{says_so(answer, row, pen)}", limits.ROW
            )
            for row in section.rows
        ]
        while lines and room > 0 and len(blocks) < _BODY_BLOCKS:
            count = limits.fit(lines, min(limits.SECTION_TEXT, room))
            if count == 0:
                break
            blocks.append(kit.section(*lines[:count]))
            room -= sum(map(len, lines[:count])) + count
            del lines[:count]
        left_out += min(len(lines), len(section.rows))
    return blocks, left_out


def _pages(answer: Listing) -> list[kit.Block]:
    if not answer.ask:
        return []
    near = (("Previous page", answer.page - 1), ("Next page", answer.page + 1))
    return [
        kit.button(label, f"{answer.ask} page {page}") for label, page in near if 1 <= page <= answer.pages
    ]


def _offers(answer: Listing) -> list[kit.Block]:
    return [kit.button(label, ask) for label, ask in answer.offers]


def _subject(answer: Listing) -> list[kit.Block]:
    if answer.subject is None:
        return []
    return [kit.button(f"Show {limits.cut(answer.subject.title, _LABEL)}", f"show {answer.subject.ref}")]
