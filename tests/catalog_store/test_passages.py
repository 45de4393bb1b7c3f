"""Passages in the store: kept beside the files' texts, replaced with them, found on both databases alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from catalog_store.catalog import Catalog
from catalog_store.database import Database
from catalog_store.passage_tables import KEPT_BY_DATABASE
from domain.entities import EVERYTHING, FileText, Snapshot
from domain.refs import Ref
from tests.catalog_builder import SEEN, service

PAYMENTS = Ref("component", "default", "payments")
LEDGER = Ref("component", "default", "ledger")
GUIDE = (
    "# Guide\n\n## Rotate keys\n\nRun `payctl rotate_keys` with PAYMENTS_DB_URL set.\n\n"
    "## Cafés\n\nÜberweisung\n"
)


def look(name: str, files: dict[str, str], source: str = "github") -> Snapshot:
    claim = replace(service(name), id=f"{source}-{name}")
    texts = (
        FileText(claim.key, path, each, f"https://git.example/{name}/{path}") for path, each in files.items()
    )
    return Snapshot(source, SEEN, (claim,), files=tuple(texts))


def apply(catalog: Catalog, *looks: Snapshot) -> None:
    for each in looks:
        catalog.apply(each, actor="test")


def found(catalog: Catalog, words: str, of: list[Ref] | None = None) -> list[str]:
    return [
        " > ".join((str(each.page.ref.name), *each.headings))
        for each in catalog.passages(words, of, 10).passages
    ]


@pytest.mark.parametrize(
    "words",
    [
        "rotate keys",
        "rotating key",
        "rotate_keys",
        "PAYMENTS_DB_URL",
        "payments db url",
        "payctl",
        "ROTATE KEYS",
        "rotate payc",
        "the rotate of the keys",
        "payctl-rotate",
        "guide rotate",
    ],
)
def test_words_find_their_passage(catalog: Catalog, words: str) -> None:
    apply(catalog, look("payments", {"docs/guide.md": GUIDE}))
    assert found(catalog, words)[:1] == ["payments > Rotate keys"]
    assert found(catalog, words, [PAYMENTS])[:1] == ["payments > Rotate keys"]
    assert not catalog.passages(words, None, 5).loosely


@pytest.mark.parametrize("words", ["überweisung", "UBERWEISUNG", "cafes", "cafés"])
def test_accents_do_not_matter(catalog: Catalog, words: str) -> None:
    apply(catalog, look("payments", {"docs/guide.md": GUIDE}))
    assert found(catalog, words) == ["payments > Cafés"]


def test_a_heading_counts_more_than_text(catalog: Catalog) -> None:
    files = {
        "docs/a.md": "# A\n\nKeys, keys and rotate.\n",
        "docs/b.md": "# B\n\n## Rotate keys\n\nAs told.\n",
    }
    apply(catalog, look("payments", files))
    assert found(catalog, "rotate keys") == ["payments > Rotate keys", "payments"]


def test_what_has_all_of_the_words_but_one_comes_before_what_has_one(catalog: Catalog) -> None:
    files = {"docs/a.md": "# A\n\nApples.\n", "docs/b.md": "# B\n\nApples and pears.\n"}
    apply(catalog, look("payments", files))
    search = catalog.passages("apples pears plums", None, 10)
    assert search.loosely
    assert search.passages[0].page.path == "docs/b.md"


def test_only_the_things_that_are_named_are_searched(catalog: Catalog) -> None:
    apply(
        catalog,
        look("payments", {"README.md": "# P\n\nApples\n"}),
        look("ledger", {"README.md": "# L\n\nApples\n"}),
    )
    assert found(catalog, "apples", [LEDGER]) == ["ledger"]
    assert len(found(catalog, "apples")) == 2
    assert found(catalog, "apples", []) == []
    assert found(catalog, "apples", [Ref("component", "default", "nothing")]) == []


def test_a_changed_page_alone_is_cut_anew(catalog: Catalog, database_url: str) -> None:
    apply(catalog, look("payments", {"docs/a.md": "# A\n\nApples\n", "docs/b.md": "# B\n\nPears\n"}))
    run(database_url, "UPDATE page SET title = 'as it was'")
    later = look("payments", {"docs/a.md": "# A\n\nApples\n", "docs/b.md": "# B\n\nPlums\n"})
    apply(catalog, replace(later, observed_at=SEEN + timedelta(hours=1)))
    assert [page.title for page in catalog.pages([PAYMENTS])] == ["as it was", "B"]
    assert found(catalog, "pears") == []
    assert found(catalog, "plums") == ["payments"]
    assert catalog.passages("apples", None, 1).passages[0].page.seen_at == SEEN + timedelta(hours=1)


def run(url: str, statement: str) -> None:
    database = Database(url)
    with database.reading() as connection:
        connection.execute(text(statement))
    database.close()


def test_an_index_is_never_left_behind(catalog: Catalog, database_url: str) -> None:
    apply(catalog, look("payments", {"docs/a.md": GUIDE}))
    apply(catalog, look("payments", {}))
    assert found(catalog, "rotate keys") == []
    assert catalog.pages([PAYMENTS]) == []
    database = Database(database_url)
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM passage")).scalar() == 0
        if database.is_sqlite:
            for name in KEPT_BY_DATABASE:
                check = f"INSERT INTO {name}({name}) VALUES ('integrity-check')"  # noqa: S608 -- names of ours
                connection.execute(text(check))
    database.close()


def test_pages_leave_with_their_claim(catalog: Catalog) -> None:
    apply(catalog, replace(look("payments", {"docs/a.md": GUIDE}), within=(EVERYTHING,)))
    gone = Snapshot("github", SEEN + timedelta(days=1), (), within=(EVERYTHING,))
    catalog.apply(gone, actor="test", allow_shrink=True)
    assert found(catalog, "rotate keys") == ["payments > Rotate keys"]
    catalog.retire("github", SEEN + timedelta(days=9), actor="test")
    assert found(catalog, "rotate keys") == []


def test_what_is_undone_leaves_no_passage(catalog: Catalog) -> None:
    done = catalog.apply(look("payments", {"docs/a.md": GUIDE}), actor="test")
    assert done.number is not None
    catalog.undo(done.number, actor="test")
    assert found(catalog, "rotate keys") == []


def test_a_dry_run_keeps_nothing(catalog: Catalog) -> None:
    catalog.apply(look("payments", {"docs/a.md": GUIDE}), actor="test", dry_run=True)
    both = [look("payments", {"docs/a.md": GUIDE}), look("ledger", {"docs/a.md": GUIDE}, "gitlab")]
    catalog.apply_all(both, actor="test", dry_run=True)
    assert found(catalog, "rotate keys") == []
    catalog.apply_all(both, actor="test")
    assert len(found(catalog, "rotate keys")) == 2


def test_several_claims_of_one_entity_show_a_place_once(catalog: Catalog) -> None:
    apply(catalog, look("payments", {"docs/a.md": GUIDE}), look("payments", {"docs/a.md": GUIDE}, "gitlab"))
    assert found(catalog, "rotate keys") == ["payments > Rotate keys"]
    assert [page.path for page in catalog.pages([PAYMENTS])] == ["docs/a.md"]


def test_the_pages_of_several_things_come_thing_by_thing(catalog: Catalog) -> None:
    apply(
        catalog,
        look("payments", {"docs/a.md": GUIDE, "README.md": "# P\n"}),
        look("ledger", {"README.md": "# L\n"}),
    )
    listed = [(page.ref.name, page.path) for page in catalog.pages([LEDGER, PAYMENTS])]
    assert listed == [("ledger", "README.md"), ("payments", "README.md"), ("payments", "docs/a.md")]


def test_descriptions_of_apis_and_code_are_no_documentation(catalog: Catalog) -> None:
    files = {
        "openapi.yaml": "openapi: 3.1.0",
        "docs/x.proto": "message A {}",
        "schema.graphql": "type Q",
        "a.py": "x",
    }
    apply(catalog, look("payments", files))
    assert catalog.pages([PAYMENTS]) == []


def test_text_that_no_database_holds_is_kept_without_it(catalog: Catalog) -> None:
    apply(catalog, look("payments", {"README.md": "# Ti\0tle \ud800\n\nApples\0 \udfff\n"}))
    assert found(catalog, "apples") == ["payments"]


@pytest.mark.parametrize(
    "words", ["", "  ", "***", '"', "(", "rotate:*", "a & b | !c", "'", "\x00", "NEAR(a b)", "-"]
)
def test_no_words_break_a_search(catalog: Catalog, words: str) -> None:
    apply(catalog, look("payments", {"docs/a.md": GUIDE}))
    assert isinstance(catalog.passages(words, None, 3).passages, tuple)
    assert isinstance(catalog.passages(words, [PAYMENTS], 3).passages, tuple)
