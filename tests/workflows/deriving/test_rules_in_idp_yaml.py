"""Rules as they are written in `idp.yaml`: what is wrong is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.portal_file import read_portal_file
from domain.errors import BadConfiguration
from workflows.deriving.rules import Rules

GOOD = """\
company: Acme
rules:
  - set: {tier: 1, system: checkout, custom.pci: true, tags: [money]}
    when: "'pci' in entity.tags"
    because: what touches cards is critical
    kinds: [Component, Resource]
    confidence: 0.9
"""


def test_a_rule_is_read(tmp_path: Path) -> None:
    (tmp_path / "idp.yaml").write_text(GOOD, encoding="utf-8")
    [rule] = Rules.of(read_portal_file(tmp_path / "idp.yaml").rules).own
    assert rule.fields == {
        "tier": "1", "system": "system:default/checkout", "custom.pci": True, "tags": ["money"],
    }  # fmt: skip
    assert (rule.number, rule.confidence) == (1, 0.9)
    assert rule.kinds == frozenset({"component", "resource"})


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        (
            "in entity",
            "in in entity",
            4,
            "when: this condition can hold of nothing: it is no CEL expression: ",
        ),
        ("'pci' in entity.tags", "'pci' in (entity.tags", 4, "missing ')' at its end, at character 22"),
        ("in entity", "in entty", 4, "there is no `entty`; it may ask entity, files, runs"),
        ("'pci' in entity.tags", "entity.name.lower() == 'x'", 4, "there is no function `lower`"),
        ("because", "becaus", 3, "because is missing"),
        ("0.9", "90", 7, "confidence: Input should be less than or equal to 1"),
        ("tier: 1", "repo.archived: true", 3, "a rule cannot set repo.archived, but type, lifecycle"),
        ("tier: 1", "tier: [1]", 3, "tier must be a text"),
        ("[money]", "money", 3, "tags must be a list of texts"),
        ("checkout", "'a:b:c'", 3, "system: 'a:b:c' is not an entity reference"),
        ("custom.pci: true", "custom.pci: null", 3, "custom.pci has no value"),
        ("{tier: 1, system: checkout, custom.pci: true, tags: [money]}", "{}", 3, "at least 1 item"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, problem: str
) -> None:
    path = tmp_path / "idp.yaml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(BadConfiguration) as caught:
        read_portal_file(path)
    assert str(caught.value).startswith(f"{path}:{line}: rules.0.")
    assert problem in str(caught.value)
    assert caught.value.hint == "Keys of a rule: set, when, because, kinds, confidence"


def test_a_condition_has_bounds(tmp_path: Path) -> None:
    path = tmp_path / "idp.yaml"
    for when, problem in (
        ("true || " * 900 + "true", "7,204 characters"),
        ("(" * 300 + "true" + ")" * 300, "nested too deeply"),
    ):
        path.write_text(GOOD.replace("'pci' in entity.tags", when), encoding="utf-8")
        with pytest.raises(BadConfiguration, match=problem):
            read_portal_file(path)
