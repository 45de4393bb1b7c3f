"""What happens in an account: incidents begin and end, services come, change and go. Webhooks are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from playground.vendors.pagerduty.hooks import Hooks
from playground.vendors.pagerduty.seed import Account, Incident, Service
from playground.vendors.pagerduty.shapes import Shape, Shapes


class Acts:
    """Acts on one account."""

    def __init__(self, account: Account, hooks: Hooks, now: Callable[[], datetime]) -> None:
        self._account, self._hooks, self._now = account, hooks, now

    def trigger(self, service: str, title: str, *, urgency: str = "high", priority: str = "") -> Incident:
        """Begin an incident on a service."""
        number = max((each.number for each in self._account.incidents), default=0) + 1
        incident = Incident(
            id=f"Q{number:07}",
            number=number,
            title=title,
            service=self._service(service).id,
            urgency=urgency,
            priority=priority,
            created=self._now(),
        )
        self._account.incidents.append(incident)
        self._told("incident.triggered", self._incident_data(incident))
        return incident

    def acknowledge(self, incident: str) -> None:
        """Let somebody take it."""
        self._moved(incident, "acknowledged")

    def resolve(self, incident: str) -> None:
        """End it."""
        self._moved(incident, "resolved")

    def annotate(self, incident: str, content: str) -> None:
        """Write a note to it."""
        found = self._incident(incident)
        reference = {"id": found.id, "type": "incident_reference", "summary": found.title}
        note = {"id": "PNOTE01", "type": "incident_note", "content": content, "incident": reference}
        self._told("incident.annotated", note)

    def rename(self, service: str, name: str) -> None:
        """Call a service otherwise."""
        found = self._service(service)
        found.name = name
        self._told("service.updated", self._service_data(found))

    def delete(self, service: str) -> None:
        """Delete a service, and its incidents with it."""
        found = self._service(service)
        data = self._service_data(found)
        self._account.services.remove(found)
        self._account.incidents[:] = [each for each in self._account.incidents if each.service != service]
        for each in self._account.business_services:
            each.supported_by = [id_ for id_ in each.supported_by if id_ != service]
        self._told("service.deleted", data)

    def ping(self) -> None:
        """Send the event by which a person tries a subscription."""
        self._told("pagey.ping", {"message": "Hello from your friend Pagey!", "type": "ping"})

    def _moved(self, incident: str, status: str) -> None:
        found = self._incident(incident)
        found.status = status
        self._told(f"incident.{status}", self._incident_data(found))

    def _told(self, kind: str, data: Shape) -> None:
        self._hooks.tell(kind, data, self._now())

    def _incident(self, id_: str) -> Incident:
        return next(each for each in self._account.incidents if each.id == id_)

    def _service(self, id_: str) -> Service:
        return next(each for each in self._account.services if each.id == id_)

    def _incident_data(self, incident: Incident) -> Shape:
        shown = Shapes(self._account).incident(incident)
        kept = (
            "id", "type", "self", "html_url", "status", "incident_key", "created_at", "title", "service",
            "escalation_policy", "teams", "priority", "urgency", "resolve_reason",
        )  # fmt: skip
        return {"number": incident.number, "assignees": [], **{name: shown[name] for name in kept}}

    def _service_data(self, service: Service) -> Shape:
        shown = Shapes(self._account).service(service)
        kept = ("html_url", "id", "self", "summary", "alert_creation", "teams", "type")
        return {name: shown[name] for name in kept}
