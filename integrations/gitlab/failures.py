"""What GitLab's refusals mean, in words for who can mend them. Quotes no header and no token."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from gitlab.const import RETRYABLE_TRANSIENT_ERROR_CODES
from gitlab.exceptions import GitlabAuthenticationError, GitlabError
from requests import RequestException, Timeout
from requests.exceptions import ChunkedEncodingError, SSLError
from requests.exceptions import ConnectionError as Unconnected

from domain.errors import OutsideFailure
from integrations.calling.failures import Exhausted, Refusal, Unauthorized
from integrations.gitlab.answers import text

TIMEOUT_SECONDS = 30.0
LATER = frozenset({429, *RETRYABLE_TRANSIENT_ERROR_CODES})
"""What may be right a moment later."""
NOT_OURS = "Is url the address of a GitLab, and nothing in between changes its answers?"


class Denied(Refusal):
    """GitLab said 403 or 404: the thing is not there, or not for this token."""


@contextmanager
def translating(path: str, url: str) -> Iterator[None]:
    """Let what python-gitlab raises leave as an OutsideFailure."""
    try:
        yield
    except (GitlabError, RequestException) as error:
        raise failure_of(error, path, url) from error


def failure_of(error: GitlabError | RequestException, path: str, url: str) -> OutsideFailure:
    """Return the failure behind what python-gitlab raised."""
    if isinstance(error, GitlabError):
        return _failure(error, path, url)
    if isinstance(error, Timeout):
        return OutsideFailure(
            f"GitLab at {url} did not answer within {TIMEOUT_SECONDS:.0f} s",
            "Is it up, and reachable from here?",
        )
    return OutsideFailure(
        f"GitLab at {url} cannot be reached, or broke off its answer to {path}",
        "Check url, the network, and the certificate.",
    )


def passes(error: GitlabError | RequestException) -> bool:
    """Tell whether a failure may be gone a moment later."""
    if isinstance(error, GitlabError):
        code = error.response_code or 0
        return code in LATER or (code == 409 and "Resource lock" in str(error))
    if isinstance(error, SSLError):
        return False
    return isinstance(error, Timeout | Unconnected | ChunkedEncodingError)


def _failure(error: GitlabError, path: str, url: str) -> OutsideFailure:
    code = error.response_code or 0
    said = _said(error)
    if isinstance(error, GitlabAuthenticationError):
        return Unauthorized(
            f"GitLab at {url} refused the token (401){said}",
            "Give it a new one: tokens expire, and are revoked.",
        )
    if code == 403:
        return Denied(
            f"GitLab forbids {path} (403){said}", "The token needs the scope read_api and the role Reporter."
        )
    if code == 404:
        return Denied(
            f"GitLab knows no {path}, or hides it from this token (404)",
            "Check the group's full path, and that the token is a member of it.",
        )
    if code == 429:
        return Exhausted("GitLab still limits our requests after a wait (429)", "Look less often.")
    if 300 <= code < 400:
        return OutsideFailure(
            f"GitLab redirects {path} to another address ({code})",
            "Write the address that it answers at as url.",
        )
    if code >= 500:
        return OutsideFailure(
            f"GitLab at {url} failed on {path} ({code}){said}",
            "The next look tries again; see its status page.",
        )
    return Refusal(f"GitLab refused {path} ({code}){said}", NOT_OURS)


def _said(error: GitlabError) -> str:
    """Return GitLab's own words, where it gave any in JSON: an error page of a proxy is not worth a line."""
    try:
        body = json.loads(error.response_body or b"")
    except ValueError:
        return ""
    if not isinstance(body, dict):
        return ""
    given = (text(body, name) for name in ("message", "error_description", "error"))
    message = next(filter(None, given), "")
    return f": {' '.join(message.split())[:200]}" if message else ""
