"""What an import came to, as lines for a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

import typer

from domain.changes import ChangeSet, EntityChange, FieldChange
from domain.entities import Finding, Json
from workflows.importing import ImportReport

SHOWN_CHANGES = 200
"""How many entities are listed field by field before the rest is counted."""
SHOWN_TEXT = 60
"""How much of a value is shown, in characters."""


def change_lines(change_set: ChangeSet) -> Iterator[tuple[str, str]]:
    """Yield lines with their colour: a line for each entity, below it one for each field that moves."""
    for change in change_set.changes[:SHOWN_CHANGES]:
        if change.operation == "created":
            yield f"+ {change.ref.short}  ({change_set.source}: {_created(change)})", "green"
            continue
        yield f"~ {change.ref.short}  ({change_set.source})", "yellow"
        for field in change.fields:
            yield f"    {field.field}: {_shown(field.before)} → {_shown(field.after)}", "white"
    if (more := len(change_set.changes) - SHOWN_CHANGES) > 0:
        yield f"… and {more} more ({change_set.source})", "white"


def legible(text: str) -> str:
    """Return a line that does nothing to a terminal: control characters are written out as escapes."""
    return text if text.isprintable() else "".join(map(_shown_char, text))


def _shown_char(char: str) -> str:
    return char if char.isprintable() or (char.isspace() and char not in _MOVING) else ascii(char)[1:-1]


_MOVING = "\n\r\t\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"
"""Spaces that would move to another line or column."""


def warn_of_left_out(report: ImportReport) -> None:
    """Say on standard error that documents of the portal's own files were left out, if any were."""
    if report.errors:
        typer.secho(f"idp: {left_out(report)}; `idp import` says where and why", fg="yellow", err=True)


def left_out(report: ImportReport) -> str:
    """Say how many errors there were and what that means; one document may have several."""
    errors = "1 error" if report.errors == 1 else f"{report.errors} errors"
    return f"{errors} in catalog files, and the documents that have them were left out"


def _created(change: EntityChange) -> str:
    values = {field.field: field.after for field in change.fields}
    told = [
        f"{name} {_shown(values[name])}" for name in ("owner", "type", "lifecycle", "tier") if name in values
    ]
    return ", ".join(told) or f"{len(change.fields)} fields"


def _shown(value: Json) -> str:
    if value is None:
        return "(none)"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN_TEXT else text[: SHOWN_TEXT - 1] + "…"


def report_json(report: ImportReport, *, dry_run: bool) -> dict[str, Json]:
    """Return an import's report as one object: counts, findings and, for a dry run, every change."""
    return {
        "kind": "import",
        "dry_run": dry_run,
        "files": report.look.read,
        **{what: report.count(what) for what in ("created", "changed", "unchanged")},
        "errors": report.errors,
        "change_sets": [each.number for each in report.change_sets if each.number],
        "notes": list(report.look.notes),
        "findings": [finding_json(each) for each in report.look.findings],
        "changes": [change_json(each) for one in report.change_sets for each in one.changes]
        if dry_run
        else [],
    }


def finding_json(finding: Finding) -> Json:
    """Return where something was wrong, what, and what would be right."""
    return {
        "path": finding.path,
        "line": finding.line,
        "severity": finding.severity,
        "problem": finding.problem,
        "remedy": finding.remedy,
    }


def change_json(change: EntityChange) -> Json:
    """Return what happened to one entity, field by field."""
    return {
        "ref": str(change.ref),
        "operation": change.operation,
        "fields": [_field_json(each) for each in change.fields],
    }


def _field_json(field: FieldChange) -> Json:
    return {"field": field.field, "before": field.before, "after": field.after}
