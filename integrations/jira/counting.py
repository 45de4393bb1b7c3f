"""Counts open issues in one sweep for each kind, asking for the fewest fields; keeps no issue.

A query for each component would be thousands of requests; a sweep is one for every 1,000 issues or more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from domain.entities import Finding
from integrations.calling.failures import Rejected
from integrations.jira.answers import text
from integrations.jira.api import Api
from integrations.jira.options import JiraOptions
from workflows.ports import Task

OPEN = "statusCategory != Done"
KINDS = ("bugs", "incidents")
FIELDS = ["project", "components"]


@dataclass(slots=True)
class Counts:
    """How many issues are open: of each kind, by the id of the project or of the component."""

    projects: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in KINDS})
    components: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in KINDS})
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def condition(options: JiraOptions, kind: str) -> str:
    """Return the query for what is open of a kind; empty where nothing is of it."""
    chosen: str = getattr(options, kind)
    return f"({chosen}) AND {OPEN}" if chosen else ""


def count(api: Api, options: JiraOptions, projects: Sequence[str] | None, task: Task) -> Counts:
    """Count in the projects with these ids; None: in all that the credential sees.

    Raises as `Api.get`. A type of issue that only our default names need not exist: then there are none.
    """
    counts, done = Counts(), 0
    for kind in KINDS:
        query = condition(options, kind)
        if not query or projects == []:
            continue
        if projects is not None:
            query = f"project in ({', '.join(projects)}) AND {query}"
        nowhere = 0
        try:
            for page in api.issues(f"{query} ORDER BY key", FIELDS, stopped=task.stopped):
                nowhere += sum(not _counted(each, counts, kind) for each in page)
                done += len(page)
                task.progress(done, None, f"open {kind}")
        except Rejected as refusal:
            if kind in options.model_fields_set or not _says_there_is_no_type(
                refusal, getattr(options, kind)
            ):
                raise api.failure(f"does not take `{kind}`: {refusal}", f"Mend `{kind}`.") from None
            counts.notes.append(
                f"{api.target.source}: no {kind} are counted: Jira does not know `{getattr(options, kind)}`; "
                f"say in `{kind}` what they are"
            )
        if nowhere:
            what = f"{nowhere} of the open {kind} name no project, and are not counted"
            counts.findings.append(Finding(api.target.source, 0, what, "Ask Jira's support.", "warning"))
    return counts


def _says_there_is_no_type(refusal: Rejected, chosen: str) -> bool:
    """Whether Jira refuses a query for the type of issue that it names, and not for anything else."""
    field, _, name = chosen.partition(" = ")
    return field in str(refusal) and f"'{name}'" in str(refusal)


def _counted(issue: object, counts: Counts, kind: str) -> bool:
    fields = issue.get("fields") if isinstance(issue, dict) else None
    if not isinstance(fields, dict) or not (project := text(fields.get("project"), "id")):
        return False
    counts.projects[kind][project] += 1
    components = fields.get("components")
    named = _ids(components) if isinstance(components, list) else ()
    for component in dict.fromkeys(named):
        counts.components[kind][component] += 1
    return True


def _ids(components: Iterable[object]) -> list[str]:
    return [id_ for each in components if (id_ := text(each, "id"))]
