"""JSON for what walks, searches and histories come to.

- `impact`: `subject` (a thing), `total`, `owners` (how many), `direct`, `orphans`, `parts`, `worst_tier`,
  `worst_total`, `matched`, `whole`, `warn` [{owner, total}], `groups` [{owner or null, total, items [thing
  with `distance` and `through` (a ref or null)]}], `page`, `pages`, `ask`; an owner is {ref, name, title,
  kind, known, channel, slack_channel_id, slack_usergroup_id, slack_user_id, email};
- `dependence`: `depends`, `one` and `other` (things), `backwards` (in how many steps the other depends on the
  one; 0: it does not), `steps` [{from, to, relation, says}].
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from domain.answers import Explored, Owner, Thing
from domain.entities import Fact
from domain.impact import Dependence, Impact, Warned

Object = dict[str, object]
Things = Callable[[Thing], Object]
Says = Callable[[Iterable[Fact]], list[Object]]


def body(answer: Explored, thing: Things, says: Says) -> Object:
    """Return what an answer has besides kind, words and text."""
    match answer:
        case Impact():
            return _impact(answer, thing)
        case Dependence():
            steps = [
                {"from": thing(step.here), "to": thing(step.there), "relation": step.relation,
                 "says": says(step.facts)}
                for step in answer.steps
            ]  # fmt: skip
            ends = {"one": thing(answer.one), "other": thing(answer.other)}
            return {"depends": answer.holds, **ends, "backwards": answer.backwards, "steps": steps}


def _impact(answer: Impact, thing: Things) -> Object:
    return {
        "subject": thing(answer.subject),
        "total": answer.total,
        "owners": answer.owners,
        "direct": answer.direct,
        "orphans": answer.orphans,
        "parts": answer.parts,
        "worst_tier": answer.worst,
        "worst_total": answer.worst_total,
        "matched": answer.matched,
        "whole": answer.whole,
        "warn": [{"owner": _owner(each.owner), "total": each.total} for each in answer.warn],
        "groups": [_group(each, thing) for each in answer.groups],
        "page": answer.page,
        "pages": answer.pages,
        "ask": answer.ask,
    }


def _group(group: Warned, thing: Things) -> Object:
    items = [
        {
            **thing(row.thing),
            "distance": row.distance,
            "through": str(row.through.ref) if row.through else None,
        }
        for row in group.rows
    ]
    return {"owner": _owner(group.owner), "total": group.total, "items": items}


def _owner(owner: Owner | None) -> Object | None:
    if owner is None:
        return None
    return {
        "ref": str(owner.ref),
        "name": owner.ref.name,
        "title": owner.title,
        "kind": owner.ref.kind,
        "known": owner.known,
        "channel": owner.channel,
        "slack_channel_id": owner.slack_channel_id,
        "slack_usergroup_id": owner.slack_usergroup_id,
        "slack_user_id": owner.slack_user_id,
        "email": owner.email,
    }
