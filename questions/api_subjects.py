"""Divides the words behind `api` into the thing that they begin with and what is sought in its API.

`payments refund` is payments and refund, unless something is called so as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog_store.search.reading import Index
from domain.answers import Ambiguous, Missing
from domain.apis import Described
from questions.addresses import read_address
from questions.nouns import readings
from questions.patterns import Words
from questions.question import Question
from questions.subjects import One, Role, Wanted, resolve
from questions.wording import join

MOST_PARTS = 60
"""Parts of a system, or APIs of a service, whose descriptions are looked through."""
_LINKING = frozenset(("to", "for", "that", "which", "with", "about"))
_LONGEST_NAME = 8


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing whose API is asked for."""

    node: int
    words: str
    rest: Words
    """What is sought in it."""
    apis: tuple[int, ...]
    """The APIs that it provides."""
    described: tuple[Described, ...]
    matched: str = ""


def subject_of(words: Words, question: Question) -> Subject | Ambiguous | Missing:
    """Return the thing that the words begin with: the longest name that there is, else the nearest."""
    index = question.index
    for length in range(min(len(words), _LONGEST_NAME), 0, -1):
        if _is_called(join(words[:length]), index):
            return _resolved(words, length, question)
    for length in range(min(len(words), _LONGEST_NAME), 0, -1):
        name = join(words[:length])
        if len(index.names.beginning(name)) or (length > 1 and len(index.names.with_words(name))):
            return _resolved(words, length, question)
    whole = _resolved(words, len(words), question)
    if isinstance(whole, Missing) and len(words) > 1:
        first = _resolved(words, 1, question)
        return first if not isinstance(first, Missing) or first.suggestions else whole
    return whole


def _is_called(name: str, index: Index) -> bool:
    """Tell whether something that is no team is called exactly so."""
    address = read_address(name)
    nodes = [node for alias in address.aliases for node in index.names.by_alias(alias)]
    for each in address.names:
        for _, reading in readings(each):
            nodes += [node for some in index.names.called(reading) for node in some]
        if ":" in each and resolve_exactly(each, index):
            return True
    return any(not index.can_own[node] for node in nodes)


def resolve_exactly(name: str, index: Index) -> bool:
    """Tell whether a text is the ref of something."""
    found = resolve(name, index, Wanted(Role.NEEDED, "api {}"))
    return isinstance(found, One)


def _resolved(words: Words, length: int, question: Question) -> Subject | Ambiguous | Missing:
    """Return the thing of the first words; of several of one name, the only one that has an API."""
    rest = words[length:]
    while rest and rest[0].plain in _LINKING:
        rest = rest[1:]
    name = join(words[:length])
    ask = " ".join(filter(None, ("api {}", join(rest))))
    found = resolve(name, question.index, Wanted(Role.NEEDED, ask))
    if isinstance(found, Missing):
        return found
    shown = read_address(name).shown
    if isinstance(found, One):
        return _subject(found.node, shown, rest, found.matched, question)
    nodes = [question.index.node(each.thing.ref) for each in found.candidates]
    some = [_subject(node, shown, rest, "", question) for node in nodes if node is not None]
    having = [each for each in some if each.described]
    if not having or found.more:
        return found
    # A service and the API that it provides have the same descriptions.
    covered = {api for each in having for api in each.apis}
    having = [each for each in having if each.node not in covered] or having
    kept = {question.index.ref(each.node) for each in having}
    if len(having) == 1:
        return having[0]
    return Ambiguous(found.words, tuple(each for each in found.candidates if each.thing.ref in kept))


def _subject(node: int, words: str, rest: Words, matched: str, question: Question) -> Subject:
    index = question.index
    kind = index.ref(node).kind
    parts = [node]
    if kind in ("system", "domain"):
        parts = _parts(node, index)
    elif index.can_own[node]:
        parts += index.owned_by(node).tolist()[:MOST_PARTS]
    apis = [api for part in parts for api in index.related(part, "providesApi").tolist()]
    apis += [part for part in parts if part != node and index.ref(part).kind == "api"]
    places = _few((*parts, *apis))
    described = question.records.described([index.ref(each) for each in places])
    if not described and kind == "api":
        providers = _few(index.related(node, "apiProvidedBy").tolist())
        alone = [each for each in providers if len(index.related(each, "providesApi")) == 1]
        described = question.records.described([index.ref(each) for each in alone])
    return Subject(node, words, rest, tuple(_few(apis)), tuple(described), matched)


def _parts(whole: int, index: Index) -> list[int]:
    """Return a system or a domain and what belongs to it."""
    found: dict[int, None] = {whole: None}
    for each in found.copy():
        found.update(dict.fromkeys(index.related(each, "hasPart").tolist()))
    for each in list(found)[1:MOST_PARTS]:
        found.update(dict.fromkeys(index.related(each, "hasPart").tolist()))
    return list(found)[:MOST_PARTS]


def _few(nodes: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(nodes))[:MOST_PARTS]
