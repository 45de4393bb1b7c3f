"""The small card under a link that somebody posted. Everybody in the channel sees it, so it calls nobody."""

from __future__ import annotations

from datetime import datetime

from blocks import kit, oncall, sentences
from blocks.pens import Mrkdwn
from domain.answers import Found


def card_for(found: Found, now: datetime) -> kit.Block:
    """Return what `chat.unfurl` takes for one link: what it is, whose, and who is on call; no buttons."""
    pen = Mrkdwn(public=True)
    on_call = oncall.line(found.on_call, pen, now) if found.on_call else ""
    small = [
        sentences.place(found, pen),
        sentences.gone(found, pen, now),
        f"on call: {on_call}" if on_call else "",
    ]
    lines = [line for line in small if line]
    blocks = [kit.section(sentences.owner_headline(found, pen)), *([kit.context(*lines)] if lines else [])]
    return {"blocks": blocks}
