"""Words to tell a look of a host: `look(repository("acme/pay", teams=…), team("acme/payments"))`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import yaml

from domain.entities import EVERYTHING, Claim, FileText, Json, Snapshot
from domain.refs import Ref, parse_ref
from integrations.hosting.facts import Access, HostFacts, PersonFacts, RepositoryFacts, TeamFacts
from integrations.hosting.looks import look_of
from integrations.hosting.reading import FilesRead, Part
from workflows.ports import Look

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def repository(slug: str, *, teams: Mapping[str, str] | None = None, **more: object) -> RepositoryFacts:
    """Return a repository of which the host tells little; `teams` are permissions by slug."""
    access = tuple(Access(team, permission) for team, permission in (teams or {}).items())
    plain = RepositoryFacts(f"R_{slug}", slug, f"https://host.example/{slug}", teams=access)
    return replace(plain, **{"default_branch": "main", **more})  # type: ignore[arg-type]  # a test's words


def team(slug: str, *members: str, parent: str = "") -> TeamFacts:
    return TeamFacts(f"T_{slug}", slug, slug.rpartition("/")[2].title(), parent=parent, members=members)


def person(login: str, name: str = "", email: str = "", *, active: bool = True) -> PersonFacts:
    return PersonFacts(f"U_{login}", login, name, email, active)


def facts(
    *those: RepositoryFacts | TeamFacts | PersonFacts,
    host: str = "github",
    within: tuple[str, ...] = (EVERYTHING,),
    teams_complete: bool = True,
) -> HostFacts:
    return HostFacts(
        host,
        tuple(each for each in those if isinstance(each, RepositoryFacts)),
        tuple(each for each in those if isinstance(each, TeamFacts)),
        tuple(each for each in those if isinstance(each, PersonFacts)),
        within,
        teams_complete,
    )


def look(found: HostFacts, **options: str | tuple[str, ...]) -> Look:
    """Look as an adapter does, catalog files and manifests included."""
    return look_of(found, source="github", observed_at=NOW, read=read_files, **options)  # type: ignore[arg-type]


def read_files(found: HostFacts, source: str, observed_at: datetime) -> FilesRead:
    """Read `catalog-info.yaml` (kind, name and annotations of each document) and where Dockerfiles are."""
    claims: list[Claim] = []
    declared: dict[str, tuple[tuple[Ref, str], ...]] = {}
    parts = {}
    for each in found.repositories:
        mine = []
        for path, text in each.files.items():
            folder, _, name = path.rpartition("/")
            if name == "catalog-info.yaml":
                for document in yaml.safe_load_all(text):
                    claims.append(_declaration(document))
                    mine.append((claims[-1].ref, folder))
        declared[each.id] = tuple(mine)
        parts[each.id] = tuple(
            Part(path.removesuffix("/Dockerfile"), each.files.get(path, "").removeprefix("# "))
            for path in each.paths
            if path.endswith("/Dockerfile")
        )
    within = tuple(each.id for each in found.repositories)
    snapshots = (Snapshot(f"{source}/backstage", observed_at, tuple(claims), within),) if claims else ()
    return FilesRead(snapshots, declared, parts, read=len(claims))


def _declaration(document: Mapping[str, Json]) -> Claim:
    kind, name = str(document["kind"]), str(document["name"])
    aliases = document.get("aliases", [])
    assert isinstance(aliases, list)
    return Claim(parse_ref(name, kind.lower()), name, kind, {}, tuple(aliases))


def snapshot(seen: Look, source: str) -> Snapshot | None:
    return next((each for each in seen.snapshots if each.source == source), None)


def texts(seen: Look) -> tuple[FileText, ...]:
    """Return the texts that are kept of the repositories."""
    found = snapshot(seen, "github")
    return found.files if found else ()


def claims(seen: Look, source: str = "github") -> dict[str, Claim]:
    """Return what a claimant claims, by the id under which it knows the thing."""
    found = snapshot(seen, source)
    return {claim.key: claim for claim in found.claims} if found else {}


def opinion(seen: Look, evidence: str, slug: str) -> tuple[str, float, str] | None:
    """Return who owns a repository by one kind of evidence, how sure that is, and why."""
    claim = claims(seen, f"github/{evidence}").get(f"R_{slug}")
    if claim is None:
        return None
    grounds = claim.grounds["owner"]
    assert grounds.confidence == claim.confidence
    return str(parse_ref(str(claim.fields["owner"])).short), grounds.confidence, grounds.reason
