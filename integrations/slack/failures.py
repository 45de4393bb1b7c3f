"""What Slack's refusals are, in the tree and the words of `integrations.calling`.

Slack refuses with HTTP 200 and a code; other statuses come from its edge, or from a proxy in the way. Quotes
no header, and of a body nothing but the code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from domain.clock import Clock
from domain.errors import OutsideFailure
from integrations.calling.client import LATER
from integrations.calling.failures import REFUSALS, Forbidden, Refusal, Unauthorized
from integrations.calling.rates import retry_after
from integrations.calling.retrying import LONGEST_WAIT, Again

TOKEN = "SLACK_BOT_TOKEN"  # noqa: S105 - the name of the variable

_CODE = re.compile(r"[a-z0-9_]{1,80}")
"""An error code of Slack's; anything else is not from Slack."""
_UNAUTHORIZED = frozenset({
    "not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired",
    "not_allowed_token_type",
})  # fmt: skip
_FORBIDDEN = frozenset({
    "no_permission", "access_denied", "accesslimited", "ekm_access_denied", "enterprise_is_restricted",
    "org_login_required", "team_access_not_granted", "two_factor_setup_required", "user_is_bot",
    "user_is_restricted", "paid_teams_only", "plan_upgrade_required", "method_deprecated",
})  # fmt: skip
_LATER = frozenset({
    "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout",
    "team_added_to_org",
})  # fmt: skip
"""Codes of what may be right a moment later."""


class ScopeMissing(Forbidden):
    """The app lacks a scope. `needed` are those of which it must have one, as Slack names them."""

    def __init__(self, message: str, hint: str, needed: str) -> None:
        super().__init__(message, hint)
        self.needed = needed


@dataclass(frozen=True, slots=True)
class Asked:
    """A call, in words for people."""

    source: str
    address: str

    def failure(
        self, problem: str, remedy: str, kind: type[OutsideFailure] = OutsideFailure
    ) -> OutsideFailure:
        """Return what went wrong with it."""
        return kind(self._words(problem), remedy)

    def scope_missing(self, answer: Mapping[str, object]) -> ScopeMissing:
        """Return that the app lacks a scope, by Slack's own words on which."""
        needed, provided = (_scopes(answer.get(each)) for each in ("needed", "provided"))
        has = f"; the token has {provided or 'none'}" if "provided" in answer else ""
        problem = f"answers missing_scope: it needs {needed or 'a scope that Slack does not name'}{has}"
        remedy = (
            f"Add the bot scope {needed} to the app (OAuth & Permissions) and install it again."
            if needed
            else "Compare the app's scopes with: idp manifest"
        )
        return ScopeMissing(self._words(problem), remedy, needed)

    def _words(self, problem: str) -> str:
        return f"source {self.source}: Slack at {self.address} {problem}"


def translated(error: SlackApiError, asked: Asked, clock: Clock) -> Exception:
    """Return what a refusal is: Again where it may pass, else a failure that says what to do."""
    response = error.response
    status = response.status_code
    headers = {str(name).lower(): str(value) for name, value in response.headers.items()}
    answer: Mapping[str, object] = response.data if isinstance(response.data, dict) else {}
    code = str(answer.get("error", ""))
    if not _CODE.fullmatch(code):
        code = ""
    if status != 200:
        return _of_status(status, code, headers, asked, clock)
    if not code:
        return Again(
            asked.failure("answers with no JSON, or with half of it", "Check `url`; look again later.")
        )
    if code == "missing_scope":
        return asked.scope_missing(answer)
    return _of_code(code, headers, asked, clock)


def _of_status(status: int, code: str, headers: Mapping[str, str], asked: Asked, clock: Clock) -> Exception:
    words = f"answers {status}" + (f": {code}" if code else "")
    if status in LATER:
        return _later(words, headers, asked, clock)
    if status == 401:
        return asked.failure(words, f"Check the credential: {TOKEN}.", Unauthorized)
    if status in (404, 410):
        remedy = "Check `url`: it is https://slack.com/api/ unless a proxy of yours stands before it."
        return asked.failure(words, remedy, REFUSALS[status])
    if 300 <= status < 400:
        return asked.failure(f"{words}: it leads elsewhere, which is not followed", "Check `url`.", Refusal)
    remedy = f"Something on the way to Slack refuses, or {TOKEN} may not do this: ask who runs the proxy."
    return asked.failure(words, remedy, REFUSALS.get(status, Refusal))


def _of_code(code: str, headers: Mapping[str, str], asked: Asked, clock: Clock) -> Exception:
    words = f"answers {code}"
    if code in _LATER:
        return _later(words, headers, asked, clock)
    if code in _UNAUTHORIZED:
        remedy = f"Check the credential: {TOKEN} is the bot's token, xoxb-…, of an app that is installed."
        return asked.failure(words, remedy, Unauthorized)
    if code in _FORBIDDEN:
        remedy = f"The app of {TOKEN} may not do this: ask who administers the workspace."
        return asked.failure(words, remedy, Forbidden)
    if code == "invalid_cursor":
        return asked.failure(words, "The list changed while it was read: look again.")
    return asked.failure(words, "Look again later; if it stays, report the code.", Refusal)


def _later(words: str, headers: Mapping[str, str], asked: Asked, clock: Clock) -> Exception:
    after = retry_after(headers.get("retry-after", ""), clock)
    if after is not None and after > LONGEST_WAIT:
        return asked.failure(f"{words} and asks to wait {after:.0f} s", "Look again later.")
    return Again(asked.failure(words, "Look again later."), after)


def _scopes(value: object) -> str:
    """Return scopes as Slack lists them, with a space behind each comma; nothing that is no scope."""
    names = [each.strip() for each in value.split(",")] if isinstance(value, str) else []
    return ", ".join(each for each in names if re.fullmatch(r"[a-z_.:]{1,60}", each))
