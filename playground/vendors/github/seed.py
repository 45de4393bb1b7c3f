"""Reads an organization from YAML, where ages count from now so that the demo is fresh on any day.

Refuses what does not fit, with the repository's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from playground.seed import load_yaml
from playground.vendors.github.state import Guarding, Merge, Organization, Person, Repository, Team

UNITS = {"m": 60, "h": 3_600, "d": 86_400, "w": 604_800, "y": 31_536_000}
WINDOW_DAYS = 88
"""Merges of the file are spread over so many days before now."""
BOTS = frozenset({"renovate", "dependabot"})


class Strict(BaseModel):
    """A part of the file; a key that is not known is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PersonSeed(Strict):
    """A member."""

    login: str
    name: str = ""
    email: str = ""
    admin: bool = False


class TeamSeed(Strict):
    """A team; `parent` is a slug."""

    slug: str
    name: str
    description: str = ""
    parent: str = ""
    members: tuple[str, ...] = ()


class GuardSeed(Strict):
    """What guards the default branch."""

    reviews: int = 1
    checks: tuple[str, ...] = ()
    force_push: bool = False
    ruleset: bool = False


class RepositorySeed(Strict):
    """A repository; ages are a number with m, h, d, w or y."""

    name: str
    description: str = ""
    homepage: str = ""
    topics: tuple[str, ...] = ()
    languages: dict[str, int] = Field(default_factory=dict)
    visibility: str = "private"
    archived: bool = False
    fork: bool = False
    template: bool = False
    created: date
    pushed: str = ""
    release: tuple[str, str] | None = None
    open: int = 0
    merged: dict[str, int] = Field(default_factory=dict)
    checks: str = ""
    guard: GuardSeed | None = None
    alerts: dict[str, int] = Field(default_factory=dict)
    teams: dict[str, str] = Field(default_factory=dict)
    formerly: tuple[str, ...] = ()
    """Names that it had before, and that still lead to it."""
    like: str = ""
    """The skeleton whose files it has, unless it brings its own of the same name."""
    files: dict[str, str] = Field(default_factory=dict)


class OrganizationSeed(Strict):
    """The file."""

    login: str
    name: str = ""
    description: str = ""
    people: tuple[PersonSeed, ...] = ()
    teams: tuple[TeamSeed, ...] = ()
    skeletons: dict[str, dict[str, str]] = Field(default_factory=dict)
    """Files by name of the skeleton; `{name}` and `{description}` in them are the repository's."""
    repositories: tuple[RepositorySeed, ...] = ()


def read_seed(path: Path, folders: Path | None, now: datetime) -> Organization:
    """Return the organization that a file describes. Raises ValueError when it does not fit."""
    return organization_of(load_yaml(path.read_text("utf-8")), folders, now)


def organization_of(document: Mapping[str, Any], folders: Path | None, now: datetime) -> Organization:
    """Return the organization of a document; `folders` bring files by the repository's name."""
    seed = OrganizationSeed.model_validate(document)
    made = Organization(seed.login, name=seed.name, description=seed.description)
    for number, person in enumerate(seed.people, 1_001):
        made.people[person.login] = Person(number, **person.model_dump())
    for number, team in enumerate(seed.teams, 7_001):
        fields = {**team.model_dump(), "members": list(team.members)}
        made.teams[team.slug] = Team(number, **fields)
    for number, each in enumerate(seed.repositories):
        unknown = set(each.teams) - set(made.teams)
        if unknown:
            raise ValueError(f"repository {each.name}: there is no team {', '.join(sorted(unknown))}")
        if each.like and each.like not in seed.skeletons:
            raise ValueError(f"repository {each.name}: there is no skeleton {each.like}")
        files = {
            path: text.replace("{name}", each.name).replace("{description}", each.description)
            for path, text in seed.skeletons.get(each.like, {}).items()
        }
        one = _repository(
            each, seed.login, 600_011 + 131 * number, {**files, **_files(folders, each.name)}, now
        )
        made.repositories[one.id] = one
        made.renamed.update({f"{seed.login}/{former}".lower(): one.id for former in each.formerly})
    return made


def _repository(
    each: RepositorySeed, owner: str, number: int, files: Mapping[str, str], now: datetime
) -> Repository:
    created = datetime.combine(each.created, time(9, 12), UTC)
    pushed = now - age(each.pushed) if each.pushed else None
    plain = {
        name: getattr(each, name)
        for name in ("name", "description", "homepage", "topics", "visibility", "archived", "fork",
                     "template", "checks", "teams", "alerts", "languages")
    }  # fmt: skip
    return Repository(
        number=number,
        owner=owner,
        created_at=created,
        updated_at=pushed or created,
        pushed_at=pushed,
        release=(each.release[0], now - age(each.release[1])) if each.release else None,
        open_pull_requests=each.open,
        merges=merges(each.merged, now),
        guarding=Guarding(**each.guard.model_dump()) if each.guard else None,
        files={**files, **each.files},
        **plain,
    )


def merges(counts: Mapping[str, int], now: datetime) -> list[Merge]:
    """Spread merged pull requests over the last 88 days, the busiest person's between the others'."""
    queue = [login for login, count in counts.items() for _ in range(count)]
    step = timedelta(days=WINDOW_DAYS) / max(1, len(queue))
    shuffled = [
        queue[(place * 7) % len(queue)] if len(queue) % 7 else login for place, login in enumerate(queue)
    ]
    return [
        Merge(4_000 - place, login, now - step * place, login in BOTS) for place, login in enumerate(shuffled)
    ]


def age(text: str) -> timedelta:
    """Return how long `3d` or `5h` is. Raises ValueError."""
    unit = UNITS.get(text[-1:])
    if unit is None or not text[:-1].isdigit():
        raise ValueError(f"{text!r} is no age: write a number with m, h, d, w or y, such as 3d")
    return timedelta(seconds=int(text[:-1]) * unit)


def _files(folders: Path | None, name: str) -> dict[str, str]:
    """Return the texts of a repository's folder; empty where it has none."""
    folder = folders / name if folders else Path()
    if folders is None or not folder.is_dir():
        return {}
    return {
        each.relative_to(folder).as_posix(): each.read_text("utf-8")
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }
