"""Maps a repository as GitHub answers it to facts. Pure.

A field that could not be answered is None in the facts; a value that is not known is kept as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from integrations.github.client import Json
from integrations.github.pages import nodes_of
from integrations.github.repositories import Node
from integrations.github.texts import Files
from integrations.hosting.facts import Access, Checks, Protection, Release, RepositoryFacts

MERGED_WITHIN = timedelta(days=90)
CHECKS = {
    "SUCCESS": "success",
    "FAILURE": "failure",
    "ERROR": "failure",
    "PENDING": "pending",
    "EXPECTED": "pending",
}
SEVERITIES = ("critical", "high", "moderate", "low")


def repository_facts(
    node: Node, files: Files | None, teams: Sequence[Access], now: datetime
) -> RepositoryFacts:
    """Return the facts of one repository."""
    raw = node.raw
    branch = raw.get("defaultBranchRef") or {}
    language = raw.get("primaryLanguage") or {}
    return RepositoryFacts(
        id=str(raw["id"]),
        slug=str(raw.get("nameWithOwner", "")),
        web_url=str(raw.get("url") or "").rstrip("/"),
        description=str(raw.get("description") or ""),
        homepage=str(raw.get("homepageUrl") or ""),
        topics=_topics(raw),
        language=str(language.get("name") or ""),
        languages=_languages(raw),
        visibility=str(raw.get("visibility") or "private").lower(),
        archived=bool(raw.get("isArchived")),
        fork=bool(raw.get("isFork")),
        template=bool(raw.get("isTemplate")),
        default_branch=str(branch.get("name") or ""),
        created_at=moment(raw.get("createdAt")),
        pushed_at=moment(raw.get("pushedAt")),
        release=_release(raw.get("latestRelease")),
        open_pull_requests=_open(raw),
        checks=_checks(branch, node.failed),
        protection=_protection(branch, node.failed),
        alerts=_alerts(raw),
        teams=tuple(sorted(teams, key=lambda each: each.team)),
        paths=tuple(sorted(files.paths)) if files else (),
        files=dict(sorted(files.texts.items())) if files else {},
        mergers=_mergers(raw, now),
        problems=tuple(node.problems),
    )


def moment(text: object) -> datetime | None:
    """Return a time of GitHub's in UTC; None where there is none."""
    try:
        found = datetime.fromisoformat(str(text).replace("Z", "+00:00"))
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _topics(raw: Json) -> tuple[str, ...]:
    named = [each.get("topic") for each in nodes_of(raw.get("repositoryTopics")) if isinstance(each, dict)]
    return tuple(str(each["name"]) for each in named if isinstance(each, dict) and each.get("name"))


def _languages(raw: Json) -> dict[str, int]:
    edges = (raw.get("languages") or {}).get("edges") or ()
    return {
        str(each["node"]["name"]): int(each.get("size") or 0)
        for each in edges
        if isinstance(each, dict) and isinstance(each.get("node"), dict)
    }


def _release(raw: Any) -> Release | None:
    at = moment(raw.get("publishedAt") or raw.get("createdAt")) if isinstance(raw, dict) else None
    return Release(str(raw.get("tagName") or ""), at, str(raw.get("url") or "")) if at else None


def _open(raw: Json) -> int | None:
    found = raw.get("openRequests")
    return int(found["totalCount"]) if isinstance(found, dict) and "totalCount" in found else None


def _checks(branch: Json, failed: set[str]) -> Checks | None:
    commit = branch.get("target")
    if not isinstance(commit, dict) or "statusCheckRollup" not in commit or "statusCheckRollup" in failed:
        return None
    at, url = moment(commit.get("committedDate")), str(commit.get("url") or "")
    rollup = commit["statusCheckRollup"]
    if not isinstance(rollup, dict):
        return Checks("none", at)
    return Checks(CHECKS.get(str(rollup.get("state")), "none"), at, f"{url}/checks" if url else "")


def _protection(branch: Json, failed: set[str]) -> Protection | None:
    """Return what a branch protection rule and rulesets demand together; None where neither can be seen."""
    rule = branch.get("branchProtectionRule")
    rules = [each for each in nodes_of(branch.get("rules")) if isinstance(each, dict)]
    if rule is None and not rules:
        seen = all(each in branch and each not in failed for each in ("branchProtectionRule", "rules"))
        return Protection(protected=False, force_push=True) if seen else None
    rule = rule if isinstance(rule, dict) else {}
    asked = [each["parameters"] for each in rules if isinstance(each.get("parameters"), dict)]
    reviews = [int(each.get("requiredApprovingReviewCount") or 0) for each in asked]
    if rule.get("requiresApprovingReviews"):
        reviews.append(int(rule.get("requiredApprovingReviewCount") or 0))
    checks = [
        str(each)
        for each in (rule.get("requiredStatusCheckContexts") or ())
        if rule.get("requiresStatusChecks")
    ]
    for each in asked:
        checks += [str(one.get("context")) for one in each.get("requiredStatusChecks") or ()]
    forced = not any(each.get("type") == "NON_FAST_FORWARD" for each in rules)
    return Protection(
        protected=True,
        reviews=max(reviews, default=0),
        checks=tuple(dict.fromkeys(checks)),
        force_push=forced and bool(rule.get("allowsForcePushes", True)),
        by="branch protection" if rule else "ruleset",
    )


def _alerts(raw: Json) -> dict[str, int] | None:
    found = raw.get("vulnerabilityAlerts")
    if not isinstance(found, dict):
        return None
    counted = Counter(
        str((each.get("securityVulnerability") or {}).get("severity", "")).lower()
        for each in nodes_of(found)
        if isinstance(each, dict)
    )
    return {each: counted[each] for each in SEVERITIES}


def _mergers(raw: Json, now: datetime) -> dict[str, int]:
    """Count who merged within 90 days, people alone; of the newest 50 that were merged."""
    counted: Counter[str] = Counter()
    for each in nodes_of(raw.get("merged")):
        at = moment(each.get("mergedAt")) if isinstance(each, dict) else None
        by = each.get("mergedBy") if at and at >= now - MERGED_WITHIN else None
        if isinstance(by, dict) and by.get("__typename") != "Bot" and by.get("login"):
            counted[str(by["login"])] += 1
    return dict(counted.most_common())
