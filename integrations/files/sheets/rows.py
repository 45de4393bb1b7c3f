"""Turns one row of a spreadsheet into a claim: names are made valid, owners and other refs are found.

Judges each cell on its own; what one row says of another is the reader's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from domain.entities import RELATION_FIELDS, Claim, Json
from domain.refs import DEFAULT_NAMESPACE, Ref
from integrations.files.backstage.envelope import part_problems
from integrations.files.backstage.formats import (
    is_api_version,
    is_dns_label,
    is_kind,
    is_name,
    is_tag,
    is_url,
)
from integrations.files.backstage.kinds import KNOWN_KINDS, LOWER_CASE
from integrations.files.backstage.lifted import lift
from integrations.files.collected import Collected
from integrations.files.names import slug
from integrations.files.sheets.cells import BadCell, read_cell
from integrations.files.sheets.headers import LINK, Column
from integrations.files.sheets.refs import Doubt, related

_KINDS = {**LOWER_CASE, "team": "Group", "person": "User"}
_TYPES = frozenset({
    "service", "website", "library", "application", "app", "worker", "job", "tool", "cli", "mobile",
    "documentation", "pipeline", "function", "frontend", "backend", "microservice",
})  # fmt: skip
"""What people write under a header `kind` when they mean a component of this type."""

_REPOSITORY = re.compile(
    r"(?:(?:https?://|ssh://git@|git@)(?P<host>[^/:]+)[/:])?(?P<slug>[\w.-]+(?:/[\w.-]+)+)/?"
)
_TIER = re.compile(r"[0-9]|critical|high|medium|low|none|(?:mission|business)[ -]critical")
_LIFECYCLES = (
    "experimental", "production", "deprecated", "development", "alpha", "beta", "live", "active", "retired",
    "maintenance", "planned", "archived", "unknown",
)  # fmt: skip


def kind_meant(written: str) -> str | None:
    """Return the kind that a word under a header `kind` means; None: it is the type of a component."""
    if written.lower() in _KINDS:
        return _KINDS[written.lower()]
    return written if is_kind(written) and written.lower() not in _TYPES else None


class BadRow(Exception):
    """A row cannot be taken; `remedy` says what would be right."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.remedy = remedy


