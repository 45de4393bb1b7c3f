"""Header values in `idp.yaml`: they name secrets (`$CMDB_TOKEN`) and never hold them."""

from __future__ import annotations

import re

from domain.errors import BadConfiguration
from workflows.ports import Secret

_NAMED = re.compile(r"\$(?:(?P<escaped>\$)|\{(?P<braced>[A-Za-z_]\w*)\}|(?P<bare>[A-Za-z_]\w*))", re.ASCII)
_TELLTALE = re.compile(r"auth(?!ors?\b)|cookie|token|secret|passw|credential|session|signature|apikey|-key\b")
_IN_A_QUERY = re.compile(r"(?:.*[_-])?(?:token|secret|passw(?:or)?d|api[_-]?key|signature)", re.IGNORECASE)


def names_in(value: str) -> tuple[str, ...]:
    """Return the variables that a value names, in order."""
    return tuple(each["braced"] or each["bare"] for each in _NAMED.finditer(value) if not each["escaped"])


def is_secret_header(name: str) -> bool:
    """Tell whether a header carries a credential, by its name."""
    return _TELLTALE.search(name.lower().replace("_", "-")) is not None


def is_secret_parameter(name: str) -> bool:
    """Tell whether a parameter of an address carries a credential, by its name."""
    return _IN_A_QUERY.fullmatch(name) is not None


def filled(source: str, value: str, secret: Secret) -> str:
    """Return a value with the secrets in the places of their names; `$$` is a dollar sign.

    Raises BadConfiguration, naming the variable and never what it holds.
    """

    def put(match: re.Match[str]) -> str:
        if match["escaped"]:
            return "$"
        name = match["braced"] or match["bare"]
        found = (secret(name) or "").strip()
        if not found:
            raise BadConfiguration(
                f"source {source}: {name} is not set", f"Set {name}, or {name}_FILE to a file that holds it."
            )
        if not found.isascii() or not found.isprintable():
            raise BadConfiguration(
                f"source {source}: {name} holds characters that no header can hold",
                "Give the token alone: ASCII, on one line.",
            )
        return found

    return _NAMED.sub(put, value)
