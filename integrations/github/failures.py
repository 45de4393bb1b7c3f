"""What GitHub's refusals mean, in words for who can mend them.

Quotes no header and no token; what GitHub says is shortened to a line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from domain.errors import OutsideFailure
from integrations.calling.failures import Absent, Forbidden, Unauthorized, line

TOO_MUCH = frozenset(
    {"MAX_NODE_LIMIT_EXCEEDED", "RESOURCE_LIMITS_EXCEEDED", "EXCESSIVE_PAGINATION", "TIMEOUT"}
)
LIMITED = frozenset({"RATE_LIMITED", "RATE_LIMIT"})


class TooMuch(Exception):
    """One request asked for more than GitHub answers at once: ask for less."""


class Broken(Exception):
    """An answer that may be better in a moment: 5xx, no answer, half an answer."""


def refused(answer: httpx.Response, url: str, credential: str) -> OutsideFailure:
    """Return the failure behind an answer that is not 2xx and that waiting does not help."""
    status = answer.status_code
    if status == 401:
        return Unauthorized(
            f"GitHub does not take the credential ({credential})",
            "It is wrong, revoked or expired: make a new one.",
        )
    sso = answer.headers.get("x-github-sso", "")
    if status == 403 and sso:
        return _no_sign_on(f"({credential})")
    if status == 403:
        return Forbidden(
            f"GitHub forbids it: {line(_message(answer))}",
            "Check the token's permissions, and the organization's rules on tokens and addresses.",
        )
    if status == 404:
        return OutsideFailure(
            f"there is no GitHub API at {url}",
            "Check `url`: https://api.github.com, or https://<server>/api/v3 for Enterprise Server.",
        )
    if status in (301, 302, 307, 308):
        return OutsideFailure(
            f"{url} leads elsewhere", "Set `url` to the API's own address: credentials follow no redirect."
        )
    return OutsideFailure(f"GitHub answered {status}: {line(_message(answer))}", "Look again later.")


def no_organization(login: str, errors: Sequence[Mapping[str, Any]] = ()) -> OutsideFailure:
    """Return the failure when an organization is not there, or not for this token."""
    if any((each.get("extensions") or {}).get("saml_failure") for each in errors):
        return _no_sign_on(f"for {login}")
    others = [each for each in errors if each.get("type") != "NOT_FOUND"]
    if others:
        return unanswered(others)
    return Absent(
        f"GitHub knows no organization {login!r} that this credential may see",
        "Check `organization` (a user's account is none), and that the token or App is allowed in it.",
    )


def _no_sign_on(which: str) -> OutsideFailure:
    return Unauthorized(
        f"the token {which} has not passed the organization's single sign-on",
        "On github.com, Settings, Developer settings, authorize the token for the organization.",
    )


def unanswered(errors: Sequence[Mapping[str, Any]]) -> OutsideFailure:
    """Return the failure behind errors that left no data."""
    said = "; ".join(line(str(each.get("message", ""))) for each in errors[:3])
    kinds = {str(each.get("type", "")) for each in errors}
    if "INSUFFICIENT_SCOPES" in kinds or "FORBIDDEN" in kinds:
        return Forbidden(
            f"GitHub forbids it: {said}", "Give the token the scopes that docs/sources.md lists."
        )
    return OutsideFailure(f"GitHub could not answer: {said}", "Look again later.")


def _message(answer: httpx.Response) -> str:
    try:
        body = answer.json()
    except ValueError:
        return answer.reason_phrase
    return str(body.get("message", "")) if isinstance(body, dict) else answer.reason_phrase