class Row:
    """One row being read."""

    def __init__(self, columns: Sequence[Column | None], cells: Sequence[str], doubt: Doubt) -> None:
        self._doubt = doubt
        self._values: dict[str, Json] = {}
        self._links: list[Json] = []
        self._literal_kind = False
        """Whether the kind stands in quotes, as an export writes one that would mean something else."""
        for column, cell in zip(columns, cells, strict=False):
            if column is not None:
                self._literal_kind |= column.field == "kind" and cell.strip().startswith('"')
                self._take(column, cell)
        self.kind = self._kind(self._text("kind"))

    def claim(self, collected: Collected, origin: str) -> Claim:
        """Return the row's claim. Raises BadRow."""
        if self.kind == "Location":
            raise BadRow("a Location in a sheet leads nowhere", "Write it in a catalog-info.yaml.")
        namespace = self._pop("namespace") or DEFAULT_NAMESPACE
        if not is_dns_label(namespace):
            raise BadRow(f'the namespace is "{namespace}"', "Use lower-case letters, digits and -.")
        name = self._name()
        fields = self._values
        for field in list(fields):
            relation = RELATION_FIELDS.get(field)
            if relation is not None:
                fields[field] = related(relation, fields[field], namespace, collected, self._doubt)
                if not fields[field]:
                    del fields[field]  # nothing in the cell is a ref
        if self._links:
            own = fields.get("links")
            fields["links"] = [*(own if isinstance(own, list) else []), *self._links]
        self._check()
        listed = fields.pop("aliases", [])
        aliases = [str(each).lower() for each in listed] if isinstance(listed, list) else []
        ref = Ref(self.kind.lower(), namespace.lower(), name.lower())
        return Claim(ref, name, self.kind, fields, lift(self.kind.lower(), fields, aliases), origin)

    def _take(self, column: Column, cell: str) -> None:
        if column.field == LINK and not cell.strip().startswith("["):
            self._link(column.header, cell.strip())
            return
        try:
            value = read_cell(column.field, cell, column.exact)
        except BadCell as error:
            problem = f"the cell under {column.header} was left out: {error}"
            self._doubt(problem, "Write JSON, or leave it empty.")
            return
        if flaw := next(part_problems({column.field: value}, column.field), None) if value else None:
            problem = flaw.problem.removeprefix("metadata.")
            self._doubt(f"the cell under {column.header} was left out: {problem}", flaw.remedy)
            return
        if value == "" and not column.custom:
            return
        if column.field == "repository" and value is not None:
            self._repository(column, str(value))
        elif column.field == "tags" and isinstance(value, list):
            if tags := self._tags(value):
                self._values["tags"] = tags
        elif value is not None:
            self._values[column.field] = value

    def _link(self, title: str, address: str) -> None:
        if not address:
            return
        if is_url(address):
            self._links.append({"url": address, "title": title})
        else:
            self._doubt(f'"{address}" under {title} is no address', "Write a whole URL, https:// included.")

    def _repository(self, column: Column, text: str) -> None:
        match = _REPOSITORY.fullmatch(text)
        if match is None:
            self._doubt(f'"{text}" under {column.header} is no repository', "Write owner/name or a URL.")
            return
        slug_written = match["slug"].partition("/-/")[0].removesuffix(".git")
        if (match["host"] or "").endswith("github.com"):
            slug_written = "/".join(slug_written.split("/")[:2]).removesuffix(".git")
        self._values["repository"] = slug_written.lower()
        if "gitlab" in (match["host"] or ""):
            known = self._values.setdefault("annotations", {})
            if isinstance(known, dict):
                known.setdefault("gitlab.com/project-slug", slug_written)

    def _tags(self, tags: Sequence[Json]) -> list[Json]:
        """Make words tags: `Public API` is written public-api."""
        words = [str(each) for each in tags]
        return list(dict.fromkeys(tag for each in words if (tag := each if is_tag(each) else slug(each))))

    def _kind(self, written: str) -> str:
        self._values.pop("kind", None)
        kind = written if self._literal_kind and is_kind(written) else kind_meant(written)
        if kind is not None:
            return kind
        if written:
            self._values.setdefault("type", written.lower())
        return "Component"

    def _name(self) -> str:
        written = self._pop("name")
        if not written:
            raise BadRow("the name is empty", "Name every row, or delete it.")
        if is_name(written):
            return written
        name = slug(written)
        if not name:
            raise BadRow(f'no name can be made of "{written}"', "Use at least one letter or digit.")
        self._values.setdefault("title", written)
        return name

    def _check(self) -> None:
        """Doubt values that no answer could use."""
        fields: Mapping[str, Json] = self._values
        tier, lifecycle = fields.get("tier"), fields.get("lifecycle")
        version, known = self._text("apiVersion"), KNOWN_KINDS.get(self.kind)
        if version and not (version in known.versions if known else is_api_version(version)):
            right = known.versions[0] if known else "name/v1"
            self._doubt(f'the apiVersion "{version}" was left out: it has no {self.kind}', f"Write {right}.")
            del self._values["apiVersion"]
        if isinstance(tier, str) and not _TIER.fullmatch(tier.casefold()):
            self._doubt(f'the tier is "{tier}"', "Write a number; 1 is the most critical.")
        if isinstance(lifecycle, str) and lifecycle.casefold() not in _LIFECYCLES:
            self._doubt(f'the lifecycle is "{lifecycle}"', "Write experimental, production or deprecated.")

    def _text(self, field: str) -> str:
        value = self._values.get(field)
        return value if isinstance(value, str) else ""

    def _pop(self, field: str) -> str:
        text = self._text(field)
        self._values.pop(field, None)
        return text
