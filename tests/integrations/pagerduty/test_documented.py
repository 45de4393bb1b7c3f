"""docs/sources.md has words for every option, claimant, list and event."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrations import registry
from integrations.pagerduty import INTEGRATION
from integrations.pagerduty.options import PagerDutyOptions
from tests.integrations.pagerduty.stage import PagerDutyStage
from workflows.ports import Task

PAGE = (Path(__file__).parents[3] / "docs" / "sources.md").read_text("utf-8")
SECTION = PAGE.partition("\n## PagerDuty\n")[2].partition("\n## ")[0]


def test_the_registry_has_it() -> None:
    assert registry.load("pagerduty") is INTEGRATION


@pytest.mark.parametrize("name", PagerDutyOptions.model_fields)
def test_every_option_has_words(name: str) -> None:
    assert f"| `{name}` |" in SECTION
    assert PagerDutyOptions.model_fields[name].description


def test_every_claimant_has_words(stage: PagerDutyStage) -> None:
    for each in stage.open().fetch(Task()).snapshots:
        assert f"| `{each.source}` |" in SECTION


def test_every_list_that_is_tried_has_words(stage: PagerDutyStage) -> None:
    tried = [each.name.removesuffix(": read") for each in stage.open().validate() if ": read" in each.name]
    assert len(tried) == 8
    assert all(each in SECTION for each in tried)
