"""Checks what an app wants a message to hold: text, blocks, attachments, metadata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.blockkit import BlockError, check_blocks
from playground.emulator import Emulator
from playground.workspace import Json

TEXT_LIMIT = 40_000
ATTACHMENT_LIMIT = 100


def check_content(emulator: Emulator, given: Mapping[str, Any]) -> Json:
    """Return text, blocks, attachments and metadata of a message, checked; raises BlockError."""
    text, blocks, attachments = given.get("text") or "", given.get("blocks"), given.get("attachments")
    if not text and not blocks and not attachments:
        raise BlockError("no_text")
    if not isinstance(text, str) or len(text) > TEXT_LIMIT:
        raise BlockError("msg_too_long")
    content: Json = {"text": text}
    refused = emulator.faults.refuse_blocks
    if blocks:
        if not isinstance(blocks, list):
            raise BlockError("invalid_blocks_format")
        content["blocks"] = check_blocks(blocks, refused=refused)
    if attachments:
        content["attachments"] = _attachments(attachments, refused)
    metadata = given.get("metadata")
    if metadata is not None:
        if not isinstance(metadata, dict) or not {"event_type", "event_payload"} >= metadata.keys():
            raise BlockError("invalid_metadata_format")
        content["metadata"] = metadata
    return content


def _attachments(given: Any, refused: list[str]) -> list[Json]:
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise BlockError("invalid_attachments")
    if len(given) > ATTACHMENT_LIMIT:
        raise BlockError("too_many_attachments")
    shown = []
    for index, one in enumerate(given, start=1):
        checked = {"id": index, **one}
        if one.get("blocks"):
            try:
                checked["blocks"] = check_blocks(one["blocks"], refused=refused)
            except BlockError as error:
                place = f"[json-pointer:/attachments/{index - 1}/blocks"
                places = [line.replace("[json-pointer:/blocks", place) for line in error.messages]
                raise BlockError(str(error), places) from error
        shown.append(checked)
    return shown
