"""Tells how a team's or a person's Slack channel stands, as the workspace's directory last showed it.

Whether somebody is reached by it is judged elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.answers import Owner
from domain.entities import Channel
from questions.question import Records


@dataclass(frozen=True, slots=True)
class OwnersChannel:
    """The channel that an owner names, and what the directory knows of it."""

    named: str
    """Its id, else its name without #, as the catalog has it; empty: the owner names none."""
    channel: Channel | None
    """None where the directory shows no such channel: it is gone, misspelt, private without the bot in it, or
    nobody has looked yet."""

    @property
    def known(self) -> bool:
        """Whether the directory shows it."""
        return self.channel is not None

    @property
    def archived(self) -> bool:
        """Whether nobody can post to it any more."""
        return self.channel is not None and self.channel.archived

    @property
    def shared(self) -> bool:
        """Whether people of other organizations read it."""
        return self.channel is not None and self.channel.shared


def channel_of(owner: Owner, records: Records) -> OwnersChannel:
    """Return an owner's channel by its id, which outlives its name; by its name where no id is given.

    An id that leads nowhere is not made up for by the name, which may be another channel's by now.
    """
    named = owner.slack_channel_id or owner.channel.strip().removeprefix("#")
    return OwnersChannel(named, records.channel(named) if named else None)
