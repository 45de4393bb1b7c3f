"""Real files of public repositories, and the demo company's own, end in a catalog and clear messages."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from integrations.files.checkouts import Checkout
from integrations.files.registry import READERS
from integrations.files.repositories import read_checkouts
from integrations.files.source import FilesSource

REPOSITORY = Path(__file__).parents[3]
CORPUS = Path(os.environ.get("IDP_SPECS", REPOSITORY.parent / "shared" / "specs")).parent / "corpus"
ACME = REPOSITORY / "examples" / "acme" / "catalog"


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not on this machine")
def test_the_corpus_imports_with_clear_messages() -> None:
    look = FilesSource([CORPUS]).fetch()
    assert {snapshot.source for snapshot in look.snapshots} == {
        "backstage", "opslevel", "cortex", "compass", "datadog", "codeowners",
    }  # fmt: skip
    assert sum(len(snapshot.claims) for snapshot in look.snapshots) > 40
    assert 0 < len(look.findings) < 15
    for finding in look.findings:
        assert Path(finding.path).exists()
        assert finding.problem
        assert finding.remedy


NO_DESCRIPTORS = {
    "CognitiveScale__dci-scripts/cortex.yaml": "it seems to be a file of another program",
    "Biraneniang19__attackerkb/cortex.yaml": "it is not YAML",
}
"""Files under the names of descriptors that are none, and what is said of them."""


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not on this machine")
def test_each_file_of_the_corpus_may_be_named() -> None:
    for path in sorted(each for each in CORPUS.rglob("*") if each.is_file()):
        look = FilesSource([path]).fetch()
        assert look.findings or look.snapshots
        if path.name in ("opslevel.yml", "cortex.yaml", "compass.yml", "service.datadog.yaml"):
            problem = NO_DESCRIPTORS.get(path.relative_to(CORPUS).as_posix())
            errors = [each.problem for each in look.findings if each.severity == "error"]
            assert len(errors) == (problem is not None)
            assert all(problem in each for each in errors if problem)
            assert [len(each.claims) for each in look.snapshots] == ([] if problem else [1])


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not on this machine")
def test_the_corpus_reads_the_same_when_a_host_lists_it() -> None:
    checkouts = []
    for folder in sorted(each for each in CORPUS.iterdir() if each.is_dir()):
        found = sorted(each for each in folder.rglob("*") if each.is_file())
        files = {each.relative_to(folder).as_posix(): each.read_text("utf-8") for each in found}
        checkouts.append(Checkout(folder.name, folder.name.replace("__", "/"), "github", files))
    now = datetime(2026, 1, 5, tzinfo=UTC)
    read = read_checkouts(checkouts, source="github", observed_at=now)
    look = FilesSource([CORPUS]).fetch()
    on_disk = {each.source: sorted(claim.name for claim in each.claims) for each in look.snapshots}
    hosted = {each.source: sorted(claim.name for claim in each.claims) for each in read.snapshots}
    for format_ in ("backstage", "cortex", "compass", "datadog"):
        assert hosted[f"github/{format_}"] == on_disk[format_]
    assert len(hosted["github/codeowners"]) >= len(on_disk["codeowners"])
    errors = [each.problem for each in look.findings if each.severity == "error"]
    assert sorted(each.problem for each in read.findings if each.severity == "error") == sorted(errors)


@pytest.mark.skipif(not ACME.exists(), reason="the demo company is not in this checkout")
def test_the_demo_company_imports_without_an_error() -> None:
    look = FilesSource([ACME]).fetch()
    assert [str(finding) for finding in look.findings if finding.severity == "error"] == []
    assert [snapshot.source for snapshot in look.snapshots] == ["backstage", "csv", "codeowners"]
    assert look.notes


def test_readers_have_names_and_words() -> None:
    assert len({reader.name for reader in READERS}) == len(READERS)
    assert all(reader.accepts for reader in READERS)
