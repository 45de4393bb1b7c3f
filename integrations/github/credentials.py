"""Who asks GitHub: a token, or a GitHub App that swaps its key for tokens of an hour.

Shows no secret: not in its repr, not in an error.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import httpx
from github import Auth
from jwt import PyJWTError

from domain.clock import Clock
from domain.errors import BadConfiguration, OutsideFailure
from domain.redaction import remember
from integrations.calling.failures import Unauthorized
from integrations.github.options import GitHubOptions
from workflows.ports import Secret

RENEW_BEFORE = timedelta(minutes=5)


class Credential(Protocol):
    """Something that opens GitHub."""

    @property
    def name(self) -> str:
        """What people know it by: the variable's name, or the App."""
        ...

    @property
    def variable(self) -> str:
        """The environment variable that holds it."""
        ...

    def token(self, http: httpx.Client) -> str:
        """Return a token that holds for some minutes. Raises OutsideFailure when none is given."""
        ...


@dataclass(frozen=True, slots=True)
class Token:
    """A personal access token, classic or fine-grained."""

    name: str
    value: str = field(repr=False)

    @property
    def variable(self) -> str:
        """Return its name, which is the variable's."""
        return self.name

    def token(self, http: httpx.Client) -> str:  # noqa: ARG002 - it needs nobody
        """Return it."""
        return self.value


@dataclass(slots=True)
class Installation:
    """A GitHub App in an organization."""

    name: str
    url: str
    app_id: str
    installation_id: str
    variable: str
    key: str = field(repr=False)
    clock: Clock
    _token: str = field(default="", repr=False)
    _ends_at: datetime | None = None

    def token(self, http: httpx.Client) -> str:
        """Return a token of the installation; a new one when the last has under five minutes left."""
        if not self._token or self._ends_at is None or self._ends_at - self.clock() < RENEW_BEFORE:
            self._renew(http)
        return self._token

    def _renew(self, http: httpx.Client) -> None:
        assertion = Auth.AppAuth(self.app_id, self.key).create_jwt()
        url = f"{self.url}/app/installations/{self.installation_id}/access_tokens"
        headers = {"Authorization": f"Bearer {assertion}", "Accept": "application/vnd.github+json"}
        try:
            answer = http.post(url, headers=headers)
        except httpx.HTTPError as error:
            raise OutsideFailure(
                f"GitHub gave no token to the App {self.app_id}: {type(error).__name__}",
                f"Check that {self.url} can be reached.",
            ) from error
        if answer.status_code != 201:
            raise (OutsideFailure if answer.status_code >= 500 else Unauthorized)(
                f"GitHub gave no token to the App {self.app_id} ({answer.status_code})",
                "Check app_id, installation_id, and that the private key is one of this App's.",
            )
        try:
            body = answer.json()
            self._token, ends_at = str(body["token"]), str(body["expires_at"])
            remember(self._token)
            self._ends_at = datetime.fromisoformat(ends_at.replace("Z", "+00:00"))
        except (ValueError, KeyError, TypeError) as error:
            raise OutsideFailure(
                "GitHub's answer to the App's request for a token cannot be read",
                f"Check that {self.url} is GitHub's API.",
            ) from error


def credential_of(options: GitHubOptions, secret: Secret, clock: Clock) -> Credential:
    """Return the credential that the options name. Raises BadConfiguration when it is not there."""
    if options.app_id:
        key = (secret(options.private_key_env) or "").strip().replace("\\n", "\n")
        if not key:
            raise BadConfiguration(
                f"{options.private_key_env} is not set",
                "Put the GitHub App's private key there, or its path into the variable with _FILE behind it.",
            )
        made = Installation(
            f"GitHub App {options.app_id}",
            options.url,
            options.app_id,
            options.installation_id,
            options.private_key_env,
            key,
            clock,
        )
        _try_key(made, options)
        return made
    value = (secret(options.token_env) or "").strip()
    if not value:
        raise BadConfiguration(
            f"{options.token_env} is not set",
            "Put a GitHub token there, or name a GitHub App with app_id and installation_id.",
        )
    if not value.isascii() or not value.isprintable() or " " in value:
        raise BadConfiguration(
            f"{options.token_env} holds no GitHub token",
            "A token is one word of letters, digits and _: copy it once more.",
        )
    return Token(options.token_env, value)


def _try_key(made: Installation, options: GitHubOptions) -> None:
    try:
        Auth.AppAuth(made.app_id, made.key).create_jwt()
    except (ValueError, TypeError, PyJWTError) as error:
        raise BadConfiguration(
            f"{options.private_key_env} holds no private key in PEM",
            "Download a key from the App's settings and put the whole file there.",
        ) from error
