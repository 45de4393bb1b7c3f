"""The GraphQL documents that are asked, put together of parts that a GitHub may lack or forbid.

Asks nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable

BARE = (
    "id name nameWithOwner owner { login } url description visibility isArchived isFork isTemplate "
    "createdAt pushedAt updatedAt"
)
"""Of a repository, what everybody may read who sees it."""

REVIEWS = "... on PullRequestParameters { requiredApprovingReviewCount }"
CHECKS = "... on RequiredStatusChecksParameters { requiredStatusChecks { context } }"

PARTS: dict[str, str] = {
    "branchProtectionRule": (
        "branchProtectionRule { allowsForcePushes requiresApprovingReviews requiredApprovingReviewCount "
        "requiresStatusChecks requiredStatusCheckContexts }"
    ),
    "rules": f"rules(first: 50) {{ nodes {{ type parameters {{ __typename {REVIEWS} {CHECKS} }} }} }}",
    "statusCheckRollup": "statusCheckRollup { state }",
    "vulnerabilityAlerts": (
        "vulnerabilityAlerts(states: OPEN, first: 50) { totalCount pageInfo { hasNextPage endCursor } "
        "nodes { securityVulnerability { severity } } }"
    ),
    "openRequests": "openRequests: pullRequests(states: OPEN) { totalCount }",
    "merged": (
        "merged: pullRequests(states: MERGED, first: 50, orderBy: {field: UPDATED_AT, direction: DESC}) "
        "{ nodes { mergedAt mergedBy { __typename login } } }"
    ),
    "object": (
        'tree: object(expression: "HEAD:") { ... on Tree { entries { name type '
        "object { ... on Tree { entries { name type } } } } } }"
    ),
    "email": "email",
    "organizationVerifiedDomainEmails": "organizationVerifiedDomainEmails(login: $login)",
}
"""By the name under which GitHub's errors know it."""

SPOILING = frozenset({"openRequests", "merged", "email", "organizationVerifiedDomainEmails"})
"""Parts that can never be null: one that is forbidden takes the whole repository or person with it."""

RATE = "rateLimit { cost limit remaining resetAt }"
PAGE = "pageInfo { hasNextPage endCursor }"
ORDER = "orderBy: {field: %s, direction: DESC}"


class Parts:
    """Which parts are asked for; one that this GitHub does not have or give is left out from then on."""

    def __init__(self, *, without: Iterable[str] = ()) -> None:
        self._without = set(without)

    def drop(self, name: str) -> bool:
        """Leave a part out; return whether it was in."""
        known = name in PARTS and name not in self._without
        self._without.add(name)
        return known

    def whole(self) -> str:
        """Return what is asked of a repository."""
        ref = " ".join(map(self._part, ("branchProtectionRule", "rules")))
        commit = f"... on Commit {{ committedDate url {self._part('statusCheckRollup')} }}"
        rest = " ".join(map(self._part, ("vulnerabilityAlerts", "openRequests", "merged", "object")))
        return (
            f"{BARE} homepageUrl primaryLanguage {{ name }} "
            "languages(first: 25, orderBy: {field: SIZE, direction: DESC}) { edges { size node { name } } } "
            "repositoryTopics(first: 50) { nodes { topic { name } } } "
            "latestRelease { tagName publishedAt createdAt url } "
            f"defaultBranchRef {{ name {ref} target {{ {commit} }} }} {rest}"
        )

    def people(self) -> str:
        """Return what is asked of a member."""
        return f"id login name {self._part('email')} {self._part('organizationVerifiedDomainEmails')}"

    def _part(self, name: str) -> str:
        return "" if name in self._without else PARTS[name]


def listing(fields: str, order: str) -> str:
    """Return the query of one page of an organization's repositories."""
    return (
        f"query($login: String!, $first: Int!, $after: String) {{ {RATE} organization(login: $login) {{ "
        f"repositories(first: $first, after: $after, {ORDER % order}) {{ {PAGE} nodes {{ {fields} }} }} }} }}"
    )


def by_id(fields: str) -> str:
    """Return the query of repositories by their node ids."""
    return f"query($ids: [ID!]!) {{ {RATE} nodes(ids: $ids) {{ ... on Repository {{ {fields} }} }} }}"


def more_alerts() -> str:
    """Return the query of further vulnerability alerts of one repository."""
    alerts = PARTS["vulnerabilityAlerts"].replace("first: 50", "first: 100, after: $after")
    return (
        f"query($id: ID!, $after: String) {{ {RATE} node(id: $id) {{ ... on Repository {{ {alerts} }} }} }}"
    )


MEMBERS = f"members(first: $many, membership: IMMEDIATE) {{ {PAGE} nodes {{ login }} }}"
REPOSITORIES = f"repositories(first: $many) {{ {PAGE} edges {{ permission node {{ id }} }} }}"
TEAM = "id slug combinedSlug name description url parentTeam { combinedSlug }"

TEAMS = (
    f"query($login: String!, $first: Int!, $after: String, $many: Int!) {{ {RATE} "
    "organization(login: $login) { teams(first: $first, after: $after) "
    f"{{ {PAGE} nodes {{ {TEAM} {MEMBERS} {REPOSITORIES} }} }} }} }}"
)
MORE_MEMBERS = (
    f"query($id: ID!, $after: String, $many: Int!) {{ {RATE} node(id: $id) {{ ... on Team {{ "
    f"{MEMBERS.replace('first: $many', 'first: $many, after: $after')} }} }} }}"
)
MORE_REPOSITORIES = (
    f"query($id: ID!, $after: String, $many: Int!) {{ {RATE} node(id: $id) {{ ... on Team {{ "
    f"{REPOSITORIES.replace('first: $many', 'first: $many, after: $after')} }} }} }}"
)


def people(fields: str) -> str:
    """Return the query of one page of an organization's members."""
    return (
        f"query($login: String!, $first: Int!, $after: String) {{ {RATE} organization(login: $login) {{ "
        f"membersWithRole(first: $first, after: $after) {{ {PAGE} nodes {{ {fields} }} }} }} }}"
    )


def access(count: int) -> str:
    """Return the query of what each team may do in so many repositories, found by name."""
    names = "".join(f", $n{place}: String!" for place in range(count))
    asked = " ".join(
        f"r{place}: repositories(first: 100, query: $n{place}) {{ edges {{ permission node {{ id }} }} }}"
        for place in range(count)
    )
    teams = f"teams(first: $first, after: $after) {{ {PAGE} nodes {{ combinedSlug {asked} }} }}"
    return (
        f"query($login: String!, $first: Int!, $after: String{names}) {{ {RATE} "
        f"organization(login: $login) {{ {teams} }} }}"
    )
