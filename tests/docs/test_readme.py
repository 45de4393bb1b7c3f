"""README is held to the software: its table of questions is the grammar's, its commands are the CLI's."""

import re
from pathlib import Path

from bot.cli import app
from questions.helping import topics

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def table_of_questions() -> str:
    """Return the table as README shows it; paste it there when this test fails."""
    rows = [
        f"| `{topic.usage}` | {topic.meaning} | {' · '.join(f'`{each}`' for each in topic.examples)} |"
        for topic in topics()
    ]
    return "\n".join(["| words | answer | for example |", "|---|---|---|", *rows])


def test_the_questions_are_those_of_the_grammar() -> None:
    shown = re.search(r"<!-- questions[^>]*-->\n(.*?)\n<!-- /questions -->", README, flags=re.DOTALL)
    assert shown is not None
    assert shown[1].strip() == table_of_questions(), table_of_questions()


def test_every_command_is_in_the_table() -> None:
    commands = {each.name or each.callback.__name__ for each in app.registered_commands if each.callback}
    listed = set(re.findall(r"^\| `idp (\w+)", README, flags=re.MULTILINE))
    assert listed == {*commands, "db"}


def test_every_linked_file_exists() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_room_is_on_the_map() -> None:
    rooms = {each.parent.name for each in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert rooms == set(re.findall(r"^\| \[`(\w+)/`\]", README, flags=re.MULTILINE))
