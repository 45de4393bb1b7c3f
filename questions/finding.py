"""Answers `find …`: a search over everything, the surest ways first.

Not a choice between things, as `subjects` makes one: everything that the words lead to is a row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from catalog_store.search.reading import Index
from catalog_store.search.rows import EMPTY, Numbers, distinct, intersect
from domain.answers import Answer, Listing, Unclear
from domain.finding import Hit, Search
from domain.passages import FoundPassages
from questions.addresses import read_address
from questions.listing import list_things
from questions.nouns import DETERMINERS, PLURALS, has_plural
from questions.pages import PAGE
from questions.question import Question
from questions.subjects import One, Role, Wanted, resolve
from questions.wording import Word, join

_FACETS = ("tag", "language", "type", "lifecycle")
"""Of what a word may be a value, beside a word of a name."""
_NEAR = 0.62
"""As in `subjects`: the likeness from which a name is worth showing."""
_MOST_OPERATIONS = 100
"""Operations whose names begin with the words that are looked at; where there are more, it is said."""
_PASSAGES = 10
"""How many passages of documentation are looked at."""
_FEW = 5
"""With as many things that are called so, documentation is not looked at."""
_DOCS = "docs: "
"""Before the heading that leads to a thing."""
_EXAMPLES = ("find payouts", "find kafka", "list services tier 1")


@dataclass(frozen=True, slots=True)
class _Text:
    """What is looked for."""

    whole: str
    words: tuple[str, ...]
    aliases: tuple[str, ...]
    """What an address, a mention or an id in the words stands for."""
    operations: tuple[tuple[str, int], ...] = ()
    """Operations of APIs whose names begin so, each with the node that has it; those called so first."""


Finder = Callable[[_Text, Question], list[tuple[str, Numbers]]]
"""Returns what one way of searching leads to: by what, and the nodes."""


def find(question: Question) -> Answer:
    """Answer with one page of what the words lead to; a list, where they describe one."""
    words = question.slots.get("thing", ())
    if not words:
        return Unclear(question.words, "Find what? Say a name, a tag or an owner.", _EXAMPLES)
    if has_plural(words):
        listed = list_things(replace(question, slots={"rest": words}))
        if isinstance(listed, Listing) and listed.total:
            return listed
    index, (named, kinds) = question.index, _without_kinds(words)
    address = read_address(join(named))
    plain = tuple(word.plain or word.typed.lower() for word in named)
    text = _Text(address.shown, plain, address.aliases, _operations(plain, question))
    found = _found(text, kinds, question)
    total = sum(len(nodes) for _, nodes in found)
    if not total:
        return _nothing(text.whole, question)
    pages, more = -(-total // PAGE), len(text.operations) >= _MOST_OPERATIONS
    page = min(max(1, question.page), pages)
    hits = tuple(_hit(by, node, text, index) for by, node in _page(found, page, index))
    return Search(text.whole, hits, total, page, pages, question.form.ask.format(join(words)), more)


def _operations(words: Sequence[str], question: Question) -> tuple[tuple[str, int], ...]:
    """Return operations with whose they are: `create refund` and `createRefund` are one name."""
    name, index = "".join(words), question.index
    found = question.records.operations_called(name, _MOST_OPERATIONS) if name else []
    nodes = ((called, index.node(ref)) for called, ref in found)
    return tuple((called, node) for called, node in nodes if node is not None)


def _nothing(text: str, question: Question) -> Answer:
    """Return the nearest names and the way to add what is missing."""
    subject = resolve(text, question.index, Wanted(Role.ANY, question.form.ask))
    return Unclear(question.words, "Nothing is like it.", _EXAMPLES) if isinstance(subject, One) else subject


def _without_kinds(words: Sequence[Word]) -> tuple[Sequence[Word], tuple[str, ...]]:
    """Take out words for kinds (`refund services`), and determiners before a name; never all words."""
    kinds = tuple(kind for word in words for kind in PLURALS.get(word.plain, ()))
    rest = [word for word in words if word.plain not in PLURALS]
    while len(rest) > 1 and rest[0].plain in DETERMINERS:
        rest = rest[1:]
    return (rest, kinds) if rest else (words, ())


def _found(text: _Text, kinds: tuple[str, ...], question: Question) -> list[tuple[str, Numbers]]:
    """Return what each way leads to, each node by the first way that leads to it."""
    index = question.index
    open_ = np.ones(len(index.can_own), np.bool_)
    if kinds:
        open_[:] = False
        for kind in kinds:
            of_kind = index.with_value("kind", kind)
            open_[EMPTY if of_kind is None else of_kind] = True
    found: list[tuple[str, Numbers]] = []
    for finder in FINDERS:
        total = sum(len(nodes) for _, nodes in found)
        # What is only written about or spelt nearly so is noise beside enough that is called so.
        if total >= _ENOUGH.get(finder, total + 1):
            continue
        for by, nodes in finder(text, question):
            fresh = nodes[open_[nodes]]
            open_[fresh] = False
            found.append((by, fresh))
    return found


def _called(text: _Text, question: Question) -> list[tuple[str, Numbers]]:
    index = question.index
    named, titled, aliased = index.names.called(text.whole)
    ids = [node for alias in text.aliases for node in index.names.by_alias(alias)]
    return [("name", _array(named)), ("title", _array(titled)), ("alias", _array([*aliased, *ids]))]


def _beginning(text: _Text, question: Question) -> list[tuple[str, Numbers]]:
    return [("prefix", question.index.names.beginning(text.whole, inside_word=True))]


def _worded(text: _Text, question: Question) -> list[tuple[str, Numbers]]:
    return [("words", question.index.names.with_words(text.whole))]


def _operating(text: _Text, _question: Question) -> list[tuple[str, Numbers]]:
    name = "".join(text.words)
    exact = _array([node for called, node in text.operations if called.lower() == name])
    return [("operation", exact), ("operation", _array([node for _, node in text.operations]))]


def _described(text: _Text, question: Question) -> list[tuple[str, Numbers]]:
    """Find what has all words, each as a tag, a language, an owner or a word of the name."""
    index = question.index
    whole = [nodes for _, nodes in _facets(text.whole.lower(), index)]
    rows = []
    for word in text.words:
        having = [index.names.with_words(word), *(nodes for _, nodes in _facets(word, index))]
        rows.append(distinct(np.concatenate(having)))
    found = [*whole, intersect(rows)] if rows else whole
    return [("facets", distinct(np.concatenate(found)))] if found else []


def _headed(text: _Text, question: Question) -> list[tuple[str, Numbers]]:
    """Find the things that have documentation under such a heading."""
    return _of_passages(question.records.passages(text.whole, None, _PASSAGES, having="headings"), question)


def _written(text: _Text, question: Question) -> list[tuple[str, Numbers]]:
    """Find the things whose documentation has all of the words, wherever."""
    return _of_passages(question.records.passages(text.whole, None, _PASSAGES, having="all"), question)


def _of_passages(found: FoundPassages, question: Question) -> list[tuple[str, Numbers]]:
    nodes = ((each.heading, question.index.node(each.page.ref)) for each in found.passages)
    return [(f"{_DOCS}{heading}", _array([node])) for heading, node in nodes if node is not None]


def _alike(text: _Text, question: Question) -> list[tuple[str, Numbers]]:
    return [("typo", _array([node for node, _ in question.index.names.like(text.whole, _NEAR)][:PAGE]))]


FINDERS: tuple[Finder, ...] = (
    _called,
    _beginning,
    _worded,
    _operating,
    _described,
    _headed,
    _written,
    _alike,
)
"""The ways of searching, the surest first; a further one is one more row."""

_ENOUGH: Mapping[Finder, int] = {_headed: _FEW, _written: 1, _alike: PAGE}
"""With how many things found before a way is not gone: what it leads to is less sure, or takes long."""


def _facets(word: str, index: Index) -> list[tuple[str, Numbers]]:
    """Return, with a label, the nodes of which a word is a tag, another value, or their owner's name."""
    found = [
        (f"{facet} {word.removeprefix('#')}", nodes)
        for facet in _FACETS
        if (nodes := index.with_value(facet, word.removeprefix("#"))) is not None
    ]
    named, titled, aliased = index.names.called(word)
    for owner in dict.fromkeys((*named, *titled, *aliased)):
        if index.can_own[owner]:
            found.append((f"owner {index.title(owner)}", index.owned_by(owner)))
    return found


