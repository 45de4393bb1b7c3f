"""Reads the files of the repositories of one look: catalog files, CODEOWNERS, manifests and parts.

The only bridge from hosts to the readers of files; asks the host for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from domain.entities import Json
from domain.refs import DEFAULT_NAMESPACE, Ref
from integrations.files.checkouts import Checkout
from integrations.files.manifests.manifest import Manifest
from integrations.files.manifests.parts import parts_of
from integrations.files.repositories import read_checkouts
from integrations.hosting.facts import HostFacts, RepositoryFacts
from integrations.hosting.reading import FilesRead, Part
from integrations.hosting.refs import Refs
from integrations.hosting.repository_fields import url_of


def read_files(facts: HostFacts, source: str, observed_at: datetime) -> FilesRead:
    """Return what the files of a look's repositories say. Never raises for what files hold."""
    read = read_checkouts(
        [_checkout(each, facts.host) for each in facts.repositories],
        source=source,
        observed_at=observed_at,
        known=_known(facts),
    )
    parts = {each.id: parts_of(each.paths, each.files) for each in facts.repositories}
    return FilesRead(
        read.snapshots,
        {id_: tuple((each.ref, each.folder) for each in found) for id_, found in read.declared.items()},
        {id_: tuple(Part(each.folder, each.name) for each in found) for id_, found in parts.items()},
        {
            id_: tuple(_said(manifest) for part in found for manifest in part.manifests)
            for id_, found in parts.items()
        },
        read.findings,
        read.read,
    )


def _checkout(repository: RepositoryFacts, host: str) -> Checkout:
    return Checkout(repository.id, repository.slug, host, repository.files, _address(repository, host))


def _address(repository: RepositoryFacts, host: str) -> Callable[[str, int | None], str]:
    def address(path: str, line: int | None) -> str:
        url = url_of(repository, path, host, file=True)
        return f"{url}#L{line}" if line else url

    return address


def _known(facts: HostFacts) -> Mapping[str, Ref]:
    """Return the teams and people of the look by their aliases, for owners to be found by."""
    refs = Refs.of(facts, DEFAULT_NAMESPACE, ())
    known = {f"{facts.host}-team:{team.slug}".lower(): refs.spelled_team(team.slug) for team in facts.teams}
    for person in facts.people:
        if person.active:
            known[f"{facts.host}-user:{person.login}".lower()] = refs.spelled_person(person.login)
            if person.email:
                known[f"mailto:{person.email}".lower()] = refs.spelled_person(person.login)
    return known


def _said(manifest: Manifest) -> Mapping[str, Json]:
    said: dict[str, Json] = {
        "path": manifest.path,
        "ecosystem": manifest.ecosystem,
        "name": manifest.name,
        "language": manifest.language,
        "frameworks": list(manifest.frameworks),
    }
    return said if manifest.application is None else {**said, "application": manifest.application}
