"""Turns pages and batches of ids into answers: sizes that adapt, a notebook for what was answered already.

Knows no resource.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from integrations.github.client import Answer, GitHubClient, Json, Lacks
from integrations.github.failures import TooMuch, unanswered
from integrations.github.queries import SPOILING, Parts
from workflows.ports import Task

Query = Callable[[], str]
"""Makes the document anew, since a part may have been left out meanwhile."""
GROW_AFTER = 4
UNNOTED = frozenset({"first", "many"})


@dataclass(slots=True)
class Size:
    """How many to ask for at once."""

    most: int
    now: int = 0
    _good: int = 0

    def __post_init__(self) -> None:
        self.now = self.now or self.most

    def shrink(self) -> None:
        """Ask for half from now on."""
        self.now, self._good = max(1, self.now // 2), 0

    def worked(self) -> None:
        """Note an answer; after some in a row, ask for more again."""
        self._good += 1
        if self._good >= GROW_AFTER and self.now < self.most:
            self.now, self._good = min(self.most, self.now * 2), 0


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a connection of the organization."""

    connection: Json
    errors: tuple[Json, ...]
    after: str | None
    size: int


class Asking:
    """Questions of one look."""

    def __init__(self, client: GitHubClient, parts: Parts, task: Task) -> None:
        self._client, self.parts, self.task = client, parts, task

    def ask(self, name: str, query: Query, variables: Json, *, divisible: bool = False) -> Answer:
        """Return the noted answer, or ask and note it under `name` and the variables."""
        key = _key(name, variables)
        noted = self.task.notebook.read(key)
        if noted is not None:
            kept = json.loads(noted)
            return Answer(kept["data"], tuple(kept["errors"]))
        while True:
            try:
                answer = self._client.ask(query(), variables, self.task, divisible=divisible)
            except Lacks as lacks:
                if not self.parts.drop(lacks.name):
                    raise unanswered(lacks.errors) from lacks
                continue
            if not sum(self.parts.drop(each) for each in _spoiling(answer)):
                break
        self.task.notebook.write(key, json.dumps({"data": answer.data, "errors": answer.errors}))
        return answer

    def pages(
        self, name: str, query: Query, variables: Json, connection: str, size: Size, after: str | None = None
    ) -> Iterator[Page]:
        """Yield the pages of a connection of the organization `login`, to the end."""
        while True:
            asked = {**variables, "first": size.now, "after": after}
            used = size.now
            try:
                answer = self.ask(name, query, asked, divisible=used > 1)
            except TooMuch:
                size.shrink()
                continue
            size.worked()
            found = (answer.data.get("organization") or {}).get(connection) or {}
            yield Page(found, answer.errors, after, used)
            info = found.get("pageInfo") or {}
            if not info.get("hasNextPage") or not info.get("endCursor"):
                return
            after = info["endCursor"]

    def batches(
        self, name: str, query: Query, ids: Sequence[str], size: Size
    ) -> Iterator[tuple[Sequence[str], Answer]]:
        """Yield the answers on ids, batch by batch; a batch that is too much is split."""
        waiting = [ids[start : start + size.most] for start in range(0, len(ids), size.most)]
        while waiting:
            batch = waiting.pop(0)
            if len(batch) > size.now:
                waiting[:0] = [batch[start : start + size.now] for start in range(0, len(batch), size.now)]
                continue
            try:
                answer = self.ask(name, query, {"ids": list(batch)}, divisible=len(batch) > 1)
            except TooMuch:
                size.shrink()
                waiting.insert(0, batch)
                continue
            size.worked()
            yield batch, answer


def _spoiling(answer: Answer) -> set[str]:
    """Return the parts that the credential may not read and that took more than themselves with them."""
    forbidden = [each for each in answer.errors if each.get("type") == "FORBIDDEN"]
    return {part for each in forbidden for part in each.get("path") or () if part in SPOILING}


def _key(name: str, variables: Json) -> str:
    kept = {key: value for key, value in variables.items() if key not in UNNOTED}
    digest = hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
    return f"github/{name}/{digest[:32]}"


def nodes_of(connection: Any) -> list[Any]:
    """Return the nodes of a connection; those that could not be answered are None."""
    found = connection.get("nodes") if isinstance(connection, dict) else None
    return found if isinstance(found, list) else []
