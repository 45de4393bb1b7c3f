"""Names a project for a look at it alone, in the words of `Task.only`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """A project by its claims' id, and by the slug under which Sentry finds it."""

    id: str
    """As `Claim.id`: `service/4505`."""
    slug: str
    """Empty: not known."""

    @property
    def text(self) -> str:
        """As it stands in `Task.only`: `service/4505/payments-api`."""
        return f"{self.id}/{self.slug}" if self.slug else self.id


def scopes_of(texts: Iterable[str]) -> Iterator[Scope]:
    """Read `Task.only`; a claim's id alone will do."""
    for text in dict.fromkeys(texts):
        kind, _, rest = text.partition("/")
        id_, _, slug = rest.partition("/")
        yield Scope(f"{kind}/{id_}", slug)
