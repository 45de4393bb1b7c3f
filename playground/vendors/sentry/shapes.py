"""The JSON of Sentry's things, with every field that its description requires."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from playground.vendors.sentry.state import Issue, Member, Organization, Project, Release, Team

Shape = dict[str, Any]
_NO_FEATURES = dict.fromkeys(
    (
        "firstTransactionEvent", "hasFeedbacks", "hasFlags", "hasMinifiedStackTrace", "hasMonitors",
        "hasNewFeedbacks", "hasProfiles", "hasReplays", "hasSessions", "hasInsightsHttp", "hasInsightsDb",
        "hasInsightsAssets", "hasInsightsAppStart", "hasInsightsScreenLoad", "hasInsightsVitals",
        "hasInsightsCaches", "hasInsightsQueues", "hasInsightsAgentMonitoring", "hasInsightsMCP", "hasLogs",
        "hasTraceMetrics", "hasUserReports",
    ),
    False,
)  # fmt: skip
_ACCESS = ["member:read", "org:read", "event:read", "project:read", "project:releases", "team:read"]


def project_shape(it: Project, organization: Organization, newest: dict[str, Release]) -> Shape:
    """Return a project as the organization's list has it."""
    teams = [_team_ref(each) for each in organization.teams if each.slug in it.teams]
    release = newest.get(it.slug)
    return {
        **_NO_FEATURES,
        "id": it.id,
        "slug": it.slug,
        "name": it.name,
        "platform": it.platform,
        "platforms": [it.platform.partition("-")[0]] if it.platform else [],
        "dateCreated": stamp(it.created),
        "firstEvent": stamp(it.created) if it.events else None,
        "access": _ACCESS,
        "hasAccess": True,
        "isBookmarked": False,
        "isMember": False,
        "features": ["releases"],
        "environments": ["production"],
        "team": teams[0] if teams else None,
        "teams": teams,
        "latestRelease": {"version": release.version} if release else None,
    }


def team_shape(it: Team) -> Shape:
    """Return a team without its projects (`detailed=0`)."""
    return {
        "id": it.id,
        "slug": it.slug,
        "name": it.name,
        "dateCreated": stamp(it.created),
        "isMember": False,
        "teamRole": None,
        "flags": {"idp:provisioned": False},
        "access": _ACCESS,
        "hasAccess": True,
        "isPending": False,
        "memberCount": len(it.members),
        "avatar": {"avatarType": "letter_avatar", "avatarUuid": None},
    }


def member_shape(it: Member) -> Shape:
    """Return a member of the organization."""
    invited = it.state in ("invited", "expired")
    return {
        "id": it.id,
        "email": it.email,
        "name": it.email if invited else it.name,
        "user": None if invited else _user(it),
        "orgRole": "member",
        "pending": invited,
        "expired": it.state == "expired",
        "flags": {
            "idp:provisioned": False,
            "idp:role-restricted": False,
            "sso:linked": False,
            "sso:invalid": False,
            "member-limit:restricted": it.state == "restricted",
            "partnership:restricted": False,
        },
        "dateCreated": stamp(it.since),
        "inviteStatus": "approved",
        "inviterName": None,
    }


def team_member_shape(it: Member, team: Team) -> Shape:
    """Return a member as a team's list has them."""
    return {**member_shape(it), "teamRole": None, "teamSlug": team.slug}


