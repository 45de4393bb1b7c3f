"""Documentation as JSON."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from domain.answers import Owner, Thing
from domain.passages import Page, Passages, Shelf

Object = dict[str, object]
Time = Callable[[datetime | None], str | None]


def found(
    answer: Passages,
    time: Time,
    thing: Callable[[Thing], Object],
    owner: Callable[[Owner | None], Object | None],
) -> Object:
    """Return the body of `docs <words>`."""
    hits = [
        {
            **_page(hit.passage.page, time),
            "url": hit.passage.url,
            "headings": list(hit.passage.headings),
            "passage": hit.passage.text,
            "thing": thing(hit.thing),
        }
        for hit in answer.hits
    ]
    return {
        "answered": answer.answered,
        "subject": thing(answer.subject) if answer.subject else None,
        "passages": hits,
        "loosely": answer.loosely,
        "elsewhere": answer.elsewhere,
        "pages": [_page(page, time) for page in answer.pages],
        "owner": owner(answer.owner),
    }


def shelf(
    answer: Shelf,
    time: Time,
    thing: Callable[[Thing], Object],
    owner: Callable[[Owner | None], Object | None],
) -> Object:
    """Return the body of `docs for <thing>`."""
    return {
        "answered": answer.answered,
        "subject": thing(answer.subject),
        "wanted": answer.wanted,
        "pages": [_page(page, time) for page in answer.pages],
        "others": [_page(page, time) for page in answer.others],
        "owner": owner(answer.owner),
        "matched": answer.matched,
    }


def _page(page: Page, time: Time) -> Object:
    return {
        "ref": str(page.ref),
        "path": page.path,
        "title": page.title,
        "url": page.url,
        "source": page.source,
        "seen_at": time(page.seen_at),
        "readme": page.readme,
        "runbook": page.runbook,
    }
