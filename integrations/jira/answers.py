"""What Jira answers, as values: projects, components and people. Survives what is unknown or null."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_NO_PEOPLE = frozenset({"app", "customer"})
"""Types of accounts that are bots, or somebody else's customers."""


@dataclass(frozen=True, slots=True)
class Person:
    """One account."""

    id: str
    """Stays when the account is renamed: `accountId` in the cloud, `key` in a data center."""
    name: str
    email: str
    """Empty where the account hides it."""
    active: bool
    login: str = ""
    """Its login name, in a data center."""


@dataclass(frozen=True, slots=True)
class Component:
    """A component of a project."""

    id: str
    name: str
    lead: Person | None


@dataclass(frozen=True, slots=True)
class Project:
    """A project with its components."""

    id: str
    key: str
    name: str
    lead: Person | None
    components: tuple[Component, ...] = ()


def person_of(value: Any) -> Person | None:
    """Read an account; None where it is none, or nobody's who works here."""
    if not isinstance(value, Mapping) or value.get("accountType") in _NO_PEOPLE:
        return None
    login = text(value, "name")
    id_ = text(value, "accountId") or text(value, "key") or login
    if not id_:
        return None
    return Person(
        id_,
        text(value, "displayName"),
        text(value, "emailAddress"),
        value.get("active") is not False,
        login,
    )


def project_of(value: Any) -> Project | None:
    """Read a project without its components; None where it has no id or no key."""
    id_, key = text(value, "id"), text(value, "key")
    if not id_ or not key:
        return None
    return Project(id_, key, text(value, "name") or key, person_of(value.get("lead")))


def component_of(value: Any) -> Component | None:
    """Read a component; None where it has no id or no name."""
    id_, name = text(value, "id"), text(value, "name")
    return Component(id_, name, person_of(value.get("lead"))) if id_ and name else None


def is_gone(value: Any) -> bool:
    """Whether a component is archived or deleted, and only kept."""
    return isinstance(value, Mapping) and (value.get("archived") is True or value.get("deleted") is True)


def text(value: Any, name: str) -> str:
    """Return a mapping's text, a number as one; empty where there is none."""
    found = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return found.strip() if isinstance(found, str) else ""
