"""What a person presses or picks in a message or view: block_actions and block_suggestion."""

from __future__ import annotations

from typing import Any

from playground import payloads
from playground.acts.speaking import Refused
from playground.acts.state import VALUE_FIELDS, values_of
from playground.blockkit import elements_of, option_problems
from playground.emulator import Emulator
from playground.link import Unanswered
from playground.modals import ModalError, View
from playground.workspace import Channel, Json, Member, Message


def _message(emulator: Emulator, member: Member, container: Json) -> tuple[Channel, Message]:
    channel = emulator.workspace.channels.get(str(container.get("channel")))
    message = channel.messages.get(str(container.get("message_ts"))) if channel else None
    if channel is None or message is None or message.only_for not in (None, member.id):
        raise Refused("message_not_found")
    return channel, message


def view_of(emulator: Emulator, member: Member, view_id: str) -> View:
    """Return the open view when it is that person's; raises Refused."""
    try:
        view = emulator.modals.find(view_id)
    except ModalError as error:
        raise Refused(str(error)) from error
    if view.person != member.id:
        raise Refused("not_found")
    return view


def blocks_of(message: Message) -> list[Json]:
    """Return all blocks of a message, those of its attachments included."""
    nested = [block for one in message.body.get("attachments", []) for block in one.get("blocks", [])]
    return [*message.body.get("blocks", []), *nested]


def _element(blocks: list[Json], block_id: Any, action_id: Any) -> Json:
    for block in blocks:
        for _, element in elements_of(block):
            if element.get("action_id") == action_id and block_id in (block["block_id"], None):
                return element
    raise Refused(f"no element with block_id {block_id} and action_id {action_id}")


def _place(
    emulator: Emulator, member: Member, container: Json, state: Any
) -> tuple[list[Json], Json, str | None]:
    """Return the blocks there, the part of the payload that says where, and the modal it is in."""
    workspace = emulator.workspace
    if container.get("type") == "view":
        view = view_of(emulator, member, str(container.get("view_id")))
        view.values = values_of(view.content["blocks"], view.values if state is None else state)
        in_modal = view.id if view.content["type"] == "modal" else None
        where: Json = {
            "container": {"type": "view", "view_id": view.id},
            "view": payloads.view(workspace, view),
        }
        return view.content["blocks"], where, in_modal
    channel, message = _message(emulator, member, container)
    blocks = blocks_of(message)
    ephemeral = message.only_for is not None
    placed: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.body.get("thread_ts"):
        placed["thread_ts"] = message.body["thread_ts"]
    where = {
        "container": placed,
        "channel": payloads.place(channel),
        "state": {"values": values_of(blocks, state)},
    }
    if not ephemeral:
        where["message"] = message.body
    return blocks, where, None


async def press(emulator: Emulator, member: Member, container: Json, action: Json, state: Any) -> None:
    """Bring one action to the app; raises Refused, with operation_timeout when the app stays silent."""
    blocks, where, in_modal = _place(emulator, member, container, state)
    element = _element(blocks, action.get("block_id"), action.get("action_id"))
    done = _action(emulator, element, action)
    payload = {
        **payloads.interaction(emulator, "block_actions", member, from_view=in_modal),
        **where,
        "actions": [done],
    }
    if container.get("type") != "view":
        placed = where["container"]
        thread = placed.get("thread_ts")
        key = emulator.hooks.issue(placed["channel_id"], member.id, placed["message_ts"], thread)
        payload["response_url"] = f"{emulator.url}/response/{key}"
    try:
        await emulator.link.ask("interactive", payload)
    except Unanswered as why:
        emulator.feed.tell(member.id, {"type": "toast", "text": f"The app did not respond ({why})."})
        raise Refused(str(why)) from why


def _action(emulator: Emulator, element: Json, action: Json) -> Json:
    kind = element["type"]
    done: Json = {
        "type": kind,
        "action_id": element["action_id"],
        "block_id": action.get("block_id"),
        "action_ts": emulator.workspace.next_ts(),
    }
    if kind in ("button", "icon_button", "workflow_button"):
        return done | {key: element[key] for key in ("text", "value", "style", "url") if key in element}
    if kind == "feedback_buttons":
        both = (element["positive_button"], element["negative_button"])
        pressed = next((one for one in both if one["value"] == action.get("value")), None)
        if pressed is None:
            raise Refused("no such button")
        return done | {"text": pressed["text"], "value": pressed["value"]}
    field = "selected_option" if kind == "overflow" else VALUE_FIELDS[kind][0]
    picked = action.get(field)
    _offered(element, picked)
    return done | {field: picked}


def _offered(element: Json, picked: Any) -> None:
    groups = element.get("option_groups") or [{"options": element.get("options")}]
    offered = [option for group in groups for option in group["options"] or ()]
    options = picked if isinstance(picked, list) else [picked]
    values = {option["value"] for option in offered}
    if offered and any(isinstance(one, dict) and one.get("value") not in values for one in options):
        raise Refused("no such option")


async def suggest(emulator: Emulator, member: Member, container: Json, asked: Json) -> Json:
    """Ask the app for the options of an external select; returns options or option_groups; raises Refused."""
    blocks, where, _ = _place(emulator, member, container, None)
    _element(blocks, asked.get("block_id"), asked.get("action_id"))
    payload = {
        **payloads.interaction(emulator, "block_suggestion", member),
        **where,
        "action_id": asked.get("action_id"),
        "block_id": asked.get("block_id"),
        "value": str(asked.get("value") or ""),
    }
    del payload["trigger_id"]
    try:
        answer = await emulator.link.ask("interactive", payload)
    except Unanswered as why:
        raise Refused(str(why)) from why
    problems = option_problems(answer)
    if problems:
        emulator.journal.note(
            "refused", "block_suggestion", "invalid_arguments", {"messages": problems, "answer": answer}
        )
        raise Refused("invalid_arguments")
    return {key: answer[key] for key in ("options", "option_groups") if key in answer}
