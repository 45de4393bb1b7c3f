"""One table of what Backstage's labels and annotations say in the catalog's own words.

Reading takes a field out of its label or annotation, writing puts it back: `import(export(x))` is `x`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from domain.entities import RELATION_FIELDS, Json
from domain.errors import BadRef
from domain.refs import parse_ref
from domain.visibility import MARK, canonical, marks_of
from integrations.files.json_text import read_json
from integrations.key_aliases import key_alias

OWN = "idp.dev/"
"""The prefix of annotations that carry a field which has no other place in Backstage's format."""

ALIASES = OWN + "aliases"

ELSEWHERE = "custom"
"""The one field so carried that holds others: the custom fields which would be misread at their own place."""

FROM_LABELS: Mapping[str, str] = {"tier": "tier", "language": "language"}
"""Field by label. The label is taken out."""

FROM_ANNOTATIONS: Mapping[str, str] = {
    "slack.com/channel": "channel",
    "slack.com/channel-id": "slack_channel_id",
    "slack.com/usergroup-id": "slack_usergroup_id",
    "slack.com/user-id": "slack_user_id",
}
"""Field by annotation. The annotation is taken out."""

TIER_LABELS = re.compile(r"(?:.+/)?(?:tier|criticality)")
"""Labels that say the tier when no label `tier` does. They stay."""

REPOSITORY_ANNOTATIONS = ("github.com/project-slug", "gitlab.com/project-slug")
"""The first that is there gives the field `repository`. It stays."""


@dataclass(frozen=True, slots=True)
class Alias:
    """A vendor's name for an entity: where it stands, and how the alias begins."""

    source: str
    prefix: str
    kinds: tuple[str, ...] = ()
    """Which kinds it names, lower case; empty: all. On another kind it only points to somebody else."""


JIRA_PROJECT, JIRA_COMPONENT = "jira/project-key", "jira/component"
"""With both, an entity is that component of the project, and not the project."""

ALIAS_ANNOTATIONS: tuple[Alias, ...] = (
    Alias("github.com/project-slug", "github"),
    Alias("github.com/team-slug", "github-team", ("group",)),
    Alias("github.com/user-login", "github-user", ("user",)),
    Alias("gitlab.com/project-slug", "gitlab"),
    Alias("pagerduty.com/service-id", "pagerduty"),
    Alias("datadoghq.com/service-name", "datadog"),
    Alias("sentry.io/project-slug", "sentry"),
    Alias(JIRA_PROJECT, "jira"),
    Alias("backstage.io/kubernetes-id", "kubernetes"),
)
ALIAS_FIELDS: tuple[Alias, ...] = (
    Alias("slack_user_id", "slack", ("user",)),
    Alias("slack_usergroup_id", "slack", ("group",)),
    Alias("slack_channel_id", "slack", ("group",)),
    Alias("email", "mailto", ("group", "user")),
)

KEY_ANNOTATIONS: Mapping[str, str] = {"pagerduty.com/integration-key": "pagerduty"}
"""Vendor by the annotation that holds a key of its. Whoever has the key can raise alarms: the annotation is
taken out, and what stays is an alias that does not tell it."""

SOURCE_LOCATION = "backstage.io/source-location"
_ON_A_HOST = re.compile(
    r"url:https://(?P<host>github|gitlab)\.com/(?P<repository>[^/\s]+/[^/\s]+)", re.IGNORECASE
)
_TIER = re.compile(r"(?:tier|t)[-_ .]?([0-9]+)", re.IGNORECASE)


def tier(text: str) -> str:
    """Return a tier as the catalog says it: `Tier 1`, `tier-1` and `T1` are `1`; other words stay."""
    match = _TIER.fullmatch(text.strip())
    return match[1] if match else text.strip()


def channel(text: str) -> str:
    """Return a channel's name without the #."""
    return text.strip().removeprefix("#")


_SPELLED: Mapping[str, Callable[[str], str]] = {"tier": tier, "channel": channel}


def lift(kind: str, fields: dict[str, Json], own_aliases: Iterable[str] = ()) -> tuple[str, ...]:
    """Move what labels and annotations say into fields of their own, in place; return the aliases."""
    labels, annotations = fields.get("labels"), fields.get("annotations")
    aliases = list(own_aliases)
    if isinstance(labels, dict):
        _take(labels, FROM_LABELS, fields)
    if isinstance(annotations, dict):
        _take(annotations, FROM_ANNOTATIONS, fields)
        aliases += _listed(annotations.pop(ALIASES, ""))
        aliases += _take_keys(annotations)
        _take_own(annotations, fields)
        if not annotations:
            del fields["annotations"]
    if isinstance(labels, dict):
        said = tier_of(labels)
        if said:
            fields.setdefault("tier", said)
        if not labels:
            del fields["labels"]
    repository = repository_of(annotations if isinstance(annotations, dict) else {})
    if repository:
        fields.setdefault("repository", repository)
    return tuple(dict.fromkeys(alias.lower() for alias in [*aliases, *derived_aliases(kind, fields)]))


