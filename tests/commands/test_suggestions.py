"""`idp suggestions`, and what `idp ask` says of things to be done."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog_store.catalog import Catalog
from catalog_store.database import sqlite_url
from domain.refs import parse_ref
from tests.commands.conftest import Idp


@pytest.fixture
def pair(idp: Idp, portal: Path) -> Path:
    """A portal with two services that may be one."""
    (portal / "more.csv").write_text("name,kind,owner\npay,component,ops\npay-svc,component,ops\n", "utf-8")
    assert idp("import", portal / "more.csv", "--portal", portal).code == 0
    with Catalog.open(sqlite_url(portal / ".idp")) as catalog:
        one, other = parse_ref("component:pay"), parse_ref("component:pay-svc")
        assert catalog.suggest([(one, other, "the same but for -svc", 0.95)]) == 1
    return portal


def test_they_are_listed_and_merged(idp: Idp, pair: Path) -> None:
    listed = idp("suggestions", "--portal", pair)
    assert listed.out.splitlines() == [
        "1 pair may be one thing each.",
        "  #1 component:pay and component:pay-svc (component): the same but for -svc, 95 % alike",
    ]
    merged = idp("suggestions", "merge", "1", "--portal", pair)
    assert merged.out.startswith("Suggestion 1 is decided: they are one thing now (change set #"), merged.err
    told = idp("suggestions", "--json", "--portal", pair).json
    assert (told["kind"], told["open"]) == ("suggestions", [])
    assert told["decided"][0]["decided_by"].startswith("cli:")
    assert "“pay-svc” is another name of it" in idp("ask", "who owns pay-svc", "--portal", pair).out
    again = idp("suggestions", "apart", "1", "--portal", pair)
    assert again.code == 2
    assert "decided suggestion 1 already: merged" in again.err


@pytest.mark.parametrize(
    "words", [("merge",), ("split", "1"), ("merge", "x"), ("merge", "9"), ("apart", "1", "2")]
)
def test_what_makes_no_sense_is_said(idp: Idp, pair: Path, words: tuple[str, ...]) -> None:
    ran = idp("suggestions", *words, "--portal", pair)
    assert ran.code == 2
    assert ran.err.startswith("idp: ")


def test_ask_shows_states_and_names_the_command_for_the_rest(idp: Idp, portal: Path) -> None:
    assert "no source yet" in idp("ask", "sync", "--portal", portal).out
    assert idp("ask", "sync", "--json", "--portal", portal).json["kind"] == "sources"
    ran = idp("ask", "sync github full", "--portal", portal)
    assert (ran.code, ran.out) == (1, "To do this in a terminal: idp sync github --full\n")
