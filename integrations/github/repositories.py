"""Fetches repositories: all of an organization, those that changed since, or some by their ids.

Maps nothing to facts: `reading` does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.errors import OutsideFailure
from integrations.calling.failures import line
from integrations.github.client import Json
from integrations.github.failures import no_organization
from integrations.github.pages import Asking, Page, Size, nodes_of
from integrations.github.queries import BARE, by_id, listing, more_alerts

LIGHT = "id pushedAt updatedAt"
LIGHT_PAGE = 100


@dataclass(slots=True)
class Node:
    """A repository as GitHub answered it."""

    raw: dict[str, Any]
    problems: list[str] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    """Names of fields that could not be answered."""

    def note(self, errors: Iterable[Json]) -> None:
        """Keep what could not be answered of it."""
        for each in errors:
            path = [part for part in each.get("path") or () if isinstance(part, str)]
            name = path[-1] if path else "repository"
            self.failed.add(name)
            said = f"{name}: {line(str(each.get('message', '')))}"
            if said not in self.problems:
                self.problems.append(said)


class Repositories:
    """Repositories through one look's questions."""

    def __init__(self, asking: Asking, size: Size) -> None:
        self._asking, self._size = asking, size

    def sweep(self, login: str) -> list[Node]:
        """Return all repositories of an organization, the last pushed first."""
        found: dict[str, Node] = {}
        pages = self._asking.pages(
            "repositories", self._listing_whole, {"login": login}, "repositories", self._size
        )
        for page in pages:
            for node in self._nodes(login, page):
                found.setdefault(str(node.raw["id"]), node)
            self._asking.task.progress(len(found), None, f"repositories of {login}")
        return [self._with_all_alerts(node) for node in found.values()]

    def changed(self, login: str, since: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
        """Return the ids of repositories that were pushed to or changed, and where the next look goes on.

        `since` holds the newest `pushedAt` and `updatedAt` seen before; what is as new is looked at again.
        """
        ids: dict[str, None] = {}
        newest = dict(since)
        for order, name in (("PUSHED_AT", "pushedAt"), ("UPDATED_AT", "updatedAt")):
            known = since.get(name, "")
            pages = self._asking.pages(
                f"changed/{order}/{known}",
                lambda order=order: listing(LIGHT, order),  # type: ignore[misc] # mypy infers no default
                {"login": login},
                "repositories",
                Size(LIGHT_PAGE),
            )
            for page in pages:
                _there(login, page)
                raws = [each for each in nodes_of(page.connection) if isinstance(each, dict)]
                fresh = [each for each in raws if (each.get(name) or "") >= known and each.get(name)]
                ids.update(dict.fromkeys(str(each["id"]) for each in fresh))
                newest[name] = max([newest.get(name, ""), *(str(each[name]) for each in fresh)])
                if len(fresh) < len(raws):
                    break
        return list(ids), newest

    def by_ids(self, ids: Sequence[str]) -> dict[str, Node]:
        """Return the repositories that are there, by id; what is not in the answer is gone."""
        found: dict[str, Node] = {}
        ill: list[str] = []
        for batch, answer in self._asking.batches("by-id", self._by_id_whole, ids, self._size):
            errors = _by_place(answer.errors, 1)
            for place, (id_, raw) in enumerate(zip(batch, nodes_of(answer.data), strict=False)):
                if isinstance(raw, dict) and raw.get("id"):
                    found[id_] = Node(raw)
                    found[id_].note(errors[place])
                elif raw is None and not _gone(errors[place]):
                    ill.append(id_)
            self._asking.task.progress(len(found), len(ids), "repositories")
        found.update(self._bare(ill))
        return {id_: self._with_all_alerts(node) for id_, node in found.items()}

    def _listing_whole(self) -> str:
        return listing(self._asking.parts.whole(), "PUSHED_AT")

    def _by_id_whole(self) -> str:
        return by_id(self._asking.parts.whole())

    def _nodes(self, login: str, page: Page) -> list[Node]:
        _there(login, page)
        raws, errors = nodes_of(page.connection), _by_place(page.errors, 3)
        found = [Node(raw) if isinstance(raw, dict) else None for raw in raws]
        if None in found:
            found = self._without_details(login, page, found)
        for place, node in enumerate(found):
            if node is not None:
                node.note(errors[place])
        return [node for node in found if node is not None]

    def _without_details(self, login: str, page: Page, found: list[Node | None]) -> list[Node | None]:
        """Put a repository's plain fields where GitHub could not answer all of it."""
        asked = {"login": login, "first": page.size, "after": page.after}
        answer = self._asking.ask("bare", lambda: listing(BARE, "PUSHED_AT"), asked)
        raws = nodes_of((answer.data.get("organization") or {}).get("repositories") or {})
        known = {node.raw.get("id") for node in found if node is not None}
        left = iter([raw for raw in raws if isinstance(raw, dict) and raw.get("id") not in known])
        for place, node in enumerate(found):
            raw = next(left, None) if node is None else None
            if node is None and raw is None:
                raise OutsideFailure(
                    f"GitHub lists a repository of {login} that it then cannot show", "Look again later."
                )
            found[place] = node if node is not None else Node(raw or {}, failed={"object"})
        return found

    def _bare(self, ids: Sequence[str]) -> dict[str, Node]:
        found: dict[str, Node] = {}
        for batch, answer in self._asking.batches("bare-by-id", lambda: by_id(BARE), ids, Size(LIGHT_PAGE)):
            errors = _by_place(answer.errors, 1)
            for place, (id_, raw) in enumerate(zip(batch, nodes_of(answer.data), strict=False)):
                if isinstance(raw, dict) and raw.get("id"):
                    found[id_] = Node(raw, ["repository: only its plain fields could be read"], {"object"})
                elif not _gone(errors[place]):
                    raise OutsideFailure(f"GitHub cannot show the repository {id_}", "Look again later.")
        return found

    def _with_all_alerts(self, node: Node) -> Node:
        """Fetch the vulnerability alerts beyond the first page, where there are any."""
        alerts = node.raw.get("vulnerabilityAlerts")
        while isinstance(alerts, dict) and (alerts.get("pageInfo") or {}).get("hasNextPage"):
            asked = {"id": node.raw["id"], "after": alerts["pageInfo"].get("endCursor")}
            answer = self._asking.ask("alerts", more_alerts, asked)
            more = (answer.data.get("node") or {}).get("vulnerabilityAlerts")
            if not isinstance(more, dict):
                node.note(answer.errors or [{"path": ["vulnerabilityAlerts"], "message": "broke off"}])
                break
            alerts["nodes"] = [*nodes_of(alerts), *nodes_of(more)]
            alerts["pageInfo"] = more.get("pageInfo")
        return node


def _there(login: str, page: Page) -> None:
    """Raise OutsideFailure when a page shows that there is no such organization."""
    if not page.connection:
        raise no_organization(login, page.errors)


def _by_place(errors: Sequence[Json], depth: int) -> Mapping[int, list[Json]]:
    """Return errors by the place of the node that they are about, which is at this depth of their path."""
    found: dict[int, list[Json]] = defaultdict(list)
    for each in errors:
        path = each.get("path") or ()
        if len(path) > depth and isinstance(path[depth], int):
            found[path[depth]].append(each)
    return found


def _gone(errors: Sequence[Json]) -> bool:
    return all(each.get("type") == "NOT_FOUND" for each in errors)
