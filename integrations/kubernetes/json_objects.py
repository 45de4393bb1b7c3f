"""Takes values out of JSON that somebody else wrote: what is missing or of another shape comes out empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def inside(value: Any, *keys: str) -> Any:
    """Return what stands under nested keys; None where something is missing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def mapping(value: Any, *keys: str) -> Mapping[str, Any]:
    """Return a nested object; empty where there is none."""
    found = inside(value, *keys)
    return found if isinstance(found, dict) else {}


def items(value: Any, *keys: str) -> list[Any]:
    """Return a nested list; empty where there is none."""
    found = inside(value, *keys)
    return found if isinstance(found, list) else []


def text(value: Any, *keys: str) -> str:
    """Return a nested text, trimmed; empty where there is none."""
    found = inside(value, *keys)
    return found.strip() if isinstance(found, str) else ""


def texts(value: Any, *keys: str) -> dict[str, str]:
    """Return a nested object's texts, such as labels."""
    found = mapping(value, *keys)
    return {key: each for key, each in found.items() if isinstance(each, str)}


def number(value: Any, *keys: str) -> int | None:
    """Return a nested whole number; None where there is none."""
    found = inside(value, *keys)
    return found if isinstance(found, int) and not isinstance(found, bool) else None
