"""The modal that holds an answer."""

from __future__ import annotations

from blocks import kit, limits, names
from blocks.message import Message


def answer_view(message: Message) -> kit.Block:
    """Show a message in a modal."""
    return {
        "type": "modal",
        "callback_id": names.ANSWER_VIEW,
        "title": kit.plain("Answer", limits.VIEW_TITLE),
        "close": kit.plain("Close", limits.VIEW_TITLE),
        "blocks": message.blocks[: limits.VIEW_BLOCKS],
    }
