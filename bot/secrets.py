"""The one way to a credential: an environment variable, or the file that `NAME_FILE` names instead."""

from __future__ import annotations

import os
from pathlib import Path

from domain.errors import BadConfiguration
from domain.redaction import remember


def in_file(name: str) -> bool:
    """Tell whether a variable's value comes from the file that `NAME_FILE` names."""
    return not os.environ.get(name) and bool(os.environ.get(f"{name}_FILE"))


def secret(name: str) -> str | None:
    """Return a variable's value, or the text of the file that `NAME_FILE` names, without space at its ends.

    From now on no log and no message of this process holds it.

    None when neither is set; an empty one counts as not set. Raises BadConfiguration, naming the variable,
    when the file cannot be read.
    """
    if value := os.environ.get(name):
        remember(value)
        return value
    variable = f"{name}_FILE"
    path = os.environ.get(variable)
    if not path:
        return None
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise BadConfiguration(
            f"{variable} names {path}, which cannot be read", "Name a readable text file."
        ) from error
    remember(value)
    return value or None
