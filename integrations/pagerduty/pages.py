"""Reads lists of PagerDuty's to their end, page by page, and past its limit of 10,000 where a filter can.

Classic pagination: `offset`, `limit` and `more`. Knows no endpoint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from domain.entities import Finding
from domain.errors import OutsideFailure
from integrations.calling.client import Caller, Params, Target
from integrations.pagerduty.answers import Item, text
from workflows.ports import Progress

PAGE = 100
"""PagerDuty's most."""
MOST = 10_000
"""What `offset` and `limit` may come to together; beyond it PagerDuty answers 400."""
TOGETHER = 100
"""Ids in one filter: an address that every proxy lets pass."""


class TooMany(OutsideFailure):
    """A list is longer than PagerDuty gives."""


@dataclass(slots=True)
class Listed:
    """A list, read to its end."""

    items: list[Item] = field(default_factory=list)
    whole: bool = True
    """Whether nothing of it had to be left out: then what is not in it is gone."""


class Pages:
    """The lists of one look."""

    def __init__(
        self, target: Target, caller: Caller, progress: Progress, stopped: Callable[[], bool]
    ) -> None:
        self._target, self._caller = target, caller
        self._progress, self._stopped = progress, stopped
        self.findings: list[Finding] = []

    def one(self, path: str, key: str, params: Params | None = None) -> Item:
        """Return the object that a path answers. Raises as `Caller.get`."""
        value = self._caller.get(path, params, stopped=self._stopped).value
        found = value.get(key) if isinstance(value, Mapping) else None
        if not isinstance(found, Mapping):
            raise self._failure(path, f"answers without an object `{key}`", "Check `url`.")
        return found

    def all(
        self, path: str, key: str, params: Params | None = None, *, ids: bool = True, paged: bool = True
    ) -> Listed:
        """Return a list; `ids` says whether its items have ids, without which they are left out, and `paged`
        whether it comes in pages.

        Raises TooMany when it is longer than PagerDuty gives, else as `Caller.get`.
        """
        listed, seen, what = Listed(), set[str](), key.replace("_", " ")
        pages = self._pages(path, key, params or {}) if paged else [self._page(path, key, params or {})[0]]
        for page in pages:
            for each in page:
                id_ = text(each, "id") if isinstance(each, Mapping) else ""
                if not isinstance(each, Mapping) or (ids and not id_):
                    listed.whole = False
                    self._odd(what, len(listed.items))
                elif not ids or id_ not in seen:  # a list that moves while it is read shows some twice
                    seen.add(id_)
                    listed.items.append(each)
            self._progress(len(listed.items), None, f"{what} of PagerDuty")
        return listed

    def by(
        self,
        path: str,
        key: str,
        filter_: str,
        ids: Sequence[str],
        params: Params,
        *,
        have_ids: bool = True,
        newest: bool = False,
    ) -> Listed:
        """Return a list of what belongs to `ids`, in parts that are short enough for PagerDuty.

        Where one id alone has more than it gives, the first page will do if `newest` says so; else raises
        TooMany.
        """
        whole = Listed()
        waiting = [list(ids[start : start + TOGETHER]) for start in range(0, len(ids), TOGETHER)]
        while waiting:
            part = waiting.pop(0)
            narrowed = {**params, filter_: part}
            try:
                listed = self.all(path, key, narrowed, ids=have_ids)
            except TooMany:
                if len(part) > 1:
                    half = len(part) // 2
                    waiting[:0] = [part[:half], part[half:]]
                    continue
                if not newest:
                    raise
                listed = self.all(path, key, {**narrowed, "limit": PAGE}, paged=False)
            whole.items += listed.items
            whole.whole = whole.whole and listed.whole
        return whole

    def _pages(self, path: str, key: str, params: Params) -> Iterator[list[object]]:
        offset = 0
        while True:
            if offset + PAGE > MOST:
                raise self._failure(
                    path, f"lists more than {MOST:,} {key}, which is all that it gives", _NARROWER, TooMany
                )
            found, more = self._page(path, key, {**params, "limit": PAGE, "offset": offset})
            yield found
            if not more or not found:
                return
            offset += len(found)

    def _page(self, path: str, key: str, params: Params) -> tuple[list[object], bool]:
        """Return one page, and whether there are more."""
        value = self._caller.get(path, params, stopped=self._stopped).value
        found = value.get(key) if isinstance(value, Mapping) else None
        if not isinstance(found, list):
            raise self._failure(path, f"answers without a list `{key}`", "Check `url`.")
        return found, value.get("more") is True

    def _failure(
        self, path: str, problem: str, remedy: str, kind: type[OutsideFailure] = OutsideFailure
    ) -> OutsideFailure:
        at = f"{self._target.url}{path}"
        return kind(f"source {self._target.source}: {self._target.title} at {at} {problem}", remedy)

    def _odd(self, what: str, at: int) -> None:
        where = f"{self._target.source}: {what}, after {at}"
        remedy = "Look it up in PagerDuty; nothing of this list is taken for gone meanwhile."
        self.findings.append(Finding(where, 0, "an item has no id", remedy, "warning"))


_NARROWER = "Give idp a key of a part of the account."
