"""What the headers of a spreadsheet mean, by name: which column gives which field of the catalog.

Holds the table of synonyms and the preview of a mapping; reads no cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.entities import RELATION_FIELDS
from integrations.files.names import slug

LIST_FIELDS = frozenset({"tags", "aliases", *(each.field for each in RELATION_FIELDS.values() if each.many)})
"""Fields whose cells hold several values, separated by commas, semicolons or line breaks."""

LINK = "links"
"""The field of columns whose cells hold one address each; the header is the link's title."""

EXACT = frozenset({
    "kind", "namespace", "name", "apiVersion", "title", "description", "type", "lifecycle", "tier",
    "language", "channel", "slack_channel_id", "slack_user_id", "slack_usergroup_id", "email", "picture",
    "repository", "tags", "aliases", "labels", "annotations", "links", "definition", "codeowners",
    *RELATION_FIELDS,
})  # fmt: skip
"""Headers that are a field's own name, as an export writes them. They stand for nothing else."""

_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "service",
        "service name",
        "component",
        "component name",
        "application",
        "application name",
        "app",
        "app name",
    ),
    "title": ("display name", "full name", "label"),
    "description": ("summary", "purpose", "about"),
    "owner": ("owned by", "owner team", "owning team", "team", "squad", "responsible"),
    "tier": ("criticality", "service tier", "priority"),
    "lifecycle": ("life cycle", "status", "stage", "state"),
    "type": ("service type", "component type", "category"),
    "kind": ("entity kind",),
    "namespace": ("name space",),
    "language": ("lang", "programming language"),
    "system": ("part of", "product"),
    "domain": ("business domain",),
    "repository": (
        "repo",
        "repo url",
        "repository url",
        "git",
        "github",
        "github repo",
        "git repository",
        "code",
    ),
    "channel": ("slack", "slack channel", "chat"),
    "tags": ("tag", "keywords"),
    "aliases": ("alias", "also known as", "aka", "other names"),
    "dependsOn": ("depends on", "dependencies", "dependency", "needs"),
    "email": ("e mail", "mail", "contact"),
    LINK: ("docs", "documentation", "runbook", "runbook url", "dashboard", "wiki", "url", "link", "website"),
}
_BY_HEADER = {
    **{slug(name, " "): name for name in EXACT},
    **{synonym: name for name, synonyms in _SYNONYMS.items() for synonym in synonyms},
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header as written, and the field that it gives."""

    header: str
    field: str
    exact: bool
    """Whether the header is a field's own name; then cells may hold JSON for what is no text."""

    @property
    def custom(self) -> bool:
        """Whether the field is somebody's own."""
        return self.field.startswith("custom.")


def column_of(header: str) -> Column | None:
    """Return what a header means; None when it is blank."""
    header = header.strip()
    if header in EXACT or (header.startswith("custom.") and len(header) > len("custom.")):
        return Column(header, header, exact=True)
    words = slug(header, " ")
    if not words:
        return None
    field = _BY_HEADER.get(words)
    return Column(header, field or f"custom.{slug(header, '_')}", exact=False)


def preview(shown: str, columns: Sequence[Column | None]) -> str:
    """Say in one line what each header was taken for."""
    named = [column for column in columns if column is not None]
    parts = [f"“{each.header}” → {_meaning(each)}" for each in named]
    return f"{shown}: " + ", ".join(parts)


def _meaning(column: Column) -> str:
    if column.custom:
        return f"custom field {column.field.removeprefix('custom.')}"
    return "link" if column.field == LINK and not column.exact else column.field
