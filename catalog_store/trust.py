"""Who is believed when sources disagree: an order of trust, for all fields or for one.

Ranks sources; what is done with the ranks is decided in `stitching`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from catalog_store import canonical

OTHERS = "*"
"""In an order of trust: the place of every source that is not named."""


@dataclass(frozen=True)
class Precedence:
    """Sources, the most trusted first.

    An entry is a source's whole name (`github`), or its part behind the slash (`codeowners` of whatever
    source). Sources that no entry names stand where `*` stands, else last.
    """

    order: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Orders for single fields, complete ones, instead of `order`."""

    def rank(self, source: str, field: str = "") -> int:
        """Return the place of a source, the most trusted lowest, for a field or for the entity as a whole."""
        ranks = self._ranks.get(field) or self._ranks[""]
        found = ranks.get(source)
        if found is None:
            found = ranks.get(source.rpartition("/")[2])
        return ranks[OTHERS] if found is None else found

    @classmethod
    def preferring(
        cls, sources: Sequence[str], fields: Mapping[str, Sequence[str]] | None = None
    ) -> Precedence:
        """Return the usual order with some sources before all others, for all fields and for single ones."""
        order = _before(sources, DEFAULT.order)
        return cls(order, {name: _before(first, order) for name, first in (fields or {}).items()})

    @cached_property
    def digest(self) -> str:
        """Tell this order, with those for single fields, from any other."""
        fields = {name: list(order) for name, order in self.fields.items()}
        return canonical.digest(canonical.write([list(self.order), fields]))

    @cached_property
    def _ranks(self) -> Mapping[str, Mapping[str, int]]:
        return {name: _ranked(order) for name, order in {**self.fields, "": self.order}.items()}


def _before(first: Sequence[str], order: tuple[str, ...]) -> tuple[str, ...]:
    # What the catalog remembers of people's decisions goes before whatever a tool says.
    return tuple(dict.fromkeys((MEMORY, *first, *order)))


def _ranked(order: tuple[str, ...]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for place, source in enumerate(order):
        ranks.setdefault(source, place)
    ranks.setdefault(OTHERS, len(order))
    return ranks


MEMORY = "idp"
"""The source under which the catalog itself remembers: former names, and what people decided."""

DEFAULT = Precedence((
    MEMORY, "confirmed", "backstage", "opslevel", "cortex", "compass", "datadog", "csv",
    OTHERS,
    "labels", "oncall", "codeowners", "ownership", "permissions", "access", "topics", "merges",
    "namespaces", "leads", "rules",
))  # fmt: skip
"""What people declared comes first, then what tools report, then what is inferred from evidence."""