def _page(found: Sequence[tuple[str, Numbers]], page: int, index: Index) -> list[tuple[str, int]]:
    """Return the rows of one page; of what one way leads to, the likeliest to be meant come first."""
    first, rows = (page - 1) * PAGE, list[tuple[str, int]]()
    for by, nodes in found:
        if first >= len(nodes):
            first -= len(nodes)
            continue
        wanted = PAGE - len(rows)
        if wanted <= 0:
            break
        best = nodes.tolist() if by == "typo" else index.best(nodes, first + wanted)
        rows.extend((by, node) for node in best[first : first + wanted])
        first = 0
    return rows


def _hit(by: str, node: int, text: _Text, index: Index) -> Hit:
    if by == "operation":
        called = dict.fromkeys(name for name, of in text.operations if of == node)
        more = f" and {len(called) - 1} more" if len(called) > 1 else ""
        return Hit(index.thing(node), by, f"operation {next(iter(called))}{more}")
    if by.startswith(_DOCS):
        return Hit(index.thing(node), "docs", by)
    if by != "facets":
        return Hit(index.thing(node), by)
    labels = dict.fromkeys(
        label
        for word in (text.whole.lower(), *text.words)
        for label, nodes in _facets(word, index)
        if (nodes == node).any()
    )
    return Hit(index.thing(node), by, ", ".join(labels))


def _array(nodes: Sequence[int]) -> Numbers:
    return np.array(list(dict.fromkeys(nodes)), np.int32)
