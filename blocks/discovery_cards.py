"""Cards on syncs and suggestions, with the buttons that act.

A button holds an id and nothing else; whoever carries it out asks again whether the person may.
"""

from __future__ import annotations

from datetime import datetime

from blocks import discovery, kit, limits, names, people
from blocks.pens import Pen
from domain.persons import People
from domain.syncs import EVERY, UNDO, Checked, Discovery, Done, Intended, Sources, Suggestions, Synced

SHOWN_SOURCES = 20
_BUTTONS = 5
_SHOWN_PAIRS = 8
_SHOWN_DECIDED = 3
_SHOWN_ENTRIES = 40
_ENTRY = 1_000
_EXAMINED = 2_000
_ROOM = limits.MESSAGE_TEXT - 4_000
"""What the entries may take of a message; the rest is for its headline, its small print and its buttons."""


def blocks_for(answer: Discovery, pen: Pen, now: datetime) -> list[kit.Block]:
    """Render any of them."""
    match answer:
        case Sources():
            return sources(answer, pen, now)
        case Synced():
            return synced(answer, pen)
        case Checked():
            return checked(answer, pen)
        case Intended():
            return intended(answer, pen)
        case Done():
            return done(answer, pen)
        case Suggestions():
            return suggestions(answer, pen)
        case People():
            return unjoined(answer, pen)


def sources(answer: Sources, pen: Pen, now: datetime) -> list[kit.Block]:
    """Show how the sources stand, and buttons to look at one of them."""
    blocks = [kit.section(discovery.sources_headline(answer))]
    entries = [
        limits.cut_mrkdwn("\n".join(discovery.standing_lines(each, pen, now)), _ENTRY)
        for each in answer.standings[:SHOWN_SOURCES]
    ]
    shown = answer.standings[: limits.fit(entries, _ROOM)]
    blocks += [kit.section(entry) for entry in entries[: len(shown)]]
    if (more_sources := len(answer.standings) - len(shown)) > 0:
        blocks.append(kit.context(f"and {more_sources} more: idp sync status"))
    buttons = [
        kit.button(f"Sync {each.state.name}", each.state.name, names.SYNC) for each in shown[:_BUTTONS]
    ]
    if shown:
        buttons.append(kit.button("Check", EVERY, names.SYNC_CHECK))
    last = [each.state.change_set for each in shown if each.state.change_set]
    if last:
        buttons.append(kit.button("Last changes", f"sync changes {max(last)}"))
    return blocks + kit.actions(names.STEPS, buttons)


def synced(answer: Synced, pen: Pen) -> list[kit.Block]:
    """Show what a look came to: undo and details where it changed something, the way on where it failed."""
    blocks = [kit.section(*discovery.synced_lines(answer, pen))]
    buttons: list[kit.Block] = []
    if answer.change_sets:
        number = max(answer.change_sets)
        buttons = [_undo(number), kit.button("Details", f"sync changes {number}")]
    elif answer.outcome == "previewed":
        buttons = [kit.button("Sync now", answer.source, names.SYNC)]
    elif answer.outcome == "refused":
        buttons = [_force(answer.source), kit.button("How sources stand", "sync")]
    elif not answer.went_well:
        buttons = [kit.button("Try again", answer.source, names.SYNC)]
    return blocks + kit.actions(names.STEPS, buttons)


def checked(answer: Checked, pen: Pen) -> list[kit.Block]:
    """Show a block for each source: what it may, and what it may not with what to do."""
    entries = [
        limits.cut_mrkdwn("\n".join(discovery.examined_lines(each, pen)), _EXAMINED)
        for each in answer.sources
    ]
    shown = entries[: min(limits.fit(entries, _ROOM), SHOWN_SOURCES)]
    blocks = [kit.section(discovery.checked_headline(answer)), *map(kit.section, shown)]
    if (more := len(entries) - len(shown)) > 0:
        blocks.append(kit.context(f"and {more} more: idp sync check"))
    again = answer.sources[0].source if len(answer.sources) == 1 else EVERY
    return blocks + kit.actions(names.STEPS, [kit.button("Check again", again, names.SYNC_CHECK)])


