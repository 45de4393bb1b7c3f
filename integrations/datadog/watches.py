"""Makes remarks of monitors: how many of a service's are in which state, and which of them alert."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from domain.entities import Json
from integrations.datadog.answers import Item, identity, inner, items, moment, number, tagged, text, texts
from integrations.datadog.naming import VENDOR, alias_of
from integrations.datadog.objectives import OnServices
from integrations.datadog.pages import PLAIN, Listing
from integrations.tools.claims import remark

MONITORS = Listing(
    "api/v1/monitor", "monitors", PLAIN, 500,
    params={"group_states": "alert,warn", "with_downtimes": "true"},
)  # fmt: skip
ALERTING = 20
"""How many alerting monitors of a service are told one by one, the worst and oldest first."""
_STATES = {"ok": "ok", "warn": "warn", "alert": "alert", "no data": "no_data"}
_COUNTED = ("ok", "warn", "alert", "no_data", "muted")
_LOUD = ("alert", "warn")


@dataclass(slots=True)
class _Tally:
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTED, 0))
    alerting: list[dict[str, Json]] = field(default_factory=list)


def watches(found: Iterable[Item], now: datetime, web: str) -> OnServices:
    """Return one remark a service. A monitor that is muted as a whole counts as that alone; one that is in
    none of the states counted (`Ignored`, `Skipped`, `Unknown`, or a new one) does not count.
    """
    services: dict[str, _Tally] = {}
    unnamed = 0
    for each in found:
        names = tagged(texts(each, "tags"), "service")
        unnamed += not names
        for name in names:
            _count(each, services.setdefault(name.lower(), _Tally()), now, web)
    claims = []
    for name in sorted(services):
        tally = services[name]
        tally.alerting.sort(key=lambda each: (_LOUD.index(str(each["state"])), str(each.get("since", "~"))))
        url = f"{web}/monitors/manage?q={quote(f'service:{name}', safe='')}"
        said: dict[str, Json] = {**tally.counts, "url": url, "alerting": [*tally.alerting[:ALERTING]]}
        field_ = {"monitors": {VENDOR: said}}
        claims.append(remark(f"service/{name}", alias_of(name), "Component", field_, url=url))
    return OnServices(tuple(claims), unnamed)


def _count(monitor: Item, tally: _Tally, now: datetime, web: str) -> None:
    state = _STATES.get(text(monitor, "overall_state").lower(), "")
    if _is_muted(monitor, now):
        tally.counts["muted"] += 1
        return
    if state:
        tally.counts[state] += 1
    if state in _LOUD:
        id_, since = identity(monitor), _since(monitor)
        alerting: dict[str, Json] = {
            "name": text(monitor, "name") or id_,
            "state": state,
            "url": f"{web}/monitors/{id_}",
        }
        if since is not None:
            alerting["since"] = since.isoformat()
        tally.alerting.append(alerting)


def _is_muted(monitor: Item, now: datetime) -> bool:
    """Whether nobody hears of a monitor now, whichever of its groups it is about."""
    silenced = inner(monitor, "options", "silenced")
    if "*" in silenced and (number(silenced, "*") or now.timestamp()) >= now.timestamp():
        return True
    alone = monitor.get("multi") is not True
    downtimes = items(monitor.get("matching_downtimes"))
    return any(alone or "*" in texts(each, "scope") or text(each, "scope") == "*" for each in downtimes)


def _since(monitor: Item) -> datetime | None:
    """Return since when a monitor is in its state, by the monitor or else by the first group that is."""
    said = moment(monitor.get("overall_state_modified"))
    if said is not None:
        return said
    groups = inner(monitor, "state", "groups").values()
    triggered = [moment(inner(each).get("last_triggered_ts")) for each in groups]
    return min((each for each in triggered if each is not None), default=None)
