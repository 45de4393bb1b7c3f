"""What an answer of PagerDuty's holds, taken with care: unknown is passed over, null is nothing.

Knows no endpoint and no claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

VENDOR = "pagerduty"

Item = Mapping[str, Any]
"""An object of an answer."""


def text(item: Item, name: str) -> str:
    """Return a text, or empty text where there is none."""
    value = item.get(name)
    return value.strip() if isinstance(value, str) else ""


def inner(item: Item, name: str) -> Item:
    """Return an object, or an empty one."""
    value = item.get(name)
    return value if isinstance(value, Mapping) else {}


def items(item: Item, name: str) -> Iterator[Item]:
    """Yield the objects of a list that have an id; none where there is no list."""
    value = item.get(name)
    if isinstance(value, list):
        yield from (each for each in value if isinstance(each, Mapping) and text(each, "id"))


def called(item: Item) -> str:
    """Return what people call a thing or the reference to one: its name, else its summary, else its id."""
    return text(item, "name") or text(item, "summary") or text(item, "id")


def address(item: Item) -> str:
    """Return where a person can see it; empty where PagerDuty has no page for it."""
    return text(item, "html_url")


def key_of(id_: str) -> str:
    """Return the key of a policy or an incident in the catalog: `pagerduty:p123abc`."""
    return f"{VENDOR}:{id_}".lower()


def moment(item: Item, name: str) -> datetime | None:
    """Return a time in UTC; None where there is null. Raises ValueError for what is no time."""
    value = item.get(name)
    if value is None or value == "":
        return None
    at = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def stamp(at: datetime) -> str:
    """Return a time as the catalog has it: ISO 8601, UTC."""
    return at.astimezone(UTC).isoformat(timespec="seconds")