def intended(answer: Intended, pen: Pen) -> list[kit.Block]:
    """Show what is at stake, and the button that does it."""
    blocks = [kit.section(*discovery.intended_lines(answer, pen))]
    if answer.action != UNDO or not answer.target.isdecimal():
        return blocks
    steps = [_undo(int(answer.target)), kit.button("Details", f"sync changes {answer.target}")]
    return blocks + kit.actions(names.STEPS, steps)


def done(answer: Done, pen: Pen) -> list[kit.Block]:
    """Show what is done."""
    first, *notes = discovery.done_lines(answer, pen)
    return [kit.section(first), *([kit.context(*notes)] if notes else [])]


def suggestions(answer: Suggestions, pen: Pen) -> list[kit.Block]:
    """Show the pairs, each with its three buttons, and what was decided last."""
    blocks = [kit.section(discovery.suggestions_headline(answer))]
    entries = [
        limits.cut_mrkdwn(discovery.pair_line(each, pen), _ENTRY) for each in answer.open[:_SHOWN_PAIRS]
    ]
    shown = answer.open[: limits.fit(entries, _ROOM)]
    for position, each in enumerate(shown, 1):
        number = str(each.suggestion.number)
        blocks.append(kit.section(entries[position - 1]))
        merge = kit.confirmed(
            kit.button("Merge", number, names.MERGE),
            title="Merge for ever?",
            text=f"{limits.cut(each.other, 100)} becomes {limits.cut(each.one, 100)} and leads to it.",
            yes="Merge",
        )
        apart = kit.button("Keep apart", number, names.APART)
        ignore = kit.button("Ignore", number, names.IGNORE)
        blocks += kit.actions(names.numbered(names.SUGGESTION, position), [merge, apart, ignore])
    if (more := answer.more + len(answer.open) - len(shown)) > 0:
        blocks.append(kit.context(f"and {more} more, shown when these are decided"))
    if answer.decided:
        decided = [discovery.pair_line(each, pen) for each in answer.decided[:_SHOWN_DECIDED]]
        blocks.append(kit.context(*(limits.cut_mrkdwn(each, limits.ROW) for each in decided)))
    return blocks


def unjoined(answer: People, pen: Pen) -> list[kit.Block]:
    """Show who could not be joined, what of `people:` leads to nobody, and the way to the other pages."""
    blocks = [kit.section(people.headline(answer))]
    entries = [
        *(limits.cut_mrkdwn(people.stray_line(each, pen), limits.LINE) for each in answer.strays),
        *(
            limits.cut_mrkdwn("\n".join(people.unjoined_lines(each, pen)), limits.LINE)
            for each in answer.unjoined
        ),
    ]
    shown = entries[: min(limits.fit(entries, _ROOM), _SHOWN_ENTRIES)]
    blocks += [kit.section(entry) for entry in shown]
    if (more := len(entries) - len(shown)) > 0:
        blocks.append(kit.context(f"and {more} more on this page: idp people --unjoined"))
    if advice := people.advice(answer, pen):
        blocks.append(kit.context(advice))
    near = (("Previous page", answer.page - 1), ("Next page", answer.page + 1))
    steps = [
        kit.button(label, f"unjoined people page {page}") for label, page in near if 1 <= page <= answer.pages
    ]
    return blocks + kit.actions(names.STEPS, steps)


def _undo(number: int) -> kit.Block:
    return kit.confirmed(
        kit.button("Undo", str(number), names.SYNC_UNDO),
        title=f"Undo change set #{number}?",
        text="The catalog goes back to what it was before, and the source is paused until somebody syncs it.",
        yes="Undo",
    )


def _force(source: str) -> kit.Block:
    return kit.confirmed(
        kit.button("Apply anyway", source, names.SYNC_FORCE),
        title="Apply it anyway?",
        text="Everything that the source does not see any more is marked as gone, and retired later.",
        yes="Apply",
    )
