"""Words for on-call plans: `plan("p1", shift("ana", 0, 8))` is one policy, in hours from `SEEN`.

A person's account is `pagerduty-user:<name>`, the e-mail `<name>@acme.example`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from domain.entities import EVERYTHING, Claim, Json, Snapshot, Standing
from domain.refs import Ref
from tests.catalog_builder import SEEN


def shift(
    name: str, begins: float | None, ends: float | None, level: int = 1, **more: Json
) -> dict[str, Json]:
    """Return one turn; None: without a beginning or an end."""
    said: dict[str, Json] = {
        "level": level, "person": f"pagerduty-user:{name}", "name": name.title(),
        "email": f"{name}@acme.example", "schedule": "Primary",
    }  # fmt: skip
    for key, hours in (("from", begins), ("until", ends)):
        if hours is not None:
            said[key] = (SEEN + timedelta(hours=hours)).isoformat()
    return {**said, **more}


def plan(key: str, *shifts: Mapping[str, Json], name: str = "", levels: int = 1) -> dict[str, Json]:
    """Return what the field `oncall` holds of one policy."""
    asked: Json = [{"level": level, "targets": [f"Rota {level}"]} for level in range(1, levels + 1)]
    policy: dict[str, Json] = {
        "name": name or f"Policy {key}", "url": f"https://acme.pagerduty.example/{key}", "levels": asked,
        "shifts": [dict(each) for each in shifts],
    }  # fmt: skip
    return {f"pagerduty:{key}": policy}


def planned(minutes_ago: float = 5, /, **plans: dict[str, Json]) -> Snapshot:
    """Return a look at all plans, by the name of the service (`payments`) or the team (`team_pay`)."""
    claims = []
    for name, value in plans.items():
        called = name.replace("_", "-")
        kind = "Group" if called.startswith("team-") else "Component"
        claims.append(
            Claim(
                Ref(kind.lower(), "remarks", called), called, kind, {"oncall": value}, id=called,
                standing=Standing.REMARK, same_as=(f"{kind.lower()}:default/{called}",),
            )
        )  # fmt: skip
    at = SEEN - timedelta(minutes=minutes_ago)
    return Snapshot("pagerduty/oncall", at, tuple(claims), within=(EVERYTHING,))
