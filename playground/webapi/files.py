"""The methods files.*: an upload in three steps; the middle one is an HTTP POST of the content."""

from __future__ import annotations

from playground.content import check_content
from playground.emulator import Emulator
from playground.posting import by_bot, post
from playground.webapi.calls import ApiError, Call, Method
from playground.webapi.places import channel_to_post_in
from playground.workspace import Json

UPLOAD_BYTES = 20_000_000
"""What this playground keeps of one file; Slack takes more."""


def get_upload_url(emulator: Emulator, call: Call) -> Json:
    """Give the address to send a file of that name and length to."""
    length = call.number("length", 0)
    if length <= 0:
        raise ApiError("invalid_arguments", ["must be greater than 0 [json-pointer:/length]"])
    if length > UPLOAD_BYTES:
        raise ApiError("file_upload_size_restricted")
    file_id = emulator.workspace.fresh_id("F")
    emulator.workspace.files[file_id] = {
        "id": file_id,
        "name": call.text("filename"),
        "size": length,
        "alt_txt": call.text("alt_txt"),
        "content": None,
        "created": emulator.workspace.seconds(),
    }
    return {"upload_url": f"{emulator.url}/upload/v1/{file_id}", "file_id": file_id}


def take_content(emulator: Emulator, file_id: str, content: bytes) -> None:
    """Keep what was sent to an upload address; raises ApiError when it is unknown or has another length."""
    known = emulator.workspace.files.get(file_id)
    if known is None:
        raise ApiError("file_not_found")
    if len(content) != known["size"]:
        raise ApiError("file_update_failed")
    known["content"] = content


def complete_upload(emulator: Emulator, call: Call) -> Json:
    """Finish uploads and show them in a channel, when one is given."""
    given = call.json("files")
    if not isinstance(given, list) or not given:
        raise ApiError("invalid_arguments", ["no fewer than 1 items required [json-pointer:/files]"])
    shown = []
    for one in given:
        known = emulator.workspace.files.get(str(one.get("id"))) if isinstance(one, dict) else None
        if known is None or known["content"] is None:
            raise ApiError("file_not_found")
        known["title"] = one.get("title") or known["name"]
        shown.append(_shown(emulator, known))
    if call.given("channel_id"):
        channel = channel_to_post_in(emulator, Call(call.method, {"channel": call.text("channel_id")}))
        blocks = call.json("blocks", "invalid_blocks_format")
        text = call.text("initial_comment")
        content = (
            check_content(emulator, {"text": text, "blocks": blocks}) if text or blocks else {"text": ""}
        )
        thread = {"thread_ts": call.text("thread_ts")} if call.given("thread_ts") else {}
        post(emulator, channel, by_bot(emulator, {**content, **thread, "files": shown}), raw=call.args)
    return {"files": shown}


def _shown(emulator: Emulator, known: Json) -> Json:
    facts = {key: value for key, value in known.items() if key != "content"}
    return {
        **facts,
        "user": emulator.workspace.bot.user_id,
        "url_private": f"{emulator.url}/upload/v1/{known['id']}",
    }


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, ("files:write",), 4, ("filename", "length")),
    "files.completeUploadExternal": Method(complete_upload, ("files:write",), 4, ("files",)),
}
