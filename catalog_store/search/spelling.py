"""Brings two spellings of one name together: case, separators and camel humps.

Decides nothing on likeness: two texts are the same here, or they are not.
"""

from __future__ import annotations

import re
import unicodedata

_SEPARATORS = re.compile(r"[\s_.\-]+")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PARTED = str.maketrans(dict.fromkeys(" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f_.", "-"))
"""What `_SEPARATORS` matches of ASCII, one at a time."""
_NOT_A_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return the text as names are compared first: without outer blanks and case."""
    text = text.strip()
    lower = (text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()
    return text if lower == text else lower  # the same object where it can be: there are many


def plain(text: str) -> str:
    """Return `payments-api` for `payments_api`, `Payments API`, `payments.api` and `PaymentsApi`."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    lower = text.lower()
    if lower == text and text.isascii():  # nearly all are so, and there are many
        parted = text.translate(_PARTED)
        if "--" not in parted:
            return parted.strip("-")
    if lower != text:
        lower = _HUMPS.sub("-", text).lower()
    return _SEPARATORS.sub("-", lower).strip("-")


def spellings(text: str) -> tuple[str, ...]:
    """Return a text's plain spellings, one or two: `GitHub` may be meant as `github` or as `git-hub`."""
    lower = text.lower()
    level = plain(lower)
    if lower == text or (text.isascii() and (lower[1:] == text[1:] or not _HUMPS.search(text))):
        return (level,)
    humped = plain(text)
    return (level,) if level == humped else (level, humped)


def words(spelling: str) -> list[str]:
    """Return the words of a plain spelling: `github:acme/pay` has `github`, `acme` and `pay`."""
    if spelling.replace("-", "").isalnum():  # nearly all are so, and there are many
        return spelling.strip("-").split("-")
    return [word for word in _NOT_A_WORD.split(spelling) if word]
