"""Who may ask: tokens with their scopes, and GitHub Apps, which swap an assertion for a token of an hour.

Keeps tokens in memory alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import jwt

HOUR = timedelta(hours=1)


@dataclass(slots=True)
class App:
    """A GitHub App that is installed in the organization."""

    id: str
    installation: str
    public_key: str
    """In PEM."""


@dataclass(slots=True)
class Access:
    """Tokens, by text."""

    clock: Callable[[], datetime]
    tokens: dict[str, frozenset[str] | None] = field(default_factory=dict)
    """Scopes; None for a fine-grained token."""
    app: App | None = None
    lifetime: timedelta = HOUR
    _until: dict[str, datetime] = field(default_factory=dict)

    def scopes(self, authorization: str) -> tuple[bool, frozenset[str] | None]:
        """Return whether a header opens the door, and the token's scopes."""
        scheme, _, token = authorization.partition(" ")
        known = scheme.lower() in ("bearer", "token") and token in self.tokens
        if known and token in self._until and self._until[token] <= self.clock():
            known = False
        return known, self.tokens.get(token)

    def install(self, authorization: str, installation: str) -> tuple[str, datetime] | None:
        """Return a new token of an installation and when it ends; None: the assertion does not hold."""
        app, assertion = self.app, authorization.partition(" ")[2]
        if app is None or installation != app.installation:
            return None
        try:
            claims = jwt.decode(
                assertion, app.public_key, algorithms=["RS256"], options={"verify_iat": False}, leeway=60
            )
        except jwt.InvalidTokenError:
            return None
        if str(claims.get("iss")) != app.id:
            return None
        token, until = f"ghs_{secrets.token_hex(18)}", self.clock() + self.lifetime
        self.tokens[token], self._until[token] = None, until
        return token, until
