"""Many texts in one buffer, and many texts by their hash alone: a quarter of the room that objects take.

Knows nothing of what the texts mean.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from catalog_store.search.rows import Numbers

_ENCODING, _ERRORS = "utf-8", "surrogatepass"


class Texts(Sequence[str]):
    """An immutable sequence of texts; one is decoded whenever it is asked for."""

    __slots__ = ("_bytes", "_starts")

    def __init__(self, texts: Sequence[str]) -> None:
        joined = "".join(texts)
        sizes: Iterable[int] = map(len, texts)
        if not joined.isascii():
            sizes = (len(text.encode(_ENCODING, _ERRORS)) for text in texts)
        self._bytes = joined.encode(_ENCODING, _ERRORS)
        self._starts = array("I", accumulate(sizes, initial=0))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, at: int) -> str:  # type: ignore[override]  # nobody asks for a slice
        return self._bytes[self._starts[at] : self._starts[at + 1]].decode(_ENCODING, _ERRORS)


class Leads:
    """Leads from texts to nodes, by the texts' hashes.

    Of a million texts and a text that is none of them, one in 10**13 would be taken for another's.
    """

    __slots__ = ("_hashes", "_nodes")

    def __init__(self, hashes: npt.NDArray[np.int64], nodes: Numbers) -> None:
        """Take the `hash` of each text, and beside it the node that it leads to."""
        order = np.lexsort((nodes, hashes)).astype(np.int32)
        self._hashes = hashes[order]
        self._nodes = nodes[order]

    def __getitem__(self, text: object) -> tuple[int, ...]:
        """Return the nodes that a text (or whatever was hashed) leads to, each once, sorted."""
        wanted = np.int64(hash(text))
        at = int(self._hashes.searchsorted(wanted))
        found: list[int] = []
        while at < len(self._hashes) and self._hashes[at] == wanted:
            node = int(self._nodes[at])
            if not found or found[-1] != node:
                found.append(node)
            at += 1
        return tuple(found)
