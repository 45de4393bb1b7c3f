"""Turns an API's items into claims, as the source's mapping says; what does not map is a finding. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from domain.entities import Claim, Finding, Json, Standing
from domain.errors import BadRef
from domain.refs import DEFAULT_NAMESPACE, Ref
from integrations.files.backstage.formats import is_name
from integrations.files.backstage.lifted import lift
from integrations.files.names import slug
from integrations.files.sheets.rows import kind_meant
from integrations.http.expressions import Unanswered, find
from integrations.http.options import ItemMapping
from integrations.http.values import Unheld, same, text, texts, value

SHOWN_FINDINGS = 100
"""Findings of one look; the rest is counted."""


class _Unmapped(Exception):
    """An item of which nothing can be claimed; `remedy` says what would be right."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.remedy = remedy


class Items:
    """The items of one look, as they come."""

    def __init__(self, source: str, mapping: ItemMapping) -> None:
        self._source = source
        self._mapping = mapping
        self._claims: dict[str, Claim] = {}
        self._findings: list[Finding] = []
        self._more = 0
        self.read = 0
        """How many items came."""
        self.unmapped = 0
        """How many of them could not be mapped."""
        self.first_error: Finding | None = None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What was claimed, in order."""
        return tuple(self._claims.values())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was wrong; past a hundred, how many more there were."""
        if not self._more:
            return tuple(self._findings)
        rest = Finding(
            self._source, 0, f"{self._more} more findings of this look are not shown", "", "warning"
        )
        return (*self._findings, rest)

    def take(self, page: int, items: Iterable[Json]) -> None:
        """Map the items of one page."""
        for index, item in enumerate(items, 1):
            self.read += 1
            where = f"{self._source}: page {page}, item {index}"
            try:
                self._take(item, where)
            except _Unmapped as error:
                self._left_out(where, str(error), error.remedy)
            except Unanswered as error:
                self._left_out(where, str(error), "Mend `mapping`, or pass the item over with `when`.")

    def _take(self, item: Json, where: str) -> None:
        mapping = self._mapping
        if mapping.when and not _true(find(mapping.when, item)):
            return
        written = self._text("name", mapping.name, item)
        id_ = self._text("id", mapping.id, item) if mapping.id else ""
        fields = self._fields(item, where)
        kind = self._kind(item, fields)
        name = written if is_name(written) else slug(written)
        if not name:
            raise _Unmapped(f'no name can be made of "{written[:60]}"', "Name it with a letter or digit.")
        if name != written and mapping.standing is not Standing.REMARK:
            fields.setdefault("title", written)
        ref = Ref(kind.lower(), DEFAULT_NAMESPACE, name.lower())
        aliases = [*self._texts("aliases", mapping.aliases, item, where)]
        if id_:
            aliases.append(f"{self._source}:{id_}")
        claim = Claim(
            ref,
            name,
            kind,
            fields,
            tuple(dict.fromkeys(each.lower() for each in lift(ref.kind, fields, aliases))),
            self._origin(item),
            mapping.confidence,
            id_,
            mapping.standing,
            self._same_as(item, kind, where),
        )
        if claim.key in self._claims:
            raise _Unmapped(
                f"{claim.key} came before in this look", "Let `mapping.id` find what is each item's own."
            )
        self._claims[claim.key] = claim

    def _kind(self, item: Json, fields: dict[str, Json]) -> str:
        """Return the item's kind; a word that is none, such as `service`, is the type of a component."""
        found = find(self._mapping.kind_from, item) if self._mapping.kind_from else None
        if found is None or found == "":
            return self._mapping.kind
        if not isinstance(found, str):
            raise _Unmapped("its kind is no text", "Mend `mapping.kind_from`.")
        kind = kind_meant(found.strip())
        if kind is None:
            fields.setdefault("type", found.strip().lower())
        return kind or "Component"

    def _fields(self, item: Json, where: str) -> dict[str, Json]:
        fields: dict[str, Json] = {}
        for field, expression in self._mapping.fields.items():
            try:
                read = value(
                    field,
                    find(expression, item),
                    lambda problem, remedy: self._found(where, problem, remedy, "warning"),
                )
            except Unanswered as error:
                self._found(where, f"{field} was left out: {error}", "Mend `mapping.fields`.", "warning")
            except Unheld as error:
                problem = f"{field} was left out: what `{expression}` finds is not {error}"
                self._found(where, problem, "Mend the item, or `mapping.fields`.", "warning")
            else:
                if read not in (None, [], {}):
                    fields[field] = read
        return fields

    def _text(self, key: str, expression: str, item: Json) -> str:
        """Return a text that an item must have."""
        found = find(expression, item)
        try:
            read = "" if found is None else text(found)
        except Unheld:
            raise _Unmapped(f"its {key} (`{expression}`) is no text", f"Mend `mapping.{key}`.") from None
        if read:
            return read
        raise _Unmapped(
            f"it has no {key} (`{expression}`)", f"Mend `mapping.{key}`, or pass the item over with `when`."
        )

    def _texts(self, key: str, expressions: Iterable[str], item: Json, where: str) -> list[str]:
        read: list[str] = []
        for expression in expressions:
            try:
                found = find(expression, item)
                read += [] if found is None else texts(found)
            except (Unanswered, Unheld):
                self._found(where, f"`{expression}` finds no text", f"Mend `mapping.{key}`.", "warning")
        return read

    def _same_as(self, item: Json, kind: str, where: str) -> tuple[str, ...]:
        meant: list[str] = []
        for named in self._texts("same_as", self._mapping.same_as, item, where):
            try:
                meant.append(same(named, kind))
            except BadRef as error:
                self._found(where, f"same_as: {error}", error.hint, "warning")
        return tuple(dict.fromkeys(meant))

    def _origin(self, item: Json) -> str:
        found = find(self._mapping.link, item) if self._mapping.link else None
        return found if isinstance(found, str) and _is_web(found) else ""

    def _left_out(self, where: str, problem: str, remedy: str) -> None:
        self.unmapped += 1
        self.first_error = self.first_error or Finding(where, 0, problem, remedy)
        self._found(where, problem, remedy, "error")

    def _found(self, where: str, problem: str, remedy: str, severity: str) -> None:
        if len(self._findings) < SHOWN_FINDINGS:
            self._findings.append(Finding(where, 0, problem, remedy, severity))
        else:
            self._more += 1


def _true(found: Json) -> bool:
    """Tell whether JMESPath takes a value for true: all but false, null and what is empty."""
    return not (found is None or found is False or found in ("", [], {}))


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
