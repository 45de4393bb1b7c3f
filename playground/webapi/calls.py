"""One call of a Web API method: its arguments however they were encoded, and how a method refuses.

It refuses to know any method.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from playground.emulator import Emulator
from playground.workspace import Json


class ApiError(Exception):
    """A refusal: Slack's error code, details for response_metadata.messages, and further fields."""

    def __init__(self, code: str, messages: list[str] | None = None, **fields: Any) -> None:
        super().__init__(code)
        self.code, self.messages, self.fields = code, messages or [], fields


@dataclass(frozen=True)
class Call:
    """A method with its arguments; values are strings (form) or JSON values."""

    method: str
    args: Json

    def text(self, name: str, default: str = "") -> str:
        """Return an argument as text."""
        value = self.args.get(name)
        return default if value is None else value if isinstance(value, str) else json.dumps(value)

    def given(self, name: str) -> str | None:
        """Return an argument as text, or None when it is absent or empty."""
        return self.text(name) or None

    def flag(self, name: str, default: bool = False) -> bool:
        """Return an argument as truth: true and 1 are true in every encoding."""
        value = self.args.get(name)
        return default if value is None else str(value).lower() in ("1", "true", "t", "yes")

    def number(self, name: str, default: int) -> int:
        """Return an argument as a whole number; raises invalid_arguments."""
        value = self.args.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise ApiError("invalid_arguments", [f"must be an integer [json-pointer:/{name}]"]) from None

    def json(self, name: str, wrong: str = "invalid_arguments") -> Any:
        """Return an argument as JSON, parsed when it came as a string; None when absent; raises `wrong`."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise ApiError(wrong, [f"must be valid JSON [json-pointer:/{name}]"]) from None

    def names(self, name: str) -> list[str]:
        """Return an argument as a list: a JSON list, or words with commas between."""
        value = self.args.get(name)
        if isinstance(value, str) and value.startswith("["):
            value = self.json(name)
        if isinstance(value, list):
            return [str(one) for one in value]
        return [word.strip() for word in str(value or "").split(",") if word.strip()]


Handler: TypeAlias = Callable[[Emulator, Call], Json]


@dataclass(frozen=True)
class Method:
    """One row of the table of methods."""

    handler: Handler
    scopes: tuple[str, ...] = ()
    """Any one of these opens it; none: every token does."""
    tier: int = 3
    """Slack's rate tier, 1 to 4; 5 is chat.postMessage's own: one a second and channel."""
    required: tuple[str, ...] = ()
    token: str = field(default="bot")
    """bot, app, or none."""
