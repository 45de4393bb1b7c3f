"""Tells a person's pages of their modals and Home."""

from __future__ import annotations

from collections.abc import Iterable

from playground import payloads
from playground.emulator import Emulator
from playground.modals import View


def show_opened(emulator: Emulator, view: View, closed: Iterable[View]) -> None:
    """Tell of a modal put on top, and of those that it replaced."""
    for gone in closed:
        emulator.feed.tell(gone.person, {"type": "view_close", "view_id": gone.id})
    emulator.feed.tell(view.person, {"type": "view_open", "view": payloads.view(emulator.workspace, view)})


def show_updated(emulator: Emulator, view: View) -> None:
    """Tell of a view's new content; a Home is told as one."""
    kind = "home" if view.content["type"] == "home" else "view_update"
    emulator.feed.tell(view.person, {"type": kind, "view": payloads.view(emulator.workspace, view)})


def show_home(emulator: Emulator, view: View) -> None:
    """Tell of a newly published Home."""
    emulator.feed.tell(view.person, {"type": "home", "view": payloads.view(emulator.workspace, view)})


def show_closed(emulator: Emulator, closed: Iterable[View]) -> None:
    """Tell that these modals are gone."""
    for view in closed:
        emulator.feed.tell(view.person, {"type": "view_close", "view_id": view.id})
