"""What Jira wants of a new issue, by its createmeta: the types of a project, and the fields of a type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from domain.errors import BadInput
from integrations.calling.failures import Absent, Rejected
from integrations.jira.answers import text
from integrations.jira.api import Api
from workflows.ports import WantedTicket

PAGE = 200
_FILLED = frozenset({"project", "issuetype", "summary", "reporter"})
"""Fields that are always given, or that Jira fills in with who asks."""


class Requirements:
    """Asks one Jira."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def met(self, wanted: WantedTicket) -> str:
        """Return the type's name as Jira writes it. Raises BadInput where anything is missing or unknown."""
        found = self._type(wanted)
        fields = self._fields(wanted, text(found, "id"))
        given = _FILLED | {"labels"} | ({"description"} if wanted.text.strip() else set())
        if wanted.component:
            given |= {"components"}
            _offered(wanted, fields)
        if missing := [
            text(each, "name") or name
            for name, each in fields.items()
            if each.get("required") is True and each.get("hasDefaultValue") is not True and name not in given
        ]:
            raise BadInput(
                f"Jira wants more of a {text(found, 'name')} in {wanted.project}: {', '.join(missing)}",
                "Make these fields optional there, or take another type or project.",
            )
        if unset := sorted(given - _FILLED - fields.keys()):
            raise BadInput(
                f"a {text(found, 'name')} in {wanted.project} takes no {', '.join(unset)}",
                "Put the fields on the project's screen for creating issues.",
            )
        return text(found, "name")

    def type_named(self, wanted: WantedTicket) -> str:
        """Return the type's name as Jira writes it. Raises BadInput where the project has none."""
        return text(self._type(wanted), "name")

    def _type(self, wanted: WantedTicket) -> dict[str, Any]:
        types = self._types(wanted.project)
        for each in types:
            if text(each, "name").lower() == wanted.type.strip().lower() and each.get("subtask") is not True:
                return each
        names = sorted({text(each, "name") for each in types if each.get("subtask") is not True})
        if not names:
            raise BadInput(
                f"no issues can be created in {wanted.project} with this credential",
                "Give its account the permission Create Issues there.",
            )
        raise BadInput(f"{wanted.project} has no type {wanted.type!r}", f"It has {', '.join(names)}.")

    def _types(self, project: str) -> list[dict[str, Any]]:
        try:
            return self._read(f"issue/createmeta/{quote(project, safe='')}/issuetypes", "issueTypes")
        except (Absent, Rejected):
            raise BadInput(
                f"there is no project {project!r} in Jira, or not for this credential", "Write its key: PAY."
            ) from None

    def _fields(self, wanted: WantedTicket, type_: str) -> dict[str, dict[str, Any]]:
        path = f"issue/createmeta/{quote(wanted.project, safe='')}/issuetypes/{quote(type_, safe='')}"
        return {text(each, "fieldId"): each for each in self._read(path, "fields")}

    def _read(self, path: str, name: str) -> list[dict[str, Any]]:
        named = name if self._api.site().cloud else "values"
        pages: Iterable[list[Any]] = self._api.pages(path, {}, PAGE, name=named)
        return [each for page in pages for each in page if isinstance(each, dict)]


def _offered(wanted: WantedTicket, fields: dict[str, dict[str, Any]]) -> None:
    allowed = fields.get("components", {}).get("allowedValues")
    names = {text(each, "name") for each in allowed} if isinstance(allowed, list) else set()
    if names and wanted.component not in names:
        raise BadInput(
            f"{wanted.project} has no component {wanted.component!r}", f"It has {', '.join(sorted(names))}."
        )
