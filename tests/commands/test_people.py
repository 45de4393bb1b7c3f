"""`idp people`: everybody's accounts, and what to write for whom nothing joins."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog_store.catalog import Catalog
from catalog_store.database import sqlite_url
from tests.catalog_store.sightings import account, sees
from tests.commands.conftest import Idp


@pytest.fixture
def company(idp: Idp, portal: Path) -> Path:
    """A portal whose tools know some people."""
    (portal / "idp.yaml").write_text("catalog: []\npeople:\n  ana@x.example: [pagerduty:P1]\n", "utf-8")
    assert idp("db", "upgrade", "--portal", portal).code == 0
    with Catalog.open(sqlite_url(portal / ".idp")) as catalog:
        sees(catalog, "slack", account("slack", "ana", "ana@x.example", id="u0ana", title="Ana"))
        sees(catalog, "jira", account("jira", "a.s", "ana@x.example"))
        guest = account("github", "ben", accounts={"github": "guest"})
        sees(catalog, "github", guest)
    return portal


def test_everybody_is_listed_with_their_accounts(idp: Idp, company: Path) -> None:
    ran = idp("people", "--portal", company)
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[:3] == [
        "1 of 2 people is known to one tool alone.",
        "  Ana (user:a.s): jira:a.s · slack:u0ana",
        "  ben (user:ben): github:ben (guest)",
    ]


def test_those_who_stand_alone_are_told_with_what_to_write(idp: Idp, company: Path) -> None:
    ran = idp("people", "--unjoined", "--portal", company)
    nobody = "no source knows people of pagerduty; tools with people: github, jira, slack"
    assert ran.out.splitlines() == [
        "1 of 2 people is known to one tool alone.",
        f"  ⚠ pagerduty:P1 of ana@x.example in idp.yaml: {nobody}",
        "  ben github:ben: github tells no e-mail address of them",
        "    <e-mail address>: [github:ben]",
        "Lines go below people: in idp.yaml, and hold from the next look on.",
    ]
    assert idp("ask", "unjoined people", "--portal", company).out == ran.out


def test_scripts_get_all_of_it(idp: Idp, company: Path) -> None:
    told = idp("people", "--json", "--portal", company).json
    assert (told["kind"], told["total"], told["unjoined_total"]) == ("people", 2, 1)
    assert told["people"][0]["emails"] == ["ana@x.example"]
    assert told["people"][1]["accounts"] == [
        {"tool": "github", "handle": "ben", "source": "github", "state": "guest"}
    ]
    assert told["unjoined"][0]["line"] == "<e-mail address>: [github:ben]"
    assert told["strays"][0]["written"] == "pagerduty:P1"
