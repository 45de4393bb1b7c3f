"""What answers point at: things in a line, people, and owners with the ways to reach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.refs import Ref


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to point at: enough for a line of a list."""

    ref: Ref
    name: str
    title: str
    kind: str
    """As written: `Component`, `API`, …."""
    owner: Ref | None = None
    owner_title: str = ""
    tier: str = ""
    lifecycle: str = ""
    type: str = ""
    vanished_at: datetime | None = None
    """When the last source that knew it stopped seeing it; None while one does."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of an owning team; `slack_user_id` is empty when nobody knows it."""

    ref: Ref
    title: str
    slack_user_id: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for a thing: a team (Group) or a person (User)."""

    ref: Ref
    title: str
    known: bool
    """Whether the catalog holds this owner; False is an owner that is named and does not exist."""
    channel: str = ""
    """The Slack channel's name, without #."""
    slack_channel_id: str = ""
    slack_usergroup_id: str = ""
    slack_user_id: str = ""
    email: str = ""
    people: tuple[Person, ...] = ()
    """The team's members, by title; for a person, empty."""
