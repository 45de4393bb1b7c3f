"""Strategies for operations of APIs that hold anything at all, made of the words and things of `hostile`."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from domain.apis import (
    Broken,
    Described,
    Description,
    Flaw,
    Operation,
    OperationPart,
    Operations,
    Served,
    Source,
)
from domain.gaps import Gap
from domain.refs import Ref
from domain.things import Owner, Thing

_LINES = st.integers(0, 10**6)
_PAGES = st.integers(1, 99)


def described(
    word: st.SearchStrategy[str], refs: st.SearchStrategy[Ref]
) -> st.SearchStrategy[tuple[Described, ...]]:
    """Return descriptions with any number of flaws."""
    texts = st.lists(word, max_size=3).map(tuple)
    flaws = st.lists(st.builds(Flaw, _LINES, word, word), max_size=6).map(tuple)
    said = st.builds(Description, word, word, word, texts, st.just(()), flaws)
    one = st.builds(Described, _LINES, places(word, refs), said, _LINES)
    return st.lists(one, max_size=3).map(lambda few: tuple(few * 3))


def places(word: st.SearchStrategy[str], refs: st.SearchStrategy[Ref]) -> st.SearchStrategy[Source]:
    """Return where descriptions are kept."""
    return st.builds(Source, refs, word, word | st.just("https://x.example/?a=<2>"))


def gaps(
    word: st.SearchStrategy[str], things: st.SearchStrategy[Thing]
) -> st.SearchStrategy[tuple[Gap, ...]]:
    """Return gaps, those among them whose things have broken descriptions."""
    flaw = st.builds(Flaw, _LINES, word, word)
    source = st.builds(Source, things.map(lambda each: each.ref), word, word)
    broken = st.lists(st.builds(Broken, source, flaw, _LINES), max_size=3)
    first = st.lists(things, max_size=3).map(tuple)

    def of_the_first(gap: Gap) -> Gap:
        """Let each thing have them all."""
        own = (
            replace(each, source=replace(each.source, ref=thing.ref))
            for thing in gap.first
            for each in gap.broken
        )
        return replace(gap, broken=tuple(own))

    one = st.builds(Gap, word, _LINES, first, word, broken.map(tuple)).map(of_the_first)
    return st.lists(one, max_size=3).map(lambda few: tuple(few * 3))


def operations(
    word: st.SearchStrategy[str],
    refs: st.SearchStrategy[Ref],
    things: st.SearchStrategy[Thing],
    owners: st.SearchStrategy[Owner],
) -> st.SearchStrategy[Operations]:
    """Return answers of `api …`."""
    texts = st.lists(word, max_size=3).map(tuple)
    one = st.builds(Operation, word, word, word, word, word, st.booleans(), _LINES, texts, word, word)
    served = st.lists(st.builds(Served, one, things, places(word, refs)), max_size=3)
    part = st.builds(OperationPart, word, served.map(lambda few: tuple(few * 10)))
    parts = st.lists(part, max_size=3).map(lambda few: tuple(few * 9))
    many = st.lists(things, max_size=3).map(lambda few: tuple(few * 40))
    return st.builds(
        Operations, word, word, st.none() | things, st.none() | owners, described(word, refs), parts, _LINES,
        _PAGES, _PAGES, word, many, word, word,
    )  # fmt: skip
