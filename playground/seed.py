"""What a workspace holds when it opens: read from YAML and checked.

It refuses unknown keys, names that nobody bears and ids of the wrong kind, and says where.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator


class SeedError(Exception):
    """A seed file that cannot be used; the text says where, what is wrong, and what would be right."""


def stable_id(prefix: str, name: str) -> str:
    """Return the id that `name` gets when the seed gives none: the same on every start."""
    return prefix + hashlib.sha256(name.encode()).hexdigest()[:10].upper()


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Team(_Part):
    """The workspace itself."""

    id: Annotated[str, Field(pattern=r"^T[A-Z0-9]+$")] = "T0PLAYGROUND"
    name: str = "Playground"
    domain: str = "playground"


class SeedPerson(_Part):
    """One member; `name` is what others type after the @."""

    id: Annotated[str, Field(pattern=r"^([UW][A-Z0-9]+)?$")] = ""
    name: Annotated[str, Field(pattern=r"^[\w][\w.\-]*$", max_length=80)]
    real_name: str = ""
    email: str = ""
    title: str = ""
    tz: str = "Etc/UTC"
    deleted: bool = False
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    """A guest of one channel alone; Slack shows such a one as restricted, too."""
    is_invited: bool = False
    """Invited, and not there yet."""
    is_bot: bool = False
    """Another app's user."""


class SeedChannel(_Part):
    """One channel; `members` are names of people, or all: everybody but guests."""

    id: Annotated[str, Field(pattern=r"^([CG][A-Z0-9]+)?$")] = ""
    name: Annotated[str, Field(pattern=r"^[^A-Z\s.,]+$", max_length=80)]
    topic: str = ""
    purpose: str = ""
    is_private: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False
    members: list[str] | Literal["all"] = "all"
    bot: bool | None = None
    """Whether the bot is a member; None: it is, unless the channel is private."""


class SeedUsergroup(_Part):
    """One user group; `users` are names of people."""

    id: Annotated[str, Field(pattern=r"^(S[A-Z0-9]+)?$")] = ""
    handle: Annotated[str, Field(pattern=r"^[^A-Z\s@]+$")]
    name: str = ""
    users: list[str] = []
    disabled: bool = False


class SeedMessage(_Part):
    """What stands in a channel already: a person's words, or an alert of another app."""

    channel: str
    person: str = ""
    """Who wrote it, by name; empty where an app did."""
    app: str = ""
    """The name under which another app posted it."""
    text: str = ""
    attachments: list[dict[str, Any]] = []

    @model_validator(mode="after")
    def _by_one(self) -> SeedMessage:
        if bool(self.person) == bool(self.app):
            raise ValueError("a message is by a person or by an app: give one of the two")
        return self


class SeedBot(_Part):
    """The app's own user."""

    user_id: Annotated[str, Field(pattern=r"^U[A-Z0-9]+$")] = "U0IDPBOT"
    bot_id: Annotated[str, Field(pattern=r"^B[A-Z0-9]+$")] = "B0IDPBOT"
    app_id: Annotated[str, Field(pattern=r"^A[A-Z0-9]+$")] = "A0IDP"
    name: str = "idp"


class Seed(_Part):
    """A whole workspace, with every id filled in and every name resolved."""

    team: Team = Team()
    people: list[SeedPerson] = []
    channels: list[SeedChannel] = []
    usergroups: list[SeedUsergroup] = []
    bot: SeedBot = SeedBot()
    messages: list[SeedMessage] = []
    """Oldest first."""

    @model_validator(mode="before")
    @classmethod
    def _fill_ids(cls, given: Any) -> Any:
        if isinstance(given, dict):
            given = dict(given)
            for key, prefix, named in (
                ("people", "U", "name"),
                ("channels", "C", "name"),
                ("usergroups", "S", "handle"),
            ):
                rows = given.get(key)
                if isinstance(rows, list):
                    given[key] = [_with_id(row, prefix, named) for row in rows]
        return given

    @model_validator(mode="after")
    def _agree(self) -> Seed:
        known = {person.name for person in self.people}
        _once("person's name", [person.name for person in self.people])
        _once("channel's name", [channel.name for channel in self.channels])
        _once("user group's handle", [group.handle for group in self.usergroups])
        _once("id", [part.id for rows in (self.people, self.channels, self.usergroups) for part in rows])
        for channel in self.channels:
            _known(f"channel {channel.name}", [] if channel.members == "all" else channel.members, known)
        for group in self.usergroups:
            _known(f"user group {group.handle}", group.users, known)
        for message in self.messages:
            _known(f"message in {message.channel}", [message.person] * bool(message.person), known)
            if message.channel not in {channel.name for channel in self.channels}:
                raise ValueError(f"message in {message.channel}: there is no such channel")
        return self


def _with_id(row: Any, prefix: str, named: str) -> Any:
    if isinstance(row, dict) and not row.get("id") and isinstance(row.get(named), str):
        return {**row, "id": stable_id(prefix, row[named])}
    return row


def _once(what: str, values: list[str]) -> None:
    twice = sorted(value for value, times in Counter(values).items() if times > 1)
    if twice:
        raise ValueError(f"{what} given twice: {', '.join(twice)}")


def _known(where: str, names: list[str], known: set[str]) -> None:
    strangers = [name for name in names if name not in known]
    if strangers:
        raise ValueError(f"{where} names people who are not under people: {', '.join(strangers)}")


def load_seed(path: Path) -> Seed:
    """Read the seed at `path`; raises SeedError that names the file, the place and what is wrong there."""
    try:
        given = load_yaml(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SeedError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise SeedError(f"{path}: not YAML in UTF-8: {' '.join(str(error).split())}") from error
    if not isinstance(given, dict):
        raise SeedError(
            f"{path}: must be a mapping with the keys team, people, channels, usergroups, messages"
        )
    try:
        return Seed.model_validate(given)
    except ValidationError as error:
        raise SeedError("\n".join(f"{path}: {_say(one)}" for one in error.errors())) from error


def _say(error: Any) -> str:
    place = ".".join(str(step) for step in error["loc"])
    return f"{place}: {error['msg']}" if place else str(error["msg"])


def load_yaml(text: str) -> Any:
    """Read YAML by the parser in C where there is one, ten times as quick. Raises YAMLError."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
