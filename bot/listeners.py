"""What the handlers listen to, written down, to hold the app's manifest to it.

Registers the real handlers on a stand-in for the app, so the list cannot go stale.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from slack_bolt import App

import handlers
from bot.app_manifest import Manifest
from handlers.portal import Portal

EVENTS_OF_MESSAGES = ("message.im", "message.channels", "message.groups", "message.mpim")
"""One listener to `message` serves all of these subscriptions."""

SHORTCUTS = ("shortcut", "global_shortcut", "message_shortcut")
"""What Bolt calls the listeners to shortcuts."""


class Listened:
    """Stands in for the app: takes every registration and keeps what was asked for."""

    def __init__(self) -> None:
        self.names: dict[str, set[str]] = {}

    def __getattr__(self, kind: str) -> Callable[..., Any]:
        def register(name: object = "", *_args: object, **_more: object) -> Callable[..., Any]:
            self.names.setdefault(kind, set()).add(str(name))
            return lambda *_functions, **_lazy: None

        return register


def mismatches(manifest: Manifest) -> list[str]:
    """Return one line for each thing that the manifest declares and nobody hears, or the reverse."""
    listened = Listened()
    handlers.register(cast("App", listened), cast("Portal", None))
    features, settings = manifest["features"], manifest["settings"]
    commands = {each["command"] for each in features.get("slash_commands", [])}
    shortcuts = {each["callback_id"] for each in features.get("shortcuts", [])}
    events = set(settings["event_subscriptions"]["bot_events"])
    heard = listened.names.get("event", set())
    declared = {"message" if each in EVENTS_OF_MESSAGES else each for each in events}
    found = _differences("command", commands, listened.names.get("command", set()))
    called = {name for kind in SHORTCUTS for name in listened.names.get(kind, set())}
    found += _differences("shortcut", shortcuts, called)
    found += _differences("event", declared, heard)
    interactive = any(kind in listened.names for kind in ("action", "view", "options", *SHORTCUTS))
    if interactive != settings.get("interactivity", {}).get("is_enabled", False):
        found.append("interactivity: is_enabled must say whether buttons, modals or shortcuts are used")
    if not settings.get("socket_mode_enabled"):
        found.append("socket_mode_enabled must be true: idp run serves Socket Mode")
    return found


def _differences(what: str, declared: set[str], heard: set[str]) -> list[str]:
    return [f"{what} {name}: declared, and no handler listens" for name in sorted(declared - heard)] + [
        f"{what} {name}: a handler listens, and it is not declared" for name in sorted(heard - declared)
    ]
