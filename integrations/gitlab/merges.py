"""Counts merge requests: how many are open, and who merged how many lately.

Asks for a group's at once where a whole group is looked at, and for a project's alone otherwise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from integrations.gitlab.answers import Answer, inside, moment, text, whole
from integrations.gitlab.api import Api
from integrations.gitlab.failures import Denied

PERIOD = timedelta(days=90)
_WINDOW = timedelta(days=15)
"""GitLab refuses to page past 50,000 of a list; a group's merges of two weeks stay below."""


class Tally:
    """What is known of merge requests, by the number of the project. None: ask for the project alone."""

    def __init__(self, api: Api, now: datetime, merges: bool) -> None:
        self._api = api
        self._now = now
        self._merges = merges
        self._open: Counter[int] | None = None
        self._merged: Mapping[int, Counter[str]] | None = None

    def of_groups(self, groups: Iterable[int]) -> None:
        """Count all of some groups' merge requests at once; groups are by number.

        Where they are not for this token, a project's may be all the same.
        """
        with suppress(Denied):
            self._open, self._merged = self._counted(groups)

    def _counted(self, groups: Iterable[int]) -> tuple[Counter[int], Mapping[int, Counter[str]]]:
        seen: set[int] = set()
        opened: Counter[int] = Counter()
        merged: dict[int, Counter[str]] = defaultdict(Counter)
        for group in groups:
            path = f"/groups/{group}/merge_requests"
            for page in self._api.pages(path, state="opened", scope="all", view="simple"):
                opened.update(project for each in page.items if (project := _fresh(each, seen)) is not None)
            for begin, end in self._windows() if self._merges else ():
                query = {"updated_after": begin.isoformat(), "updated_before": end.isoformat()}
                for page in self._api.pages(path, state="merged", scope="all", **query):
                    for each in page.items:
                        if (project := _fresh(each, seen)) is not None and (login := self._merger(each)):
                            merged[project][login] += 1
        return opened, merged

    def open_in(self, project: int) -> int | None:
        """Return how many are open; None when GitLab does not say."""
        if self._open is not None:
            return self._open[project]
        page = self._api.first(f"/projects/{project}/merge_requests", state="opened", scope="all", per_page=1)
        return page.total if page else None

    def mergers_in(self, project: int) -> Mapping[str, int]:
        """Return how many each login merged in the last 90 days."""
        if not self._merges:
            return {}
        if self._merged is not None:
            return dict(self._merged.get(project, {}))
        query = {"state": "merged", "scope": "all", "updated_after": (self._now - PERIOD).isoformat()}
        try:
            found = self._api.every(f"/projects/{project}/merge_requests", **query)
        except Denied:
            return {}
        return dict(Counter(login for each in found if (login := self._merger(each))))

    def _windows(self) -> list[tuple[datetime, datetime]]:
        """Cut the period into windows; what is updated while they are read is in the last one."""
        begins = [self._now - PERIOD + _WINDOW * number for number in range(PERIOD // _WINDOW)]
        return list(zip(begins, [*begins[1:], self._now + timedelta(days=1)], strict=True))

    def _merger(self, request: Answer) -> str:
        """Return who merged it within the period; empty: nobody, or earlier."""
        at = moment(request, "merged_at")
        if at is None or at < self._now - PERIOD:
            return ""
        return text(inside(request, "merge_user"), "username") or text(
            inside(request, "merged_by"), "username"
        )


def _fresh(request: Answer, seen: set[int]) -> int | None:
    """Return the project of a merge request that was not counted yet: groups may overlap, pages may shift."""
    number, project = whole(request, "id"), whole(request, "project_id")
    if number is None or project is None or number in seen:
        return None
    seen.add(number)
    return project
