"""Answers `api …`: the operations that the descriptions of APIs name, of one thing or wherever they are.

Reads no description: the store holds what they say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from urllib.parse import urlsplit

from domain.answers import Answer, Unclear
from domain.apis import Described, Operation, OperationPart, Operations, Served, Source
from domain.refs import Ref
from domain.things import Thing
from questions.api_forms import METHODS
from questions.api_subjects import Subject, subject_of
from questions.operation_search import found_in
from questions.patterns import Words
from questions.question import Question
from questions.wording import join, read

PAGE = 20
"""Operations of a page: about a phone's screen."""
MOST_SERVED = 60
"""Operations at one path, or of one name, that are looked at."""
_FORMATS = {
    "openapi": "OpenAPI", "swagger": "OpenAPI", "rest": "OpenAPI", "asyncapi": "AsyncAPI",
    "event": "AsyncAPI", "events": "AsyncAPI", "message": "AsyncAPI", "messages": "AsyncAPI",
    "graphql": "GraphQL", "protobuf": "Protobuf", "proto": "Protobuf", "grpc": "Protobuf",
}  # fmt: skip
_SHORTEST_PATH = 2
"""Segments that stay where a server's own path is cut from an address."""


def operations(question: Question) -> Answer:
    """Answer with the operations of a thing, those that words name, or those at a path."""
    if "path" in question.slots:
        return _at_path(question)
    words = question.slots.get("thing", ())
    if not words:
        problem = "Of which API? Name a service, an API or a path."
        return Unclear(question.words, problem, ("list apis", "api <service>", "who serves /v1/refunds"))
    asked = _outside(question)
    if {"serves", "implements", "exposes"} & set(asked):
        found = question.records.serving(join(words), "", MOST_SERVED)
        if found:
            return _served(question, join(words), found)
    subject = subject_of(words, question)
    if not isinstance(subject, Subject):
        return subject
    sought = (*subject.rest, *question.slots.get("rest", ()))
    format_ = next((_FORMATS[word] for word in asked if word in _FORMATS), "")
    return _of_subject(question, subject, sought, format_)


def _outside(question: Question) -> list[str]:
    """Return the words of the question that stand in none of its slots."""
    held = [word.plain for words in question.slots.values() for word in words]
    plain = [word.plain for word in read(question.words)]
    for each in held:
        if each in plain:
            plain.reverse()
            plain.remove(each)
            plain.reverse()
    return plain


def _of_subject(question: Question, subject: Subject, sought: Words, format_: str) -> Operations:
    index = question.index
    described = [each for each in subject.described if each.description.format.startswith(format_)]
    searched = join(sought)
    if searched:
        hits = found_in(question.records, described, searched)
        served = [Served(each, _thing(source.ref, question), source) for each, source in hits]
        total, shown, page = _cut(len(served), question.page, served)
    else:
        total = sum(each.count for each in described)
        page = _page(total, question.page)
        shown = _stretch(question, described, (page - 1) * PAGE)
    owner = index.owner_of(subject.node)
    ask = " ".join(filter(None, (f"api {index.ref(subject.node)}", searched)))
    return Operations(
        subject.words,
        searched,
        index.thing(subject.node),
        None if owner is None else index.owner(index.ref(owner)),
        tuple(described or subject.described),
        _parts(shown, searched, described),
        total,
        page,
        _pages(total),
        ask,
        tuple(index.thing(node) for node in subject.apis),
        subject.matched,
        format_,
    )


def _stretch(question: Question, described: Sequence[Described], offset: int) -> list[Served]:
    """Return a page of the operations of some descriptions, one behind the other."""
    found: list[Served] = []
    for each in described:
        if offset < each.count and len(found) < PAGE:
            thing = _thing(each.source.ref, question)
            some = question.records.operations(each, offset, PAGE - len(found))
            found += [Served(operation, thing, each.source) for operation in some]
        offset = max(0, offset - each.count)
    return found


def _parts(
    shown: Iterable[Served], searched: str, described: Sequence[Described]
) -> tuple[OperationPart, ...]:
    """Head operations by tag, and by their API where there are several; what was sought needs no heading."""

    titles = {each.source: each.description.title for each in described}

    def heading(served: Served) -> str:
        whose = (titles.get(served.source) or served.thing.title) if len(described) > 1 else ""
        return " · ".join(filter(None, (whose, "" if searched else served.operation.group)))

    return tuple(OperationPart(title, tuple(some)) for title, some in groupby(shown, heading))


def _thing(ref: Ref, question: Question) -> Thing:
    """Return what serves an operation; one that the index does not know yet by its name."""
    node = question.index.node(ref)
    return Thing(ref, ref.name, ref.name, ref.kind) if node is None else question.index.thing(node)


def _at_path(question: Question) -> Answer:
    """Answer for a path or an address, whoever serves it."""
    typed = join(question.slots["path"]).strip("<>").partition("|")[0]
    verb = next((word.upper() for word in _outside(question) if word in METHODS), "")
    if verb == "GET" and question.words.lower().startswith(("get me", "show")):
        verb = ""
    path = urlsplit(typed).path if "://" in typed else typed
    found = question.records.serving(path, verb, MOST_SERVED)
    while not found and "://" in typed and path.count("/") > _SHORTEST_PATH:
        path = "/" + path.split("/", 2)[2]
        found = question.records.serving(path, verb, MOST_SERVED)
    return _served(question, " ".join(filter(None, (verb, typed))), found)


def _served(question: Question, words: str, found: Sequence[tuple[Operation, Source]]) -> Operations:
    index = question.index
    served = [Served(each, _thing(source.ref, question), source) for each, source in found]
    total, shown, page = _cut(len(served), question.page, served)
    nodes = [index.node(ref) for ref in dict.fromkeys(each.source.ref for each in served)]
    owners = {index.owner_of(node) for node in nodes if node is not None}
    owner = owners.pop() if len(owners) == 1 else None
    return Operations(
        words, "", None, None if owner is None else index.owner(index.ref(owner)), (),
        tuple(
            OperationPart(thing.title, tuple(some))
            for thing, some in groupby(shown, lambda each: each.thing)
        ),
        total, page, _pages(total), question.words,
    )  # fmt: skip


def _pages(total: int) -> int:
    return max(1, -(-total // PAGE))


def _page(total: int, asked: int) -> int:
    return min(max(1, asked), _pages(total))


def _cut(total: int, asked: int, served: Sequence[Served]) -> tuple[int, Sequence[Served], int]:
    page = _page(total, asked)
    return total, served[(page - 1) * PAGE : page * PAGE], page
