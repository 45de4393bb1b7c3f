"""Seeds: a small one is enough, and a wrong one says where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.person import Person
from playground.seed import SeedError, load_seed
from playground.server import Playground

SMALL = """
team: {id: T0ACME, name: Acme, domain: acme}
people:
  - {name: ana, real_name: Ana Silva, email: ana@acme.example}
channels:
  - {name: general, members: all}
usergroups:
  - {handle: team-pay, users: [ana]}
"""


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "playground.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_ids_are_made_from_names_and_stay_the_same(tmp_path: Path) -> None:
    path = write(tmp_path, SMALL)
    seed, again = load_seed(path), load_seed(path)
    assert seed == again
    assert seed.people[0].id.startswith("U")
    assert len({seed.people[0].id, seed.channels[0].id, seed.usergroups[0].id}) == 3


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("people: [{name: ana}, {name: ana}]", "person's name given twice: ana"),
        (
            "channels: [{name: general, members: [zoe]}]",
            "channel general names people who are not under people: zoe",
        ),
        ("usergroups: [{handle: pay, users: [zoe]}]", "user group pay names people"),
        ("people: [{name: ana, colour: red}]", "people.0.colour: Extra inputs are not permitted"),
        ("channels: [{name: General}]", "channels.0.name: String should match"),
        ("people: [{name: ana, id: C1}]", "people.0.id: String should match"),
        ("messages: [{channel: nowhere, app: Sentry}]", "message in nowhere: there is no such channel"),
        ("messages: [{channel: x, text: hi}]", "a message is by a person or by an app"),
        ("messages: [{channel: x, person: zoe}]", "message in x names people who are not under people: zoe"),
        ("- a list", "must be a mapping with the keys team, people, channels, usergroups, messages"),
        ("a: [", "not YAML in UTF-8"),
        (b"\xff\xfe\x00", "not YAML in UTF-8"),
    ],
)
def test_a_wrong_seed_says_where_and_what(tmp_path: Path, text: str | bytes, words: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SeedError) as error:
        load_seed(path)
    assert words in str(error.value)
    assert str(path) in str(error.value)


def test_a_seed_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="No such file"):
        load_seed(tmp_path / "none.yaml")


def test_messages_of_people_and_apps_stand_there_from_the_start(tmp_path: Path) -> None:
    said = """
messages:
  - {channel: general, app: Sentry, attachments: [{title: It broke, color: e03e2f}]}
  - {channel: general, person: ana, text: "Whose is this?"}
"""
    with (
        Playground(load_seed(write(tmp_path, SMALL + said))) as playground,
        Person(playground.url, "ana") as ana,
    ):
        alert, question = ana.messages("general")
    assert (alert.body["username"], alert.body["attachments"][0]["title"]) == ("Sentry", "It broke")
    assert (question.body["user"], question.text) == (ana.id, "Whose is this?")
