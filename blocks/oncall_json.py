"""On-call duty as JSON objects, for scripts: the bodies of the kinds that `as_json` documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from domain.oncall import Duties, Freshness, Level, OnCall, Reach, Rota, Turn
from domain.things import Person, Thing

Object = dict[str, object]
Time = Callable[[datetime | None], str | None]
AsThing = Callable[[Thing], Object]


def body(answer: OnCall | Duties, time: Time, thing: AsThing) -> Object:
    """Return all of either but `kind`, `words` and `text`."""
    return on_call(answer, time, thing) if isinstance(answer, OnCall) else duties(answer, time, thing)


def on_call(answer: OnCall, time: Time, thing: AsThing) -> Object:
    """Return all of `who is on call for …` but `kind`, `words` and `text`."""
    return {
        "subject": thing(answer.subject),
        "covered": answer.covered,
        "via": answer.via,
        "through": thing(answer.through) if answer.through else None,
        "policies": [_rota(each, time) for each in answer.rotas],
        "channel": _reach(answer.reach) if answer.reach else None,
        "matched": answer.matched,
        "place": thing(answer.place) if answer.place else None,
    }


def now(answer: OnCall | None, time: Time) -> Object | None:
    """Return what a card has of it; None where nothing is known."""
    if answer is None:
        return None
    return {"covered": answer.covered, "policies": [_rota(each, time) for each in answer.rotas]}


def duties(answer: Duties, time: Time, thing: AsThing) -> Object:
    """Return all of `what is … on call for` but `kind`, `words` and `text`."""
    return {
        "subject": thing(answer.subject),
        "person": _person(answer.person),
        "now": bool(answer.now),
        "duties": [
            {
                **_rota(each.rota, time),
                "now": each.now,
                "covers": [
                    {"ref": str(ref), "title": title}
                    for ref, title in zip(each.covers, each.titles, strict=False)
                ],
                "more": each.more,
            }
            for each in answer.duties
        ],
        "over": [_freshness(each, time) for each in answer.over],
        "matched": answer.matched,
    }


def _rota(rota: Rota, time: Time) -> Object:
    levels = [_level(each, time) for each in rota.levels]
    return {
        "key": rota.key, "name": rota.name, "url": rota.url, "levels": levels,
        "snapshot": _freshness(rota.freshness, time),
    }  # fmt: skip


def _level(level: Level, time: Time) -> Object:
    return {
        "level": level.number,
        "now": [_turn(each, time) for each in level.now],
        "next": [_turn(each, time) for each in level.next],
        "targets": list(level.targets),
    }


def _turn(turn: Turn, time: Time) -> Object:
    return {
        "name": turn.name,
        "email": turn.email,
        "person": _person(turn.person) if turn.person else None,
        "schedule": turn.schedule,
        "from": time(turn.since),
        "until": time(turn.until),
        "until_at_least": turn.cut,
    }


def _person(person: Person) -> Object:
    return {"ref": str(person.ref), "title": person.title, "slack_user_id": person.slack_user_id}


def _freshness(freshness: Freshness, time: Time) -> Object:
    return {
        "source": freshness.source,
        "vendor": freshness.vendor,
        "as_of": time(freshness.as_of),
        "stale": freshness.stale,
        "problem": freshness.problem,
        "paused": freshness.paused,
        "overdue": freshness.overdue,
        "ended": freshness.ended,
    }


def _reach(reach: Reach) -> Object:
    return {
        "team": str(reach.team.ref),
        "name": reach.team.channel,
        "slack_channel_id": reach.team.slack_channel_id,
        "archived": list(reach.passed_over),
        "inherited": reach.inherited,
    }
