"""`people:` in `idp.yaml`: what may stand there, and what is told of a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.portal_file import read_portal_file
from domain.errors import BadConfiguration
from domain.people_mapping import mapped


def read(folder: Path, text: str) -> dict[str, list[str]]:
    path = folder / "idp.yaml"
    path.write_text(text, encoding="utf-8")
    return read_portal_file(path).people


def test_people_are_mapped_by_address_or_ref(tmp_path: Path) -> None:
    assert read(tmp_path, "company: Acme") == {}
    found = read(
        tmp_path,
        "people:\n  Ana@acme.example: [github:Ana, datadog:ana@acme.example, ana@old.example]\n"
        "  user:ben: [slack:U0BEN]\n",
    )
    ana, ben = mapped(found)
    assert list(ana.names) == [
        "mailto:ana@acme.example", "github-user:ana", "datadog-user:ana@acme.example",
        "mailto:ana@old.example",
    ]  # fmt: skip
    assert ana.marker == "people:ana@acme.example"
    assert list(ben.names) == ["user:default/ben", "slack:u0ben", "slack-user:u0ben"]


@pytest.mark.parametrize(
    ("text", "line", "problem", "remedy"),
    [
        ("people:\n  ana: [github:ana]", 2, "neither an e-mail address nor a person's ref", "ana@acme"),
        ("people:\n  team:pay: [github:ana]", 2, "'team:pay' is the ref of no person", "user:default/ana"),
        ("people:\n  a@x.io:\n    - github:ana\n    - ana", 4, "neither a tool's name", "slack:U0ANA"),
        ("people:\n  a@x.io: [github-user:ana]", 2, "is an alias of the catalog", "Write github:ana."),
        ("people:\n  a@x.io: ['mailto:b@x.io']", 2, "a word too many", "Write b@x.io."),
        ("people:\n  a@x.io: ['user:ben']", 2, "'user:ben' is a ref", "Have it as the key"),
        ("people:\n  a@x.io: github:ana", 2, "people.a@x.io must be a list", "ana@acme.example: ["),
        ("people:\n  a@x.io:\n    - github: ana", 3, "must be text", "ana@acme.example: ["),
        (
            "people:\n  a@x.io: [github:ana]\n  b@x.io:\n    - slack:U1\n    - github:Ana",
            5,
            "github:Ana is given to two people, a@x.io and b@x.io",
            "Keep it with one.",
        ),
        ("people:\n  a@x.io: []\n  b@x.io: [A@x.io]", 3, "is given to two people", "Keep it with one."),
        ("people:\n  user:ben: []\n  user:default/Ben: []", 3, "is given to two people", "Keep it with one."),
    ],
)  # fmt: skip
def test_a_mistake_names_its_line_and_what_would_be_right(
    tmp_path: Path, text: str, line: int, problem: str, remedy: str
) -> None:
    with pytest.raises(BadConfiguration, match=rf"idp\.yaml:{line}: ") as caught:
        read(tmp_path, text)
    assert problem in str(caught.value)
    assert remedy in caught.value.hint
