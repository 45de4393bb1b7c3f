"""Answers as a later Datadog might give them: with fields and values that nobody has heard of."""

from __future__ import annotations

from typing import Any

_NAMES = frozenset({
    "overall_state", "state", "status", "type", "slo_type", "apiVersion", "schema-version",
})  # fmt: skip
_UNHEARD_OF = "unheard-of"


def odd(value: Any) -> Any:
    """Return an answer with strange values where there is one of a few, and strange fields beside."""
    if isinstance(value, list):
        return [odd(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value and all(isinstance(each, dict) and "calls" in each for each in value.values()):
        return {key: {**each, _UNHEARD_OF: None} for key, each in value.items()}  # its keys are services
    changed = {
        key: _UNHEARD_OF if key in _NAMES and isinstance(each, str) else odd(each)
        for key, each in value.items()
    }
    return {**changed, _UNHEARD_OF: {"of": [1, None]}}
