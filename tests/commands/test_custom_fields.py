"""Custom fields from `idp.yaml` to the card."""

from pathlib import Path

import pytest

from tests.commands.conftest import Idp

FIELDS = """\
fields:
  cost_center: {title: Cost centre, pattern: "CC-[0-9]+", kinds: [Component], required: true}
  replicas: {type: integer}
  on_call:
    type: boolean
    title: Paged at night
"""
SHEET = """\
name,owner,cost_center,replicas,on_call,colour
pay,team-pay,CC-12,3,yes,red
cart,team-cart,12,many,no,blue
"""


@pytest.fixture
def defined(tmp_path: Path) -> Path:
    folder = tmp_path / "fields"
    (folder / "catalog").mkdir(parents=True)
    (folder / "idp.yaml").write_text(FIELDS, encoding="utf-8")
    (folder / "catalog" / "services.csv").write_text(SHEET, encoding="utf-8")
    return folder


def test_a_sheets_words_come_in_as_the_fields_own_types(idp: Idp, defined: Path) -> None:
    ran = idp("import", "--portal", defined)
    assert ran.code == 0, ran.err
    assert 'services.csv:3: warning: custom.cost_center of component:cart was left out: "12"' in ran.err
    assert "Write what matches CC-[0-9]+." in ran.err
    assert 'custom.replicas of component:cart was left out: "many" is no whole number' in ran.err
    fields = idp("ask", "show pay", "--json", "--portal", defined).json["entity"]["fields"]
    assert (fields["custom.replicas"], fields["custom.on_call"], fields["custom.colour"]) == (3, True, "red")


def test_a_card_calls_a_field_by_its_title(idp: Idp, defined: Path) -> None:
    card = idp("ask", "show pay", "--portal", defined).out
    rows = dict(line.strip().split("  ", 1) for line in card.splitlines()[1:])
    assert rows["Cost centre"].strip() == "CC-12"
    assert rows["Paged at night"].strip() == "yes"
    assert rows["Colour"].strip() == "red"


def test_the_doctor_counts_what_lacks_a_required_field(idp: Idp, defined: Path) -> None:
    idp("import", "--portal", defined)
    said = idp("doctor", "--portal", defined).out
    assert "1 thing lacks the required field cost_center" in said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("fields:\n  a: {}\n  b: {}\n  a: {}\n", "idp.yaml:4: the key a stands here for the second time"),
        ("fields:\n  a:\n    type: money\n", "idp.yaml:3: fields.a.type must be 'text', 'number'"),
        ("fields:\n  a:\n    pattern: '('\n", "idp.yaml:3: fields.a.pattern: it is no regular expression"),
        ("fields:\n  a:\n    colour: red\n", "idp.yaml:3: there is no key fields.a.colour"),
        ("fields:\n  a: {}\n  b: {type: choice}\n", "idp.yaml:3: fields.b: a choice needs `values`"),
        ("fields:\n  'cost center': {}\n", "idp.yaml:2: fields.cost center: a field's name is"),
        ("fields:\n  a:\n    kinds: Component\n", "idp.yaml:3: fields.a.kinds must be a list"),
        ("fields: [a]\n", "idp.yaml:1: fields must hold keys and values"),
    ],
)
def test_a_definition_that_cannot_be_used_names_its_line(
    idp: Idp, portal: Path, written: str, said: str
) -> None:
    (portal / "idp.yaml").write_text(written, encoding="utf-8")
    ran = idp("ask", "help", "--portal", portal)
    assert ran.code == 2
    assert said in ran.err
