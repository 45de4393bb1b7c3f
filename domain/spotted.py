"""What a pasted text leads to: the things that its links, names and stack traces belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.answers import Found


@dataclass(frozen=True, slots=True)
class Spot:
    """One thing that the text leads to, each thing once."""

    what: str
    """What in the text led there: link, repository, label, file, code, pod, host, key or name."""
    text: str
    """The place itself, as it stands in the text."""
    found: Found
    """The thing and its owner."""


@dataclass(frozen=True, slots=True)
class Spotted:
    """`who owns this: …`: everything in a text that the catalog knows. Kind `spotted`."""

    words: str
    """The beginning of the text."""
    spots: tuple[Spot, ...]
    """The surest first."""
    more: int = 0
    """How many further things are not listed."""
    looked_at: tuple[str, ...] = ()
    """What was looked up in vain, where nothing was found: the first few, as they stand in the text."""
    unread: bool = False
    """Whether the text was too long to be read to its end."""
