"""Who a team's slug or a login is in the catalog: by what files of the same look declare, else by its name.

Knows nothing of earlier looks; that one thing has two refs is for the store to see by the aliases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.entities import Snapshot, Standing
from domain.refs import DEFAULT_NAMESPACE, Ref
from integrations.hosting.facts import HostFacts
from integrations.hosting.naming import last, plain, scope_of


@dataclass(frozen=True, slots=True)
class Refs:
    """Answers with refs."""

    host: str
    namespace: str = DEFAULT_NAMESPACE
    declared: Mapping[str, Ref] = field(default_factory=dict)
    """By alias, lower case."""
    shared: frozenset[str] = frozenset()
    """Names that several teams of the host have; each is then known with its organization or group."""

    @classmethod
    def of(cls, facts: HostFacts, namespace: str, snapshots: Iterable[Snapshot]) -> Refs:
        """Remember the groups and people that snapshots of the same look declare."""
        declared: dict[str, Ref] = {}
        for snapshot in snapshots:
            for claim in snapshot.claims:
                if claim.standing is Standing.DECLARED and claim.ref.kind in ("group", "user"):
                    for alias in claim.aliases:
                        declared.setdefault(alias.lower(), claim.ref)
        names = Counter(plain(last(team.slug)) for team in facts.teams)
        shared = frozenset(name for name, count in names.items() if count > 1)
        return cls(facts.host, namespace, declared, shared)

    def team(self, slug: str) -> Ref:
        """Return the group of a team's slug, `acme/payments`."""
        return self.declared_team(slug) or self.spelled_team(slug)

    def declared_team(self, slug: str) -> Ref | None:
        """Return the group that a file declares to be this team."""
        return self.declared.get(f"{self.host}-team:{slug}".lower())

    def spelled_team(self, slug: str) -> Ref:
        """Return the group that a team is when nobody declares it."""
        name = plain(last(slug))
        return Ref(
            "group", (scope_of(slug) or self.namespace) if name in self.shared else self.namespace, name
        )

    def person(self, login: str) -> Ref:
        """Return the user of a login."""
        return self.declared_person(login) or self.spelled_person(login)

    def declared_person(self, login: str) -> Ref | None:
        """Return the user that a file declares to have this login."""
        return self.declared.get(f"{self.host}-user:{login}".lower())

    def spelled_person(self, login: str) -> Ref:
        """Return the user that a login is when nobody declares it."""
        return Ref("user", self.namespace, plain(login))
