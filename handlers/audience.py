"""What may stand in a channel: no more than everybody in there may see.

Nobody is asked who is in a channel unless it makes a difference, and never before an acknowledgement.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from threading import Lock

from slack_bolt import BoltContext
from slack_sdk.errors import SlackApiError

from domain.answers import Answer, Asker
from domain.visibility import OUTSIDE, Reader
from handlers.portal import Portal

KEPT_SECONDS = 300
"""How long it is believed who is in a channel."""
MOST_MEMBERS = 1_000
"""With more people in it than this, a channel is taken for one that anybody may be in."""
_MOST_CHANNELS = 2_000
NOT_FOR_ALL = (
    "I cannot show this to the whole channel: it holds things that somebody in there may not see.",
    "Invite idp to a private channel, so that I can tell who is in it: /invite @idp",
)
"""What is said where an answer is not for everybody, and what may help."""


class Audience:
    """Knows who reads a channel; safe for any number of threads."""

    def __init__(self, portal: Portal, clock: Callable[[], float] = time.monotonic) -> None:
        self._portal = portal
        self._clock = clock
        self._known: dict[str, tuple[float, Reader]] = {}
        self._lock = Lock()

    def answer(self, words: str, asker: Asker, own: Answer, context: BoltContext) -> Answer:
        """Return the answer for all in the asker's channel; where they see as much, the asker's `own`."""
        questions = self._portal.questions
        everybody = self.of(asker.slack_channel_id, context)
        if questions.readers.alike(questions.readers.of(asker), everybody):
            return own
        return questions.answer(words, replace(asker, reader=everybody))

    def of(self, channel: str, context: BoltContext) -> Reader:
        """Return how far everybody in a channel may see.

        Where Slack does not tell who is in it, guests may be if the workspace has any.
        """
        if not self._portal.questions.readers.hiding:
            return Reader()
        now = self._clock()
        with self._lock:
            at, reader = self._known.get(channel, (now - KEPT_SECONDS, OUTSIDE))
            if now - at < KEPT_SECONDS:
                return reader
        reader = self._look(channel, context)
        with self._lock:
            if len(self._known) >= _MOST_CHANNELS:
                self._known.clear()
            self._known[channel] = (now, reader)
        return reader

    def _look(self, channel: str, context: BoltContext) -> Reader:
        readers, client = self._portal.questions.readers, context.client
        known = self._portal.catalog.channel(channel)
        try:
            if (
                known.shared
                if known
                else client.conversations_info(channel=channel)["channel"].get("is_ext_shared")
            ):
                return OUTSIDE
            answer = client.conversations_members(channel=channel, limit=MOST_MEMBERS)
            if not (answer.get("response_metadata") or {}).get("next_cursor"):
                return readers.least(each for each in answer["members"] if each != context.bot_user_id)
        except (SlackApiError, OSError):
            pass
        return OUTSIDE if readers.guests else Reader()
