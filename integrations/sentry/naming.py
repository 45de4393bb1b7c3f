"""What Sentry's things are called in the catalog, and where people see them. Pure."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, urlencode

from domain.entities import Claim, Grounds, Json
from integrations.sentry.answers import Project
from integrations.sentry.options import SentryOptions
from integrations.tools import claims

VENDOR = "sentry"


class Names:
    """Names of one organization's things."""

    def __init__(self, options: SentryOptions) -> None:
        self._organization = options.organization
        self._web = options.web_url
        self._settings = options.settings_url

    def key(self, project: Project) -> str:
        """Return a project's name among all Sentries: `sentry:acme/payments-api`."""
        return claims.service_alias(VENDOR, f"{self._organization}/{project.slug}")

    def aliases(self, project: Project) -> tuple[str, ...]:
        """Return what leads to a project, the surest first: the annotation may leave the organization out."""
        return self.key(project), claims.service_alias(VENDOR, project.slug)

    def id(self, project: Project) -> str:
        """Return the id of every claim on a project, which stays when it is renamed."""
        return f"service/{project.id}"

    def page(self, project: Project) -> str:
        """Return where people see a project."""
        return f"{self._web}/projects/{quote(project.slug)}/"

    def team_page(self, slug: str) -> str:
        """Return where people see a team."""
        return f"{self._settings}/teams/{quote(slug)}/"

    def issues_page(self, project: Project, days: int) -> str:
        """Return the list of a project's unresolved errors, with as many in it as are counted."""
        asked = {"project": project.id, "query": UNRESOLVED, "statsPeriod": f"{days}d"}
        return f"{self._web}/issues/?{urlencode(asked)}"

    def release_page(self, project: Project, version: str) -> str:
        """Return where people see a release of a project."""
        return f"{self._web}/releases/{quote(version, safe='')}/?{urlencode({'project': project.id})}"

    def rules_page(self, project: Project) -> str:
        """Return where people see and write a project's ownership rules."""
        return f"{self._settings}/projects/{quote(project.slug)}/ownership/"

    def remark(
        self,
        project: Project,
        fields: dict[str, Json],
        *,
        url: str = "",
        grounds: dict[str, Grounds] | None = None,
    ) -> Claim:
        """Return evidence on the component that a project is."""
        said = claims.remark(
            self.id(project), self.key(project), "Component", fields, url=url, grounds=grounds
        )
        return replace(said, same_as=self.aliases(project))


UNRESOLVED = "is:unresolved issue.category:error"
"""Sentry's search for what is counted: errors, and neither slow requests nor missed check-ins."""
