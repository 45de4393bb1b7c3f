"""What tools observe of a thing, in human words: incidents, objectives, monitors, tickets, errors, releases.

Reads the fields of `domain.vocabulary`; what has another shape than promised there is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime

from blocks import limits, wording
from blocks.pens import Pen
from blocks.sentences import Row
from domain.clock import age_in_words
from domain.entities import Entity, Json

SHOWN = 3
"""How many items of one field are named."""
_BAD_STATES = ("breached", "warning")

Item = tuple[str, Mapping[str, Json]]
Words = Callable[[list[Item], Pen, datetime], str]


def rows(entity: Entity, pen: Pen, now: datetime) -> list[Row]:
    """Return a line for each field that tells anything, what is broken first."""
    found = (Row(label, words(_items(entity, name), pen, now)) for name, label, words in _FIELDS)
    return [row for row in (*found, Row("Accounts", _accounts(entity, pen))) if row.text]


def incidents_row(entity: Entity, pen: Pen, now: datetime) -> Row:
    """Return the open incidents: how many, and the newest; no text where there are none."""
    return Row("Incidents", _incidents(_items(entity, "incidents"), pen, now))


def _items(entity: Entity, name: str) -> list[Item]:
    value = entity.fields.get(name)
    pairs = value.items() if isinstance(value, Mapping) else ()
    return [(str(key), each) for key, each in pairs if isinstance(each, Mapping)]


def _incidents(items: list[Item], pen: Pen, now: datetime) -> str:
    if not items:
        return ""
    newest = sorted(items, key=lambda item: _text(item[1], "since"), reverse=True)[:SHOWN]
    named = [_link(item, "title", key, pen) + _since(item, now) for key, item in newest]
    count = wording.plural(len(items), "open incident", "open incidents")
    return f"{count}: {_more(named, len(items))}"


def _slos(items: list[Item], pen: Pen, _now: datetime) -> str:
    if not items:
        return ""
    states = [_text(item, "state") or "unknown" for _, item in items]
    counted = [f"{states.count(state)} {pen.text(state)}" for state in dict.fromkeys(sorted(states))]
    bad = [pair for state in _BAD_STATES for pair in items if _text(pair[1], "state") == state]
    named = [_slo(key, item, pen) for key, item in bad[:SHOWN]]
    return ", ".join(counted[:SHOWN]) + (f": {_more(named, len(bad))}" if named else "")


def _slo(key: str, item: Mapping[str, Json], pen: Pen) -> str:
    status, target = _number(item, "status"), _number(item, "target")
    at = f"at {status} %" if status else ""
    of = f"of {target} %" if target else ""
    within = f"in {pen.text(_text(item, 'timeframe'))}" if _text(item, "timeframe") else ""
    return " ".join(part for part in (_link(item, "name", key, pen), at, of, within) if part)


def _monitors(items: list[Item], pen: Pen, now: datetime) -> str:
    return "; ".join(filter(None, (_monitor(key, item, pen, now) for key, item in items[:SHOWN])))


def _monitor(vendor: str, item: Mapping[str, Json], pen: Pen, now: datetime) -> str:
    words = {
        "alert": "alerting",
        "warn": "warning",
        "no_data": "without data",
        "ok": "fine",
        "muted": "muted",
    }
    counts = [
        f"{count} {word}" for name, word in words.items() if (count := _number(item, name)) not in ("", "0")
    ]
    alerting = [each for each in _list(item.get("alerting")) if isinstance(each, Mapping)]
    named = [_link(each, "name", "a monitor", pen) + _since(each, now) for each in alerting[:SHOWN]]
    where = pen.link(_text(item, "url"), wording.vendor_word(vendor)) or pen.text(wording.vendor_word(vendor))
    if not counts:
        return ""
    return f"{', '.join(counts)} in {where}" + (f": {_more(named, len(alerting))}" if named else "")


def _tickets(items: list[Item], pen: Pen, _now: datetime) -> str:
    told = []
    for key, item in items:
        counts = [_counted(item, "incidents", "incident"), _counted(item, "bugs", "bug")]
        if said := ", ".join(each for each in counts if each):
            told.append(f"{said} in {_place(key, item, pen)}")
    return _more(told[:SHOWN], len(told), "; ")


def _error_issues(items: list[Item], pen: Pen, _now: datetime) -> str:
    told = []
    for key, item in items:
        unresolved, new, trend = _number(item, "unresolved"), _number(item, "new"), _text(item, "trend")
        if unresolved in ("", "0") and new in ("", "0"):
            continue
        parts = [
            f"{unresolved or '0'} unresolved",
            f"{new} new" if new not in ("", "0") else "",
            pen.text(trend),
        ]
        told.append(f"{', '.join(part for part in parts if part)} in {_place(key, item, pen)}")
    return _more(told[:SHOWN], len(told), "; ")


def _releases(items: list[Item], pen: Pen, now: datetime) -> str:
    newest = sorted(items, key=lambda pair: _text(pair[1], "at"), reverse=True)
    told = []
    for key, item in newest[:SHOWN]:
        version = _text(item, "version")
        if version:
            shown = pen.link(_text(item, "url"), version) or pen.text(version)
            told.append(f"{shown} of {pen.text(_name(key))}{_ago(_text(item, 'at'), now)}")
    return _more(told, len(newest))


def _accounts(entity: Entity, pen: Pen) -> str:
    value = entity.fields.get("accounts")
    pairs = value.items() if isinstance(value, Mapping) else ()
    told = [
        pen.text(wording.vendor_word(str(vendor)) + ("" if state == "active" else f" ({state})"))
        for vendor, state in pairs
        if isinstance(state, str)
    ]
    return wording.names_of(told, 2 * SHOWN)


_FIELDS: tuple[tuple[str, str, Words], ...] = (
    ("incidents", "Incidents", _incidents),
    ("slos", "SLOs", _slos),
    ("monitors", "Monitors", _monitors),
    ("error_issues", "Errors", _error_issues),
    ("tickets", "Tickets", _tickets),
    ("releases", "Released", _releases),
)
"""The fields in the order of reading, with the label and the words of each."""


def _more(named: Iterable[str], total: int, joint: str = ", ") -> str:
    shown = list(named)
    text = joint.join(shown)
    return f"{text} and {total - len(shown)} more" if shown and total > len(shown) else text


def _place(key: str, item: Mapping[str, Json], pen: Pen) -> str:
    """Name where something is kept: `PAY (Jira)`, with a link where there is one."""
    vendor, _, name = key.partition(":")
    label = f"{name} ({wording.vendor_word(vendor)})" if name else wording.vendor_word(vendor)
    return pen.link(_text(item, "url"), label) or pen.text(label)


def _name(key: str) -> str:
    return key.partition(":")[2] or key


def _link(item: Mapping[str, Json], field: str, otherwise: str, pen: Pen) -> str:
    name = _text(item, field) or otherwise
    return limits.cut_mrkdwn(pen.link(_text(item, "url"), name) or pen.text(name), limits.ROW)


def _counted(item: Mapping[str, Json], field: str, one: str) -> str:
    count = item.get(field)
    if not isinstance(count, int) or isinstance(count, bool) or count <= 0:
        return ""
    return wording.plural(count, one, f"{one}s")


def _since(item: Mapping[str, Json], now: datetime) -> str:
    return _ago(_text(item, "since"), now)


def _ago(text: str, now: datetime) -> str:
    try:
        at = datetime.fromisoformat(text) if text else None
    except ValueError:
        return ""
    if at is None:
        return ""
    return f" ({age_in_words(now - (at if at.tzinfo else at.replace(tzinfo=UTC)))})"


def _number(item: Mapping[str, Json], field: str) -> str:
    value = item.get(field)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _text(item: Mapping[str, Json], field: str) -> str:
    value = item.get(field)
    return value if isinstance(value, str) else ""


def _list(value: Json) -> Iterator[Json]:
    return iter(value if isinstance(value, list) else ())
