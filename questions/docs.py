"""Answers from documentation: `docs payments rotate keys`, `docs for payments`, `runbook for payments`.

A name that words begin or end with, as it is written in the catalog, says whose documentation is meant;
nothing that is only near a name does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalog_store.passages.spelling import STOP_WORDS, terms
from catalog_store.search.reading import Index
from domain.answers import Ambiguous, Answer, Candidate, Unclear
from domain.errors import BadRef
from domain.passages import NOTHING, FoundPassages, Page, PassageHit, Passages, Shelf
from domain.refs import Ref, parse_ref
from domain.things import Owner
from questions.addresses import read_address
from questions.askers import myself, stranger
from questions.filters import is_asker
from questions.nouns import DETERMINERS, readings
from questions.patterns import Words
from questions.question import Question
from questions.subjects import One, Role, Wanted, resolve
from questions.wording import join

FOUND = 10
"""How many passages are found; a surface shows the first of them."""
NEAR = 200
"""How many things around the subject are searched when its own pages have nothing."""
_LONGEST_NAME = 4
_NEARLY_A_NAME = 2
"""Words that may be meant as a name where no documentation has them."""
_PAGES_OF = "docs for {}"
_JOINTS = frozenset(("for", "of", "in", "on", "at", "with", "about"))
_READMES = frozenset(("readme", "readme.md"))
_PICKED = {"runbook": "runbook for {}", "readme": "readme of {}"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """Words taken apart: the things that they name (several of one name), and what is looked for."""

    nodes: tuple[int, ...]
    rest: Words
    matched: str = ""
    name: str = ""
    """As typed."""


def docs(question: Question) -> Answer:
    """Answer `docs <words>`: search, or the pages where the words are a thing's name and nothing more."""
    words = question.slots.get("rest", ())
    asked = _taken_apart(words, question)
    if asked is not None:
        return _of_things(asked, question, "")
    found = _everywhere(join(words), question)
    if isinstance(found, Unclear) or found.hits or len(words) > _NEARLY_A_NAME:
        return found
    # Nobody wrote of it: it may be a thing that is called nearly so.
    subject = resolve(join(words), question.index, Wanted(Role.ANY, _PAGES_OF))
    if isinstance(subject, One):
        return _of_things(_Asked((subject.node,), (), subject.matched, join(words)), question, "")
    return subject if isinstance(subject, Ambiguous) or subject.suggestions else found


def pages(question: Question) -> Answer:
    """Answer `docs for <thing>`, or `readme of <thing>`."""
    typed = question.words.lower().split()
    return _for_thing(question, "readme" if _READMES & set(typed) else "")


def runbook(question: Question) -> Answer:
    """Answer `runbook for <thing>`."""
    return _for_thing(question, "runbook")


def _for_thing(question: Question, kind: str) -> Answer:
    words = question.slots.get("thing", ())
    name = join(words)
    if is_asker(name):
        node = myself(question.asker, question.index)
        return stranger(name) if node is None else _of_things(_Asked((node,), ()), question, kind)
    if (asked := _taken_apart(words, question)) is not None:
        return _of_things(asked, question, kind)
    subject = resolve(name, question.index, Wanted(Role.ANY, question.form.ask))
    if isinstance(subject, One):
        return _of_things(_Asked((subject.node,), (), subject.matched, question.subject), question, kind)
    if isinstance(subject, Ambiguous):
        return subject
    # `docs on rotating keys` reads like `docs on payments`, and names nothing.
    found = _everywhere(name, question)
    return found if isinstance(found, Passages) and found.hits else subject


def _taken_apart(words: Words, question: Question) -> _Asked | None:
    """Return the things named first, else last, by the longest name; None where the words name nothing."""
    for name, rest in _splits(words):
        nodes, matched = _named(name, question)
        if nodes:
            return _Asked(nodes, rest, matched, read_address(join(name)).shown)
    return None


def _splits(words: Words) -> Iterator[tuple[Words, Words]]:
    """Yield names to try, each with the words that are left: what stands first, then what stands last."""
    first = 1 if len(words) > 1 and words[0].plain in DETERMINERS else 0
    last = len(words)
    for length in range(min(_LONGEST_NAME, last - first), 0, -1):
        rest = words[first + length :]
        if rest and rest[0].plain in _JOINTS | {"'s"}:
            rest = rest[1:]
        yield words[first : first + length], rest
    for length in range(min(_LONGEST_NAME, last - 1), 0, -1):
        rest = words[: last - length]
        while len(rest) > 1 and (rest[-1].plain in _JOINTS or rest[-1].plain in DETERMINERS):
            rest = rest[:-1]
        yield words[last - length :], rest


def _named(name: Words, question: Question) -> tuple[tuple[int, ...], str]:
    """Return what is called exactly so, all of it where it is several things, and how it was found.

    Looks nothing like it up: that takes milliseconds, and here are many names to try.
    """
    if not name or all(word.plain in STOP_WORDS for word in name if word.plain):
        return (), ""
    index, address = question.index, read_address(join(name))
    for alias in address.aliases:
        if nodes := index.names.by_alias(alias):
            return tuple(nodes), "" if address.mention else "alias"
    for each in address.names:
        if ":" in each:
            node = _of_ref(each, index)
            return ((), "") if node is None else ((node,), "")
        for kind, reading in readings(each):
            called = index.names.called(reading)
            of_kind = [[node for node in some if kind in (None, index.ref(node).kind)] for some in called]
            named, titled, aliased = of_kind
            if found := named or [*dict.fromkeys((*aliased, *titled))]:
                return tuple(found), "" if named or not aliased else "alias"
    return (), ""


