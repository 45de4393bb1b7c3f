"""How a sentence is written down: in Slack's markup for one reader or for all, or bare for a terminal.

A pen gets foreign text and returns it safe for its surface; it composes no sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from blocks import limits, wording
from blocks.escaping import cleaned, entities, slack_id, web_url
from domain.answers import Owner, Person
from domain.clock import time_left_in_words

NAMELESS = "(no name)"
_DEEPEST = 24
ASTERISK, BACKQUOTE = "\N{ASTERISK OPERATOR}", "\N{MODIFIER LETTER GRAVE ACCENT}"
"""They stand for the two signs that end bold and code and that mrkdwn cannot escape."""


class Pen(Protocol):
    """Writes foreign text for one surface."""

    def text(self, foreign: str, limit: int = limits.NAME) -> str:
        """Return the text itself, cut to `limit` characters before it is made safe."""
        ...

    def strong(self, foreign: str) -> str:
        """Return a name, emphasized."""
        ...

    def code(self, foreign: str) -> str:
        """Return something to type or to find: a path, a ref, words."""
        ...

    def block(self, lines: Sequence[str]) -> list[str]:
        """Return lines of code as a block, each cut to the longest line; no more than what was given."""
        ...

    def link(self, url: str, foreign: str) -> str:
        """Return a link with its label; empty text when the address is none of the web."""
        ...

    def origin(self, where: str) -> str:
        """Return the place where something was read: a path, or an address to follow."""
        ...

    def channel(self, owner: Owner) -> str:
        """Return the owner's channel; empty text when there is none."""
        ...

    def person(self, person: Person) -> str:
        """Return a person's name."""
        ...

    def time(self, at: datetime, now: datetime) -> str:
        """Return a time that is still to come, or that has just been."""
        ...


class Terminal:
    """Bare text: no markup at all."""

    def text(self, foreign: str, limit: int = limits.NAME) -> str:
        """Return it on one line, without control characters."""
        return limits.cut(cleaned(foreign), limit)

    def strong(self, foreign: str) -> str:
        """Return it as it is: a terminal shows no emphasis here."""
        return self.text(foreign) or NAMELESS

    def code(self, foreign: str) -> str:
        """Return it as it is, a path of any usual length whole."""
        return self.text(foreign, 3 * limits.NAME)

    def block(self, lines: Sequence[str]) -> list[str]:
        """Return the lines a little to the right."""
        return [f"    {_indent(line)}{self.text(line, limits.ROW)}" for line in lines]

    def link(self, url: str, foreign: str) -> str:
        """Return label and address side by side."""
        return f"{self.text(foreign)} {self.text(url, limits.LINE)}" if web_url(url) else ""

    def origin(self, where: str) -> str:
        """Return it as it is: terminals make addresses links by themselves."""
        return self.code(where)

    def channel(self, owner: Owner) -> str:
        """Return `#name`."""
        return f"#{self.text(owner.channel)}" if owner.channel else ""

    def person(self, person: Person) -> str:
        """Return the person's name."""
        return self.text(person.title)

    def time(self, at: datetime, now: datetime) -> str:
        """Return it in UTC, and how long it is until then: `Mon 9 Mar 09:00 UTC (in 4 days)`."""
        left = f" ({time_left_in_words(at - now)})" if at > now else ""
        return f"{wording.moment(at)}{left}"


class Mrkdwn:
    """Slack's markup. `public` text is seen by many, so it names people without calling them."""

    def __init__(self, *, public: bool) -> None:
        self._public = public

    def text(self, foreign: str, limit: int = limits.NAME) -> str:
        """Return it with Slack's special characters escaped, cut again at twice the `limit`."""
        return limits.cut_mrkdwn(entities(limits.cut(cleaned(foreign), limit)), 2 * limit)

    def strong(self, foreign: str) -> str:
        """Return it in bold; mrkdwn cannot escape an asterisk, so a like sign stands for it."""
        return f"*{self.text(foreign).replace('*', ASTERISK) or NAMELESS}*"

    def code(self, foreign: str) -> str:
        """Return it as code; mrkdwn cannot escape a backquote, so a like sign stands for it."""
        return f"`{self.text(foreign, 3 * limits.NAME).replace('`', BACKQUOTE)}`"

    def block(self, lines: Sequence[str]) -> list[str]:
        """Return the lines between Slack's fences, which none of them can end."""
        safe = (f"{_indent(line)}{self.text(line, limits.ROW).replace('`', BACKQUOTE)}" for line in lines)
        return ["```", *safe, "```"]

    def link(self, url: str, foreign: str) -> str:
        """Return `<url|label>`."""
        safe = web_url(url)
        return f"<{safe}|{self._label(foreign)}>" if safe and len(safe) < limits.LINE else ""

    def origin(self, where: str) -> str:
        """Return an address as a link named like itself, without its scheme; anything else as code."""
        return self.link(where, where.partition("://")[2]) or self.code(where)

    def channel(self, owner: Owner) -> str:
        """Return a link to the channel, which pings nobody; `#name` when its id is not known."""
        channel_id = slack_id(owner.slack_channel_id)
        if channel_id:
            label = f"|{self._label(owner.channel)}" if owner.channel else ""
            return f"<#{channel_id}{label}>"
        return f"#{self.text(owner.channel)}" if owner.channel else ""

    def person(self, person: Person) -> str:
        """Return a mention where only the asker sees it (it notifies nobody then), else the name."""
        user_id = "" if self._public else slack_id(person.slack_user_id)
        return f"<@{user_id}>" if user_id else self.text(person.title)

    def time(self, at: datetime, now: datetime) -> str:  # noqa: ARG002 -- Slack itself says "today"
        """Return it as Slack shows each reader in their own time zone; in UTC where it cannot.

        https://docs.slack.dev/messaging/formatting-message-text#date-formatting
        """
        seconds = int(at.timestamp())
        shown = wording.moment(at)
        return f"<!date^{seconds}^{{date_short_pretty}} at {{time}}|{shown}>" if seconds > 0 else shown

    def _label(self, foreign: str) -> str:
        return self.text(foreign).replace("|", "¦") or NAMELESS


def _indent(line: str) -> str:
    """Return the blanks that a line of code begins with, at most so many."""
    start = line.expandtabs(4)
    return " " * min(len(start) - len(start.lstrip(" ")), _DEEPEST)
