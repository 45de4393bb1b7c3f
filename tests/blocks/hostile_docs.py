"""Strategies for answers on documentation that hold anything at all, of the strategies for their parts."""

from __future__ import annotations

from datetime import datetime

from hypothesis import strategies as st

from domain.answers import Owner, Thing
from domain.passages import FENCE, Page, Passage, PassageHit, Passages, Shelf
from domain.refs import Ref
from tests.blocks.samples import NOW


def documentation(
    word: st.SearchStrategy[str],
    refs: st.SearchStrategy[Ref],
    texts: st.SearchStrategy[tuple[str, ...]],
    moments: st.SearchStrategy[datetime | None],
    things: st.SearchStrategy[Thing],
    owners: st.SearchStrategy[Owner],
    matches: st.SearchStrategy[str],
) -> st.SearchStrategy[Passages | Shelf]:
    """Return passages, and pages of things."""
    addresses = word | st.just("https://x.example/?a=<2>|b")
    seen = moments.map(lambda at: at or NOW)
    pages = st.builds(Page, refs, word, word, word, addresses, seen, st.booleans(), st.booleans())
    lines = word | st.sampled_from((FENCE, f"{FENCE}\n{'`' * 90}\n{FENCE}", "\n"))
    written = st.lists(lines, max_size=9).map("\n".join)
    passages = st.builds(Passage, pages, texts, word, written)
    hits = st.lists(st.builds(PassageHit, passages, things), max_size=3).map(lambda few: tuple(few * 4))
    many = st.lists(pages, max_size=3).map(lambda few: tuple(few * 9))
    asked = st.sampled_from(("", "runbook", "readme"))
    return st.one_of(
        st.builds(
            Passages, word, texts, hits, st.none() | things, st.booleans(), st.booleans(), many,
            st.none() | owners,
        ),
        st.builds(Shelf, word, things, many, asked, many, st.none() | owners, matches),
    )  # fmt: skip