def _of_ref(text: str, index: Index) -> int | None:
    """Return the node of a ref as it is written; None where it leads nowhere."""
    try:
        node = index.node(parse_ref(text))
    except BadRef:
        return None
    return node if node is not None and index.known(node) else None


def _of_things(asked: _Asked, question: Question, kind: str) -> Answer:
    """Answer for the things that were named: a search for the other words, their pages without any."""
    index = question.index
    if terms(join(asked.rest)) and not all(word.plain in STOP_WORDS for word in asked.rest):
        return _searched(asked, question)
    refs = {node: _own(node, question) for node in asked.nodes}
    found = question.records.pages([ref for some in refs.values() for ref in some])
    having = [node for node in asked.nodes if any(page.ref in refs[node] for page in found)]
    if len(having) > 1:
        things = (index.thing(node) for node in having)
        asks = (Candidate(thing, "name", _PICKED.get(kind, _PAGES_OF).format(thing.ref)) for thing in things)
        return Ambiguous(asked.name, tuple(asks))
    node = having[0] if having else asked.nodes[0]
    mine = tuple(page for page in found if page.ref in refs[node])
    meant = tuple(page for page in mine if _is(page, kind))
    others = () if meant else mine
    thing = index.thing(node)
    words = asked.name or thing.title
    return Shelf(words, thing, meant, kind, others, _owner(node, question), asked.matched)


def _is(page: Page, kind: str) -> bool:
    return not kind or (page.runbook if kind == "runbook" else page.readme)


def _own(node: int, question: Question) -> tuple[Ref, ...]:
    """Return the things whose pages are a thing's own: itself; of a team, what it owns."""
    index = question.index
    if bool(index.can_own[node]):
        return (index.ref(node), *(index.ref(each) for each in index.owned_by(node)[:NEAR].tolist()))
    return (index.ref(node),)


def _around(nodes: Sequence[int], question: Question) -> list[Ref]:
    """Return what is searched when things' own pages have nothing: their APIs, parts and system."""
    index = question.index
    near: dict[int, None] = {}
    for node in nodes:
        for relation in ("providesApi", "hasPart", "apiProvidedBy", "partOf"):
            near.update(dict.fromkeys(index.related(node, relation)[:NEAR].tolist()))
    for system in [each for each in near if index.ref(each).kind == "system"]:
        near.update(dict.fromkeys(index.related(system, "hasPart")[:NEAR].tolist()))
    return [index.ref(each) for each in list(near)[:NEAR] if each not in nodes]


def _searched(asked: _Asked, question: Question) -> Passages:
    """Answer from the things' own pages, else from those around them, else from all."""
    words = join(asked.rest)
    own = [ref for node in asked.nodes for ref in _own(node, question)]
    index, records = question.index, question.records
    found = records.passages(words, own, FOUND)
    if not found.passages or found.loosely:
        near = _around(asked.nodes, question)
        nearby = records.passages(words, near, FOUND) if near else NOTHING
        if nearby.passages and (not found.passages or not nearby.loosely):
            found = nearby
    elsewhere = not found.passages
    kept = () if not elsewhere else tuple(records.pages(own))
    if elsewhere:
        found = records.passages(words, None, FOUND)
        found = NOTHING if found.loosely else found
    node = asked.nodes[0]
    owner = _owner(node, question)
    return Passages(
        words, _plain(words), _hits(found, question), index.thing(node), found.loosely,
        elsewhere and bool(found.passages), kept, owner,
    )  # fmt: skip


def _everywhere(words: str, question: Question) -> Passages | Unclear:
    """Answer from all documentation."""
    if not terms(words):
        problem = "Look for what in the docs? Name a thing, or what it is about."
        return Unclear(question.words, problem, ("docs <thing> <words>", "docs for <thing>"))
    found = question.records.passages(words, None, FOUND)
    hits = _hits(found, question)
    node = question.index.node(hits[0].thing.ref) if hits else None
    owner = None if node is None else _owner(node, question)
    return Passages(words, _plain(words), hits, None, found.loosely, owner=owner)


def _plain(words: str) -> tuple[str, ...]:
    return tuple(part for term in terms(words) for part in term.parts)


def _hits(found: FoundPassages, question: Question) -> tuple[PassageHit, ...]:
    """Return the passages whose thing the reader may see."""
    index = question.index
    nodes = ((each, index.node(each.page.ref)) for each in found.passages)
    return tuple(PassageHit(each, index.thing(node)) for each, node in nodes if node is not None)


def _owner(node: int, question: Question) -> Owner | None:
    index = question.index
    owner = node if bool(index.can_own[node]) else index.owner_of(node)
    return None if owner is None else index.owner(index.ref(owner))
