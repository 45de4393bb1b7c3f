"""Turns any answer into one JSON object, for scripts.

The keys are stable; more may be added. Every object has `kind` and `text` (what a terminal shows), the first
eight, `spotted` and `unclear` have `words` (what was asked about), and

- `found`: `entity` {ref, name, title, kind}, `owner` or null, `inherited_from` or null, `matched`, `sources`,
  `as_of` (the time that was asked for) or null, `on_call` {covered, policies} or null, and `incidents` [{key,
  title, url, …}], those that are open;
- `path` (a file): `path` and `repository` of it, `branch` where another was asked for than is read, `owners`
  whom CODEOWNERS names, `rules` [{pattern, line, owners, roles, section, optional}], `component` (a thing) or
  null and its `owner`, `file`, `source` and `observed_at` of the rules;
- `why`: `subject` (a thing), `field` that was asked about or null, `inherited_from` or null, `matched`,
  `fields` [{field, united, disputed, claims [a source with `since` and `lost_by`: still seen, trust, surer,
  newer, name, or null]}], the claim that counts first, `more` (fields that are not listed), `disputed` (how
  many fields in all);
- `shown`: `entity` (with `fields` and `aliases`), `owner` or null, `matched`, `as_of` or null, `sources`, and
  `relations` {relation: [thing]}, and `on_call` as in `found`;
- `oncall`: `subject` (a thing), `covered` (somebody is on call now), `via` (own, part, provider, owner,
  parent, owned or parts: whose policies they are) and `through` (the thing that has them, or null),
  `policies`, and `channel` {team, name, slack_channel_id, archived, inherited} or null;
- `duties`: `subject`, `person`, `now` (on call now), `duties` [policy with `now`, `covers` [{ref, title}] and
  `more`], `over` [snapshot] of plans that have run out;
- `operations`: `subject` (or null where all APIs were searched), `searched`, `format`, `answered`, `owner`,
  `apis` [thing], `descriptions` [{of, path, url, format, title, version, servers, operations (how many),
  flaws [{line, problem, remedy}]}], `operations` [{name, verb, address, summary, group, section, deprecated,
  takes, request, response, of, path, url, line}], `total`, `page`, `pages`, `ask`;
- `passages`: `answered`, `subject` (a thing or null), `passages` [page with `headings`, `passage` (its text),
  `url`, `thing`], `loosely` (none has all words), `elsewhere` (none is of the subject), `pages`, `owner`;
- `shelf`: `answered`, `subject`, `wanted` (runbook, readme or empty), `pages`, `others`, `owner`, `matched`;
  a page is {ref, path, title, url, source, seen_at, readme, runbook};
- `ambiguous`: `candidates` [thing with `why`, `ask` and `reason`: why it stands before others], `more` (how
  many are not listed);
- `missing`: `candidates` and `suggestions` (the same list: the nearest names), `remedy`;
- `list`: `headline`, `items` [thing with `section`], `total`, `page`, `pages`, `ask`; here, in `oncall` and
  in `gaps`, `place` is the team in whose channel it was asked, where that alone says who is meant, or null;
- `spotted`: `spots` [what `found` has, with `what` led there (link, repository, label, file, code, pod, host,
  key or name) and its `text`], `more`, `looked_at` [text that led nowhere, where nothing did], `unread` (the
  text was too long to be read to its end);
- `help`: `about`, `topics` [{usage, meaning, examples}];
- `unclear`: `problem`, `suggestions` [words];
- `impact`, `dependence`, `search` and `audit`: see `explored_json`;
- `sources`: `sources` [{source, state (fine, new, running, paused, failing or interrupted), looked_at,
  running_since, change_set, counts, things, findings, requests, quota {limit, left, resets_at} or null,
  problem, remedy, paused}];
- `intended` (something to do instead of a question): `words`, `action`, `target`, `options`, `about`,
  `command`;
- `synced`, `checked`, `done`: what came of it, in Slack;
- `people`: `total`, `tools`, `unjoined_total`, `unjoined` [a person with `reason`, `line`, `near`], `strays`
  [{key, written, problem}], `page`, `pages`, and, of `idp people`, `people` [{ref, title, declared, emails,
  accounts: [{tool, handle, source, state}]}];
- `suggestions`: `open` and `decided` [{number, one, other, kind, reason, likeness, state, decided_by,
  decided_at}], `more`.

`owner` is {ref, name, title, kind, known, channel, slack_channel_id, email, people}, `people` a list of
{ref, title, slack_user_id}; a thing is {ref, name, title, kind, type, tier, lifecycle, owner (ref or null),
vanished_at}, and an `entity` has `vanished_at`, too: when its last source stopped seeing it, else null. A
source is {field, source, origin, observed_at, age_seconds, age, confidence, reason, vanished_at, value,
wins}. Times are ISO 8601 in UTC.
A policy is {key, name, url, levels [{level, now [turn], next [turn], targets}], snapshot {source, vendor,
as_of, stale, problem, paused, overdue, ended}}, a turn {name, email, person or null, schedule, from, until,
until_at_least}; `from` and `until` are null where there is no beginning or end.
No key is ever left out: what is not known is null or empty. Text is as its source wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from blocks import (
    api_json,
    discovery_json,
    explained,
    explored_json,
    gaps,
    oncall_json,
    passages_json,
    paths,
)
from blocks.plain import text_for
from domain.answers import (
    Ambiguous,
    Answer,
    Candidate,
    Explored,
    Found,
    Help,
    Listing,
    Missing,
    Owner,
    Shown,
    Spotted,
    Thing,
    Unclear,
)
from domain.apis import Operations
from domain.clock import age_in_words
from domain.entities import Entity, Fact
from domain.explained import Explained
from domain.gaps import Gaps
from domain.oncall import Duties, OnCall
from domain.passages import Passages, Shelf
from domain.paths import OwnedPath
from domain.syncs import Discovery

Object = dict[str, object]
_KINDS: Mapping[type, str] = {Listing: "list", OwnedPath: "path", Explained: "why"}


def json_for(answer: Answer, *, now: datetime) -> Object:
    """Return what `json.dumps` takes."""
    return {**_head(answer), "text": text_for(answer, now=now), **_body(answer, now)}


def _head(answer: Answer) -> Object:
    kind = _KINDS.get(type(answer)) or type(answer).__name__.lower()
    if isinstance(answer, Help | Listing | Discovery):
        return {"kind": kind}
    return {"kind": kind, "words": answer.words}


def _body(answer: Answer, now: datetime) -> Object:
    match answer:
        case Found():
            inherited = _thing(answer.inherited_from) if answer.inherited_from else None
            owner = {"owner": _owner(answer.owner), "inherited_from": inherited, "matched": answer.matched}
            sources = _sources(answer.evidence, now)
            return {
                "entity": _entity(answer.entity), **owner, "as_of": time(answer.as_of), "sources": sources,
                "on_call": oncall_json.now(answer.on_call, time), "incidents": _incidents(answer),
            }  # fmt: skip
        case Shown():
            return _shown(answer, now)
        case OnCall() | Duties():
            return oncall_json.body(answer, time, _thing)
        case Ambiguous():
            return {"candidates": _candidates(answer.candidates), "more": answer.more}
        case Missing():
            near = _candidates(answer.suggestions)
            return {"candidates": near, "suggestions": near, "remedy": answer.remedy}
        case Listing():
            return _listing(answer)
        case Spotted():
            return _spotted(answer, now)
        case Help():
            topics = [
                {"usage": t.usage, "meaning": t.meaning, "examples": list(t.examples)} for t in answer.topics
            ]
            return {"about": answer.about, "topics": topics}
        case Unclear():
            return {"problem": answer.problem, "suggestions": list(answer.suggestions)}
        case _:
            return _further_body(answer, now)


def _further_body(
    answer: OwnedPath | Explained | Explored | Operations | Gaps | Passages | Shelf | Discovery, now: datetime
) -> Object:
    if isinstance(answer, Explored):
        return explored_json.body(answer, _thing, _says, time)
    match answer:
        case OwnedPath():
            return paths.as_json(answer, time, _owner, _thing)
        case Explained():
            return explained.as_json(answer, _thing, _sources, time, now)
        case Operations():
            return api_json.operations(answer, _thing, _owner)
        case Gaps():
            return gaps.as_json(answer, _thing, time)
        case Passages():
            return passages_json.found(answer, time, _thing, _owner)
        case Shelf():
            return passages_json.shelf(answer, time, _thing, _owner)
        case _:
            return discovery_json.body(answer, time)


def _spotted(answer: Spotted, now: datetime) -> Object:
    spots = [{"what": s.what, "text": s.text, **_body(s.found, now)} for s in answer.spots]
    rest = {"more": answer.more, "looked_at": list(answer.looked_at), "unread": answer.unread}
    return {"spots": spots, **rest}


def _incidents(answer: Found) -> list[Object]:
    """Return what is broken now, as its sources say; nothing of another day."""
    found = answer.entity.fields.get("incidents") if answer.as_of is None else None
    pairs = found.items() if isinstance(found, Mapping) else ()
    return [{"key": key, **each} for key, each in pairs if isinstance(each, Mapping)]


def _shown(answer: Shown, now: datetime) -> Object:
    entity = answer.record.entity
    full = {**_entity(entity), "fields": dict(entity.fields), "aliases": list(entity.aliases)}
    relations = {relation: [_thing(thing) for thing in things] for relation, things in answer.relations}
    return {
        "entity": full,
        "owner": _owner(answer.owner),
        "relations": relations,
        "matched": answer.matched,
        "as_of": time(answer.as_of),
        "on_call": oncall_json.now(answer.on_call, time),
        "sources": _sources(answer.record.facts, now),
    }


def _listing(answer: Listing) -> Object:
    items = [
        {**_thing(row), "section": part.heading, "says": _says(answer.edges.get(row.ref, ()))}
        for part in answer.sections
        for row in part.rows
    ]
    place = _thing(answer.place) if answer.place else None
    pages = {
        "total": answer.total,
        "page": answer.page,
        "pages": answer.pages,
        "ask": answer.ask,
        "place": place,
    }
    return {"headline": answer.headline, "items": items, **pages}


def _says(facts: Iterable[Fact]) -> list[Object]:
    return [
        {
            "source": fact.source,
            "origin": fact.origin,
            "confidence": fact.confidence,
            "reason": fact.reason,
            "observed_at": time(fact.observed_at),
        }
        for fact in facts
    ]


def _entity(entity: Entity) -> Object:
    named = {"ref": str(entity.ref), "name": entity.name, "title": entity.title, "kind": entity.kind}
    return {**named, "vanished_at": time(entity.vanished_at)}


def time(at: datetime | None) -> str | None:
    """Return a time as scripts read it; None: never."""
    return at.astimezone(UTC).isoformat() if at else None


def _owner(owner: Owner | None) -> Object | None:
    if owner is None:
        return None
    people = [{"ref": str(p.ref), "title": p.title, "slack_user_id": p.slack_user_id} for p in owner.people]
    return {
        "ref": str(owner.ref),
        "name": owner.ref.name,
        "title": owner.title,
        "kind": owner.ref.kind,
        "known": owner.known,
        "channel": owner.channel,
        "slack_channel_id": owner.slack_channel_id,
        "email": owner.email,
        "people": people,
    }


def _thing(thing: Thing) -> Object:
    owner = str(thing.owner) if thing.owner else None
    place = {"type": thing.type, "tier": thing.tier, "lifecycle": thing.lifecycle}
    return {
        "ref": str(thing.ref),
        "name": thing.name,
        "title": thing.title,
        "kind": thing.kind,
        **place,
        "owner": owner,
        "vanished_at": time(thing.vanished_at),
    }


def _candidates(candidates: Iterable[Candidate]) -> list[Object]:
    return [
        {**_thing(each.thing), "why": each.why, "ask": each.ask, "reason": each.reason} for each in candidates
    ]


def _sources(facts: Iterable[Fact], now: datetime) -> list[Object]:
    return [
        {
            "field": fact.field,
            "source": fact.source,
            "origin": fact.origin,
            "observed_at": time(fact.observed_at),
            "age_seconds": max(0, int((now - fact.observed_at).total_seconds())),
            "age": age_in_words(now - fact.observed_at),
            "confidence": fact.confidence,
            "reason": fact.reason,
            "vanished_at": time(fact.vanished_at),
            "value": fact.value,
            "wins": fact.wins,
        }
        for fact in facts
    ]
