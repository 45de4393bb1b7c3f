"""`precedence:` in `idp.yaml`: a list or lists by field, and what a new order does to the catalog."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.portal_file import read_portal_file
from bot.settings import load_settings
from bot.store import ready_catalog
from domain.errors import BadConfiguration
from tests.catalog_store.sightings import declared, known, sees


def read(folder: Path, text: str) -> dict[str, list[str]]:
    path = folder / "idp.yaml"
    path.write_text(text, encoding="utf-8")
    return read_portal_file(path).precedence


def test_a_list_holds_for_all_fields_and_a_mapping_by_field(tmp_path: Path) -> None:
    assert read(tmp_path, "company: Acme") == {}
    assert read(tmp_path, "precedence:") == {}
    assert read(tmp_path, "precedence: [csv, github]") == {"default": ["csv", "github"]}
    both = "precedence:\n  owner: [codeowners]\n  custom.cost: [csv]\n  default: [github]\n"
    assert read(tmp_path, both) == {
        "owner": ["codeowners"],
        "custom.cost": ["csv"],
        "default": ["github"],
    }


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("company: A\nprecedence: csv", 2, "precedence: it must be a list of sources"),
        ("company: A\nprecedence: [csv, 7]", 2, "precedence: its item 2 must be text"),
        (
            "precedence:\n  owner: [csv]\n  onwer: [csv]",
            3,
            "precedence.onwer: there is no field of this name",
        ),
        ("precedence:\n  owner: csv", 2, "precedence.owner must be a list"),
        ("precedence:\n  owner:\n    - csv\n    - [x]", 4, "precedence.owner.1 must be text"),
    ],
)
def test_a_mistake_names_its_line_and_what_would_be_right(
    tmp_path: Path, text: str, line: int, problem: str
) -> None:
    with pytest.raises(BadConfiguration, match=rf"idp\.yaml:{line}: ") as caught:
        read(tmp_path, text)
    assert problem in str(caught.value)
    assert "list for each field" in caught.value.hint


def test_a_new_order_holds_for_what_is_known_already(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IDP_DATABASE_URL", raising=False)
    with ready_catalog(load_settings(tmp_path), restitch=True) as catalog:
        sees(catalog, "backstage", declared("pay", tier="1", language="Go"))
        sees(catalog, "csv", declared("pay", tier="2", language="Java"))

    read(tmp_path, "precedence: {tier: [csv]}")
    with ready_catalog(load_settings(tmp_path)) as catalog:
        assert known(catalog, "pay").entity.fields["tier"] == "1", "an answer alone changes nothing"
    with ready_catalog(load_settings(tmp_path), restitch=True) as catalog:
        fields = known(catalog, "pay").entity.fields
        assert (fields["tier"], fields["language"]) == ("2", "Go")
        assert catalog.change_sets(1)[0].actor == "precedence"
