"""The tree of everything that can go wrong on purpose, each with words for the person it reaches.

An error says what is wrong in `str(error)` and what to do in `hint`. Anything outside this tree is a
defect: the outer edges show it as a code that the log holds.

    IdpError
    ├── BadInput          what was given cannot be used       (CLI exit code 2)
    │   ├── BadRef
    │   └── BadConfiguration
    ├── StoreError        the catalog's database              (CLI exit code 3)
    │   ├── StoreUnavailable
    │   └── SchemaOutdated
    ├── OutsideFailure    a system of somebody else's failed  (CLI exit code 3)
    ├── Refused           it can be done, and will not be     (CLI exit code 1)
    │   ├── ShrinkRefused
    │   └── UndoRefused
    └── Stopped           somebody asked for it to be given up
"""

from __future__ import annotations

from domain.redaction import redacted


class IdpError(Exception):
    """Anything foreseen: `str()` is one line on what is wrong, `hint` one line on what to do (or empty).

    Whatever credential they would hold is blanked: both are shown to people, logged and stored.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(redacted(message))
        self.hint = redacted(hint)


class BadInput(IdpError):
    """What a person or a file gave cannot be used; nothing was changed."""


class BadRef(BadInput):
    """A text that is no entity reference."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(
            f"{text!r} is not an entity reference: {reason}",
            "Write [kind:][namespace/]name, such as group:default/team-payments.",
        )


class BadConfiguration(BadInput):
    """A setting or `idp.yaml` is wrong; the message names the file or the variable."""


class StoreError(IdpError):
    """The catalog's database cannot do what was asked."""


class StoreUnavailable(StoreError):
    """The database does not answer, or stayed locked longer than the busy time-out."""


class SchemaOutdated(StoreError):
    """The database's schema is not the one that this version of idp works with."""


class OutsideFailure(IdpError):
    """A system of somebody else's (Slack, a vendor) refused or did not answer."""


class Refused(IdpError):
    """What was asked for would do harm, or is not for this person; nothing was changed."""


class ShrinkRefused(Refused):
    """A look would make so much of a source vanish that a person must say that this is meant."""


class UndoRefused(Refused):
    """A change set that cannot be undone, since later ones build on it, or there is none."""


class Stopped(IdpError):
    """Work that was given up because somebody asked for it; nothing was changed."""
