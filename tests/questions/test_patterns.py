"""Patterns are read as if each of their ways was written out, and go on alike where the same may follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questions.branches import all_of
from questions.grammar import PATTERNS
from questions.notation import Choice, parse
from questions.patterns import Patterns, Words
from questions.wording import Word, join, read


def is_short(words: Words) -> bool:
    return len(words) < 4


GUARDS = {"short": is_short, "thing": None}
Read = tuple[str, dict[str, Words]] | None
Ways = Sequence[tuple[tuple[str, ...], str]]
"""What may follow, written out in full, each with the form that it leads to."""


def written_out(part: str | Choice) -> Iterator[tuple[str, ...]]:
    if isinstance(part, str):
        yield (part,)
        return
    for sequence in part.sequences:
        found: list[tuple[str, ...]] = [()]
        for each in sequence:
            found = [(*before, *after) for before in found for after in written_out(each)]
        yield from found


def after(ways: Ways, part: str) -> Ways:
    return [(way[1:], form) for way, form in ways if way[:1] == (part,)]


def slowly(ways: Ways, words: Words) -> Read:
    """Read words by the ways themselves: a word before a slot, and in a slot what stands before a word."""
    if not words:
        return next(((form, {}) for way, form in ways if not way), None)
    followed = slowly(after(ways, words[0].plain), words[1:])
    if followed is not None:
        return followed
    for slot, guard in GUARDS.items():
        onward = after(ways, f"<{slot}>")
        nexts = {way[0] for way, _ in onward if way}
        ends = [end for end in range(len(words) - 1, 0, -1) if words[end].plain in nexts]
        for end in [*ends, *([len(words)] if any(not way for way, _ in onward) else [])]:
            if guard is None or guard(words[:end]):
                found = slowly(onward, words[end:])
                if found is not None:
                    return found[0], {**found[1], slot: words[:end]}
    return None


def alternatives(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(st.lists(inner, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=3)
    return some.map("|".join).flatmap(lambda text: st.sampled_from([f"({text})", f"[{text}]"]))


PARTS = st.recursive(st.sampled_from(["a", "b", "c", "<short>", "<thing>"]), alternatives, max_leaves=5)
ROWS = st.lists(
    st.tuples(st.lists(PARTS, min_size=1, max_size=4).map(" ".join), st.sampled_from(["one", "two"])),
    min_size=1,
    max_size=4,
)
WORDS = st.text("abcz", max_size=7).map(lambda letters: [Word(letter, letter) for letter in letters])


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, asked=st.lists(WORDS, min_size=2, max_size=6))
def test_shared_branches_read_as_the_patterns_written_out(
    rows: list[tuple[str, str]], asked: list[list[Word]]
) -> None:
    ways = [(way, form) for pattern, form in rows for way in written_out(parse(pattern))]
    forms: dict[tuple[str, ...], set[str]] = {}
    for way, form in ways:
        forms.setdefault(way, set()).add(form)
    if any(len(each) > 1 for each in forms.values()):
        with pytest.raises(ValueError, match="leads to two forms"):
            Patterns(GUARDS, rows)
        return
    patterns = Patterns(GUARDS, rows)
    assert [patterns.match(words) for words in asked] == [slowly(ways, words) for words in asked]


def test_ways_that_go_on_alike_are_one_branch() -> None:
    asks = Patterns(GUARDS, [("(who|whom) (can|could|should) [i|we] (ask|call) [about|for] <thing>", "ask")])
    assert len(all_of(asks.root)) == 7


def test_the_table_has_few_branches() -> None:
    """Patterns of many ways are cheap as long as the same follows on each; where not, it shows here."""
    assert len(all_of(PATTERNS.root)) < 2_000


def test_words_go_before_slots_and_slots_in_their_order_as_long_as_may_be() -> None:
    patterns = Patterns(
        GUARDS,
        [
            ("show <thing>", "any"),
            ("show <short>", "short"),
            ("show all", "all"),
            ("<thing> of <short>", "of"),
        ],
    )

    def understood(words: str) -> tuple[str, Mapping[str, str]]:
        found = patterns.match(read(words))
        assert found is not None
        return found[0], {slot: join(held) for slot, held in found[1].items()}

    assert understood("show all") == ("all", {})
    assert understood("show all pods") == ("short", {"short": "all pods"})
    assert understood("show all the old pods") == ("any", {"thing": "all the old pods"})
    assert understood("team of a of b") == ("of", {"thing": "team of a", "short": "b"})


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("who owns <zebra>", "unknown slot <zebra>"),
        ("who (owns|has <thing>", r"lacks its '\)'"),
        ("who owns] <thing>", r"stray ']'"),
        ("[please] who owns", "'who owns' leads to two forms: first and second"),
    ],
)
def test_what_is_written_wrong_is_refused(pattern: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Patterns(GUARDS, [("who (owns|has)", "first"), (pattern, "second")])
