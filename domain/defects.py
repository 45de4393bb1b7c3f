"""The code by which a person quotes a defect and the log finds it."""

from __future__ import annotations

import secrets

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""None that are mistaken for one another when read aloud or copied by hand."""


def defect_code() -> str:
    """Return a new code that can be read over the phone, such as `K7QF-2M`; one in a billion repeats."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(6))
    return f"{drawn[:4]}-{drawn[4:]}"
