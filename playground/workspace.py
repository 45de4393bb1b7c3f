"""The state of one workspace: people, channels, messages, user groups; all of it in memory.

It refuses nothing that Slack's rules are about: those stand where the acts are (webapi, acts).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from playground.clock import Clock
from playground.seed import Seed, SeedBot, SeedMessage, Team, stable_id

Json: TypeAlias = dict[str, Any]
"""A JSON object."""

SLACKBOT = "USLACKBOT"
KEPT_MESSAGES = 10_000
"""So many newest messages a channel keeps, so that a bench does not eat the memory."""


@dataclass(slots=True, eq=False)
class Member:
    """A person, or the user of a bot."""

    id: str
    name: str
    real_name: str = ""
    email: str = ""
    title: str = ""
    tz: str = "Etc/UTC"
    deleted: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_invited: bool = False
    is_bot: bool = False


@dataclass(slots=True, eq=False)
class Message:
    """One message. `body` is Slack's message object; `only_for` the one person who sees an ephemeral one."""

    body: Json
    channel: str
    only_for: str | None = None
    raw: Json = field(default_factory=dict)
    """What the app sent, as it sent it; empty for a person's message."""

    @property
    def ts(self) -> str:
        """The message's id within its channel: seconds and microseconds since 1970."""
        return str(self.body["ts"])


@dataclass(slots=True, eq=False)
class Channel:
    """A channel, or a direct conversation when `is_im`; the two of it are then the members."""

    id: str
    name: str
    created: int
    creator: str
    topic: str = ""
    purpose: str = ""
    is_private: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False
    is_im: bool = False
    is_mpim: bool = False
    members: dict[str, None] = field(default_factory=dict)
    messages: dict[str, Message] = field(default_factory=dict)
    replies: dict[str, list[str]] = field(default_factory=dict)
    """For each thread's parent the ts of its replies, oldest first."""
    bookmarks: dict[str, Json] = field(default_factory=dict)
    pins: list[str] = field(default_factory=list)
    prompts: list[Json] = field(default_factory=list)
    """Title and message of each question that the app suggests in a direct conversation."""
    previous_names: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Usergroup:
    """A user group: a handle that pings its users."""

    id: str
    handle: str
    name: str
    description: str = ""
    users: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    created: int = 0
    deleted: bool = False


