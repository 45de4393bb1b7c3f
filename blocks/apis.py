"""Sentences and lines on APIs and their operations, for every surface.

A pen writes what comes from descriptions; nothing here knows Block Kit.
"""

from __future__ import annotations

from blocks import limits, wording
from blocks.escaping import web_url
from blocks.pens import Pen
from domain.apis import Described, Flaw, Operation, Operations, Served, Source

SHOWN_DESCRIPTIONS = 4
SHOWN_FLAWS = 3
SHOWN_APIS = 5
_TYPES = {"SEND": ("takes", "sends"), "RECEIVE": ("receives", "answers with")}
IN_FULL = 3
"""Up to so many operations are shown with what they take and give."""


def headline(answer: Operations, pen: Pen) -> str:
    """Answer in one line."""
    count = wording.plural(answer.total, "operation", "operations")
    asked = pen.text(answer.words, 120)
    if answer.subject is None:
        return _of_whoever(answer, pen, count, asked)
    name = pen.strong(answer.subject.title)
    kind = f"{pen.text(answer.format)} " if answer.format else ""
    if answer.answered and answer.searched:
        return f"{count} of {name} for “{pen.text(answer.searched)}”"
    if answer.answered:
        return f"{name} has {count}{_where(answer)}"
    if answer.searched and any(each.count for each in answer.described):
        return f"No operation of {name} is about “{pen.text(answer.searched)}”"
    if answer.described and not answer.format:
        broken = any(each.description.flaws for each in answer.described)
        return f"No operation of {name} can be read{': its description is broken' if broken else ''}"
    return f"No {kind}description of an API of {name} is known"


def _of_whoever(answer: Operations, pen: Pen, count: str, asked: str) -> str:
    if not answer.answered:
        return f"No API that is described serves “{asked}”"
    titles = list(dict.fromkeys(part.heading for part in answer.parts))
    if len(titles) == 1 and answer.pages == 1:
        return f"{pen.strong(titles[0])} serves “{asked}”{f': {count}' if answer.total > 1 else ''}"
    return f"“{asked}” is served by {count}"


def _where(answer: Operations) -> str:
    several = len(answer.described)
    return f" in {several} descriptions" if several > 1 else ""


def matched(answer: Operations, pen: Pen) -> str:
    """Say how the words led to the thing when not by its name; empty when they did."""
    said = pen.text(wording.match_words(answer.matched, answer.words), 200)
    return said[:1].upper() + said[1:]


def description_lines(answer: Operations, pen: Pen) -> list[str]:
    """Say what describes the API, in which version and where it answers; what is broken comes with why."""
    lines = []
    for each in answer.described[:SHOWN_DESCRIPTIONS]:
        lines.append(_description(each, pen))
        flaws = each.description.flaws
        lines += [flaw_line(flaw, each.source, pen) for flaw in flaws[:SHOWN_FLAWS]]
        if (more := len(flaws) - SHOWN_FLAWS) > 0:
            lines.append(f"and {wording.plural(more, 'more flaw', 'more flaws')}")
    if (more := len(answer.described) - SHOWN_DESCRIPTIONS) > 0:
        lines.append(f"and {wording.plural(more, 'more description', 'more descriptions')}")
    return [limits.cut_mrkdwn(line, limits.OBSERVED) for line in lines]


def _description(described: Described, pen: Pen) -> str:
    said = described.description
    version = f"version {pen.text(said.version, 40)}" if said.version else ""
    title = " ".join(filter(None, (pen.text(said.title), version)))
    at = f"at {pen.text(said.servers[0], 120)}" if said.servers else ""
    parts = (title, pen.text(said.format), at, place(described.source, 0, pen))
    return " · ".join(part for part in parts if part)


def place(source: Source, line: int, pen: Pen) -> str:
    """Say where a description is, at a line: a link where it has an address."""
    path = source.path or source.url.rpartition("/")[2] or source.ref.name
    shown = f"{path}:{line}" if line else path
    if web_url(source.url):
        address = f"{source.url}#L{line}" if line and source.path else source.url
        return pen.link(address, shown)
    where = source.path or source.url
    return pen.code(f"{where}:{line}" if line and source.path else where)


def flaw_line(flaw: Flaw, source: Source, pen: Pen) -> str:
    """Say where a description is broken, why, and what to do."""
    remedy = f" {pen.text(flaw.remedy, 120)}" if flaw.remedy else ""
    return f"⚠ {place(source, flaw.line, pen)}: {pen.text(flaw.problem, 200)}.{remedy}"


def operation_lines(served: Served, pen: Pen, *, full: bool) -> list[str]:
    """Return the line of an operation, and in `full` what it takes, what it gives and where it is written."""
    each = served.operation
    parts = [pen.code(f"{each.verb} {each.address}")]
    if each.name not in (each.address, f"{each.verb} {each.address}") and not each.address.endswith(
        each.name.rpartition(".")[2]
    ):
        parts.append(pen.text(each.name))
    if each.summary:
        parts.append(pen.text(each.summary, 120))
    if each.deprecated:
        parts.append("⚠ deprecated")
    lines = [limits.cut_mrkdwn(" · ".join(parts), limits.ROW)]
    if full:
        more = [*_types(each, pen), place(served.source, each.line, pen)]
        lines.append(limits.cut_mrkdwn(" · ".join(more), limits.OBSERVED))
    return lines


def _types(operation: Operation, pen: Pen) -> list[str]:
    """Say what an operation takes, its body last, and what it gives; of a message, what it carries."""
    taken, given = _TYPES.get(operation.verb, ("takes", "gives"))
    takes = ", ".join(filter(None, (*operation.takes, operation.request)))
    told = ((taken, pen.text(takes, 160)), (given, pen.text(operation.response, 60)))
    return [f"{verb} {what}" for verb, what in told if what]


def advice(answer: Operations, pen: Pen) -> list[str]:
    """Say whom to ask, and which APIs there are; of an answer that found nothing, what to do."""
    lines = []
    if answer.subject is not None and answer.apis:
        titles = [pen.text(each.title, 60) for each in answer.apis]
        lines.append(f"Provides {wording.listed(titles, SHOWN_APIS)}")
    if answer.owner is not None:
        channel = pen.channel(answer.owner)
        asked = f"{pen.strong(answer.owner.title)}{f' in {channel}' if channel else ''}"
        lines.append(f"Owner: {asked}" if answer.answered else f"Ask {asked}")
    if not answer.answered and not answer.described:
        lines.append(
            "An openapi.yaml, asyncapi.yaml, schema.graphql or .proto file in a repository is read, and so "
            "is the definition of an API entity."
        )
    return lines
