"""Operations of APIs as JSON objects, for scripts: the body of the kind that `as_json` documents."""

from __future__ import annotations

from collections.abc import Callable

from domain.apis import Described, Operations, Served
from domain.things import Owner, Thing

Object = dict[str, object]


def operations(
    answer: Operations, thing: Callable[[Thing], Object], owner: Callable[[Owner | None], Object | None]
) -> Object:
    """Return all of `api …` but `kind`, `words` and `text`."""
    return {
        "answered": answer.answered,
        "searched": answer.searched,
        "format": answer.format,
        "matched": answer.matched,
        "subject": thing(answer.subject) if answer.subject else None,
        "owner": owner(answer.owner),
        "apis": [thing(each) for each in answer.apis],
        "descriptions": [_described(each) for each in answer.described],
        "operations": [_operation(each, part.heading) for part in answer.parts for each in part.operations],
        "total": answer.total,
        "page": answer.page,
        "pages": answer.pages,
        "ask": answer.ask,
    }


def _described(each: Described) -> Object:
    said = each.description
    return {
        "of": str(each.source.ref),
        "path": each.source.path,
        "url": each.source.url,
        "format": said.format,
        "title": said.title,
        "version": said.version,
        "servers": list(said.servers),
        "operations": each.count,
        "flaws": [{"line": flaw.line, "problem": flaw.problem, "remedy": flaw.remedy} for flaw in said.flaws],
    }


def _operation(served: Served, heading: str) -> Object:
    each = served.operation
    return {
        "name": each.name,
        "verb": each.verb,
        "address": each.address,
        "summary": each.summary,
        "group": each.group,
        "section": heading,
        "deprecated": each.deprecated,
        "takes": list(each.takes),
        "request": each.request,
        "response": each.response,
        "of": str(served.source.ref),
        "path": served.source.path,
        "url": served.source.url,
        "line": each.line,
    }
