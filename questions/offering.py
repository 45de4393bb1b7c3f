"""Offers what a person may mean by what is typed so far, for a menu that fills as they type.

Answers nothing: what was picked is asked about by its ref.
"""

from __future__ import annotations

import hashlib

import numpy as np

from catalog_store.search.reading import Index
from domain.errors import BadRef
from domain.refs import Ref, parse_ref
from questions.wording import LONGEST

MOST = 100
"""Slack's limit for the options of a menu."""
_NEAR = 0.55
_LOOKED_THROUGH = 5_000
"""How many things with the other words are looked through for one with the word that is being typed."""
HANDLE = 150
"""Slack's limit for the value of an option."""
_HEAD, _DIGEST = 110, 16


def offers(typed: str, index: Index, limit: int = MOST) -> list[int]:
    """Return entities, the likeliest first: called so, beginning so, with these words, spelt like it."""
    name = " ".join(typed[:LONGEST].split())
    if not name:
        return []
    found: dict[int, None] = {}
    called = [*_by_ref(name, index), *(node for nodes in index.names.called(name) for node in nodes)]
    for nodes in (called, index.names.beginning(name), index.names.beginning(name, inside_word=True)):
        _add(found, index, np.asarray(nodes, np.int32), limit)
        if len(found) >= limit:
            return list(found)
    _add(found, index, index.names.with_words(name), limit)
    if len(found) < limit:
        _add(found, index, _with_last_word_begun(name, index), limit)
    if not found:
        like = [node for node, _ in index.names.like(name, _NEAR) if index.known(node)]
        found.update(dict.fromkeys(like[:limit]))
    return list(found)[:limit]


def _by_ref(name: str, index: Index) -> list[int]:
    """Return the entity whose ref is typed whole."""
    try:
        node = index.node(parse_ref(name)) if ":" in name else None
    except BadRef:
        return []
    return [] if node is None else [node]


def _add(
    found: dict[int, None], index: Index, nodes: np.ndarray[tuple[int], np.dtype[np.int32]], limit: int
) -> None:
    """Add the likeliest of the entities among the nodes."""
    if len(nodes) and len(found) < limit:
        found.update(dict.fromkeys(node for node in index.best(nodes, limit) if index.known(node)))


def _with_last_word_begun(name: str, index: Index) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Return what has all words but the last, and goes on with the last somewhere."""
    whole, _, begun = name.rpartition(" ")
    if not whole:
        return np.empty(0, np.int32)
    candidates = index.best(index.names.with_words(whole), _LOOKED_THROUGH)
    begun = begun.lower()
    kept = [n for n in candidates if begun in index.title(n).lower() or begun in index.ref(n).name]
    return np.asarray(kept, np.int32)


def handle_of(ref: Ref) -> str:
    """Return what stands for a ref in at most 150 characters: itself, or its beginning and a digest."""
    text = str(ref)
    if len(text) <= HANDLE:
        return text
    return f"{text[:_HEAD]}~{_digest(text)}"


def meant_by(handle: str, index: Index) -> str:
    """Return the ref for which a handle stands; the handle itself where none is found."""
    head, mark, digest = handle.rpartition("~")
    if not mark or len(digest) != _DIGEST:
        return handle
    name = head.rpartition("/")[2]
    for node in index.names.beginning(name, inside_word=True).tolist():
        text = str(index.ref(node))
        if text.startswith(head) and _digest(text) == digest:
            return text
    return handle


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
