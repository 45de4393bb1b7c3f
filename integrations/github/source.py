"""GitHub as a source: looks at organizations whole, at what changed since, or at what a webhook named.

Maps to hosting facts; what these mean for the catalog is `integrations.hosting`'s.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from domain.sources import Permission, Quota
from integrations.github.client import GitHubClient
from integrations.github.credentials import Credential, credential_of
from integrations.github.looking import Looking, read_cursor
from integrations.github.options import GitHubOptions
from integrations.github.permissions import permissions
from integrations.github.waiting import LONGEST_SECONDS, Patience
from integrations.hosting.facts import HostFacts
from integrations.hosting.looks import look_of
from workflows.ports import Look, Opening, Task

TRYING_SECONDS = 5.0
"""How long a person who tries the credential waits for a limit to pass."""


class Seen(NamedTuple):
    """What one look came to."""

    facts: HostFacts
    requests: int
    quota: Quota | None
    cursor: str


class GitHubSource:
    """One GitHub with some of its organizations."""

    def __init__(self, opening: Opening, *, sleep: Callable[[float], None] = time.sleep) -> None:
        options = opening.options
        if not isinstance(options, GitHubOptions):
            raise TypeError("a GitHub source is opened with GitHubOptions")
        self._options, self._name = options, opening.name
        self._clock = opening.clock
        self._credential: Credential = credential_of(options, opening.secret, opening.clock)
        patient, impatient = (
            Patience(opening.clock, sleep, each) for each in (LONGEST_SECONDS, TRYING_SECONDS)
        )
        self._client = GitHubClient(options, self._credential, patient)
        self._trying = GitHubClient(options, self._credential, impatient, attempts=2)

    def close(self) -> None:
        """Give back connections."""
        self._client.close()
        self._trying.close()

    def validate(self) -> tuple[Permission, ...]:
        """Try the credential and each permission that a look needs, in every organization."""
        return permissions(self._trying, self._options, self._credential.variable)

    def fetch(self, task: Task | None = None) -> Look:
        """Look once, at everything unless a task says otherwise."""
        observed_at = self._clock()
        seen = self.facts(task)
        return look_of(
            seen.facts,
            source=self._name,
            observed_at=observed_at,
            requests=seen.requests,
            quota=seen.quota,
            cursor=seen.cursor,
        )

    def facts(self, task: Task | None = None) -> Seen:
        """Return the facts of one look, and where the next goes on.

        A look at `task.only` leaves the cursor as it is; an empty cursor looks at everything.
        """
        task = task or Task()  # a new one each time: its notebook must not know an earlier look
        before = self._client.requests
        looking = Looking(self._client, self._options, task, self._clock)
        went_on = read_cursor(task.cursor)
        if task.only:
            facts, cursor = looking.at(task.only), task.cursor
        elif went_on is None:
            facts, cursor = looking.everywhere()
        else:
            facts, cursor = looking.since(*went_on)
        return Seen(facts, self._client.requests - before, self._client.quota, cursor)
