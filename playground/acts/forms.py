"""What a person does with a modal: submit it, or close it."""

from __future__ import annotations

from typing import Any

from playground import payloads
from playground.acts.pressing import view_of
from playground.acts.speaking import Refused
from playground.acts.state import complaints, values_of
from playground.blockkit import BlockError, check_view
from playground.emulator import Emulator
from playground.link import Unanswered
from playground.modals import ModalError, View
from playground.showing import show_closed, show_opened, show_updated
from playground.workspace import Json, Member


async def submit(emulator: Emulator, member: Member, view_id: str, state: Any) -> dict[str, str]:
    """Submit a modal; returns complaints by block_id (none: it went through); raises Refused."""
    view = view_of(emulator, member, view_id)
    view.values = values_of(view.content["blocks"], state)
    found = complaints(view.content["blocks"], view.values)
    if found:
        return found
    payload = payloads.interaction(emulator, "view_submission", member, from_view=view.id)
    payload |= {
        "view": payloads.view(emulator.workspace, view),
        "response_urls": _response_urls(emulator, view),
    }
    try:
        answer = await emulator.link.ask("interactive", payload)
    except Unanswered as why:
        raise Refused(f"We had some trouble connecting. Try again? ({why})") from why
    try:
        return _follow(emulator, view, answer)
    except (BlockError, ModalError) as error:
        detail = {"messages": getattr(error, "messages", []), "answer": answer}
        emulator.journal.note("refused", "view_submission", str(error), detail)
        raise Refused(f"We had some trouble connecting. Try again? ({error})") from error


def _follow(emulator: Emulator, view: View, answer: Json) -> dict[str, str]:
    action = answer.get("response_action")
    refused = emulator.faults.refuse_blocks
    if action is None:
        _close(emulator, view)
    elif action == "errors":
        return _errors(view, answer.get("errors"))
    elif action == "update":
        emulator.modals.update(view, check_view(answer.get("view"), refused=refused))
        view.values = values_of(view.content["blocks"], None)
        show_updated(emulator, view)
    elif action == "push":
        show_opened(
            emulator, emulator.modals.push(view.person, check_view(answer.get("view"), refused=refused)), []
        )
    elif action == "clear":
        show_closed(emulator, emulator.modals.close_all(view.person))
    else:
        raise BlockError("invalid_arguments", [f"unknown response_action {action}"])
    return {}


def _errors(view: View, given: Any) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.content["blocks"] if block["type"] == "input"}
    if not isinstance(given, dict) or not given or not inputs.issuperset(given):
        raise BlockError("invalid_arguments", ["errors must name block_ids of input blocks"])
    return {str(block_id): str(text) for block_id, text in given.items()}


def _close(emulator: Emulator, view: View) -> None:
    emulator.modals.close(view)
    show_closed(emulator, [view])


def _response_urls(emulator: Emulator, view: View) -> list[Json]:
    urls = []
    for block in view.content["blocks"]:
        element = block.get("element", {})
        if element.get("response_url_enabled"):
            held = view.values[block["block_id"]][element["action_id"]]
            channel = held.get("selected_conversation") or held.get("selected_channel")
            if channel in emulator.workspace.channels:
                key = emulator.hooks.issue(channel, view.person)
                place = {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": channel,
                }
                urls.append({**place, "response_url": f"{emulator.url}/response/{key}"})
    return urls


async def close(emulator: Emulator, member: Member, view_id: str) -> None:
    """Close a modal; the app hears of it when it asked to be notified."""
    view = view_of(emulator, member, view_id)
    _close(emulator, view)
    if view.content.get("notify_on_close"):
        payload = payloads.interaction(emulator, "view_closed", member)
        del payload["trigger_id"]
        payload |= {"view": payloads.view(emulator.workspace, view), "is_cleared": False}
        try:
            await emulator.link.ask("interactive", payload)
        except Unanswered:
            return
