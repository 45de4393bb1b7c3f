"""The words for the catalog's values: what a kind, a source, a relation or a doubtful match is called.

Backstage says Component, Group and User; people say service, team and person, and so do answers. Returns
foreign text as it is: a pen makes it safe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from domain.answers import Thing
from domain.entities import Entity

_KINDS = {"group": "team", "user": "person", "api": "API"}
_SOURCES = {
    "backstage": "catalog file",
    "csv": "spreadsheet",
    "codeowners": "CODEOWNERS",
    "permissions": "repository permissions",
    "topics": "repository topics",
    "merges": "merged pull requests",
    "labels": "labels",
    "namespaces": "namespaces",
    "oncall": "on-call schedules",
    "calls": "configured addresses",
    "apm": "APM traces",
    "business": "business services",
    "ownership": "ownership rules",
    "access": "teams' projects",
    "leads": "leads",
}
"""Sources, and kinds of evidence behind a source's name and a slash."""
_LIKELIHOODS = ((0.9, "almost certainly"), (0.6, "likely"), (0.4, "possibly"), (0.0, "perhaps"))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_VENDORS = {
    "pagerduty": "PagerDuty", "opsgenie": "Opsgenie", "github": "GitHub", "gitlab": "GitLab",
    "datadog": "Datadog", "jira": "Jira", "sentry": "Sentry", "slack": "Slack", "http": "an API",
}  # fmt: skip
GONE_MARK = "⚠"
RELATIONS: Mapping[str, str] = {
    "partOf": "Part of",
    "hasPart": "Parts",
    "dependsOn": "Depends on",
    "dependencyOf": "Needed by",
    "providesApi": "Provides",
    "consumesApi": "Uses",
    "apiProvidedBy": "Provided by",
    "apiConsumedBy": "Used by",
    "ownerOf": "Owns",
    "hasMember": "Members",
    "memberOf": "Member of",
    "childOf": "Belongs to",
    "parentOf": "Teams below",
}
"""Each relation as the label of a line, in the order of reading; ownedBy is the headline's business."""


def kind_word(kind: str, type_: str = "") -> str:
    """Say what sort of thing it is: `service`, `library`, `API`, `team`, `person`."""
    if kind.lower() == "component":
        return type_ or "component"
    return _KINDS.get(kind.lower(), kind.lower())


def traits(kind: str, type_: str, tier: str, lifecycle: str) -> list[str]:
    """Return the few words that place a thing: `service`, `tier 1`, `production`."""
    parts = [kind_word(kind, type_), f"tier {tier}" if tier else "", lifecycle]
    return [part for part in parts if part]


def entity_traits(entity: Entity) -> list[str]:
    """Return the words that place an entity."""
    return traits(entity.kind, entity.text("type"), entity.text("tier"), entity.text("lifecycle"))


def thing_traits(thing: Thing) -> list[str]:
    """Return the words that place a thing of a list."""
    return traits(thing.kind, thing.type, thing.tier, thing.lifecycle)


def source_word(source: str) -> str:
    """Say which source it was, for the middle of a sentence: `CODEOWNERS in github`."""
    name, _, evidence = source.rpartition("/")
    word = _SOURCES.get(evidence, evidence)
    return f"{word} in {name}" if name else word


def evidence_word(source: str) -> str:
    """Say what kind of evidence a source goes by: `CODEOWNERS`, `merged pull requests`."""
    return source_word(source.rpartition("/")[2])


def likelihood(confidence: float) -> str:
    """Say how sure a source is that does not declare: `likely`."""
    return next(word for least, word in _LIKELIHOODS if confidence >= least or not least)


def day(at: datetime) -> str:
    """Return the day in UTC without its year: `21 Nov`."""
    at = at.astimezone(UTC)
    return f"{at.day} {_MONTHS[at.month - 1]}"


def full_day(at: datetime) -> str:
    """Return the day in UTC: `21 Nov 2025`."""
    return f"{day(at)} {at.astimezone(UTC).year}"


def moment(at: datetime) -> str:
    """Return the minute in UTC: `Mon 9 Mar 09:00 UTC`."""
    at = at.astimezone(UTC)
    return f"{_WEEKDAYS[at.weekday()]} {day(at)} {at:%H:%M} UTC"


def vendor_word(vendor: str) -> str:
    """Return how a tool writes its own name."""
    return _VENDORS.get(vendor, vendor[:1].upper() + vendor[1:])


def listed(names: Sequence[str], shown: int = 3) -> str:
    """Return `Ana, Bo and Cy`, or the first ones and how many more there are."""
    if len(names) > shown:
        return names_of(names, shown)
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1] if names else "")))


def match_words(matched: str, words: str) -> str:
    """Say how the words led here when not by the thing's name; empty when they did by name."""
    several = "s" if len(words.split()) > 1 else ""
    reasons = {
        "alias": f"“{words}” leads to it"
        if "/" in words or "." in words
        else f"“{words}” is another name of it",
        "prefix": f"the only name that begins with the word{several} “{words}”",
        "typo": f"the closest name to “{words}”",
        "words": f"the only one with all the words “{words}”",
    }
    return reasons.get(matched, f"“{words}” led here: {matched}") if matched else ""


def names_of(names: Sequence[str], shown: int) -> str:
    """Join the first names with commas, and say how many more there are."""
    listed, more = ", ".join(names[:shown]), len(names) - shown
    return f"{listed} and {more} more" if more > 0 else listed


def plural(count: int, one: str, many: str) -> str:
    """Return `1 candidate`, `2 candidates`."""
    return f"{count} {one if count == 1 else many}"
