"""One look of several sources: all of it in one transaction, each in its own change set."""

from __future__ import annotations

import pytest

from catalog_store.catalog import Catalog
from domain.errors import BadInput
from tests.catalog_store.test_apply import PAY, claim, contents, known, look

DECLARED = look(claim(owner="group:default/pay", title="Pay"))
CODEOWNERS = look(claim(owner="group:default/other"), source="codeowners")


def test_each_source_gets_a_change_set_and_the_later_ones_see_the_earlier(catalog: Catalog) -> None:
    backstage, codeowners = catalog.apply_all([DECLARED, CODEOWNERS], actor="ana")
    assert (backstage.number, codeowners.number) == (1, 2)
    assert backstage.counts == {"created": 1, "changed": 0, "unchanged": 0}
    assert codeowners.counts == {"created": 0, "changed": 0, "unchanged": 1}
    assert [fact.source for fact in known(catalog).facts_on("owner")] == ["backstage", "codeowners"]


def test_a_dry_run_says_the_same_and_leaves_every_row_as_it_was(database_url: str) -> None:
    with Catalog.open(database_url) as catalog:
        catalog.apply(look(claim(title="Before")), actor="ana")
        before = contents(database_url)
        dry = catalog.apply_all([DECLARED, CODEOWNERS], actor="ana", dry_run=True)
        assert contents(database_url) == before
        wet = catalog.apply_all([DECLARED, CODEOWNERS], actor="ana")
    assert [each.number for each in dry] == [None, None]
    assert [(each.counts, each.changes) for each in dry] == [(each.counts, each.changes) for each in wet]


def test_a_source_that_fails_takes_the_others_back(catalog: Catalog) -> None:
    beyond = look(claim(count=float("inf")), source="csv")
    with pytest.raises(BadInput):
        catalog.apply_all([DECLARED, beyond], actor="ana")
    assert catalog.version() == 0
    assert catalog.record(PAY) is None


def test_one_look_alone_and_none_are_looks_too(catalog: Catalog) -> None:
    assert catalog.apply_all([], actor="ana") == ()
    assert [each.number for each in catalog.apply_all([DECLARED], actor="ana")] == [1]
