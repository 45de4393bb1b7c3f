"""Projects and teams as components and groups, members as users. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from domain.entities import Claim, Grounds, Json, Standing
from integrations.sentry.answers import Member, Project, Team
from integrations.sentry.naming import VENDOR, Names
from integrations.tools import claims

LANGUAGE = 0.6
"""How sure a platform is of the language: somebody chose it when the project was made."""
_LANGUAGES: Mapping[str, str] = {
    "python": "python", "ruby": "ruby", "php": "php", "go": "go", "rust": "rust", "java": "java",
    "kotlin": "kotlin", "elixir": "elixir", "dart": "dart", "flutter": "dart", "perl": "perl",
    "dotnet": "csharp", "csharp": "csharp", "unity": "csharp", "powershell": "powershell",
}  # fmt: skip
"""By a platform's first word. JavaScript's and node's are not here, which are TypeScript as often; nor are
android's and apple's, which have two languages each."""


def language_of(platform: str) -> str:
    """Return the language of a platform such as `python-django`; empty where it is not clear."""
    if platform in ("apple-swift", "cocoa-swift"):
        return "swift"
    return _LANGUAGES.get(platform.partition("-")[0], "")


def project_claim(project: Project, names: Names, standing: Standing) -> Claim:
    """Return what Sentry says of a project itself."""
    page = names.page(project)
    fields: dict[str, Json] = {"links": [{"url": page, "title": "Sentry"}]}
    grounds: dict[str, Grounds] = {}
    if language := language_of(project.platform):
        fields["language"] = language
        grounds["language"] = Grounds(LANGUAGE, f"the platform of Sentry's project is {project.platform}")
    if standing is Standing.REMARK:
        return names.remark(project, fields, url=page, grounds=grounds)
    if project.name and project.name != project.slug:
        fields["title"] = project.name
    said = claims.service(
        VENDOR, project.id, name=project.slug, fields=fields, aliases=names.aliases(project), url=page
    )
    return replace(said, grounds=grounds)


def team_claim(team: Team, names: Names) -> Claim:
    """Return what Sentry says of a team; who is in it is said of the people."""
    page = names.team_page(team.slug)
    fields: dict[str, Json] = {"links": [{"url": page, "title": "Sentry"}]}
    return claims.team(
        VENDOR,
        team.id,
        name=team.name or team.slug,
        handle=team.slug,
        fields=fields,
        aliases=(claims.team_alias(VENDOR, team.slug),),
        url=page,
    )


def people_claims(members: Iterable[Member], teams: Mapping[str, list[str]]) -> tuple[Claim, ...]:
    """Return a claim for each member; `teams` has the slugs of each member's teams by the member's id."""
    return tuple(
        claims.person(
            VENDOR,
            each.id,
            name=each.name,
            email=each.email,
            account=_account(each),
            teams=[claims.team_ref(slug) for slug in teams.get(each.id, ())],
        )
        for each in members
    )


def _account(member: Member) -> str:
    if member.disabled:
        return claims.DEACTIVATED
    return claims.INVITED if member.invited else claims.ACTIVE
