"""A large organization: repositories by the thousand, with files, teams and merges as they are in life."""

from __future__ import annotations

from datetime import timedelta

from playground.vendors.github.state import Guarding, Merge, Organization, Person, Repository, Team
from tests.integrations.github.stage import NOW

FILES = {
    "README.md": "# A service\n\nWhat it does.\n",
    "CODEOWNERS": "* @acme/team-1\n",
    "catalog-info.yaml": "apiVersion: backstage.io/v1alpha1\nkind: Component\n",
    "Dockerfile": "FROM scratch\n",
    "go.mod": "module acme.example/service\n",
    "cmd/server/main.go": "package main\n",
    "docs/index.md": "# Documentation\n",
    "internal/app/app.go": "package app\n",
    ".github/workflows/build.yaml": "on: push\n",
}
MONOREPO = {
    f"services/part-{number}/{name}": "x\n" for number in range(4) for name in ("Dockerfile", "go.mod")
}


def crowd(repositories: int, teams: int = 150, people: int = 600) -> Organization:
    """Return an organization of that size; every 20th repository is a monorepo of four parts."""
    made = Organization("acme")
    for number in range(people):
        made.people[f"person-{number}"] = Person(1_000 + number, f"person-{number}")
    for number in range(teams):
        members = [f"person-{(number * 4 + each) % people}" for each in range(6)]
        made.teams[f"team-{number}"] = Team(
            7_000 + number, f"team-{number}", f"Team {number}", members=members
        )
    for number in range(repositories):
        at = NOW - timedelta(minutes=number)
        one = Repository(
            number=100_000 + number,
            owner="acme",
            name=f"service-{number}",
            created_at=NOW - timedelta(days=900),
            updated_at=at,
            pushed_at=at,
            topics=("go",),
            languages={"Go": 1_000},
            checks="SUCCESS",
            guarding=Guarding(),
            merges=[
                Merge(9, f"person-{number % people}", at),
                Merge(8, f"person-{(number + 1) % people}", at),
            ],
            teams={f"team-{number % teams}": "admin", "team-0": "read"},
            files={**FILES, **(MONOREPO if number % 20 == 0 else {})},
        )
        made.repositories[one.id] = one
    return made
