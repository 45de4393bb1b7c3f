"""Cuts off the words by which somebody says that a thing fails: `payments goes down`, `ledger is broken`."""

from __future__ import annotations

from collections.abc import Sequence

from questions.wording import Word

_FAILURES = (
    "goes down|went down|go down|is down|are down|was down|fails|fail|failed|breaks|break|broke|is broken"
    "|dies|crashes|crashed|has an outage|has an incident|goes away|went away|stops|stopped|stops working"
    "|is gone|is unavailable|is offline|goes offline|falls over|is degraded|is slow|gets slow|disappears"
    "|is removed|is unreachable|is not there|does not work|is deleted|is switched off|is turned off"
)
_PHRASES = frozenset(tuple(phrase.split()) for phrase in _FAILURES.split("|"))
_LONGEST = max(map(len, _PHRASES))


def split(words: Sequence[Word]) -> Sequence[Word] | None:
    """Return what comes before the failure that the words end with; None when they end with none."""
    plain = [word.plain for word in words]
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        if tuple(plain[-length:]) in _PHRASES:
            return words[:-length]
    return None
