"""The account's things in the shapes of PagerDuty's REST API, version 2. Asks for nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from playground.vendors.pagerduty.rotations import Shift
from playground.vendors.pagerduty.seed import (
    Account,
    BusinessService,
    Incident,
    Policy,
    Schedule,
    Service,
    Team,
    Thing,
    User,
)

API = "https://api.pagerduty.com"
Shape = dict[str, Any]
INTEGRATION = "events_api_v2_inbound_integration"


def stamp(at: datetime) -> str:
    """Return a time as PagerDuty writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Shapes:
    """One account's shapes."""

    def __init__(self, account: Account) -> None:
        self._account = account
        things: list[Thing] = [
            *account.teams, *account.users, *account.schedules, *account.policies, *account.business_services,
        ]  # fmt: skip
        self.by_id: dict[str, Any] = {each.id: each for each in things}
        """All but the services, which are many."""

    @cached_property
    def services(self) -> dict[str, Service]:
        """The services by id."""
        return {each.id: each for each in self._account.services}

    def reference(self, kind: str, id_: str) -> Shape:
        """Return a reference to something, `kind` in the singular."""
        named = self.services[id_] if kind == "service" else self.by_id[id_]
        return {**self._base(kind, id_, named.name), "type": f"{kind}_reference"}

    def _base(self, kind: str, id_: str, summary: str) -> Shape:
        plural = "escalation_policies" if kind == "escalation_policy" else f"{kind}s"
        page = "service-directory" if kind == "service" else plural
        return {
            "id": id_,
            "type": kind,
            "summary": summary,
            "self": f"{API}/{plural}/{id_}",
            "html_url": f"https://{self._account.subdomain}.pagerduty.com/{page}/{id_}",
        }

    def _of_team(self, team: str) -> list[Shape]:
        return [self.reference("team", team)] if team else []

    def team(self, team: Team) -> Shape:
        """Return a team."""
        return {
            **self._base("team", team.id, team.name),
            "name": team.name,
            "description": team.description or None,
            "default_role": "manager",
            "parent": None,
        }

    def user(self, user: User) -> Shape:
        """Return a user."""
        return {
            **self._base("user", user.id, user.name),
            "name": user.name,
            "email": user.email,
            "time_zone": user.time_zone,
            "color": "purple",
            "avatar_url": f"https://secure.gravatar.com/avatar/{user.id.lower()}.png?d=mm&r=PG",
            "billed": True,
            "role": user.role,
            "description": None,
            "invitation_sent": user.invited,
            "job_title": user.title or None,
            "teams": [self.reference("team", each) for each in user.teams],
            "contact_methods": [],
            "notification_rules": [],
        }

    def schedule(self, schedule: Schedule) -> Shape:
        """Return a schedule, without its layers, which only the single one has."""
        users = dict.fromkeys(user for layer in schedule.layers for user in layer.users)
        using = [
            each for each in self._account.policies if any(schedule.id in level for level in each.levels)
        ]
        return {
            **self._base("schedule", schedule.id, schedule.name),
            "name": schedule.name,
            "time_zone": schedule.time_zone,
            "description": None,
            "escalation_policies": [self.reference("escalation_policy", each.id) for each in using],
            "users": [self.reference("user", each) for each in users],
            "teams": [],
        }

    def policy(self, policy: Policy) -> Shape:
        """Return an escalation policy."""
        services = [each for each in self._account.services if each.policy == policy.id]
        return {
            **self._base("escalation_policy", policy.id, policy.name),
            "name": policy.name,
            "escalation_rules": [
                {
                    "id": f"{policy.id}{number}",
                    "escalation_delay_in_minutes": 15,
                    "targets": [self._target(each) for each in targets],
                }
                for number, targets in enumerate(policy.levels, 1)
            ],
            "services": [self.reference("service", each.id) for each in services],
            "num_loops": 2,
            "on_call_handoff_notifications": "if_has_services",
            "teams": self._of_team(policy.team),
            "description": None,
        }

    def _target(self, id_: str) -> Shape:
        return self.reference("user" if isinstance(self.by_id[id_], User) else "schedule", id_)

    def service(self, service: Service, include: Collection[str] = ()) -> Shape:
        """Return a service; its integrations are whole where they are included."""
        policy = self.by_id[service.policy]
        return {
            **self._base("service", service.id, service.name),
            "name": service.name,
            "description": service.description,
            "created_at": "2023-04-03T09:12:51Z",
            "updated_at": "2025-11-20T15:40:07Z",
            "status": service.status,
            "auto_resolve_timeout": 14400,
            "acknowledgement_timeout": 1800,
            "last_incident_timestamp": None,
            "teams": self._of_team(policy.team),
            "incident_urgency_rule": {"type": "constant", "urgency": "high"},
            "scheduled_actions": [],
            "support_hours": None,
            "escalation_policy": self.reference("escalation_policy", service.policy),
            "addons": [],
            "alert_creation": "create_alerts_and_incidents",
            "integrations": [
                self._integration(service, number, "integrations" in include)
                for number in range(len(service.integrations))
            ],
        }

    def _integration(self, service: Service, number: int, whole: bool) -> Shape:
        found = service.integrations[number]
        shown = {
            "id": found.id,
            "type": f"{INTEGRATION}_reference",
            "summary": found.name,
            "self": f"{API}/services/{service.id}/integrations/{found.id}",
            "html_url": f"https://{self._account.subdomain}.pagerduty.com/services/{service.id}/integrations/{found.id}",
        }
        if not whole:
            return shown
        service_ref = self.reference("service", service.id)
        more = {"name": found.name, "service": service_ref, "integration_key": found.key, "vendor": None}
        return {**shown, "type": INTEGRATION, **more}

    def oncall(
        self, policy: Policy, level: int, schedule: str, shift: Shift, include: Collection[str]
    ) -> Shape:
        """Return one on-call; `schedule` is empty for somebody who is a target directly."""
        always = not schedule
        return {
            "escalation_policy": self.reference("escalation_policy", policy.id),
            "escalation_level": level,
            "schedule": self.reference("schedule", schedule) if schedule else None,
            "user": self.user(self.by_id[shift.user])
            if "users" in include
            else self.reference("user", shift.user),
            "start": None if always else stamp(shift.start),
            "end": None if shift.end is None else stamp(shift.end),
        }

    def incident(self, incident: Incident) -> Shape:
        """Return an incident."""
        service = self.services[incident.service]
        created = stamp(incident.created or datetime.now(UTC))
        policy = self.by_id[service.policy]
        return {
            **self._base("incident", incident.id, f"[#{incident.number}] {incident.title}"),
            "incident_number": incident.number,
            "title": incident.title,
            "created_at": created,
            "updated_at": created,
            "status": incident.status,
            "incident_key": f"key-of-{incident.id.lower()}",
            "service": self.reference("service", service.id),
            "assignments": [],
            "assigned_via": "escalation_policy",
            "last_status_change_at": created,
            "resolved_at": created if incident.status == "resolved" else None,
            "escalation_policy": self.reference("escalation_policy", policy.id),
            "teams": self._of_team(policy.team),
            "pending_actions": [],
            "acknowledgements": [],
            "alert_counts": {"all": 1, "triggered": 1, "resolved": 0},
            "priority": _priority(incident),
            "resolve_reason": None,
            "urgency": incident.urgency,
        }

    def business(self, business: BusinessService) -> Shape:
        """Return a business service."""
        return {
            "id": business.id,
            "type": "business_service",
            "name": business.name,
            "summary": business.name,
            "self": f"{API}/business_services/{business.id}",
            "html_url": None,
            "description": business.description or None,
            "point_of_contact": None,
            "team": {"id": business.team, "type": "team_reference", "self": f"{API}/teams/{business.team}"}
            if business.team
            else None,
        }

    def dependencies(self, business: BusinessService) -> list[Shape]:
        """Return what supports a business service, and the business services that it supports."""
        pairs = [(each, business.id) for each in business.supported_by]
        pairs += [
            (business.id, each.id)
            for each in self._account.business_services
            if business.id in each.supported_by
        ]
        return [
            {
                "id": f"D{supporting}{dependent}",
                "type": "service_dependency",
                "supporting_service": self._supporting(supporting),
                "dependent_service": self._supporting(dependent),
            }
            for supporting, dependent in pairs
        ]

    def _supporting(self, id_: str) -> Shape:
        kind = "business" if id_ in self.by_id else "technical"
        return {"id": id_, "type": f"{kind}_service_reference"}


def _priority(incident: Incident) -> Shape | None:
    if not incident.priority:
        return None
    id_ = f"P{incident.priority}".upper()
    return {
        "id": id_,
        "type": "priority",
        "summary": incident.priority,
        "name": incident.priority,
        "self": f"{API}/priorities/{id_}",
        "html_url": None,
    }
