"""What GitLab's answers mean in facts.py's words. Pure: asks nobody.

A field that is missing or of another shape than documented is taken for absent; an unknown value of an
enumeration never fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import Any

from domain.errors import OutsideFailure
from integrations.hosting.facts import Access, Checks, PersonFacts, Protection, Release

Answer = Mapping[str, Any]
"""An object of GitLab's; fields that we do not know are left alone."""

_STATES = {
    "success": "success",
    "failed": "failure",
    "canceled": "failure",
    "canceling": "failure",
    "created": "pending",
    "waiting_for_resource": "pending",
    "waiting_for_callback": "pending",
    "preparing": "pending",
    "pending": "pending",
    "running": "pending",
    "manual": "pending",
    "scheduled": "pending",
}
"""GitLab's states of a pipeline; `skipped` and what it may bring one day say nothing on the code: `none`."""

_LEVELS = ((50, "admin"), (40, "maintain"), (30, "write"), (20, "triage"), (10, "read"))
"""Owner, Maintainer, Developer, Reporter, Guest. Planner (15) is a Guest that plans: read."""


def global_id(kind: str, number: int) -> str:
    """Return GitLab's Global ID: `gid://gitlab/Project/12`. A group may have the same number as a project."""
    return f"gid://gitlab/{kind}/{number}"


def number_in(id_: str, kind: str) -> int | None:
    """Return the number in a Global ID of a kind, or of one of its parts, or in a bare number; else None."""
    text = id_.partition("#")[0].removeprefix(f"gid://gitlab/{kind}/")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None


def id_of(answer: Answer, what: str) -> int:
    """Return an answer's id. Raises OutsideFailure without: then it is no answer of GitLab's."""
    found = whole(answer, "id")
    if found is None:
        raise OutsideFailure(f"GitLab listed a {what} without an id", "Is url the address of a GitLab?")
    return found


def text(answer: Answer, name: str) -> str:
    """Return a text; empty when absent."""
    value = answer.get(name)
    return value if isinstance(value, str) else ""


def whole(answer: Answer, name: str) -> int | None:
    """Return a whole number; None when absent."""
    value = answer.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def objects(answer: Answer, name: str) -> list[Answer]:
    """Return a list of objects; empty when absent."""
    value = answer.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def inside(answer: Answer, name: str) -> Answer:
    """Return an object; empty when absent."""
    value = answer.get(name)
    return value if isinstance(value, dict) else {}


def moment(answer: Answer, name: str) -> datetime | None:
    """Return a time in UTC; None when absent."""
    try:
        found = datetime.fromisoformat(text(answer, name))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def topics(project: Answer) -> tuple[str, ...]:
    """Return a project's topics; GitLab before 14.5 called them tags."""
    value = project.get("topics", project.get("tag_list"))
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def shares(languages: Answer | None) -> dict[str, int]:
    """Return per mille by language, the most first; GitLab gives per cent."""
    found = {
        name: round(share * 10)
        for name, share in (languages or {}).items()
        if isinstance(share, int | float) and 0 <= share <= 100 and not isinstance(share, bool)
    }
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def newest_release(releases: Iterable[Answer]) -> Release | None:
    """Return the newest release that is out; upcoming ones are GitLab's drafts."""
    for release in releases:
        at = moment(release, "released_at")
        if at is not None and release.get("upcoming_release") is not True:
            return Release(text(release, "tag_name"), at, text(inside(release, "_links"), "self"))
    return None


def checks_of(pipelines: Iterable[Answer]) -> Checks:
    """Return the state of the newest pipeline; `none` when there is none."""
    for pipeline in pipelines:
        at = moment(pipeline, "updated_at") or moment(pipeline, "created_at")
        return Checks(_STATES.get(text(pipeline, "status"), "none"), at, text(pipeline, "web_url"))
    return Checks("none")


def protection_of(
    project: Answer, protected: Iterable[Answer], rules: Iterable[Answer], branch: str
) -> Protection:
    """Return what guards the default branch; a protected branch may be a pattern such as `release/*`."""
    guards = [each for each in protected if _covers(text(each, "name"), branch)]
    if not guards:
        return Protection(protected=False)
    needed = [whole(rule, "approvals_required") or 0 for rule in rules if _applies(rule, branch)]
    if any(each.get("code_owner_approval_required") is True for each in guards):
        needed.append(1)
    return Protection(
        protected=True,
        reviews=max([0, *needed]),
        checks=("pipeline",) if project.get("only_allow_merge_if_pipeline_succeeds") is True else (),
        force_push=all(each.get("allow_force_push") is True for each in guards),
        by="branch protection",
    )


def _covers(pattern: str, branch: str) -> bool:
    """GitLab's patterns know the star alone."""
    return fnmatchcase(branch, pattern.replace("[", "[[]").replace("?", "[?]"))


def _applies(rule: Answer, branch: str) -> bool:
    """A rule without branches is for all of them."""
    branches = objects(rule, "protected_branches")
    return not branches or any(_covers(text(each, "name"), branch) for each in branches)


def permission(level: int | None) -> str:
    """Return an access level in facts.py's words; empty for no access, and for what is below Guest."""
    return next((name for least, name in _LEVELS if level is not None and level >= least), "")


def accesses(project: Answer, folders: Iterable[str]) -> tuple[Access, ...]:
    """Return which groups may do what in a project: those it is shared with, and the one that holds it.

    The holder's owners own the project, unless it is one of `folders`: groups, lower case, that are nobody.
    """
    found: dict[str, str] = {}
    for shared in objects(project, "shared_with_groups"):
        slug, allowed = (
            text(shared, "group_full_path").lower(),
            permission(whole(shared, "group_access_level")),
        )
        if slug and allowed:
            found[slug] = allowed
    holder = inside(project, "namespace")
    slug = text(holder, "full_path").lower()
    if text(holder, "kind") == "group" and slug and slug not in folders:
        found[slug] = "admin"
    return tuple(Access(team, allowed) for team, allowed in sorted(found.items()))


def doomed(thing: Answer) -> bool:
    """Tell whether a project or group was deleted and only waits for its removal."""
    return bool(thing.get("marked_for_deletion_on") or thing.get("marked_for_deletion_at"))


def person(member: Answer) -> PersonFacts:
    """Return a member as a person."""
    return PersonFacts(
        id=global_id("User", id_of(member, "member")),
        login=text(member, "username"),
        name=text(member, "name"),
        email=text(member, "email") or text(member, "public_email"),
        active=text(member, "state") in ("", "active"),
    )
