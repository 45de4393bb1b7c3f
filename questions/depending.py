"""Answers `what depends on …` and `what does … depend on`, one step far.

Goes no further than the direct neighbours and the APIs between them.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.answers import Answer
from questions.nouns import counted
from questions.pages import Part, listing
from questions.question import Question
from questions.subjects import One, Role, Wanted, resolve


def what_depends_on(question: Question) -> Answer:
    """Answer with what needs the thing, and with those who call the APIs that it provides."""
    subject = resolve(question.thing, question.index, Wanted(Role.OWNED, question.form.ask))
    if not isinstance(subject, One):
        return subject
    index, node = question.index, subject.node
    seen: set[int] = {node}
    direct = _new(index.related(node, "dependencyOf").tolist(), seen)
    direct += _new(index.related(node, "apiConsumedBy").tolist(), seen)
    parts: list[Part] = [("", direct)] if direct else []
    for api in index.related(node, "providesApi").tolist():
        if callers := _new(index.related(api, "apiConsumedBy").tolist(), seen):
            parts.append((f"Through {index.title(api)}", callers))
    total = sum(len(nodes) for _, nodes in parts)
    title = index.title(node)
    headline = (
        f"{_counted(parts, question)} depend{'s' if total == 1 else ''} on {title}"
        if total
        else f"Nothing depends on {title}, as far as the catalog knows"
    )
    return listing(question, headline, parts, question.form.ask.format(index.ref(node)), index.thing(node))


def what_it_depends_on(question: Question) -> Answer:
    """Answer with what the thing needs, and the APIs that it calls."""
    subject = resolve(question.thing, question.index, Wanted(Role.OWNED, question.form.ask))
    if not isinstance(subject, One):
        return subject
    index, node = question.index, subject.node
    seen: set[int] = {node}
    needs = _new(index.related(node, "dependsOn").tolist(), seen)
    calls = _new(index.related(node, "consumesApi").tolist(), seen)
    parts: list[Part] = [part for part in (("", needs), ("APIs it calls", calls)) if part[1]]
    title = index.title(node)
    headline = (
        f"{title} depends on {_counted(parts, question)}"
        if parts
        else f"{title} depends on nothing, as far as the catalog knows"
    )
    return listing(question, headline, parts, question.form.ask.format(index.ref(node)), index.thing(node))


def _new(nodes: list[int], seen: set[int]) -> list[int]:
    fresh = [node for node in nodes if node not in seen]
    seen.update(fresh)
    return fresh


def _counted(parts: Sequence[Part], question: Question) -> str:
    nodes = [int(node) for _, part in parts for node in part]
    kinds = {question.index.ref(node).kind for node in nodes}
    return counted(len(nodes), kinds.pop() if len(kinds) == 1 else None)
