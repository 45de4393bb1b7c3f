"""Reads how tools call a thing: pages of PagerDuty, Datadog, Sentry, Jira and Slack, names, ids and keys.

Looks nothing up: it says under which aliases the tools' things would be known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import SplitResult, parse_qs, unquote

_ISSUE = re.compile(r"([A-Za-z][A-Za-z0-9_]+)-\d+")
"""An issue of Jira; a project's key begins with a letter."""
_SENTRY_ISSUE = re.compile(r"([A-Za-z0-9_][A-Za-z0-9_-]*)-[0-9A-Za-z]+")
_PAGERDUTY_ID = re.compile(r"[A-Z0-9]{6,14}", re.IGNORECASE)
_SLACK_ID = re.compile(r"[CGUW][A-Z0-9]{6,}")
_VENDORS = ("pagerduty", "datadog", "sentry", "jira", "kubernetes")
"""The tools whose names of a thing people say bare, the surest first."""


def aliases_at(address: SplitResult) -> Iterator[str]:
    """Yield what a tool's page is about, lower case; nothing where the address is no such page."""
    host = (address.hostname or "").lower()
    parts = [each for each in unquote(address.path).split("/") if each]
    asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    if host.endswith(("slack.com", "slack-gov.com")):
        yield from (f"slack:{each.lower()}" for each in reversed(parts) if _SLACK_ID.fullmatch(each))
    elif host.endswith("pagerduty.com"):
        yield from _pagerduty(parts)
    elif "datadog" in host or host.endswith("ddog-gov.com"):
        yield from _datadog(parts, asked)
    else:
        if "sentry" in host:
            yield from _sentry(host, parts, asked)
        yield from _jira(parts, asked)


def aliases_of(word: str) -> Iterator[str]:
    """Yield the aliases under which a bare word may be some tool's name, id or key of a thing."""
    if not word or " " in word or ":" in word or word[0] in "@#":
        return
    plain = word.lower()
    yield from (f"{vendor}:{plain}" for vendor in _VENDORS)
    if issue := _ISSUE.fullmatch(word):
        yield f"jira:{issue[1].lower()}"
    if word.isupper() and (issue := _SENTRY_ISSUE.fullmatch(word)):
        yield f"sentry:{issue[1].lower()}"


def _pagerduty(parts: list[str]) -> Iterator[str]:
    """`/service-directory/P1ABCDE/activity`, `/services/P1ABCDE`, `/teams/P1ABCDE`, `/users/P1ABCDE`."""
    prefixes = {"teams": "pagerduty-team", "users": "pagerduty-user"}
    for before, id_ in pairwise(parts):
        if _PAGERDUTY_ID.fullmatch(id_) and not id_.isdigit():
            yield f"{prefixes.get(before, 'pagerduty')}:{id_.lower()}"


def _datadog(parts: list[str], asked: dict[str, str]) -> Iterator[str]:
    """`/apm/services/pay/operations/…`, `/apm/entity/service:pay`, `/services?…=pay`, `/software?…`."""
    for before, name in pairwise(parts):
        if before in ("service", "services", "entity"):
            yield f"datadog:{name.removeprefix('service:').lower()}"
    for key in ("service", "selectedService", "entity", "selectedComponent", "lens"):
        if value := asked.get(key, ""):
            yield f"datadog:{value.removeprefix('service:').lower()}"


def _sentry(host: str, parts: list[str], asked: dict[str, str]) -> Iterator[str]:
    """`/projects/pay/`, `/settings/acme/projects/pay/`, `/organizations/acme/issues/7/?project=42`."""
    organization = host.partition(".")[0] if host.endswith(".sentry.io") else ""
    if "organizations" in parts[:-1]:
        organization = parts[parts.index("organizations") + 1]
    if parts[:1] == ["settings"] and len(parts) > 3 and parts[2] == "projects":
        organization = parts[1]
    if "projects" in parts[:-1]:
        below = parts[parts.index("projects") + 1 :]
        if len(below) > 1 and not organization:
            organization, below = below[0], below[1:]
        if organization:
            yield f"sentry:{organization}/{below[0]}".lower()
        yield f"sentry:{below[0]}".lower()
    elif host == "sentry.io" and len(parts) == 2:
        yield f"sentry:{parts[0]}/{parts[1]}".lower()
    if (project := asked.get("project", "")).isdecimal():
        yield f"sentry:{project}"


def _jira(parts: list[str], asked: dict[str, str]) -> Iterator[str]:
    """`/browse/PAY-12`, `/jira/software/c/projects/PAY/boards/1?selectedIssue=PAY-12`, `?projectKey=PAY`."""
    named = [after for before, after in pairwise(parts) if before in ("browse", "projects")]
    named += [asked[key] for key in ("selectedIssue", "projectKey") if key in asked]
    for each in named:
        issue = _ISSUE.fullmatch(each)
        yield f"jira:{(issue[1] if issue else each).lower()}"