def issue_shape(it: Issue, project: Project, web_url: str) -> Shape:
    """Return an issue of a list without timelines."""
    first, last = stamp(it.first_seen), stamp(it.last_seen)
    return {
        **dict.fromkeys(_NOTHING),
        **{key: [] for key in _NONE_OF_THEM},
        **dict.fromkeys(_NO, False),
        "id": it.id,
        "shortId": f"{project.slug.upper()}-{it.number}",
        "title": it.title,
        "culprit": "",
        "permalink": f"{web_url}/issues/{it.id}/",
        "level": "error",
        "status": it.status,
        "statusDetails": {},
        "substatus": {"unresolved": "ongoing", "ignored": "archived_until_escalating"}.get(it.status),
        "platform": project.platform,
        "priority": "medium",
        "project": {
            "id": project.id,
            "name": project.name,
            "slug": project.slug,
            "platform": project.platform,
        },
        "type": "error" if it.category == "error" else "generic",
        "issueType": "error" if it.category == "error" else "performance_n_plus_one_db_queries",
        "issueCategory": it.category,
        "metadata": {"title": it.title},
        "numComments": 0,
        "count": str(it.count),
        "userCount": 0,
        "firstSeen": first,
        "lastSeen": last,
        "stats": {},
        "lifetime": {
            "count": str(it.count), "userCount": 0, "firstSeen": first, "lastSeen": last, "stats": {}
        },
        "sessionCount": 0,
        "inbox": {"reason": 0, "reason_details": None, "date_added": first},
        "owners": {"type": "ownershipRule", "owner": "", "date_added": first},
        "derivedData": {**_UNTOUCHED, "lastProgressedAt": None},
    }  # fmt: skip


_UNTOUCHED = {
    "blocker": "none", "progress": "none", "status": "open", "viewCount": 0, "hasOpenFixPr": False,
    "isAssigned": False, "hasRootCause": False, "lastCompletedAutofixStep": "none",
}  # fmt: skip
_NOTHING = (
    "shareId", "logger", "priorityLockedAt", "seerFixabilityScore", "seerAutofixLastTriggered",
    "seerExplorerAutofixLastTriggered", "assignedTo", "subscriptionDetails", "filtered", "matchingEventId",
    "matchingEventEnvironment",
)  # fmt: skip
_NONE_OF_THEM = ("annotations", "integrationIssues", "sentryAppIssues")
_NO = ("isPublic", "isBookmarked", "isSubscribed", "hasSeen", "isUnhandled", "latestEventHasAttachments")


def release_shape(it: Release, by_slug: Mapping[str, Project]) -> Shape:
    """Return a release with all of its projects, whichever were asked for."""
    projects = [by_slug[slug] for slug in it.projects if slug in by_slug]
    return {
        "id": it.id,
        "version": it.version,
        "shortVersion": it.version,
        "status": "open",
        "versionInfo": None,
        "ref": None,
        "url": None,
        "dateReleased": stamp(it.released) if it.released else None,
        "dateCreated": stamp(it.added),
        "data": {},
        "newGroups": 0,
        "owner": None,
        "commitCount": 0,
        "lastCommit": None,
        "deployCount": 0,
        "lastDeploy": None,
        "authors": [],
        "projects": [
            {
                "id": int(each.id),
                "slug": each.slug,
                "name": each.name,
                "newGroups": 0,
                "platform": each.platform,
                "platforms": [],
                "hasHealthData": False,
            }
            for each in projects
        ],
        "firstEvent": None,
        "lastEvent": None,
        "currentProjectMeta": {},
        "userAgent": None,
    }


def ownership_shape(it: Project) -> Shape:
    """Return a project's ownership rules, as people wrote them."""
    return {
        "raw": it.ownership,
        "fallthrough": True,
        "dateCreated": stamp(it.created),
        "lastUpdated": stamp(it.created),
        "isActive": it.ownership_active,
        "autoAssignment": "Auto Assign to Issue Owner",
        "codeownersAutoSync": True,
    }


def stamp(at: datetime) -> str:
    """Return a time as Sentry writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _team_ref(it: Team) -> Shape:
    return {"id": it.id, "slug": it.slug, "name": it.name}


def _user(it: Member) -> Shape:
    return {
        **dict.fromkeys(
            ("canReset2fa", "isSuspended", "isManaged", "has2fa", "isSuperuser", "isStaff"), False
        ),
        "id": f"9{it.id}",
        "name": it.name,
        "username": it.email,
        "email": it.email,
        "avatarUrl": "",
        "isActive": True,
        "hasPasswordAuth": True,
        "dateJoined": stamp(it.since),
        "lastLogin": None,
        "lastActive": None,
        "experiments": {},
        "emails": [],
        "avatar": {"avatarType": "letter_avatar", "avatarUuid": None},
    }
