"""Real files of public repositories, and the demo company's own, end in a catalog and clear messages."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from integrations.files.registry import READERS
from integrations.files.source import FilesSource

REPOSITORY = Path(__file__).parents[3]
CORPUS = Path(os.environ.get("IDP_SPECS", REPOSITORY.parent / "shared" / "specs")).parent / "corpus"
ACME = REPOSITORY / "examples" / "acme" / "catalog"


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not on this machine")
def test_the_corpus_imports_with_clear_messages() -> None:
    look = FilesSource([CORPUS]).fetch()
    assert {snapshot.source for snapshot in look.snapshots} == {"backstage", "codeowners"}
    assert sum(len(snapshot.claims) for snapshot in look.snapshots) > 25
    assert 0 < len(look.findings) < 15
    for finding in look.findings:
        assert Path(finding.path).exists()
        assert finding.problem
        assert finding.remedy


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not on this machine")
def test_each_file_of_the_corpus_may_be_named() -> None:
    for path in sorted(each for each in CORPUS.rglob("*") if each.is_file()):
        look = FilesSource([path]).fetch()
        assert look.findings or look.snapshots
        if path.name in ("opslevel.yml", "cortex.yaml", "compass.yml", "service.datadog.yaml"):
            assert {finding.severity for finding in look.findings} == {"error"}


@pytest.mark.skipif(not ACME.exists(), reason="the demo company is not in this checkout")
def test_the_demo_company_imports_without_an_error() -> None:
    look = FilesSource([ACME]).fetch()
    assert [str(finding) for finding in look.findings if finding.severity == "error"] == []
    assert [snapshot.source for snapshot in look.snapshots] == ["backstage", "csv", "codeowners"]
    assert look.notes


def test_readers_have_names_and_words() -> None:
    assert len({reader.name for reader in READERS}) == len(READERS)
    assert all(reader.accepts for reader in READERS)
