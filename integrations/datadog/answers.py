"""Takes values out of Datadog's JSON, whatever is there instead: absent is empty, and nothing raises."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from domain.entities import Json

Item = Mapping[str, Json]


def inner(item: Json, *path: str) -> Item:
    """Return the mapping at the end of some keys; an empty one where there is none."""
    for key in path:
        item = item.get(key) if isinstance(item, Mapping) else None
    return item if isinstance(item, Mapping) else {}


def text(item: Item, key: str) -> str:
    """Return a text, trimmed; empty where there is none."""
    value = item.get(key)
    return value.strip() if isinstance(value, str) else ""


def identity(item: Item, key: str = "id") -> str:
    """Return an id, which some answers write as a number; empty where there is none."""
    value = item.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return text(item, key)


def number(item: Item, key: str) -> float | None:
    """Return a number; None where there is none."""
    value = item.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return value


def texts(item: Item, key: str) -> tuple[str, ...]:
    """Return a list's texts; empty where there is no list."""
    value = item.get(key)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def items(value: Json) -> tuple[Item, ...]:
    """Return a list's mappings; empty where there is no list."""
    return tuple(each for each in value if isinstance(each, Mapping)) if isinstance(value, list) else ()


def moment(value: Json) -> datetime | None:
    """Read seconds since 1970 or ISO 8601; None where it is neither."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        if isinstance(value, str):
            at = datetime.fromisoformat(value.replace("Z", "+00:00"))
            return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        pass
    return None


def tagged(tags: Iterable[str], key: str) -> tuple[str, ...]:
    """Return what tags such as `service:pay` say of a key, each once, in order."""
    found = (tag.partition(":") for tag in tags)
    return tuple(
        dict.fromkeys(value.strip() for name, _, value in found if name.strip() == key and value.strip())
    )
