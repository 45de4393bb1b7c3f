"""Syncs and suggestions as JSON objects, for scripts: the bodies of the kinds that `as_json` documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from blocks import people
from blocks.discovery import state_word
from domain.persons import People
from domain.syncs import (
    Checked,
    Discovery,
    Done,
    Examined,
    Intended,
    Pair,
    Sources,
    SourceStanding,
    Suggestions,
    Synced,
)

Object = dict[str, object]
Time = Callable[[datetime | None], str | None]


def body(answer: Discovery, time: Time) -> Object:
    """Return all but `kind` and `text`."""
    match answer:
        case Sources():
            return {"sources": [_standing(each, time) for each in answer.standings]}
        case Intended():
            return {
                "words": answer.words, "action": answer.action, "target": answer.target,
                "options": list(answer.options), "about": answer.about, "command": answer.command,
            }  # fmt: skip
        case Synced():
            return {
                "source": answer.source, "outcome": answer.outcome, "counts": dict(answer.counts),
                "change_sets": list(answer.change_sets), "requests": answer.requests,
                "seconds": answer.seconds, "problem": answer.problem, "remedy": answer.remedy,
            }  # fmt: skip
        case Checked():
            return {"sources": [examined(each) for each in answer.sources]}
        case Done():
            return {"headline": answer.headline, "notes": list(answer.notes)}
        case Suggestions():
            return {
                "open": [_pair(each, time) for each in answer.open], "more": answer.more,
                "decided": [_pair(each, time) for each in answer.decided],
            }  # fmt: skip
        case People():
            return people.body(answer)


def examined(found: Examined) -> Object:
    """Return what a source that tried what it needs came to."""
    return {
        "source": found.source,
        "vendor": found.title,
        "well": found.well,
        "seconds": round(found.seconds, 2),
        "rows": [asdict(each) for each in found.rows],
    }


def _standing(standing: SourceStanding, time: Time) -> Object:
    state = standing.state
    quota = state.quota
    return {
        "source": state.name,
        "state": state_word(state),
        "looked_at": time(state.looked_at),
        "running_since": time(state.running_since),
        "change_set": state.change_set,
        "counts": dict(standing.counts),
        "things": state.things,
        "findings": state.findings,
        "requests": state.requests,
        "quota": {"limit": quota.limit, "left": quota.left, "resets_at": time(quota.resets_at)}
        if quota
        else None,
        "problem": state.problem,
        "remedy": state.remedy,
        "paused": state.paused,
    }


def _pair(pair: Pair, time: Time) -> Object:
    found = pair.suggestion
    return {
        "number": found.number,
        "one": found.one,
        "other": found.other,
        "kind": pair.kind,
        "reason": found.reason,
        "likeness": found.likeness,
        "state": found.state,
        "decided_by": found.decided_by,
        "decided_at": time(found.decided_at),
    }
