"""What somebody's App Home shows: what is theirs, how their teams stand, and what they may want to ask."""

from __future__ import annotations

from dataclasses import dataclass

from domain.answers import Listing
from domain.gaps import Gaps
from domain.oncall import OnCall
from domain.things import Thing


@dataclass(frozen=True, slots=True)
class TeamDesk:
    """One of the person's teams."""

    team: Thing
    on_call: OnCall | None
    """None where no source tells of a policy."""
    gaps: Gaps | None
    """None where nothing is missing, or the person may not ask."""


@dataclass(frozen=True, slots=True)
class Home:
    """All of it; for somebody whom the catalog does not know, the questions alone."""

    person: Thing | None
    """None where the catalog does not know who it is."""
    owned: Listing | None
    """The first page of their services and their teams', else of all that they own; None: nothing."""
    teams: tuple[TeamDesk, ...]
    """Those that the person is in and that own something, at most three."""
    more_teams: int
    """How many further ones there are."""
    starters: tuple[str, ...]
    """Questions to press, at most four, of the person's own things where there are any."""
