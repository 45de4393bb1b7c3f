"""The settings page is held to the settings: each has words, and none is there that does not exist."""

import re
from pathlib import Path

from bot.portal_file import PortalFile
from bot.settings import Environment

PAGE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")


def names_in(heading: str) -> set[str]:
    part = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"^\| `([^`]+)` \|", part, flags=re.MULTILINE))


def test_every_variable_has_words() -> None:
    assert names_in("Environment") == {name.upper() for name in Environment.model_fields}


def test_every_key_has_words() -> None:
    assert names_in("`idp.yaml`") == set(PortalFile.model_fields)
