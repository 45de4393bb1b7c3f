"""What a vendor's refusals are, and what to do about them. Quotes no header and no credential."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from domain.errors import OutsideFailure

SECRET_LENGTH = 8
"""Shorter words of a header are no credential."""
LINE = 200
"""Characters that are kept of what a vendor says."""
_SAID = ("message", "error_message", "error", "detail", "errors", "errorMessages", "title")
"""Under which keys vendors say what is wrong."""


class Refusal(OutsideFailure):
    """The vendor answered, and will answer the same again."""


class Unauthorized(Refusal):
    """The credential is missing, wrong, revoked or expired (401)."""


class Forbidden(Refusal):
    """The credential may not do this (403)."""


class Absent(Refusal):
    """There is no such thing, or not for this credential (404, 410)."""


class Exhausted(OutsideFailure):
    """The vendor answers, and not now: we asked more often than it lets us (429)."""


class Rejected(Refusal):
    """What was asked for makes no sense to the vendor (400, 422)."""


REFUSALS: Mapping[int, type[Refusal]] = {
    400: Rejected, 401: Unauthorized, 403: Forbidden, 404: Absent, 410: Absent, 422: Rejected,
}  # fmt: skip


def said(value: object) -> str:
    """Return what an answer's JSON says is wrong, on one short line; empty where it says nothing."""
    return line("; ".join(dict.fromkeys(_texts(value))))


def line(text: str) -> str:
    """Return a text as one short line."""
    return " ".join(text.split())[:LINE]


def credentials_in(headers: Mapping[str, str]) -> tuple[str, ...]:
    """Return what of our headers may be a credential: each value, and each long word in it."""
    words = {word for value in headers.values() for word in (value, *re.split(r"[\s=]+", value))}
    return tuple(sorted((each for each in words if len(each) >= SECRET_LENGTH), key=len, reverse=True))


def without(text: str, credentials: Iterable[str]) -> str:
    """Return a text with `…` in the place of each credential: some vendors repeat what they were sent."""
    for each in credentials:
        text = text.replace(each, "…")
    return text


def _texts(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth > 3:
        return
    elif isinstance(value, list):
        for each in value[:3]:
            yield from _texts(each, depth + 1)
    elif isinstance(value, Mapping):
        for key in _SAID:
            if key in value:
                yield from _texts(value[key], depth + 1)
        yield from _by_field(value.get("errors"))


def _by_field(errors: object) -> Iterator[str]:
    """Yield what is wrong with each field, where a vendor says it so: `{components: "… is required"}`."""
    if isinstance(errors, Mapping):
        named = {name: text for name, text in errors.items() if name not in _SAID and isinstance(text, str)}
        yield from (f"{name}: {text}" for name, text in list(named.items())[:3])
