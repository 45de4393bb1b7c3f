"""JSON for what walks, searches and histories come to.

- `impact`: `subject` (a thing), `total`, `owners` (how many), `direct`, `orphans`, `parts`, `worst_tier`,
  `worst_total`, `matched`, `whole`, `warn` [{owner, total}], `groups` [{owner or null, total, items [thing
  with `distance` and `through` (a ref or null)]}], `page`, `pages`, `ask`; an owner is {ref, name, title,
  kind, known, channel, slack_channel_id, slack_usergroup_id, slack_user_id, email};
- `dependence`: `depends`, `one` and `other` (things), `backwards` (in how many steps the other depends on the
  one; 0: it does not), `steps` [{from, to, relation, says}];
- `search`: `items` [thing with `by` (name, title, alias, prefix, words, operation, facets, docs or typo) and
  `said`], `total`, `more` (there may be more than `total`), `page`, `pages`, `ask`;
- `audit`: `subject` or null (everything), `since` or null, `matched`, `acts` [{act, at, actor, actor_title,
  source, change_set, undoes, ref, fields [{field, before, after}], counts, examples [{operation, ref}]}],
  `total`, `page`, `pages`, `ask`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from domain.answers import Explored, Owner, Thing
from domain.audit import Act, Audit
from domain.entities import Fact
from domain.finding import Search
from domain.impact import Dependence, Impact, Warned

Object = dict[str, object]
Things = Callable[[Thing], Object]
Time = Callable[[datetime | None], str | None]
Says = Callable[[Iterable[Fact]], list[Object]]


def body(answer: Explored, thing: Things, says: Says, time: Time) -> Object:
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

        case Search():
            items = [{**thing(hit.thing), "by": hit.by, "said": hit.said} for hit in answer.hits]
            return {"items": items, "total": answer.total, "more": answer.more, **_pages(answer)}
        case Audit():
            about = {"subject": thing(answer.subject) if answer.subject else None, "matched": answer.matched}
            acts = [_act(each, answer, time) for each in answer.acts]
            told = {**about, "since": time(answer.since), "acts": acts, "total": answer.total}
            return {**told, **_pages(answer)}


def _pages(answer: Impact | Search | Audit) -> Object:
    return {"page": answer.page, "pages": answer.pages, "ask": answer.ask}


def _act(act: Act, answer: Audit, time: Time) -> Object:
    return {
        "act": act.kind,
        "at": time(act.at),
        "actor": act.actor,
        "actor_title": answer.called.get(act.actor, ""),
        "source": act.source,
        "change_set": act.change_set,
        "undoes": act.undoes,
        "ref": str(act.ref) if act.ref else None,
        "fields": [{"field": each.field, "before": each.before, "after": each.after} for each in act.fields],
        "counts": dict(act.counts),
        "examples": [{"operation": operation, "ref": str(ref)} for operation, ref in act.examples],
    }


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
        **_pages(answer),
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
