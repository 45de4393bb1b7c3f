"""The fields that sources observe, one row each: what it means, its shape, and whether it moves by itself.

A row is the promise of every source that fills the field. Custom fields are the company's and not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Observed:
    """One field of an entity."""

    name: str
    meaning: str
    shape: str
    volatile: bool = False
    """Whether it moves with everyday work: then a change of it alone is no change set."""
    united: str = ""
    """`list` or `mapping` where every claim adds its items or keys; empty: one claim's value wins whole."""


OBSERVED: Mapping[str, Observed] = {
    each.name: each
    for each in (
        Observed("repository_url", "where people see the repository", "text"),
        Observed("repository_path", "the component's folder in its repository", "text, no / at either end"),
        Observed("repo.visibility", "who can see the repository", "public, internal or private"),
        Observed("repo.archived", "it is read-only", "bool"),
        Observed("repo.fork", "it is a copy of another", "bool"),
        Observed("repo.template", "it is there to be copied", "bool"),
        Observed("repo.topics", "its topics", "list of text"),
        Observed("repo.language", "the language of most of its code", "text"),
        Observed("repo.languages", "bytes of code by language", "{language: int}", volatile=True),
        Observed("repo.default_branch", "the branch that is built", "text"),
        Observed("repo.created_at", "when it was created", "ISO 8601, UTC"),
        Observed("repo.pushed_at", "the last push to any branch", "ISO 8601, UTC", volatile=True),
        Observed("repo.release", "the newest release", "{tag, at, url}", volatile=True),
        Observed("repo.open_pull_requests", "how many are open", "int", volatile=True),
        Observed(
            "repo.ci",
            "the default branch's checks",
            "{state: success, failure, pending or none; at; url}",
            volatile=True,
        ),
        Observed(
            "repo.protection",
            "what guards the default branch",
            "{protected, reviews, checks: [text], force_push, by}",
        ),
        Observed(
            "repo.alerts", "open vulnerability alerts", "{critical, high, moderate, low: int}", volatile=True
        ),
        Observed("repo.files", "files of interest that are there", "list of paths"),
        Observed(
            "repo.manifests",
            "its package manifests; `application`: whether it is run, where that is known",
            "list of {path, ecosystem, name, language, frameworks: [text], application: bool}",
        ),
        Observed("framework", "the framework that it is built with", "text, lower case"),
        Observed(
            "workloads",
            "what runs of it",
            "list of {cluster, namespace, kind, name, environment, images: [text]}",
            united="list",
        ),
        Observed(
            "replicas",
            "how much of it runs",
            "{cluster/namespace/kind/name: {desired, ready}}",
            volatile=True,
            united="mapping",
        ),
        Observed("environments", "where it runs", "list of text", united="list"),
        Observed("hosts", "the host names that lead to it", "list of text, lower case", united="list"),
        Observed("public", "reachable from outside the company", "bool"),
        Observed(
            "routes",
            "the ways by which hosts lead to it, or to a part of it",
            "list of {cluster, namespace, kind, name, host, path}",
            united="list",
        ),
        Observed(
            "versions",
            "which version runs where",
            "{cluster/namespace/kind/name: text}",
            volatile=True,
            united="mapping",
        ),
        Observed(
            "visibility",
            "who may see it",
            "list of public, internal and refs of groups: with groups among them their members alone",
            united="list",
        ),
        Observed(
            "accounts",
            "in which tools a person has an account, and how it stands",
            "{vendor: active, invited, guest or deactivated}",
            united="mapping",
        ),
        Observed("time_zone", "the clock that a person lives by", "IANA name: Europe/Lisbon", volatile=True),
        Observed(
            "usergroups",
            "the user groups by which a team is pinged",
            "{vendor:id: {name, handle, enabled: bool, people: int}}; people: who is pinged, deactivated "
            "accounts left out",
            volatile=True,
            united="mapping",
        ),
        Observed(
            "oncall",
            "who answers when it breaks, by the plan for the next days",
            "{vendor:policy id: {name, url, levels: [{level: int, targets: [text]}], shifts: [{level: int, "
            "person: alias, name, email, schedule, from, until}]}}; `from` and `until` are ISO 8601, UTC, "
            "and absent where a person is always on",
            volatile=True,
            united="mapping",
        ),
        Observed(
            "incidents",
            "what is broken now",
            "{vendor:incident id: {title, url, status, urgency, priority, since}}; all but title and url may "
            "be absent",
            volatile=True,
            united="mapping",
        ),
        Observed(
            "slos",
            "its service level objectives",
            "{vendor:slo id: {name, url, target, timeframe, status, budget_left, state}}; target, status and "
            "budget_left in percent; state: ok, warning, breached or unknown",
            volatile=True,
            united="mapping",
        ),
        Observed(
            "monitors",
            "its monitors, by vendor",
            "{vendor: {ok, warn, alert, no_data, muted: int, url, alerting: [{name, state, url, since}]}}",
            volatile=True,
            united="mapping",
        ),
        Observed(
            "tickets",
            "open tickets, by where they are kept",
            "{vendor:key: {bugs, incidents: int, url}}",
            volatile=True,
            united="mapping",
        ),
        Observed(
            "error_issues",
            "unresolved errors that it threw, and their trend",
            "{vendor:project: {unresolved, new, last_week, week_before: int, trend, url}}; last_week and "
            "week_before count events; trend: rising, falling or steady",
            volatile=True,
            united="mapping",
        ),
        Observed(
            "releases",
            "the newest release that a tool knows of",
            "{vendor:project: {version, at, url}}",
            volatile=True,
            united="mapping",
        ),
        Observed(
            "part_of", "the larger applications that it says it is a part of", "list of text", united="list"
        ),
    )
}
"""By name."""

VOLATILE = frozenset(name for name, each in OBSERVED.items() if each.volatile)
