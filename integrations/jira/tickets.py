"""Creates issues in Jira, each once: an issue carries its key as a label, by which it is found again.

Edits and deletes nothing.
"""

from __future__ import annotations

import hashlib
from typing import Any

from domain.errors import BadInput, OutsideFailure
from integrations.calling import retrying
from integrations.calling.failures import Absent, Refusal, Rejected
from integrations.jira.answers import text
from integrations.jira.api import Api, never
from integrations.jira.documents import document, paragraphs, wiki
from integrations.jira.requirements import Requirements
from workflows.ports import Ticket, TicketPlan, WantedTicket

LABEL = "idp-"
LONGEST_TITLE, LONGEST_TEXT, LONGEST_LABEL = 255, 32_767, 255
"""Characters, as Jira has it."""
PROBES = (1.0, 2.0, 4.0, 8.0)
"""Seconds before each look for an issue of which nobody knows whether it was created: searches of the cloud
see an issue a moment after it is there."""


class JiraTickets:
    """Creates issues in one Jira; see `workflows.ports.Tickets`."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def plan(self, wanted: WantedTicket) -> TicketPlan:
        """Try all but creating: the texts, the project, the type, and what Jira wants filled in."""
        wanted = _checked(wanted)
        existing = self.find(wanted.key)
        if existing is not None:
            return TicketPlan((f"{existing.key} is there already: {existing.url}",), existing)
        type_ = Requirements(self._api).met(wanted)
        lines = [
            f"a {type_} in {wanted.project}: {wanted.title}",
            *([f"component: {wanted.component}"] if wanted.component else ()),
            f"labels: {', '.join(_labels(wanted))}",
        ]
        if blocks := paragraphs(wanted.text):
            lines.append(f"paragraphs of text: {len(blocks)}")
        return TicketPlan(tuple(lines))

    def find(self, key: str) -> Ticket | None:
        """Return the issue with a key's label, wherever it was moved; the first where there are several."""
        for page in self._api.issues(f'labels = "{label_of(key)}" ORDER BY created', ["labels"]):
            for issue in page:
                if found := text(issue, "key"):
                    return self._ticket(found, created=False)
        return None

    def create(self, wanted: WantedTicket) -> Ticket:
        """Create it unless it is there; where nobody answers in time, look whether it was created."""
        wanted = _checked(wanted)
        existing = self.find(wanted.key)
        if existing is not None:
            return existing
        type_ = Requirements(self._api).type_named(wanted)
        try:
            return self._sent(wanted, type_)
        except (Rejected, Absent) as refusal:
            raise BadInput(f"Jira does not create it: {refusal}", refusal.hint) from None
        except Refusal:
            raise
        except OutsideFailure as failure:
            return self._probed(wanted, failure)

    def close(self) -> None:
        """Give back connections; harmless to repeat."""
        self._api.caller.close()

    def _sent(self, wanted: WantedTicket, type_: str) -> Ticket:
        cloud = self._api.site().cloud
        fields: dict[str, Any] = {
            "project": {"key": wanted.project},
            "issuetype": {"name": type_},
            "summary": wanted.title,
            "labels": _labels(wanted),
        }
        if wanted.text.strip():
            fields["description"] = document(wanted.text) if cloud else wiki(wanted.text)
        if wanted.component:
            fields["components"] = [{"name": wanted.component}]
        answer = self._api.post("issue", {"fields": fields})
        key = text(answer, "key")
        if not key:
            raise self._api.failure("answers a new issue without its key", "Look again later.")
        return self._ticket(key, created=True)

    def _probed(self, wanted: WantedTicket, failure: OutsideFailure) -> Ticket:
        for seconds in PROBES:
            retrying.pause(seconds, never)
            try:
                found = self.find(wanted.key)
            except OutsideFailure:
                continue
            if found is not None:
                return Ticket(found.key, found.url, created=True)
        raise OutsideFailure(
            f"{failure}; whether the issue was created is unknown",
            "Ask again in a minute with the same key: that creates no second one.",
        ) from None

    def _ticket(self, key: str, *, created: bool) -> Ticket:
        return Ticket(key, f"{self._api.site().base}/browse/{key}", created)


def label_of(key: str) -> str:
    """Return the label of the issue that was created with a key: always the same, without spaces."""
    return LABEL + hashlib.sha256(key.encode()).hexdigest()[:24]


def _labels(wanted: WantedTicket) -> list[str]:
    return list(dict.fromkeys((*wanted.labels, label_of(wanted.key))))


def _checked(wanted: WantedTicket) -> WantedTicket:
    """Return what is wanted. Raises BadInput for what Jira takes in no project."""
    problem = ""
    if not wanted.key.strip():
        problem = "it has no key that tells it from others"
    elif not wanted.title.strip() or "\n" in wanted.title or len(wanted.title) > LONGEST_TITLE:
        problem = f"its title must be one line of 1 to {LONGEST_TITLE} characters"
    elif len(wanted.text) > LONGEST_TEXT:
        problem = f"its text has {len(wanted.text):,} characters, and {LONGEST_TEXT:,} are the most"
    elif wrong := [
        each for each in wanted.labels if not 0 < len(each) <= LONGEST_LABEL or each.split() != [each]
    ]:
        problem = f"{wrong[0][:60]!r} is no label: write one word"
    if problem:
        raise BadInput(f"the ticket cannot be created: {problem}", "Mend the ticket.")
    return wanted
