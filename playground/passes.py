"""What lets an app answer for a short while: trigger ids and response URLs.

It refuses a pass that is unknown, too old or used up, with Slack's own word.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass

from playground.clock import Clock

TRIGGER_SECONDS = 3.0
HOOK_SECONDS = 30 * 60.0
HOOK_USES = 5
KEPT_PASSES = 20_000


class PassError(Exception):
    """A pass that does not open; the text is Slack's error code."""


@dataclass(slots=True, eq=False)
class Trigger:
    """The right to open one view for `person`; `view` is the modal it came from, or None."""

    person: str
    view: str | None
    issued: float
    used: bool = False


class Triggers:
    """All trigger ids of late."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: OrderedDict[str, Trigger] = OrderedDict()

    def issue(self, person: str, view: str | None = None) -> str:
        """Return a fresh trigger id for `person`."""
        trigger_id = (
            f"{int(self._clock.now() * 1000)}.{secrets.randbelow(10**10):010d}.{secrets.token_hex(16)}"
        )
        self._known[trigger_id] = Trigger(person, view, self._clock.now())
        if len(self._known) > KEPT_PASSES:
            self._known.popitem(last=False)
        return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        """Use the trigger up; raises PassError when it is unknown, used or older than three seconds."""
        trigger = self._known.get(trigger_id)
        if trigger is None:
            raise PassError("invalid_trigger_id")
        if trigger.used:
            raise PassError("exchanged_trigger_id")
        if self._clock.now() - trigger.issued > TRIGGER_SECONDS:
            raise PassError("expired_trigger_id")
        trigger.used = True
        return trigger


@dataclass(slots=True, eq=False)
class Hook:
    """The right to answer where something happened; `message` is what it happened to, as ts, or None."""

    channel: str
    person: str
    issued: float
    message: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class Hooks:
    """All response URLs of late, by the last part of their path."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: OrderedDict[str, Hook] = OrderedDict()

    def issue(
        self, channel: str, person: str, message: str | None = None, thread_ts: str | None = None
    ) -> str:
        """Return the key of a fresh response URL."""
        key = secrets.token_urlsafe(18)
        self._known[key] = Hook(channel, person, self._clock.now(), message, thread_ts)
        if len(self._known) > KEPT_PASSES:
            self._known.popitem(last=False)
        return key

    def use(self, key: str) -> Hook:
        """Return the hook; raises PassError when unknown, used five times or older than half an hour."""
        hook = self._known.get(key)
        if hook is None:
            raise PassError("expired_url")
        if self._clock.now() - hook.issued > HOOK_SECONDS:
            raise PassError("expired_url")
        if hook.uses >= HOOK_USES:
            raise PassError("used_url")
        hook.uses += 1
        return hook
