"""Sentry's answers as values: what of an item is used, with the types that it must have.

Pure. What Sentry adds or leaves null passes; an item without an id or slug is a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from domain.entities import Finding

T = TypeVar("T")


class Malformed(ValueError):
    """An item that cannot be used, in words."""


@dataclass
class Read(Generic[T]):
    """The items of a list, and what was wrong with others."""

    items: list[T] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether every item could be used: only then are others gone."""
        return not self.findings

    def take(self, where: str, raw: Iterable[Any], make: Callable[[Mapping[str, Any]], T | None]) -> None:
        """Add what a page holds; `make` returns None for what is passed over, and raises Malformed."""
        for number, each in enumerate(raw, 1):
            try:
                made = make(_object(each))
            except Malformed as error:
                problem, remedy = f"item {number} of a page {error}", "It was left out; see it in Sentry."
                self.findings.append(Finding(where, 0, problem, remedy))
            else:
                if made is not None:
                    self.items.append(made)


@dataclass(frozen=True, slots=True)
class Project:
    """A project."""

    id: str
    slug: str
    name: str
    platform: str
    """Sentry's word for it, `python-django`; empty: unknown."""
    teams: tuple[str, ...]
    """Slugs."""
    released: bool
    """Whether it may have a release; Sentries that do not tell are taken to say yes."""


@dataclass(frozen=True, slots=True)
class Team:
    """A team."""

    id: str
    slug: str
    name: str
    members: int | None
    """How many; None: not told."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody's membership of the organization, or an invitation to it."""

    id: str
    name: str
    email: str
    invited: bool
    disabled: bool
    """Expired, deactivated, or more than the plan has room for."""


def project(raw: Mapping[str, Any]) -> Project:
    """Read a project. Raises Malformed."""
    teams = raw.get("teams")
    listed = teams if isinstance(teams, list) else []
    slugs = [text(each, "slug") for each in listed if isinstance(each, Mapping)]
    return Project(
        needed(raw, "id"),
        needed(raw, "slug"),
        text(raw, "name"),
        text(raw, "platform"),
        tuple(dict.fromkeys(slug for slug in slugs if slug)),
        raw.get("latestRelease", True) is not None,
    )


def team(raw: Mapping[str, Any]) -> Team:
    """Read a team. Raises Malformed."""
    count = raw.get("memberCount")
    counted = count if isinstance(count, int) and not isinstance(count, bool) else None
    return Team(needed(raw, "id"), needed(raw, "slug"), text(raw, "name"), counted)


def member(raw: Mapping[str, Any]) -> Member | None:
    """Read a member; None for who merely asks to become one. Raises Malformed."""
    if text(raw, "inviteStatus").startswith("requested"):
        return None
    user, flags = raw.get("user"), raw.get("flags")
    off = isinstance(user, Mapping) and user.get("isActive") is False
    full = isinstance(flags, Mapping) and flags.get("member-limit:restricted") is True
    email, name = text(raw, "email"), text(raw, "name")
    return Member(
        needed(raw, "id"),
        "" if "@" in name else name,  # who never said a name is called by the address
        email if "@" in email else "",
        raw.get("pending") is True,
        raw.get("expired") is True or off or full,
    )


def text(raw: Mapping[str, Any], key: str) -> str:
    """Return a text or a whole number as text; empty for anything else."""
    value = raw.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def needed(raw: Mapping[str, Any], key: str) -> str:
    """Return a text that must be there. Raises Malformed."""
    if found := text(raw, key):
        return found
    raise Malformed(f"has no {key}")


def inside(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return an object inside of another; an empty one where there is none."""
    value = raw.get(key)
    return value if isinstance(value, Mapping) else {}


def moment(value: object) -> datetime | None:
    """Read a time; None when it is none."""
    try:
        at = datetime.fromisoformat(value.replace("Z", "+00:00")) if isinstance(value, str) else None
    except ValueError:
        return None
    return at if at is None or at.tzinfo else at.replace(tzinfo=UTC)


def _object(value: object) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    raise Malformed("is no object")
