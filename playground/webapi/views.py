"""The methods views.*: modals and App Homes."""

from __future__ import annotations

from collections.abc import Callable

from playground import payloads
from playground.blockkit import check_view
from playground.emulator import Emulator
from playground.modals import ModalError, View
from playground.passes import PassError, Trigger
from playground.showing import show_home, show_opened, show_updated
from playground.webapi.calls import ApiError, Call, Method
from playground.webapi.places import member_of
from playground.workspace import Json


def _view(emulator: Emulator, call: Call, *kinds: str) -> Json:
    return check_view(call.json("view"), kinds=kinds, refused=emulator.faults.refuse_blocks)


def _trigger(emulator: Emulator, call: Call) -> Trigger:
    try:
        return emulator.triggers.exchange(call.text("trigger_id"))
    except PassError as error:
        raise ApiError(str(error)) from error


def _or_refuse(act: Callable[[], View]) -> View:
    try:
        return act()
    except ModalError as error:
        raise ApiError(str(error)) from error


def _fresh_external_id(emulator: Emulator, content: Json) -> None:
    external = content.get("external_id")
    if external:
        try:
            emulator.modals.find(None, external)
        except ModalError:
            return
        raise ApiError("duplicate_external_id")


def open_view(emulator: Emulator, call: Call) -> Json:
    """Open a modal for the person whose act gave the trigger."""
    content = _view(emulator, call, "modal")
    _fresh_external_id(emulator, content)
    trigger = _trigger(emulator, call)
    if trigger.view is not None and emulator.modals.stack(trigger.person):
        view = _or_refuse(lambda: emulator.modals.push(trigger.person, content))
        show_opened(emulator, view, [])
    else:
        view, closed = emulator.modals.open(trigger.person, content)
        show_opened(emulator, view, closed)
    return {"view": payloads.view(emulator.workspace, view)}


def push(emulator: Emulator, call: Call) -> Json:
    """Put a modal on top of the one whose act gave the trigger."""
    content = _view(emulator, call, "modal")
    _fresh_external_id(emulator, content)
    trigger = _trigger(emulator, call)
    view = _or_refuse(lambda: emulator.modals.push(trigger.person, content))
    show_opened(emulator, view, [])
    return {"view": payloads.view(emulator.workspace, view)}


def update(emulator: Emulator, call: Call) -> Json:
    """Replace the content of an open modal, by view_id or external_id."""
    content = _view(emulator, call, "modal", "home")
    if not call.given("view_id") and not call.given("external_id"):
        raise ApiError("invalid_arguments", ["missing required field: view_id [json-pointer:/]"])

    def act() -> View:
        view = emulator.modals.find(call.given("view_id"), call.given("external_id"))
        emulator.modals.update(view, content, call.given("hash"))
        return view

    view = _or_refuse(act)
    show_updated(emulator, view)
    return {"view": payloads.view(emulator.workspace, view)}


def publish(emulator: Emulator, call: Call) -> Json:
    """Replace a person's App Home."""
    content = _view(emulator, call, "home")
    person = member_of(emulator, call.text("user_id"))
    view = _or_refuse(lambda: emulator.modals.publish(person.id, content, call.given("hash")))
    show_home(emulator, view)
    return {"view": payloads.view(emulator.workspace, view)}


METHODS = {
    "views.open": Method(open_view, (), 4, ("trigger_id", "view")),
    "views.push": Method(push, (), 4, ("trigger_id", "view")),
    "views.update": Method(update, (), 4, ("view",)),
    "views.publish": Method(publish, (), 4, ("user_id", "view")),
}