def tier_of(labels: Mapping[str, Json]) -> str:
    """Return the tier that labels other than `tier` say, or empty text."""
    for key, value in labels.items():
        if isinstance(value, str) and value and TIER_LABELS.fullmatch(key) and key not in FROM_LABELS:
            return tier(value)
    return ""


def derived_aliases(kind: str, fields: Mapping[str, Json]) -> list[str]:
    """Return the aliases that an entity of a kind has by its other fields, lower case."""
    found = []
    annotations = fields.get("annotations")
    if isinstance(annotations, dict):
        for alias in ALIAS_ANNOTATIONS:
            value = annotations.get(alias.source)
            if isinstance(value, str) and value.strip() and kind in (alias.kinds or (kind,)):
                part = annotations.get(JIRA_COMPONENT) if alias.source == JIRA_PROJECT else None
                within = f"/{part.strip()}" if isinstance(part, str) and part.strip() else ""
                found.append(f"{alias.prefix}:{value.strip()}{within}".lower())
    for alias in ALIAS_FIELDS:
        value = fields.get(alias.source)
        if isinstance(value, str) and value and kind in (alias.kinds or (kind,)):
            found.append(f"{alias.prefix}:{value.lower()}")
    repository = fields.get("repository")
    if isinstance(repository, str) and f"gitlab:{repository}" not in found:
        found.append(f"github:{repository}")
    if isinstance(annotations, dict):
        found += _where_the_source_is(annotations.get(SOURCE_LOCATION))
    return list(dict.fromkeys(found))


def _where_the_source_is(value: Json) -> list[str]:
    """Return the repository of a source location as an alias: it may be older than the slug, or newer."""
    match = _ON_A_HOST.match(value) if isinstance(value, str) else None
    return [f"{match['host'].lower()}:{match['repository'].removesuffix('.git').lower()}"] if match else []


def repository_of(annotations: Mapping[str, Json]) -> str:
    """Return the repository that an entity's annotations name, `owner/name`, lower case, or empty text."""
    for key in REPOSITORY_ANNOTATIONS:
        value = annotations.get(key)
        if isinstance(value, str) and "/" in value:
            return value.strip().lower()
    return ""


def _take(pairs: dict[str, Json], table: Mapping[str, str], fields: dict[str, Json]) -> None:
    for key, field in table.items():
        value = pairs.get(key)
        if isinstance(value, str):
            text = _SPELLED.get(field, str.strip)(value)
            if text:
                fields[field] = text
                del pairs[key]


def _take_keys(annotations: dict[str, Json]) -> list[str]:
    """Take the keys out of the annotations; return the aliases that stand for them."""
    keys = {vendor: annotations.pop(name, None) for name, vendor in KEY_ANNOTATIONS.items()}
    return [key_alias(vendor, key) for vendor, key in keys.items() if isinstance(key, str) and key.strip()]


def _take_own(annotations: dict[str, Json], fields: dict[str, Json]) -> None:
    """Read the fields that an export wrote as `idp.dev/<field>`: JSON where that is a list or mapping.

    What no export can have written so (a title, a ref that is none) stays an annotation.
    """
    for key in [each for each in annotations if each.startswith(OWN)]:
        name, value = key.removeprefix(OWN), _unpacked(str(annotations[key]))
        if name == ELSEWHERE and isinstance(value, dict):
            fields.update({f"custom.{each}": inner for each, inner in value.items()})
            del annotations[key]
        elif name == MARK:
            marks = marks_of(value)
            fields[name] = list(dict.fromkeys(canonical(each) or each for each in marks))
            del annotations[key]
        elif name not in fields and _may_be_own(name, value):
            fields[name] = value
            del annotations[key]


def _may_be_own(name: str, value: Json) -> bool:
    relation = RELATION_FIELDS.get(name)
    if relation is not None:
        refs = value if isinstance(value, list) else [value]
        return relation.many == isinstance(value, list) and bool(refs) and all(map(_is_ref, refs))
    if name == "codeowners":
        return isinstance(value, list)
    return name not in _ELSEWHERE_ALREADY and isinstance(value, str) and value != ""


def _is_ref(value: Json) -> bool:
    try:
        return isinstance(value, str) and str(parse_ref(value)) == value
    except BadRef:
        return False


_ELSEWHERE_ALREADY = frozenset({
    "name", "namespace", "kind", "apiVersion", "title", "description", "tags", "links", "labels",
    "annotations", "custom",
})  # fmt: skip
"""Fields for which every document has a place."""


def packed(value: Json) -> str:
    """Return a field's value as an annotation: plain when it is a plain text, else JSON."""
    plain = isinstance(value, str) and value and not value.startswith(_PACKED)
    return str(value) if plain else json.dumps(value, ensure_ascii=False)


_PACKED = ("[", "{", '"')


def _unpacked(text: str) -> Json:
    if text.startswith(_PACKED):
        try:
            return read_json(text)
        except ValueError:
            return text
    return text


def _listed(text: Json) -> list[str]:
    found = _unpacked(text) if isinstance(text, str) else text
    parts = found if isinstance(found, list) else str(text).split(",")
    return [each for part in parts if (each := str(part).strip())]
