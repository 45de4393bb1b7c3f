"""What can go wrong with the playground's GitHub beside the faults that all vendors share.

Says nothing on how an answer looks then: `graph` and `rest` do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Troubles:
    """Set from outside; counted ones end by themselves."""

    limit: int = 5_000
    """Points an hour."""
    remaining: int = 5_000
    resets_in_seconds: int = 3_600
    node_limit: int = 500_000
    """Nodes that one request may come to."""
    resource_limit: int = 0
    """Nodes above which GitHub gives up with RESOURCE_LIMITS_EXCEEDED; 0: never."""
    widest: int = 0
    """Repositories in one request above which it answers 502 after its ten seconds; 0: never."""
    secondary: int = 0
    """How many of the next requests meet the secondary rate limit."""
    retry_after: int = 60
    """Seconds in Retry-After then."""
    sso: str = ""
    """Where single sign-on must be passed first; empty: nowhere."""
    forbidden: set[str] = field(default_factory=set)
    """`Type.field` that the token may not read: FORBIDDEN with a path, the rest is answered."""
    broken: set[tuple[str, str]] = field(default_factory=set)
    """(repository's name, field) that GitHub fails to answer, the rest it does."""
    undefined: set[str] = field(default_factory=set)
    """`Type.field` that this version of GitHub does not have."""
    rewrite: Callable[[dict[str, Any]], None] | None = None
    """Changes an answer before it is sent, for what a later version of GitHub may answer."""

    def clear(self) -> None:
        """Make it healthy again."""
        fresh = Troubles()
        for name in self.__slots__:
            setattr(self, name, getattr(fresh, name))
