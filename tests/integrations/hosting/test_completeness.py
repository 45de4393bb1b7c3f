"""How far the claims of files speak: for what was read and what is gone, not for what could not be read."""

from __future__ import annotations

import pytest

from domain.entities import EVERYTHING
from tests.integrations.hosting.looking import facts, look, repository, snapshot

PATHS, FILES = ("catalog-info.yaml", "README.md"), {"catalog-info.yaml": "{kind: Component, name: pay}"}


@pytest.mark.parametrize(
    ("within", "problems", "files", "spoken_for"),
    [
        ((EVERYTHING,), (), FILES, (EVERYTHING,)),
        (("R_acme/pay", "R_acme/web", "R_gone"), (), FILES, ("R_acme/pay", "R_acme/web", "R_gone")),
        ((EVERYTHING,), ("README.md: timed out",), FILES, ("R_acme/web",)),
        (("R_acme/pay", "R_gone"), ("README.md: timed out",), FILES, ("R_acme/web", "R_gone")),
        ((EVERYTHING,), ("no alerts for this token",), {**FILES, "README.md": "x"}, (EVERYTHING,)),
    ],
)
def test_a_repository_that_was_not_read_keeps_what_its_files_claimed(
    within: tuple[str, ...], problems: tuple[str, ...], files: dict[str, str], spoken_for: tuple[str, ...]
) -> None:
    pay = repository("acme/pay", paths=PATHS, files=files, problems=problems)
    declared = snapshot(look(facts(pay, repository("acme/web"), within=within)), "github/backstage")
    assert declared is not None
    assert declared.within == spoken_for


def test_a_repository_without_a_tree_was_not_read() -> None:
    pay = repository("acme/pay", problems=("its files are not for this token",))
    web = repository("acme/web", files=FILES)
    declared = snapshot(look(facts(pay, web)), "github/backstage")
    assert declared is not None
    assert declared.within == ("R_acme/web",)
