"""docs/sources.md has words for every option, permission and event."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrations import registry
from integrations.github import INTEGRATION
from integrations.github.options import Batches, GitHubOptions
from integrations.github.permissions import PROBES

PAGE = (Path(__file__).parents[3] / "docs" / "sources.md").read_text("utf-8")
SECTION = PAGE.partition("\n## GitHub\n")[2].partition("\n## ")[0]


def test_the_registry_has_it() -> None:
    assert registry.load("github") is INTEGRATION


@pytest.mark.parametrize("name", [*GitHubOptions.model_fields, *Batches.model_fields])
def test_every_option_has_words(name: str) -> None:
    assert f"`{name}`" in SECTION
    field = {**GitHubOptions.model_fields, **Batches.model_fields}[name]
    assert field.description


@pytest.mark.parametrize("name", [each.name.partition(":")[0].split(" and ")[0] for each in PROBES])
def test_every_permission_has_words(name: str) -> None:
    assert name.split(" of ")[0].lower().replace("email", "e-mail") in SECTION.lower()
