"""The on-call plan: who answers for a policy now and in the next days, as the catalog's field `oncall`.

Pure. Reads PagerDuty's own on-calls and computes no rotation, so that overrides, layers and clock changes
are as PagerDuty has them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from domain.entities import Finding, Json
from integrations.pagerduty.answers import VENDOR, Item, address, called, inner, moment, stamp, text
from integrations.tools.claims import person_alias

Shift = dict[str, Json]


def shifts_of(
    oncalls: Iterable[Item], now: datetime, source: str
) -> tuple[Mapping[str, list[Shift]], list[Finding]]:
    """Return the shifts by policy id, each once, in the order of level and time; and what cannot be read."""
    found: dict[str, dict[tuple[int, str], Shift]] = defaultdict(dict)
    findings: list[Finding] = []
    for each in oncalls:
        policy, user = text(inner(each, "escalation_policy"), "id"), inner(each, "user")
        try:
            start, end = moment(each, "start"), moment(each, "end")
        except ValueError as error:
            findings.append(_unreadable(source, policy, f"a time cannot be read: {error}"))
            continue
        if not policy or not text(user, "id"):
            findings.append(_unreadable(source, policy, "a shift names no policy or no person"))
        elif end is None or end > now:
            shift = _shift(each, user, start, end)
            # One that comes on two pages, because the list moved in between, is one.
            found[policy][_level(each), " ".join(str(shift.get(name, "")) for name in _ORDER)] = shift
    return {policy: [own[key] for key in sorted(own)] for policy, own in found.items()}, findings


_ORDER = ("from", "person", "until", "schedule")


def _level(oncall: Item) -> int:
    level = oncall.get("escalation_level")
    return level if isinstance(level, int) else 1


def _shift(oncall: Item, user: Item, start: datetime | None, end: datetime | None) -> Shift:
    shift: Shift = {
        "level": _level(oncall),
        "person": person_alias(VENDOR, text(user, "id")),
        "name": called(user),
    }
    if email := text(user, "email").lower():
        shift["email"] = email
    if schedule := inner(oncall, "schedule"):
        shift["schedule"] = called(schedule)
    if start is not None:
        shift["from"] = stamp(start)
    if end is not None:
        shift["until"] = stamp(end)
    return shift


def plan_of(policy: Item, shifts: Mapping[str, list[Shift]]) -> dict[str, Json]:
    """Return what `oncall` says of one policy; no shifts mean that nobody is on call."""
    rules = policy.get("escalation_rules")
    levels: list[Json] = [
        {"level": level, "targets": _targets(rule)}
        for level, rule in enumerate(rules if isinstance(rules, list) else [], 1)
        if isinstance(rule, Mapping)
    ]
    plan: dict[str, Json] = {
        "name": called(policy),
        "levels": levels,
        "shifts": list(shifts.get(text(policy, "id"), [])),
    }
    if url := address(policy):
        plan["url"] = url
    return plan


def _targets(rule: Mapping[str, Json]) -> list[Json]:
    targets = rule.get("targets")
    return [
        called(each) for each in (targets if isinstance(targets, list) else []) if isinstance(each, Mapping)
    ]


def _unreadable(source: str, policy: str, problem: str) -> Finding:
    where = f"{source}: on-calls of {policy or 'no policy'}"
    return Finding(where, 0, problem, "Look at the policy's schedules in PagerDuty.", "warning")
