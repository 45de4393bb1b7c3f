"""The page on ownership and categories is held to the tables that it tells of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.portal_file import PortalFile
from integrations.hosting import confidences
from workflows.deriving.asked import VARIABLES
from workflows.deriving.blocks import SETTABLE, RuleBlock
from workflows.deriving.built_in import BUILT_IN
from workflows.deriving.rules import Rules

PAGE = (Path(__file__).parents[2] / "docs" / "ownership-and-categories.md").read_text(encoding="utf-8")


def test_every_built_in_rule_is_in_the_table_in_its_order() -> None:
    found = [line for line in PAGE.splitlines() if re.match(r"\| `(?:type|lifecycle|tier)` \| `", line)]
    assert found == [
        f"| `{row.field}` | `{row.value}` | {row.confidence} | {row.because} |" for row in BUILT_IN
    ]


def test_every_variable_has_words() -> None:
    for name, meaning in VARIABLES.items():
        assert f"| `{name}` | {meaning} |" in PAGE


@pytest.mark.parametrize(
    ("evidence", "confidence"),
    [
        ("topic, the team is known", f"{confidences.TOPIC_KNOWN_TEAM}"),
        ("topic, the teams are unknown", f"{confidences.TOPIC_UNKNOWN_TEAM}"),
        ("permission, one team", f"{confidences.PERMISSION_ONE_TEAM}"),
        ("permission, the most specific team", f"{confidences.PERMISSION_MOST_SPECIFIC}"),
        ("permission, teams alike", f"{confidences.PERMISSION_TIE}"),
        ("merges, a team", f"{confidences.MERGES_TEAM} times the share"),
        ("merges, a person", f"{confidences.MERGES_PERSON} times the share"),
    ],
)
def test_the_confidence_of_evidence_is_as_it_says(evidence: str, confidence: str) -> None:
    assert f"| {evidence} | {confidence} |" in PAGE


def test_the_example_is_good_rules() -> None:
    text = PAGE.split("```yaml\n", 1)[1].split("```", 1)[0]
    blocks = PortalFile.model_validate(yaml.safe_load(text)).rules
    assert len(Rules.of(blocks).own) == 3


def test_every_key_of_a_rule_has_words_and_every_field_is_named() -> None:
    for key in RuleBlock.model_fields:
        assert f"| `{key}` |" in PAGE
    for name in SETTABLE:
        assert f"`{name}`" in PAGE
