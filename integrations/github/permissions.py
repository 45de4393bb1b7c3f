"""Tries what a look needs: the credential, each organization, each permission by asking a little of it.

Never raises: what cannot be asked is what its rows say.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import IdpError, OutsideFailure
from domain.sources import Permission
from integrations.calling.failures import line
from integrations.calling.health import entered, refused, told
from integrations.github.client import Answer, GitHubClient, Lacks
from integrations.github.failures import TooMuch
from integrations.github.options import GitHubOptions
from integrations.github.queries import ORDER, RATE
from workflows.ports import Task

IMPLIED = {
    "admin:org": {"write:org", "read:org"},
    "write:org": {"read:org"},
    "user": {"read:user", "user:email"},
    "repo": {"public_repo", "repo:status", "security_events"},
}
"""What a classic token's scope brings with it."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One permission, by its name for fine-grained tokens and Apps, and by a classic token's scope."""

    name: str
    scope: str
    field: str
    """The field whose error tells that it is missing."""
    query: str
    """What is asked of the organization."""
    optional: bool = False
    missed: str = ""
    """What a look lacks without it."""


def _of_a_repository(fields: str) -> str:
    return f"repositories(first: 1, {ORDER % 'PUSHED_AT'}) {{ nodes {{ id {fields} }} }}"


PROBES = (
    Probe("Metadata: read", "repo", "repositories", _of_a_repository("")),
    Probe("Contents: read", "repo", "object", _of_a_repository('object(expression: "HEAD:") { id }')),
    Probe("Members: read (organization)", "read:org", "teams", "teams(first: 1) { nodes { id } }"),
    Probe(
        "Pull requests: read", "repo", "pullRequests",
        _of_a_repository("pullRequests(first: 1) { nodes { id } }"), True, "pull requests and who merges",
    ),
    Probe(
        "Commit statuses and Checks: read", "repo", "statusCheckRollup",
        _of_a_repository("defaultBranchRef { target { ... on Commit { statusCheckRollup { state } } } }"),
        True, "the state of checks",
    ),
    Probe(
        "Administration: read", "repo", "branchProtectionRule",
        _of_a_repository("defaultBranchRef { branchProtectionRule { id } }"), True, "branch protection",
    ),
    Probe(
        "Dependabot alerts: read", "repo", "vulnerabilityAlerts",
        _of_a_repository("vulnerabilityAlerts(first: 1) { totalCount }"), True, "vulnerability alerts",
    ),
    Probe(
        "Email addresses of members", "read:user", "email",
        "membersWithRole(first: 1) { nodes { id email } }", True, "members' e-mail addresses",
    ),
)  # fmt: skip


def permissions(client: GitHubClient, options: GitHubOptions, credential: str) -> tuple[Permission, ...]:
    """Return the rows that `Connected.validate` promises; `credential` is the variable that holds it."""
    return (*_tried_all(client, options, credential), *told(client.skew, client.quota))


def _tried_all(client: GitHubClient, options: GitHubOptions, credential: str) -> list[Permission]:
    try:
        answer = client.ask(f"query {{ {RATE} viewer {{ login }} }}", {}, Task())
    except (Lacks, TooMuch) as error:
        return [*entered(options.url, credential, OutsideFailure(str(error)))]
    except IdpError as error:
        rows = [*entered(options.url, credential, error)]
        return [*rows, refused("viewer", error)] if rows[-1].granted else rows
    scopes = _scopes(answer)
    rows = [*entered(options.url, credential, None)]
    for login in options.organization:
        rows += _in(client, login, scopes, several=len(options.organization) > 1)
    return rows


def _in(
    client: GitHubClient, login: str, scopes: frozenset[str] | None, *, several: bool
) -> list[Permission]:
    name = f"organization {login}"
    try:
        found = client.ask(_query("id"), {"login": login}, Task())
    except (IdpError, Lacks, TooMuch) as error:
        return [Permission(name, False, str(error), getattr(error, "hint", ""))]
    if not found.data.get("organization"):
        hint = "Check its spelling, and that the token or App is allowed in it."
        return [Permission(name, False, "GitHub shows no such organization to this credential", hint)]
    rows = [Permission(name, True)]
    for probe in PROBES:
        label = f"{probe.scope}: {probe.name.partition(':')[0]}" if scopes is not None else probe.name
        rows.append(_tried(client, login, probe, scopes, f"{label} in {login}" if several else label))
    return rows


def _tried(
    client: GitHubClient, login: str, probe: Probe, scopes: frozenset[str] | None, label: str
) -> Permission:
    remedy = f"Give the token the permission {probe.name!r}"
    if scopes is not None:
        remedy = f"Give the token the scope {probe.scope}"
    if probe.optional:
        remedy += f"; without it a look has no {probe.missed}"
    if scopes is not None and probe.scope not in scopes:
        has = ", ".join(sorted(scopes)) or "none"
        return Permission(label, False, f"the token's scopes are: {has}", f"{remedy}.", probe.optional)
    try:
        answer = client.ask(_query(probe.query), {"login": login}, Task())
    except (IdpError, Lacks, TooMuch) as error:
        return Permission(label, False, line(str(error)), f"{remedy}.", probe.optional)
    problem = _problem(answer, probe)
    return Permission(label, not problem, problem, f"{remedy}." if problem else "", probe.optional)


def _problem(answer: Answer, probe: Probe) -> str:
    for error in answer.errors:
        if probe.field in (error.get("path") or ()):
            return line(str(error.get("message", "")))
    return ""


def _query(fields: str) -> str:
    return f"query($login: String!) {{ {RATE} organization(login: $login) {{ id {fields} }} }}"


def _scopes(answer: Answer) -> frozenset[str] | None:
    """Return a classic token's scopes with what they imply; None for other credentials."""
    header = answer.headers.get("x-oauth-scopes")
    if header is None:
        return None
    named = {each.strip() for each in header.split(",") if each.strip()}
    return frozenset(named | {implied for each in named for implied in IMPLIED.get(each, ())})
