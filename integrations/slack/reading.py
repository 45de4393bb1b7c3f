"""Reads single values out of what Slack lists, and says what is wrong with an item that cannot be read.

Asks nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.entities import Finding


@dataclass(slots=True)
class Listed:
    """The items of one list, each with an id and each id once, and what was wrong with the others."""

    what: str
    """`slack: people`."""
    items: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """By id. One that a list shows twice, since it changed meanwhile, is as it came last."""
    findings: list[Finding] = field(default_factory=list)
    _read: int = 0

    def take(self, page: list[Any]) -> None:
        """Take a page's items."""
        for item in page:
            self._read += 1
            id_ = text(item, "id") if isinstance(item, Mapping) else ""
            if id_:
                self.items[id_] = item
            else:
                self.findings.append(
                    Finding(
                        f"{self.what}: item {self._read}",
                        0,
                        "it has no id",
                        "Look again; report it if it stays.",
                    )
                )

    def __iter__(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        return iter(self.items.items())

    @property
    def complete(self) -> bool:
        """Whether every item could be read."""
        return not self.findings


def text(item: Mapping[str, Any], name: str) -> str:
    """Return a text without what is around it; empty where there is none."""
    value = item.get(name)
    return value.strip() if isinstance(value, str) else ""


def part(item: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a mapping in an item; an empty one where there is none."""
    value = item.get(name)
    return value if isinstance(value, Mapping) else {}


def texts(item: Mapping[str, Any], name: str) -> tuple[str, ...] | None:
    """Return a list of texts; None where there is no list."""
    value = item.get(name)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else None
