"""Answers `does … depend on …`, with the shortest way from the one to the other and who says each step.

A thing depends on another when a part of it does; and on a whole when it needs a part of that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from catalog_store.search.rows import Numbers
from domain.answers import Answer, Unclear
from domain.entities import Record
from domain.errors import StoreError
from domain.impact import Dependence, Step
from domain.refs import Ref
from questions.addresses import read_address
from questions.edges import BACKWARD, naming
from questions.patterns import Words
from questions.question import Question
from questions.subjects import One, Role, Wanted, resolve
from questions.walking import UNREACHED, Walk, dependents, with_parts
from questions.wording import join

_SAYING = {"dependsOn": "dependsOn", "consumesApi": "consumesApis", "apiProvidedBy": "providesApis"}
"""The field that states each relation."""
_ADVERBS = frozenset(
    ("actually", "really", "still", "transitively", "indirectly", "directly", "even", "ever")
)


def does_it_depend(question: Question) -> Answer:
    """Answer yes with the way, or no and whether the reverse holds."""
    index = question.index
    first, second = join(name_in(question.slots["thing"])), join(question.slots["rest"])
    one = resolve(first, index, Wanted(Role.NEEDED, f"does {{}} depend on {second}"))
    if not isinstance(one, One):
        return one
    this = index.ref(one.node)
    other = resolve(second, index, Wanted(Role.NEEDED, f"does {this} depend on {{}}"))
    if not isinstance(other, One):
        return other
    if one.node == other.node:
        problem = f"“{first}” and “{second}” are the same thing: {index.title(one.node)}."
        return Unclear(question.words, problem, (f"impact of {this}", f"what does {this} depend on"))
    ours = with_parts(index, one.node)
    walk = dependents(index, with_parts(index, other.node), until=ours)
    nodes = _way(one.node, other.node, ours, walk)
    backwards = 0
    if not nodes:
        reverse = dependents(index, ours, until=np.array([other.node], np.int32))
        backwards = max(0, int(reverse.distance[other.node]))
    words = f"{read_address(first).shown} depends on {read_address(second).shown}"
    return Dependence(
        words, index.thing(one.node), index.thing(other.node), _steps(nodes, question), backwards
    )


def name_in(words: Words) -> Words:
    """Return a name without the adverb that may follow it: `does cart still use ledger`."""
    return words[:-1] if len(words) > 1 and words[-1].plain in _ADVERBS else words


def _way(one: int, other: int, ours: Numbers, walk: Walk) -> list[int]:
    """Return the nodes of the shortest way from one or its parts, which are `ours`, to the other.

    None when there is none, or the one is a part of the other.
    """
    parts = [int(each) for each in ours if walk.distance[each] > UNREACHED]
    outside = [each for each in parts if walk.distance[each] > 0 or walk.passed[each]]
    if not outside:
        return []
    nearest = min(outside, key=lambda each: (int(walk.distance[each]), each != one))
    way = walk.way(nearest)
    return [*([one] if nearest != one else []), *way, *([other] if way[-1] != other else [])]


def _steps(nodes: Sequence[int], question: Question) -> tuple[Step, ...]:
    index = question.index
    try:
        records = dict(question.records.records_of([index.ref(node) for node in nodes])) if nodes else {}
    except StoreError:
        records = {}
    return tuple(_step(here, there, records, question) for here, there in pairwise(nodes))


def _step(here: int, there: int, records: Mapping[Ref, Record], question: Question) -> Step:
    index = question.index
    relation = next((each for each in _SAYING if there in index.related(here, each).tolist()), "")
    one, other = index.thing(here), index.thing(there)
    if not relation:
        inside = there in index.related(here, "hasPart").tolist()
        return Step(one, other, "hasPart" if inside else "partOf")
    speaker, named = (there, here) if relation == "apiProvidedBy" else (here, there)
    facts = naming(question, records.get(index.ref(speaker)), (_SAYING[relation],), {named})
    if relation == "dependsOn":
        facts += naming(question, records.get(other.ref), BACKWARD, {here})
    return Step(one, other, relation, facts)
