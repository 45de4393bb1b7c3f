"""Says in plain words what pydantic found wrong with a setting."""

from __future__ import annotations

from pydantic_core import ErrorDetails

_WORDS = {
    "extra_forbidden": "there is no key {key}",
    "missing": "{key} is missing",
    "list_type": "{key} must be a list",
    "tuple_type": "{key} must be a list",
    "dict_type": "{key} must hold keys and values",
    "string_type": "{key} must be text",
    "model_type": "the file must hold keys and values",
    "literal_error": "{key} must be {expected}",
    "value_error": "{key}: {error}",
}
"""What each of pydantic's error types says to a person; other types have words of their own."""


def in_words(error: ErrorDetails, key: str) -> str:
    """Return one line on what is wrong with `key`; never the value, which may be a secret."""
    words = _WORDS.get(error["type"], "{key}: {message}")
    return words.format(key=key, message=error["msg"], **error.get("ctx", {}))
