"""Answers `list services <filters>`.

Reads no words itself: `filters` does, and the catalog's own values say what a bare word means.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from catalog_store.search.reading import Index
from catalog_store.search.rows import Numbers, distinct, intersect
from domain.answers import Ambiguous, Answer, Missing, Unclear
from questions.askers import myself, stranger
from questions.filters import KEYS, Filters, is_asker, parse, say
from questions.helping import nearly
from questions.list_headlines import any_of, headline, noun_of
from questions.nouns import ANY_KIND, PLURALS
from questions.owning import teams_between
from questions.pages import listing
from questions.question import Question
from questions.subjects import One, Role, Wanted, resolve
from questions.wording import read

_NAMED: Mapping[str, tuple[Role, str | None]] = {
    "owner": (Role.OWNER, None), "system": (Role.ANY, "system"), "domain": (Role.ANY, "domain"),
}  # fmt: skip
_BARE_MEANS = ("lifecycle", "language", "type", "tag")
"""What a bare word may be a value of, the likeliest first."""


_OFFERED, _KNOWN = 2, 8
"""How many values are offered, and how many are named, where a filter lacks its own."""
_RESPELT = 3
"""For how many strange words the right ones are looked for."""


def list_things(question: Question) -> Answer:
    """Answer with the entities that all filters hold for, in order of title."""
    words = question.slots.get("rest") or question.slots.get("listing") or read(question.words)
    if members := question.slots.get("thing"):
        words = (*read("people of"), *members)
    filters = parse(words)
    index = question.index
    strange = _settle_bare_words(filters, index)
    if strange and not filters.problem and _is_place(" ".join(strange), filters, index):
        strange = []
    if strange or filters.problem:
        return _puzzled(filters, strange, question)
    kinds = filters.kinds
    if kinds is None:
        kinds = ANY_KIND if filters.unowned or filters.names else ("component",)
    nodes = _resolved_names(filters, kinds, question)
    if not isinstance(nodes, dict):
        return nodes
    chosen = _chosen(filters, kinds, nodes, index)
    ask = say(filters, {key: str(index.ref(node)) for key, node in nodes.items()}, noun_of(kinds))
    known = "owner" in nodes and index.known(nodes["owner"])
    subject = index.thing(nodes["owner"]) if known else None
    return listing(question, headline(filters, kinds, nodes, chosen, index), [("", chosen)], ask, subject)


def _settle_bare_words(filters: Filters, index: Index) -> list[str]:
    """Give each bare word the filter that it is a value of; return those that are a value of none."""
    strange: list[str] = []
    for word in filters.bare:
        custom = next((kind for kind in _singulars(word) if index.with_value("kind", kind) is not None), None)
        if custom is not None:
            filters.kinds = (*(filters.kinds or ()), custom)
            continue
        for facet, value in ((facet, value) for facet in _BARE_MEANS for value in _singulars(word)):
            if index.with_value(facet, value) is not None:
                filters.values.setdefault(facet, []).append(value)
                break
        else:
            strange.append(word)
    return strange


def _singulars(word: str) -> tuple[str, ...]:
    """Return the word, and what it may be the plural of."""
    lower = word.lower()
    singulars = [lower]
    if lower.endswith("ies"):
        singulars.append(lower[:-3] + "y")
    if lower.endswith("s"):
        singulars.append(lower[:-1])
    return tuple(singulars)


def _resolved_names(
    filters: Filters, kinds: tuple[str, ...], question: Question
) -> dict[str, int] | Ambiguous | Missing | Unclear:
    """Return the nodes of the owner, system and domain that are named; things `of` a system are its parts."""
    index = question.index
    refs: dict[str, str] = dict(filters.names)
    nodes: dict[str, int] = {}
    for key, name in tuple(filters.names.items()):
        if key == "owner" and is_asker(name):
            node = myself(question.asker, index)
            if node is None:
                return stranger(name)
        else:
            role, kind = _NAMED[key]
            ask = say(filters, {**refs, key: "{}"}, noun_of(kinds))
            subject = resolve(name, index, Wanted(role, ask, kind))
            if not isinstance(subject, One):
                return subject
            node = subject.node
        if key == "owner" and not index.can_own[node]:
            if (key := index.ref(node).kind) not in _NAMED:
                return _no_owner(node, question)
            filters.names.pop("owner")
        nodes[key] = node
        refs[key] = str(index.ref(node))
    return nodes


def _no_owner(node: int, question: Question) -> Unclear:
    thing = question.index.thing(node)
    problem = f"{thing.title} is a {thing.kind}: only teams and people own things."
    return Unclear(question.words, problem, (f"show {thing.ref}", f"what does {thing.ref} depend on"))


def _chosen(filters: Filters, kinds: tuple[str, ...], nodes: Mapping[str, int], index: Index) -> Numbers:
    rows = [any_of("kind", kinds, index)] if kinds else []
    for facet, values in filters.values.items():
        if facet == "tag":
            rows.extend(any_of("tag", (value,), index) for value in values)
        else:
            rows.append(any_of(facet, tuple(values), index))
    if filters.unowned:
        rows.append(index.unowned())
    if "owner" in nodes:
        rows.append(_answered_for(nodes["owner"], kinds, index))
    rows.extend(_within(nodes[key], index) for key in ("system", "domain") if key in nodes)
    return index.in_order(intersect(rows)) if rows else index.everything()


def _answered_for(owner: int, kinds: tuple[str, ...], index: Index) -> Numbers:
    """Return what an owner and the teams between own; of people and teams, those who belong to it."""
    teams = teams_between(owner, index)
    if kinds == ("group",):
        return distinct(np.array(teams, np.int32))
    owners = [owner, *teams]
    if kinds == ("user",):
        return distinct(np.concatenate([index.related(each, "hasMember") for each in owners]))
    return distinct(np.concatenate([index.owned_by(each) for each in owners]))


def _within(whole: int, index: Index) -> Numbers:
    """Return the parts of a system or a domain, and their parts."""
    waiting = index.related(whole, "hasPart").tolist()
    parts: dict[int, None] = {}
    for part in waiting:
        if part != whole and part not in parts:
            parts[part] = None
            waiting.extend(index.related(part, "hasPart").tolist())
    return distinct(np.array([part for part in parts if index.known(part)], np.int32))


def _is_place(name: str, filters: Filters, index: Index) -> bool:
    """Take words that are no value as the system, domain, team or person that is called exactly so."""
    keys = ("owner",) if filters.kinds in (("group",), ("user",)) else ("system", "domain", "owner")
    for key in keys:
        role, kind = _NAMED[key]
        subject = resolve(name, index, Wanted(role, "{}", kind))
        sure = isinstance(subject, One) and subject.matched in ("", "alias")
        if sure and isinstance(subject, One) and (key != "owner" or index.can_own[subject.node]):
            if key in filters.names:
                return False
            filters.names[key] = str(index.ref(subject.node))
            return True
    return False


def _puzzled(filters: Filters, strange: list[str], question: Question) -> Unclear:
    """Say what makes no sense in a list's words, with words that do."""
    if not filters.problem:
        problem = f"I know no filter or value \u201c{strange[0]}\u201d."
        return Unclear(question.words, problem, _nearest_lists(strange, question))
    values = question.index.values(filters.lacks) if filters.lacks else []
    asks = [f"{question.words} {value}" for value in values[:_OFFERED]]
    problem = filters.problem + (f" Known are {', '.join(values[:_KNOWN])}." if values else "")
    return Unclear(question.words, problem, (*asks, "list services tier 1", "help list")[:4])


def _nearest_lists(strange: list[str], question: Question) -> tuple[str, ...]:
    """Return lists that may have been meant by words that are no value of a filter."""
    index = question.index
    known = {*PLURALS, *KEYS, *(value for facet in (*_BARE_MEANS, "kind") for value in index.values(facet))}
    asks: list[str] = []
    for word in strange[:_RESPELT]:
        asks.extend(question.words.replace(word, right) for right in nearly(word.lower(), known))
        if owner := _owner_like(word, index):
            asks.append(f"list services owned by {owner}")
    return (*dict.fromkeys((*asks, "list services tier 1", "help list")),)[:4]


def _owner_like(word: str, index: Index) -> str:
    subject = resolve(word, index, Wanted(Role.OWNER, "{}"))
    if isinstance(subject, One) and index.known(subject.node) and index.can_own[subject.node]:
        return index.ref(subject.node).short
    return ""
