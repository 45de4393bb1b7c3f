"""Which files of a repository are fetched for their text, and which alone for being there.

Says nothing on what they mean: readers, rules and checks do.
"""

from __future__ import annotations

AT_TOP: tuple[str, ...] = (
    "catalog-info.yaml", "catalog-info.yml", "opslevel.yml", "opslevel.yaml", "cortex.yaml", "cortex.yml",
    "compass.yml", "compass.yaml", "service.datadog.yaml", "service.datadog.yml", "entity.datadog.yaml",
    "entity.datadog.yml",
    "CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS", "docs/CODEOWNERS",
    "README.md", "README.rst", "README", "mkdocs.yml", "mkdocs.yaml", "docs/index.md", "docs/README.md",
    "runbook.md", "RUNBOOK.md", "docs/runbook.md",
    "openapi.yaml", "openapi.yml", "openapi.json", "swagger.yaml", "swagger.json", "api/openapi.yaml",
    "asyncapi.yaml", "asyncapi.yml", "asyncapi.json", "schema.graphql",
    "Dockerfile", "package.json", "pyproject.toml", "setup.cfg", "setup.py", "requirements.txt", "go.mod",
    "pom.xml",
    "build.gradle", "build.gradle.kts", "Cargo.toml", "Gemfile", "composer.json", "mix.exs", "Chart.yaml",
    "serverless.yml", "main.tf",
)  # fmt: skip
"""Paths from the top."""

IN_FOLDERS: tuple[str, ...] = (
    "catalog-info.yaml", "catalog-info.yml", "opslevel.yml", "opslevel.yaml", "cortex.yaml", "cortex.yml",
    "compass.yml", "compass.yaml", "service.datadog.yaml", "service.datadog.yml", "entity.datadog.yaml",
    "Dockerfile", "package.json", "pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", "go.mod",
    "pom.xml", "build.gradle", "build.gradle.kts", "Cargo.toml", "Gemfile", "composer.json", "mix.exs",
    "Chart.yaml",
)  # fmt: skip
"""Names below folders of a monorepo (`services/pay/Dockerfile`), down to the third level."""