class Workspace:
    """Everything that one workspace remembers, with direct look-ups by id and by name."""

    def __init__(self, seed: Seed, clock: Clock) -> None:
        self.clock = clock
        self.team: Team = seed.team
        self.bot: SeedBot = seed.bot
        self.members: dict[str, Member] = {}
        self.channels: dict[str, Channel] = {}
        self.usergroups: dict[str, Usergroup] = {}
        self.files: dict[str, Json] = {}
        self.read_marks: dict[tuple[str, str], str] = {}
        self._by_name: dict[str, Member] = {}
        self._channel_by_name: dict[str, Channel] = {}
        self._ims: dict[frozenset[str], Channel] = {}
        self._last_micros = 0
        self._numbers = itertools.count(1)
        self._settle(seed)

    def _settle(self, seed: Seed) -> None:
        for row in seed.people:
            self.add_member(Member(**row.model_dump()))
        for member in (
            Member(self.bot.user_id, self.bot.name, self.bot.name, is_bot=True),
            Member(SLACKBOT, "slackbot", "Slackbot"),
        ):
            self.add_member(member)
        # Guests are in the channels to which somebody invited them, by name.
        everybody = [
            row.id for row in seed.people if not (row.deleted or row.is_restricted or row.is_ultra_restricted)
        ]
        for channel in seed.channels:
            facts = channel.model_dump(exclude={"members", "bot"})
            here = (
                everybody
                if channel.members == "all"
                else [self._by_name[name].id for name in channel.members]
            )
            if channel.bot if channel.bot is not None else not channel.is_private:
                here = [*here, self.bot.user_id]
            creator = here[0] if here else SLACKBOT
            self.add_channel(
                Channel(created=self.seconds(), creator=creator, members=dict.fromkeys(here), **facts)
            )
        for group in seed.usergroups:
            users = [self._by_name[name].id for name in group.users]
            name = group.name or group.handle
            self.usergroups[group.id] = Usergroup(
                group.id, group.handle, name, users=users, created=self.seconds(), deleted=group.disabled
            )

        for message in seed.messages:
            self._say(message)

    def _say(self, seeded: SeedMessage) -> None:
        body: Json = {"type": "message", "team": self.team.id, "text": seeded.text, "ts": self.next_ts()}
        if seeded.person:
            body |= {"user": self._by_name[seeded.person].id, "client_msg_id": stable_id("M", body["ts"])}
        else:
            bot = stable_id("B", seeded.app)
            body |= {"subtype": "bot_message", "username": seeded.app, "bot_id": bot}
        if seeded.attachments:
            body["attachments"] = [{"id": n, **each} for n, each in enumerate(seeded.attachments, start=1)]
        self.keep(Message(body, self._channel_by_name[seeded.channel].id))

    def seconds(self) -> int:
        """Return the whole seconds of the clock."""
        return int(self.clock.now())

    def next_ts(self) -> str:
        """Return a fresh ts, later than every one before it."""
        self._last_micros = max(self._last_micros + 1, int(self.clock.now() * 1_000_000))
        return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"

    def fresh_id(self, prefix: str) -> str:
        """Return an id that nothing bears yet, such as F0000012."""
        return f"{prefix}0{next(self._numbers):07d}"

    def add_member(self, member: Member) -> None:
        """Take `member` in."""
        self.members[member.id] = member
        self._by_name[member.name] = member

    def member_named(self, name: str) -> Member | None:
        """Return who bears this name or id, or None."""
        return self._by_name.get(name) or self.members.get(name)

    def add_channel(self, channel: Channel) -> None:
        """Take `channel` in."""
        self.channels[channel.id] = channel
        if not channel.is_im:
            self._channel_by_name[channel.name] = channel

    def channel_named(self, name: str) -> Channel | None:
        """Return the channel of this name (with or without #) or id, or None."""
        return self._channel_by_name.get(name.removeprefix("#")) or self.channels.get(name)

    def rename_channel(self, channel: Channel, name: str) -> None:
        """Give `channel` the new name; the old one is free again."""
        del self._channel_by_name[channel.name]
        channel.previous_names.append(channel.name)
        channel.name = name
        self._channel_by_name[name] = channel

    def find_im(self, one: str, other: str) -> Channel | None:
        """Return the direct conversation of these two, or None when there was none yet."""
        return self._ims.get(frozenset((one, other)))

    def open_im(self, one: str, other: str) -> Channel:
        """Return the direct conversation of these two, made when there is none."""
        pair = frozenset((one, other))
        found = self._ims.get(pair)
        if found is None:
            key = "-".join(sorted(pair))
            both = dict.fromkeys(sorted(pair))
            found = Channel(
                stable_id("D", key), key, self.seconds(), other, is_private=True, is_im=True, members=both
            )
            self._ims[pair] = found
            self.add_channel(found)
        return found

    def keep(self, message: Message) -> None:
        """Append `message` to its channel; the oldest goes when there are too many."""
        channel = self.channels[message.channel]
        channel.messages[message.ts] = message
        parent = message.body.get("thread_ts")
        if parent and parent != message.ts and message.only_for is None:
            channel.replies.setdefault(parent, []).append(message.ts)
        if len(channel.messages) > KEPT_MESSAGES:
            oldest = next(iter(channel.messages))
            del channel.messages[oldest]
            channel.replies.pop(oldest, None)

    def drop(self, message: Message) -> None:
        """Remove `message` from its channel."""
        channel = self.channels[message.channel]
        channel.messages.pop(message.ts, None)
        siblings = channel.replies.get(message.body.get("thread_ts", ""), [])
        if message.ts in siblings:
            siblings.remove(message.ts)

    def newest_visible(self, channel: Channel, member: str, most: int) -> list[Message]:
        """Return the newest messages that `member` sees in `channel`, oldest first."""
        seen = (one for one in reversed(channel.messages.values()) if one.only_for in (None, member))
        return list(itertools.islice(seen, most))[::-1]

    def unread(self, channel: Channel, member: str) -> int:
        """Return how many messages of others came since `member` last looked."""
        mark = self.read_marks.get((member, channel.id), "")
        count = 0
        for message in reversed(channel.messages.values()):
            if message.ts <= mark:
                break
            count += message.only_for in (None, member) and message.body.get("user") != member
        return count
