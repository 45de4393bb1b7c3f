"""Finds credentials that somebody wrote into `idp.yaml`: the file is shared, so they are refused.

Quotes none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from domain.redaction import credential_in, names_a_secret

Place = Sequence[str | int]
"""Keys and indexes that lead to a value in the file."""

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_NAMED = re.compile(r"\$(?:[A-Za-z_]|\{[A-Za-z_])")
"""A variable's name in the place of its value: `$CMDB_TOKEN`, `${CMDB_TOKEN}`."""
_DIGEST = re.compile(r"[0-9a-fA-F]{32,}")
"""What some vendors' keys are made of, and hardly a variable's name."""
REMEDY = (
    "Put it into an environment variable, or into a file whose path is in that variable with _FILE behind it "
    "(docs/sources.md). Make a new one if others have seen this."
)
_FREE = ("mapping", "environments")
"""Keys below which the keys are the company's own words and no options."""


@dataclass(frozen=True, slots=True)
class Held:
    """A credential in the file."""

    place: Place
    problem: str
    remedy: str


def held_credential(file: object) -> Held | None:
    """Return the first credential that the file's parsed text holds, or seems to hold; None: it has none."""
    return next(_held(file, ()), None)


def _held(value: object, place: tuple[str | int, ...]) -> Iterator[Held]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _held(each, (*place, str(key)))
    elif isinstance(value, list):
        for position, each in enumerate(value):
            yield from _held(each, (*place, position))
    elif (
        isinstance(value, str | int | float)
        and not isinstance(value, bool)
        and (problem := _problem(str(value), place))
    ):
        yield Held(place, f"{'.'.join(map(str, place))} {problem}; credentials have no place here", REMEDY)


def _problem(text: str, place: Place) -> str:
    if kind := credential_in(text):
        return f"holds what looks like a credential ({kind})"
    if place[:1] != ("sources",) or len(place) < 3 or _NAMED.search(text) or not text:
        return ""
    key = str(place[-1])
    if key.endswith("_env"):
        sound = _VARIABLE.fullmatch(text) and not _DIGEST.fullmatch(text)
        return "" if sound else "must be a variable's name, and seems to be the credential itself"
    if names_a_secret(key) and not set(place) & set(_FREE):
        return "is a credential by its name"
    return _in_address(text)


def _in_address(text: str) -> str:
    try:
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            return ""
        if "@" in parts.netloc:
            return "is an address with a user or password in it"
        telling = next((name for name, given in parse_qsl(parts.query) if given and names_a_secret(name)), "")
    except ValueError:
        return ""
    return f"is an address whose parameter {telling} is a credential by its name" if telling else ""
