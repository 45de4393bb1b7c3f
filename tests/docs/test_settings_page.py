"""The settings page is held to the settings: each has words, and none is there that does not exist."""

import re
from pathlib import Path

import yaml

from bot.portal_file import PortalFile
from bot.settings import Environment
from domain.people_mapping import mapped, mistake_in

PAGE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")


def names_in(heading: str) -> set[str]:
    part = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"^\| `([^`]+)` \|", part, flags=re.MULTILINE))


def test_every_variable_has_words() -> None:
    assert names_in("Environment") == {name.upper() for name in Environment.model_fields}


def test_every_key_has_words() -> None:
    assert names_in("`idp.yaml`") == set(PortalFile.model_fields)


def test_the_example_of_people_is_a_good_one() -> None:
    text = PAGE.split("### `people`\n", 1)[1].split("```yaml\n", 1)[1].split("```", 1)[0]
    people = PortalFile.model_validate(yaml.safe_load(text)).people
    assert mistake_in(people) is None
    assert [each.marker for each in mapped(people)] == ["people:ana@acme.example", "people:user:default/ben"]
