"""`people:` of `idp.yaml`: which accounts and addresses the company says to be one person's.

Pure. Reads and judges the words; who is whom in the catalog is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from domain.errors import BadRef
from domain.people import ACCOUNT, MAIL, MAPPED, SLACK, USER, account_alias
from domain.refs import parse_ref

PeopleBlock = Mapping[str, Sequence[str]]
"""By e-mail address or ref, as written: handles (`github:ana`) and further addresses."""

NOBODY_MAPPED: PeopleBlock = {}
REMEDY = (
    "Write it as `ana@acme.example: [github:ana, slack:U0ANA, ana@old.example]`, or with a ref such as "
    "user:default/ana instead of the first address."
)
_MAIL = re.compile(r"[^@\s:/,<>]+@[^@\s:/,<>]+")
_HANDLE = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]*):([^\s:,]+)")
_ALIAS = re.compile(rf"([A-Za-z0-9_-]+?){ACCOUNT}:(.+)")


class Mistake(NamedTuple):
    """What is wrong in the block, and where."""

    place: tuple[str | int, ...]
    problem: str
    remedy: str = REMEDY


@dataclass(frozen=True, slots=True)
class Mapped:
    """One person of the block."""

    key: str
    """As written."""
    names: Mapping[str, str]
    """The aliases, or the ref, by which they are known, the key's first; each with how it is written."""

    @property
    def marker(self) -> str:
        """What claims on the person say beside their names."""
        return f"{MAPPED}{self.key.strip().lower()}"


def mapped(people: PeopleBlock) -> tuple[Mapped, ...]:
    """Return the people of a block that has no mistake."""
    return tuple(
        Mapped(key, {alias: written for written in (key, *entries) for alias in _aliases(written)})
        for key, entries in people.items()
    )


def mistake_in(people: PeopleBlock) -> Mistake | None:
    """Return the first mistake of a block; None: there is none."""
    whose: dict[str, str] = {}
    for place, key, written, is_key in _entries(people):
        problem = _key_problem(written) if is_key else _entry_problem(written)
        if problem:
            return Mistake(place, f"{'.'.join(map(str, place))}: {problem[0]}", problem[1])
        for alias in _aliases(written):
            other = whose.setdefault(alias, key)
            if other != key:
                return Mistake(
                    place, f"{written.strip()} is given to two people, {other} and {key}", "Keep it with one."
                )
    return None


def _entries(people: PeopleBlock) -> Iterator[tuple[tuple[str | int, ...], str, str, bool]]:
    for key in people:
        yield ("people", key), key, key, True
    for key, entries in people.items():
        for number, each in enumerate(entries):
            yield ("people", key, number), key, each, False


def _key_problem(text: str) -> tuple[str, str] | None:
    if _MAIL.fullmatch(text.strip()):
        return None
    try:
        ref = parse_ref(text)
    except BadRef:
        return f"{text!r} is neither an e-mail address nor a person's ref", REMEDY
    return None if ref.kind == USER else (f"{text!r} is the ref of no person", REMEDY)


def _entry_problem(text: str) -> tuple[str, str] | None:
    text = text.strip()
    if _MAIL.fullmatch(text):
        return None
    alias = _ALIAS.fullmatch(text)
    if alias is not None:
        return f"{text!r} is an alias of the catalog", f"Write {alias[1]}:{alias[2]}."
    if text.lower().startswith(MAIL):
        return f"{text!r} has a word too many", f"Write {text[len(MAIL) :]}."
    handle = _HANDLE.fullmatch(text)
    if handle is None:
        return f"{text!r} is neither a tool's name with a handle behind it nor an e-mail address", REMEDY
    if handle[1].lower() in (USER, "group"):
        return f"{text!r} is a ref", "Have it as the key, and the accounts behind it."
    return None


def _aliases(written: str) -> tuple[str, ...]:
    """Return the aliases of a handle or an address, or a ref as text."""
    text = written.strip().lower()
    if _MAIL.fullmatch(text):
        return (f"{MAIL}{text}",)
    tool, _, handle = text.partition(":")
    if tool == USER:
        return (str(parse_ref(text)),)
    if tool == SLACK:
        return account_alias(tool, handle), f"{SLACK}{ACCOUNT}:{handle}"
    return (account_alias(tool, handle),)
