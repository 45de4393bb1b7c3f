"""What Datadog's names mean in the catalog: the refs of its things, and the aliases that lead to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.refs import DEFAULT_NAMESPACE, Ref
from integrations.datadog.documents import Document
from integrations.files.datadog.reader import FORMAT
from integrations.files.descriptors.draft import Wanted
from integrations.hosting.naming import plain
from integrations.tools.claims import person_ref, service_alias, team_ref

VENDOR = "datadog"
TELEMETRY = ("queue", "datastore", "service")
"""The kinds whose names stand in telemetry; of several things with one name, it is the last kind's."""


@dataclass(frozen=True, slots=True)
class Team:
    """A team of Datadog."""

    id: str
    handle: str
    name: str
    members: int | None = None
    """How many are in it; None: Datadog does not say."""

    @property
    def ref(self) -> Ref:
        """The group that it is when nobody declares it."""
        return team_ref(self.handle)


def alias_of(name: str) -> str:
    """Return the alias of what has this name in telemetry: `datadog:pay`."""
    return service_alias(VENDOR, name)


def other_alias(kind: str, namespace: str, name: str) -> str:
    """Return the alias of what has no name in telemetry: `datadog-system:money`."""
    place = "" if namespace == DEFAULT_NAMESPACE else f"{namespace}/"
    return service_alias(f"{VENDOR}-{kind}", f"{place}{name}")


def ref_of(kind: str, name: str, namespace: str = DEFAULT_NAMESPACE) -> Ref:
    """Return the entity that a thing of the catalog's kind is when nobody declares it."""
    return Ref(kind.lower(), plain(namespace), plain(name))


@dataclass(slots=True)
class Names:
    """What is known by which name, as far as one look saw it."""

    _things: dict[tuple[str, str], Ref] = field(default_factory=dict)
    _teams: dict[str, Ref] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Iterable[tuple[Document, Ref]], teams: Iterable[Team]) -> Names:
        """Take documents, with the refs that their claims have, and the teams."""
        names = cls()
        for document, ref in known:
            for kind in (ref.kind, ""):
                names._things.setdefault((kind, document.name.casefold()), ref)
        for team in teams:
            for words in (team.handle, team.name):
                names._teams.setdefault(words.casefold(), team.ref)
        return names

    def find(self, wanted: Wanted) -> Ref | None:
        """Return what a document refers to; None where the words name nothing."""
        words, kind = wanted.words, wanted.kind
        if kind == "group":
            return self._owner(words)
        prefix, colon, rest = words.partition(":")
        if colon and prefix.lower() in FORMAT.kinds:
            kind, words = FORMAT.kinds[prefix.lower()], rest
        elif colon:
            kind, words = prefix.lower(), rest
        namespace, _, name = words.rpartition("/")
        known = self._things.get((kind, name.casefold()))
        if known is None and kind == "component":  # what things depend on may be of any kind
            known = self._things.get(("", name.casefold()))
        if known is not None or not name.strip():
            return known
        return ref_of(kind, name, namespace or DEFAULT_NAMESPACE)

    def _owner(self, words: str) -> Ref | None:
        prefix, colon, rest = words.partition(":")
        name = (rest if colon else words).rpartition("/")[2].strip()
        known = self._teams.get(words.casefold()) or self._teams.get(name.casefold())
        if known is not None or not name:
            return known
        if "@" in name:
            return person_ref(name)
        if colon and prefix.lower() == "user":
            return Ref("user", DEFAULT_NAMESPACE, plain(name))
        return team_ref(name)
