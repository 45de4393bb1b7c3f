"""Which files of a repository the catalog remembers being there.

Fetches none of them: `wanted` and `integrations.kept_texts` say which texts an adapter asks for.
"""

from __future__ import annotations

from functools import lru_cache

from integrations.hosting.wanted import AT_TOP, IN_FOLDERS

_ANYWHERE = frozenset({
    *(name.rpartition("/")[2].lower() for name in (*AT_TOP, *IN_FOLDERS)),
    "license", "license.md", "license.txt", "copying", "security.md", "contributing.md", "changelog.md",
    "code_of_conduct.md", "support.md", "runbook.md", "makefile", "docker-compose.yml", "docker-compose.yaml",
    "compose.yaml", "compose.yml", "containerfile", "procfile", "app.yaml", "helmfile.yaml",
    "kustomization.yaml", "skaffold.yaml", "terragrunt.hcl", "pulumi.yaml", "cdk.json",
    "netlify.toml", "vercel.json", "firebase.json", "cname", "_config.yml", "docusaurus.config.js",
    "docusaurus.config.ts", "jenkinsfile", ".gitlab-ci.yml", ".travis.yml", "azure-pipelines.yml",
    "bitbucket-pipelines.yml", "renovate.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml",
    "poetry.lock", "uv.lock", "cargo.lock", "go.sum", "gemfile.lock", "composer.lock", "pubspec.yaml",
    ".pre-commit-config.yaml", ".editorconfig", "package.swift", "build.sbt",
})  # fmt: skip
"""Names in lower case."""

_ENDINGS = (".tf", ".proto", ".csproj", ".sln", ".gemspec")
_BELOW = ("/.github/workflows/", "/.circleci/", "/.github/dependabot.", "/docs/", "/runbooks/", "/adr/")

MOST = 400
"""Paths that are remembered of one repository, the uppermost first; nobody counts on the rest."""


@lru_cache(maxsize=65_536)
def is_of_interest(path: str) -> bool:
    """Tell whether it matters to rules and checks that a repository has this file."""
    low = path.lower()
    name = low.rpartition("/")[2]
    if name in _ANYWHERE or name.startswith("dockerfile.") or low.endswith(_ENDINGS):
        return True
    return any(each in f"/{low}" for each in _BELOW)


def of_interest(paths: list[str]) -> list[str]:
    """Return those of the paths that matter, at most MOST, the uppermost first, then by the alphabet."""
    found = [path for path in paths if is_of_interest(path)]
    return sorted(found, key=lambda path: (path.count("/"), path))[:MOST]
