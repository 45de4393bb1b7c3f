"""Answers `what depends on …` and `what does … depend on`, one step far.

Lists no more than the direct neighbours and the APIs between them; of the rest it says how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from domain.answers import Answer, Listing
from questions.edges import needed_by, needs, with_edges
from questions.nouns import NOUNS, counted
from questions.pages import Part, listing
from questions.question import Question
from questions.subjects import One, Role, Wanted, resolve
from questions.walking import Walk, dependencies, dependents

FURTHER = 1_000
"""Up to so many things further away are counted: who wants to know exactly asks for the impact."""


def what_depends_on(question: Question) -> Answer:
    """Answer with what needs the thing, and with those who call the APIs that it provides."""
    subject = resolve(question.thing, question.index, Wanted(Role.NEEDED, question.form.ask), question.taste)
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
    further = _further(dependents(index, np.array([node], np.int32), total + FURTHER), total)
    headline = (
        f"{_counted(parts, question)} depend{'s' if total == 1 else ''} on {title}{further}"
        if total
        else _unknown(f"Nothing depends on {title}", node, question)
    )
    ask = question.form.ask.format(index.ref(node))
    found = _offering(listing(question, headline, parts, ask, index.thing(node)))
    return with_edges(found, partial(needed_by, question, node))


def what_it_depends_on(question: Question) -> Answer:
    """Answer with what the thing needs, and the APIs that it calls."""
    subject = resolve(question.thing, question.index, Wanted(Role.NEEDED, question.form.ask), question.taste)
    if not isinstance(subject, One):
        return subject
    index, node = question.index, subject.node
    seen: set[int] = {node}
    needed = _new(index.related(node, "dependsOn").tolist(), seen)
    calls = _new(index.related(node, "consumesApi").tolist(), seen)
    title = index.title(node)
    backwards = set(index.related(node, "dependencyOf").tolist())
    headed = (
        ("", [each for each in needed if each not in backwards]),
        (f"In a circle: needs {title} too", [each for each in needed if each in backwards]),
        ("APIs it calls", calls),
    )
    parts: list[Part] = [part for part in headed if part[1]]
    total = sum(len(nodes) for _, nodes in parts)
    further = _further(dependencies(index, np.array([node], np.int32), total + FURTHER), total)
    headline = (
        f"{title} depends on {_counted(parts, question)}{further}"
        if parts
        else _unknown(f"{title} depends on nothing", node, question)
    )
    ask = question.form.ask.format(index.ref(node))
    found = _offering(listing(question, headline, parts, ask, index.thing(node)))
    return with_edges(found, partial(needs, question, node))


def _further(walk: Walk, direct: int) -> str:
    """Return `, and 11 more through them` for what is more than one step away; empty where nothing is."""
    more = len(walk.reached()) - direct
    if more <= 0 or not direct:
        return ""
    count = f"{more:,}" if walk.ended else f"over {FURTHER:,}"
    return f", and {count} more through {'it' if direct == 1 else 'them'}"


def _offering(found: Listing) -> Listing:
    """Offer the impact of the thing, where it has one."""
    subject = found.subject
    if subject is None or subject.ref.kind in ("group", "user"):
        return found
    return replace(found, offers=(("Impact, however far", f"impact of {subject.ref}"),))


def _unknown(nothing: str, node: int, question: Question) -> str:
    """Say that there is nothing, and of a team or a person why not."""
    index = question.index
    if index.can_own[node]:
        return (
            f"{index.title(node)} is a {NOUNS[index.ref(node).kind][0]}: only what they own has dependencies"
        )
    return f"{nothing}, as far as the catalog knows"


def _new(nodes: list[int], seen: set[int]) -> list[int]:
    fresh = [node for node in nodes if node not in seen]
    seen.update(fresh)
    return fresh


def _counted(parts: Sequence[Part], question: Question) -> str:
    nodes = [int(node) for _, part in parts for node in part]
    kinds = {question.index.ref(node).kind for node in nodes}
    return counted(len(nodes), kinds.pop() if len(kinds) == 1 else None)
