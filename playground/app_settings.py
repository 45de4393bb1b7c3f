"""What the workspace knows of the app that lives in it: its tokens, and its manifest when there is one.

It refuses to judge the manifest; without one the app may do everything and hears everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class AppSettings:
    """The app as installed."""

    bot_token: str = "xoxb-playground"  # noqa: S105 - opens nothing but this machine's playground
    app_token: str = "xapp-playground"  # noqa: S105 - likewise
    manifest: Mapping[str, Any] | None = None
    event_retry_seconds: tuple[float, ...] = field(default=(0.0, 60.0, 300.0))
    """How long after each failed delivery an event is delivered again."""

    def _at(self, *path: str) -> Any:
        here: Any = self.manifest
        for step in path:
            here = here.get(step) if isinstance(here, Mapping) else None
        return here

    @property
    def commands(self) -> list[dict[str, Any]]:
        """The declared slash commands: command, description, usage_hint, should_escape."""
        return list(self._at("features", "slash_commands") or [])

    def command(self, name: str) -> dict[str, Any] | None:
        """Return how the command is declared, None when it is not; without a manifest every one is."""
        if self.manifest is None:
            return {"command": name}
        return next((one for one in self.commands if one.get("command") == name), None)

    def hears(self, event: str) -> bool:
        """Return whether the app subscribes to bot events of this type."""
        return self.manifest is None or event in (
            self._at("settings", "event_subscriptions", "bot_events") or []
        )

    @property
    def scopes(self) -> frozenset[str] | None:
        """The bot scopes granted, optional ones included; None: all of them."""
        if self.manifest is None:
            return None
        scopes = self._at("oauth_config", "scopes") or {}
        return frozenset([*(scopes.get("bot") or []), *(scopes.get("bot_optional") or [])])

    @property
    def shortcuts(self) -> list[dict[str, Any]]:
        """The declared shortcuts: name, type (message or global), callback_id, description."""
        return list(self._at("features", "shortcuts") or [])

    @property
    def unfurl_domains(self) -> list[str] | None:
        """The domains whose links the app unfurls; None: all of them."""
        return None if self.manifest is None else list(self._at("features", "unfurl_domains") or [])

    @property
    def is_agent(self) -> bool:
        """Whether the app has the agent view, whose conversations are no threads."""
        return self._at("features", "agent_view") is not None
