"""What syncs came to and how sources stand, as lines for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.commands.change_report import change_json, finding_json
from domain.clock import age_in_words
from domain.entities import Json
from domain.sources import Quota, SourceState
from workflows.sync_report import Outcome, SyncReport

SHOWN_FINDINGS = 20
"""How many documents that were left out are named on a terminal before the rest is counted."""

EXIT_CODES: Mapping[Outcome, int] = {
    Outcome.APPLIED: 0,
    Outcome.PREVIEWED: 0,
    Outcome.BUSY: 1,
    Outcome.PAUSED: 1,
    Outcome.STOPPED: 1,
    Outcome.REFUSED: 1,
    Outcome.MISCONFIGURED: 2,
    Outcome.FAILED: 3,
    Outcome.BROKEN: 70,
}
"""With several sources, the highest counts."""

_COUNTED = ("created", "changed", "vanished", "restored", "retired", "unchanged")
_WOULD = {
    "created": "would be created",
    "changed": "would be changed",
    "vanished": "would vanish",
    "restored": "would be restored",
}


def counts(report: SyncReport) -> dict[str, int]:
    """Return how many entities were created, changed, …, as far as the store says."""
    told = {name for each in report.change_sets for name in each.counts}
    return {name: report.count(name) for name in _COUNTED if name in told}


def summary(report: SyncReport) -> str:
    """Say in one line what a sync came to, or what went wrong."""
    if report.outcome not in (Outcome.APPLIED, Outcome.PREVIEWED) or report.look is None:
        return f"{report.source}: {report.problem}"
    look, dry = report.look, report.outcome is Outcome.PREVIEWED
    told = [
        f"{count} {_WOULD.get(name, name) if dry else name}"
        for name, count in counts(report).items()
        if count or name in ("created", "changed", "unchanged")
    ]
    parts = [", ".join(told) or "nothing seen", _plural(look.requests, "request")]
    if look.quota:
        parts.append(quota_in_words(look.quota))
    parts.append(f"{report.seconds:.1f} s")
    numbers = ", ".join(f"#{each.number}" for each in report.change_sets if each.number)
    end = " (dry run: nothing was written)" if dry else f" (change set {numbers})" if numbers else ""
    return f"{report.source}: {'; '.join(parts)}{end}"


def finding_lines(report: SyncReport) -> Iterator[tuple[str, str]]:
    """Yield what was left out, with its colour; a long list is cut."""
    findings = report.look.findings if report.look else ()
    for finding in findings[:SHOWN_FINDINGS]:
        yield str(finding), "red" if finding.severity == "error" else "yellow"
    if (more := len(findings) - SHOWN_FINDINGS) > 0:
        yield f"… and {more} more findings; --json has all", "yellow"


def quota_in_words(quota: Quota) -> str:
    """Say how much of a quota is left: `quota: 4,900 of 5,000 left`."""
    return f"quota: {quota.left:,} of {quota.limit:,} left"


def state_line(state: SourceState, now: datetime) -> str:
    """Say in one line how a source stands: how old what it knows is, and what is wrong."""
    if state.looked_at is None:
        known = "never looked at"
    else:
        known = f"looked at {age_in_words(now - state.looked_at)}, knows {_plural(state.things, 'thing')}"
    parts = [known]
    if state.change_set:
        parts.append(f"change set #{state.change_set}")
    if state.running_since:
        parts.append(f"a look is under way (since {age_in_words(now - state.running_since)})")
    if state.paused:
        parts.append(f"paused: {state.paused}")
    if state.problem:
        parts.append(f"the last look failed: {state.problem}")
    elif state.findings:
        parts.append(f"{_plural(state.findings, 'document')} left out")
    if state.quota:
        parts.append(quota_in_words(state.quota))
    return f"{state.name}: {'; '.join(parts)}"


def sync_json(report: SyncReport) -> dict[str, Json]:
    """Return what a sync of one source came to; `changes` only for a dry run."""
    look = report.look
    dry = report.outcome is Outcome.PREVIEWED
    changes = [change_json(each) for one in report.change_sets for each in one.changes] if dry else []
    return {
        "source": report.source,
        "outcome": str(report.outcome),
        "full": report.full,
        "counts": counts(report),
        "change_sets": [each.number for each in report.change_sets if each.number],
        "requests": look.requests if look else 0,
        "quota": _quota_json(look.quota if look else None),
        "seconds": round(report.seconds, 3),
        "problem": report.problem,
        "remedy": report.remedy,
        "code": report.code,
        "findings": [finding_json(each) for each in look.findings] if look else [],
        "changes": changes,
    }


def state_json(state: SourceState) -> dict[str, Json]:
    """Return how a source stands; times are ISO 8601 in UTC, null for never."""
    return {
        "source": state.name,
        "looked_at": _time(state.looked_at),
        "tried_at": _time(state.tried_at),
        "swept_at": _time(state.swept_at),
        "running_since": _time(state.running_since),
        "interrupted": state.interrupted,
        "change_set": state.change_set,
        "problem": state.problem,
        "remedy": state.remedy,
        "paused": state.paused,
        "requests": state.requests,
        "quota": _quota_json(state.quota),
        "things": state.things,
        "findings": state.findings,
    }


def _quota_json(quota: Quota | None) -> Json:
    if quota is None:
        return None
    return {"limit": quota.limit, "left": quota.left, "resets_at": _time(quota.resets_at)}


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
