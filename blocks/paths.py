"""Answers who owns a file: everybody whom the deciding rule names, the rule itself, and the component around.

Block Kit, text and JSON of one answer; the sentences are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from blocks import kit, limits, names, sentences, wording
from blocks.cards import labelled, share_button
from blocks.pens import Pen, Terminal
from blocks.sentences import Row
from domain.answers import Owner, Thing
from domain.clock import age_in_words
from domain.paths import DecidingRule, OwnedPath

_PEN = Terminal()
_NAMED = 4
"""How many owners the first line names."""
_RULES = 5
_PATTERN = 100


def card(answer: OwnedPath, pen: Pen, now: datetime, share: str | None) -> list[kit.Block]:
    """Return the answer for Slack."""
    blocks = [kit.section(limits.cut_mrkdwn(headline(answer, pen), limits.LINE))]
    if rows := _rows(answer, pen):
        blocks.append(kit.section(*labelled(rows)))
    if small := _evidence(answer, pen, now):
        blocks.append(kit.context(f"How we know: {small[0]}", *small[1:]))
    return blocks + kit.actions(names.STEPS, [*_steps(answer), *share_button(share)])


def lines(answer: OwnedPath, now: datetime) -> list[str]:
    """Return the answer for a terminal."""
    known = _evidence(answer, _PEN, now)
    rows = [*_rows(answer, _PEN), *(Row("" if at else "Source", line) for at, line in enumerate(known))]
    width = max((len(row.label) for row in rows), default=0)
    return [headline(answer, _PEN), *(f"  {row.label:<{width}}  {row.text}" for row in rows)]


def as_json(
    answer: OwnedPath,
    time: Callable[[datetime | None], str | None],
    owner: Callable[[Owner | None], object],
    thing: Callable[[Thing], object],
) -> dict[str, object]:
    """Return the answer for scripts; the functions write a time, an owner and a thing."""
    rules = [
        {
            "pattern": rule.pattern,
            "line": rule.line,
            "owners": [owner(each) for each in rule.owners],
            "roles": list(rule.roles),
            "section": rule.section,
            "optional": rule.optional,
        }
        for rule in answer.rules
    ]
    return {
        "path": answer.path,
        "repository": answer.repository,
        "branch": answer.branch,
        "owners": [owner(each) for each in answer.owners],
        "rules": rules,
        "component": thing(answer.component) if answer.component else None,
        "owner": owner(answer.owner),
        "file": answer.file,
        "source": answer.source,
        "observed_at": time(answer.seen_at),
    }


def headline(answer: OwnedPath, pen: Pen) -> str:
    """Answer in one line: who owns the file by the rules, else whose the component is that it is in."""
    path = pen.code(answer.path)
    if answer.owners:
        return f"{path} is owned by {_listed(answer.owners, pen)}"
    roles = [pen.text(role) for rule in answer.rules for role in rule.roles]
    if roles:
        return f"{path} is owned by everybody in the role {wording.listed(roles)}"
    why = _why_nobody(answer, pen)
    if answer.component is None or answer.owner is None:
        return f"Nobody owns {path}: {why}"
    title = pen.strong(answer.component.title)
    return f"{path} is part of {title}, owned by {_named(answer.owner, pen)}; {why}"


def _why_nobody(answer: OwnedPath, pen: Pen) -> str:
    if not answer.source:
        where = f" of {pen.code(answer.repository)}" if answer.repository else ""
        return f"no CODEOWNERS file{where} is in the catalog"
    if answer.rules:
        return f"CODEOWNERS:{answer.rules[0].line} gives it to nobody"
    return "no rule of CODEOWNERS covers it"


def _listed(owners: tuple[Owner, ...], pen: Pen) -> str:
    more = len(owners) - _NAMED
    shown = [_named(each, pen) for each in owners[:_NAMED]]
    return wording.listed(shown, _NAMED) + (f" and {more} more" if more > 0 else "")


def _named(owner: Owner, pen: Pen) -> str:
    channel = pen.channel(owner)
    unknown = "" if owner.known else " (not in the catalog)"
    return f"{pen.strong(owner.title)}{f' ({channel})' if channel else ''}{unknown}"


def _rows(answer: OwnedPath, pen: Pen) -> list[Row]:
    found = []
    if answer.component is not None:
        thing = answer.component
        traits = [pen.text(part) for part in wording.thing_traits(thing)]
        whose = f"owned by {pen.strong(thing.owner_title)}" if thing.owner_title else "which nobody owns"
        found.append(Row("Part of", " · ".join([pen.strong(thing.title), *traits, whose])))
    people = [pen.person(each) for owner in answer.owners for each in owner.people]
    if people:
        found.append(Row("People", wording.names_of(list(dict.fromkeys(people)), sentences.SHOWN_PEOPLE)))
    if answer.repository:
        branch = f" at {pen.code(answer.branch)}" if answer.branch else ""
        found.append(Row("Repository", f"{pen.code(answer.repository)}{branch}"))
    return found


def _evidence(answer: OwnedPath, pen: Pen, now: datetime) -> list[str]:
    """Return the deciding rules as they stand in the file, then how old what is known of it is."""
    found = [_rule_line(rule, pen) for rule in answer.rules[:_RULES]]
    if (more := len(answer.rules) - _RULES) > 0:
        found.append(f"and {wording.plural(more, 'more rule', 'more rules')}")
    return [*found, *_read(answer, pen, now)]


def _rule_line(rule: DecidingRule, pen: Pen) -> str:
    whom = [pen.text(each.title) for each in rule.owners] + [pen.text(each) for each in rule.roles]
    section = f" in section {pen.text(rule.section)}" if rule.section else ""
    optional = ", optional" if rule.optional else ""
    pattern = pen.code(limits.cut(rule.pattern, _PATTERN))
    return (
        f"CODEOWNERS:{rule.line} {pattern} → {wording.names_of(whom, _NAMED) or 'nobody'}{section}{optional}"
    )


def _read(answer: OwnedPath, pen: Pen, now: datetime) -> Iterator[str]:
    if answer.seen_at is not None:
        where = f" in {pen.origin(answer.file)}" if answer.file else ""
        branch = "; the rules are those of the default branch" if answer.branch else ""
        yield f"Read{where} {age_in_words(now - answer.seen_at)}{branch}"


def _steps(answer: OwnedPath) -> list[kit.Block]:
    steps = []
    if (thing := answer.component) is not None:
        title = limits.cut(thing.title, 40)
        steps.append(kit.button(f"Who owns {title}?", f"who owns {thing.ref}"))
        steps.append(kit.button("Who is on call?", f"who is on call for {thing.ref}"))
    known = [each for each in answer.owners if each.known][:2]
    asks = ((limits.cut(each.title, 40), each.ref) for each in known)
    return [*steps, *(kit.button(f"What does {title} own?", f"what does {ref} own") for title, ref in asks)]
