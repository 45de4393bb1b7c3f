"""Makes remarks of service level objectives: target, status, and what is left of the error budget.

The search tells all of it at once, as Datadog last reckoned it; no objective is asked for by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from domain.entities import Claim, Json
from integrations.datadog.answers import Item, identity, inner, items, number, tagged, text, texts
from integrations.datadog.naming import VENDOR, alias_of
from integrations.datadog.pages import NUMBERED, Listing
from integrations.tools.claims import remark

OBJECTIVES = Listing(
    "api/v1/slo/search", "service level objectives", NUMBERED, 100, promised=False,
    found=lambda value: inner(value, "data", "attributes").get("slos"),
)  # fmt: skip
_STATES = frozenset({"ok", "warning", "breached"})


@dataclass(frozen=True, slots=True)
class OnServices:
    """Remarks on services, and how many things name none."""

    claims: tuple[Claim, ...]
    unnamed: int
    lost: int = 0
    """How many things have no id."""


def objectives(found: Iterable[Item], web: str) -> OnServices:
    """Return one remark a service, with all of its objectives by their ids."""
    services: dict[str, dict[str, Json]] = {}
    unnamed = lost = 0
    for each in found:
        slo = inner(each, "data") or each
        id_, about = identity(slo), inner(slo, "attributes")
        if not id_:
            lost += 1
            continue
        names = _services(about)
        unnamed += not names
        for name in names:
            services.setdefault(name.lower(), {})[f"{VENDOR}:{id_}"] = _objective(id_, about, web)
    claims = [
        remark(
            f"service/{name}",
            alias_of(name),
            "Component",
            {"slos": services[name]},
            url=f"{web}/slo/manage?query={quote(f'service:{name}', safe='')}",
        )
        for name in sorted(services)
    ]
    return OnServices(tuple(claims), unnamed, lost)


def _services(about: Item) -> tuple[str, ...]:
    """Return the services that an objective's tags name, with or without `service:` before them."""
    own = (
        each if each.startswith("service:") else f"service:{each}" for each in texts(about, "service_tags")
    )
    return tagged((*own, *texts(about, "all_tags")), "service")


def _objective(id_: str, about: Item, web: str) -> dict[str, Json]:
    now = _primary(about)
    state = text(now, "state").lower()
    said: dict[str, Json] = {
        "name": text(about, "name") or id_,
        "url": f"{web}/slo?slo_id={id_}",
        "timeframe": text(now, "timeframe"),
        "state": state if state in _STATES else "unknown",
    }
    for name, key in (("target", "target"), ("status", "status"), ("budget_left", "error_budget_remaining")):
        value = number(now, key)
        if value is not None:
            said[name] = round(value, 3)
    return {key: value for key, value in said.items() if value != ""}


def _primary(about: Item) -> dict[str, Json]:
    """Return how an objective stands over its primary period, which is the one that `status` repeats.

    One that was not reckoned yet has only its thresholds.
    """
    status = inner(about, "status")
    reckoned = items(about.get("overall_status"))
    same = [each for each in reckoned if status and _same(each, status)]
    found = next(iter((*same, *reckoned)), {})
    threshold = next(iter(items(about.get("thresholds"))), {})
    said = {"target": threshold.get("target"), "timeframe": threshold.get("timeframe"), **found}
    if not found and status:
        said |= {**status, "status": status.get("sli")}
    return said


def _same(reckoned: Item, status: Item) -> bool:
    return (number(reckoned, "status"), number(reckoned, "error_budget_remaining")) == (
        number(status, "sli"),
        number(status, "error_budget_remaining"),
    )
