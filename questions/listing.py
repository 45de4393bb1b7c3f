"""Answers `list services <filters>`.

Reads no words itself: `filters` does, and the catalog's own values say what a bare word means.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from catalog_store.search.index import CatalogIndex
from catalog_store.search.rows import EMPTY, Numbers, intersect
from domain.answers import Ambiguous, Answer, Missing, Unclear
from questions.filters import KEYS, Filters, is_asker, parse, say
from questions.helping import nearly
from questions.nouns import ANY_KIND, NOUNS, PLURALS, counted
from questions.pages import listing
from questions.question import Question
from questions.subjects import One, Role, Wanted, myself, resolve, stranger
from questions.wording import read

_NAMED: Mapping[str, tuple[Role, str | None]] = {"owner": (Role.OWNER, None), "system": (Role.ANY, "system")}
_BARE_MEANS = ("lifecycle", "language", "type", "tag")
"""What a bare word may be a value of, the likeliest first."""


_RESPELT = 3
"""For how many strange words the right ones are looked for."""


def list_things(question: Question) -> Answer:
    """Answer with the entities that all filters hold for, in order of title."""
    words = question.slots.get("rest") or question.slots.get("listing") or read(question.words)
    filters = parse(words)
    index = question.index
    strange = _settle_bare_words(filters, index)
    if strange or filters.problem:
        problem = filters.problem or f"I know no filter or value {strange[0]!r}."
        return Unclear(question.words, problem, _nearest_lists(strange, question))
    kinds = filters.kinds
    if kinds is None:
        kinds = ANY_KIND if filters.unowned or filters.names else ("component",)
    nodes = _resolved_names(filters, kinds, question)
    if not isinstance(nodes, dict):
        return nodes
    chosen = _chosen(filters, kinds, nodes, index)
    ask = say(filters, {key: str(index.ref(node)) for key, node in nodes.items()}, _noun(kinds))
    subject = index.thing(nodes["owner"]) if "owner" in nodes else None
    return listing(
        question, _headline(filters, kinds, nodes, len(chosen), index), [("", chosen)], ask, subject
    )


def _settle_bare_words(filters: Filters, index: CatalogIndex) -> list[str]:
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
) -> dict[str, int] | Ambiguous | Missing:
    """Return the nodes of the owner and the system that are named."""
    index = question.index
    refs: dict[str, str] = dict(filters.names)
    nodes: dict[str, int] = {}
    for key, name in filters.names.items():
        if key == "owner" and is_asker(name):
            node = myself(question.asker, index)
            if node is None:
                return stranger(name)
        else:
            role, kind = _NAMED[key]
            ask = say(filters, {**refs, key: "{}"}, _noun(kinds))
            subject = resolve(name, index, Wanted(role, ask, kind))
            if not isinstance(subject, One):
                return subject
            node = subject.node
        nodes[key] = node
        refs[key] = str(index.ref(node))
    return nodes


def _chosen(
    filters: Filters, kinds: tuple[str, ...], nodes: Mapping[str, int], index: CatalogIndex
) -> Numbers:
    rows = [_any_of("kind", kinds, index)] if kinds else []
    for facet, values in filters.values.items():
        if facet == "tag":
            rows.extend(_any_of("tag", (value,), index) for value in values)
        else:
            rows.append(_any_of(facet, tuple(values), index))
    if filters.unowned:
        rows.append(index.unowned())
    if "owner" in nodes:
        rows.append(index.owned_by(nodes["owner"]))
    if "system" in nodes:
        rows.append(index.related(nodes["system"], "hasPart"))
    return intersect(rows) if rows else np.arange(index.size, dtype=np.int32)


def _any_of(facet: str, values: tuple[str, ...], index: CatalogIndex) -> Numbers:
    found = [nodes for value in values if (nodes := index.with_value(facet, value)) is not None]
    if len(found) < 2:
        return found[0] if found else EMPTY
    return np.unique(np.concatenate(found))


def _noun(kinds: tuple[str, ...]) -> str:
    return " and ".join(NOUNS.get(kind, (kind, kind))[1].lower() for kind in kinds) or "everything"


def _headline(
    filters: Filters, kinds: tuple[str, ...], nodes: Mapping[str, int], total: int, index: CatalogIndex
) -> str:
    said = [f"{facet} {' or '.join(values)}" for facet, values in filters.values.items()]
    if "system" in nodes:
        said.append(f"in {index.title(nodes['system'])}")
    if "owner" in nodes:
        said.append(f"owned by {index.title(nodes['owner'])}")
    if filters.unowned:
        said.append("without an owner")
    kind = kinds[0] if len(kinds) == 1 else None
    headline = ", ".join((counted(total, kind) if total else f"No {counted(0, kind)[2:]}", *said))
    unknown = [
        f"{facet}s are {', '.join(index.values(facet)[:8])}"
        for facet, values in filters.values.items()
        if not any(index.with_value(facet, value) is not None for value in values) and index.values(facet)
    ]
    return headline if not unknown else f"{headline} (known {'; '.join(unknown)})"


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


def _owner_like(word: str, index: CatalogIndex) -> str:
    subject = resolve(word, index, Wanted(Role.OWNER, "{}"))
    if isinstance(subject, One) and index.known(subject.node) and index.can_own[subject.node]:
        return index.ref(subject.node).short
    return ""
