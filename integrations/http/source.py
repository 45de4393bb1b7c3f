"""A JSON API as a source: its pages to the end, its items as claims, in one complete look or none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import httpx

from domain.entities import EVERYTHING, Json, Snapshot
from domain.errors import BadConfiguration, IdpError, OutsideFailure
from domain.sources import Permission
from integrations.calling.client import Answer
from integrations.calling.failures import Refusal
from integrations.calling.health import entered, refused, told
from integrations.files.json_text import read_json
from integrations.http.addresses import same_place, shown
from integrations.http.client import Api
from integrations.http.expressions import Unanswered, find
from integrations.http.items import Items
from integrations.http.options import HttpOptions
from integrations.http.pagination import Page
from integrations.http.secrets import filled
from workflows.ports import Look, Notebook, Opening, Task


def open_source(opening: Opening) -> HttpSource:
    """Make a source; asks nobody. Raises BadConfiguration for a secret that is not set."""
    options = opening.options
    if not isinstance(options, HttpOptions):
        raise BadConfiguration(f"source {opening.name}: its options are none of the type http")
    headers = {name: filled(opening.name, value, opening.secret) for name, value in options.headers.items()}
    if options.auth is not None:
        headers[options.auth.header] = filled(opening.name, options.auth.value, opening.secret)
    return HttpSource(opening, options, Api(opening.name, options, headers, opening.clock))


class HttpSource:
    """Looks at one API."""

    def __init__(self, opening: Opening, options: HttpOptions, api: Api) -> None:
        self._name = opening.name
        self._clock = opening.clock
        self._options = options
        self._api = api
        self._url = httpx.URL(options.url)

    def fetch(self, task: Task | None = None) -> Look:
        """Read all pages; every item is a claim, a finding, or passed over by `when`.

        The look is complete unless an item could not be mapped: then nothing is taken for gone. Raises
        OutsideFailure when a page cannot be had, or when not one item maps.
        """
        task = task or Task()  # each with a notebook of its own
        observed_at = self._clock()
        before = self._api.requests
        items, pages = Items(self._name, self._options.mapping), 0
        for page in self._pages(task):
            items.take(page.number, page.items)
            pages = page.number
            task.progress(items.read, None, f"page {pages}")
        notes: tuple[str, ...] = ()
        if first := items.first_error:
            if not items.claims:
                problem = f"none of {items.read} items can be mapped; {first.path}: {first.problem}"
                raise self._failure(problem, first.remedy)
            notes = (f"{self._name}: items left out: {items.unmapped}; so nothing is taken for gone",)
        snapshot = Snapshot(
            self._name, observed_at, items.claims, within=() if items.unmapped else (EVERYTHING,)
        )
        return Look((snapshot,), items.findings, notes, pages, requests=self._api.requests - before)

    def validate(self) -> tuple[Permission, ...]:
        """Ask for the first page: is it answered, are there items, and have they names?"""
        with self._api.briefly():
            return (*self._tried(), *told(self._api.skew, self._api.quota))

    def _tried(self) -> tuple[Permission, ...]:
        named = " and ".join(self._options.secrets)
        try:
            page = next(self._pages(Task()))
        except IdpError as error:
            rows = entered(self._options.url, named, error)
            return (*rows, refused("items on the first page", error)) if rows[-1].granted else rows
        items = Items(self._name, self._options.mapping)
        items.take(page.number, page.items)
        found = Permission(f"items on the first page: {len(page.items)}", granted=True)
        return (*entered(self._options.url, named, None), found, _mapped(items))

    def close(self) -> None:
        """Give back connections."""
        self._api.close()

    def _pages(self, task: Task) -> Iterator[Page]:
        style = self._options.pagination
        url: httpx.URL | None = style.first(self._url)
        asked: set[str] = set()
        page: Page | None = None
        while url is not None:
            if len(asked) == style.max_pages:
                raise self._failure(
                    f"there are more than {style.max_pages} pages", "Raise `pagination.max_pages`."
                )
            asked.add(str(url))
            page = self._page(url, page, task)
            yield page
            url = self._after(page, asked)

    def _page(self, url: httpx.URL, before: Page | None, task: Task) -> Page:
        number = before.number + 1 if before else 1
        answer = self._answer(url, number, task.notebook, task.stopped)
        value = self._parsed(url, answer.value)
        items = self._items(value, number)
        seen = len(items) + (before.seen if before else 0)
        same = before is not None and before.items == items
        return Page(number, url, value, items, seen, answer.next_url, same)

    def _answer(self, url: httpx.URL, number: int, notebook: Notebook, stopped: Callable[[], bool]) -> Answer:
        """Return an answer, from the notebook where an earlier look noted the same page."""
        noted = notebook.read(f"page/{number}")
        if noted is not None:
            page = json.loads(noted)
            if page["url"] == str(url):
                return Answer(page["text"], {}, page["link"])
        answer = self._api.ask(url, stopped)
        note = {"url": str(url), "text": answer.value, "link": answer.next_url}
        notebook.write(f"page/{number}", json.dumps(note, ensure_ascii=False))
        return answer

    def _parsed(self, url: httpx.URL, text: str) -> Json:
        try:
            return read_json(text)
        except ValueError as error:
            begins = "a web page; is it a login?" if text.lstrip()[:1] == "<" else str(error)
            raise self._failure(
                f"{shown(url)} answers with no JSON: {begins}",
                "Check `url`; an answer that was cut comes again.",
            ) from None

    def _items(self, value: Json, number: int) -> list[Json]:
        expression = self._options.items
        try:
            found = find(expression, value)
        except Unanswered as error:
            raise self._failure(f"page {number}: {error}", "Mend `items`.") from None
        if isinstance(found, list):
            return found
        has = f"; it has {', '.join(list(value)[:8])}" if isinstance(value, dict) and value else ""
        what = "nothing" if found is None else f"a {_WORDS.get(type(found), 'value')}"
        raise self._failure(
            f"page {number}: `items: {expression}` finds {what} and no list{has}",
            "Write a JMESPath expression that finds the list of items.",
        )

    def _after(self, page: Page, asked: set[str]) -> httpx.URL | None:
        try:
            url = self._options.pagination.after(self._url, page)
        except OutsideFailure as error:
            raise self._failure(str(error), error.hint) from None
        if url is None:
            return None
        if not same_place(self._url, url):
            raise self._failure(
                f"page {page.number} leads to another host, {url.host}, which is not followed",
                "Ask its owners, or take another style of `pagination`.",
            )
        if str(url) not in asked:
            return url
        if not page.items:
            return None
        raise self._failure(
            f"page {page.number} leads back to a page that was read already", "Check `pagination`."
        )

    def _failure(self, problem: str, remedy: str) -> OutsideFailure:
        """Return the failure of an API that answers, and with what cannot be used."""
        return Refusal(f"source {self._name}: {problem}", remedy)


def _mapped(items: Items) -> Permission:
    name, first = f"items that map: {items.read - items.unmapped} of {items.read}", items.first_error
    if first is None:
        return Permission(name, granted=True)
    problem, partly = f"{first.path}: {first.problem}", items.unmapped < items.read
    return Permission(name, granted=False, problem=problem, remedy=first.remedy, optional=partly)


_WORDS = {dict: "mapping", str: "text", int: "number", float: "number", bool: "truth value"}
