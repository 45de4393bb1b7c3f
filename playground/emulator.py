"""All parts of one running workspace, put together once and passed to every act.

It refuses to act itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playground.app_settings import AppSettings
from playground.clock import Clock
from playground.faults import Faults
from playground.feed import Feed
from playground.journal import Journal
from playground.link import Link
from playground.modals import Modals
from playground.passes import Hooks, Triggers
from playground.seed import Seed
from playground.workspace import Workspace


@dataclass
class Emulator:
    """The parts; `url` is known once the server listens."""

    workspace: Workspace
    clock: Clock
    app: AppSettings
    faults: Faults
    journal: Journal
    feed: Feed
    link: Link
    triggers: Triggers
    hooks: Hooks
    modals: Modals
    url: str = field(default="")


def assemble(seed: Seed, app: AppSettings, clock: Clock) -> Emulator:
    """Put a workspace together as `seed` describes it."""
    journal, faults = Journal(clock), Faults()
    return Emulator(
        workspace=Workspace(seed, clock),
        clock=clock,
        app=app,
        faults=faults,
        journal=journal,
        feed=Feed(),
        link=Link(clock, journal, faults, seed.bot.app_id),
        triggers=Triggers(clock),
        hooks=Hooks(clock),
        modals=Modals(),
    )
