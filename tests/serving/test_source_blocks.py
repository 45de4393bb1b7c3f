"""Blocks of sources in `idp.yaml`: what they may say, and how a mistake is told."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.portal_file import read_portal_file
from bot.source_blocks import ConfiguredSource, configured
from domain.clock import system_clock
from domain.errors import BadConfiguration
from integrations import registry
from tests.workflows.shelf import Options, Shelf


@pytest.fixture(autouse=True)
def _shelf_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "OURS", {**registry.OURS, "shelf": "tests.workflows.shelf"})


def sources(folder: Path, text: str) -> tuple[ConfiguredSource, ...]:
    path = folder / "idp.yaml"
    path.write_text(text, encoding="utf-8")
    return configured(read_portal_file(path))


def test_a_block_needs_no_more_than_its_integration_does(tmp_path: Path) -> None:
    (source,) = sources(tmp_path, "sources:\n  shelf:\n    folder: here\n")
    assert (source.name, source.integration.name, source.enabled) == ("shelf", "shelf", True)
    assert source.options == Options(folder=Path("here"))
    assert (source.grace, source.jitter) == (timedelta(days=7), 0.1)
    assert source.looks.period(system_clock()) == timedelta(minutes=15)


def test_a_block_says_when_and_how_it_is_looked_at(tmp_path: Path) -> None:
    first, second = sources(
        tmp_path,
        """\
sources:
  top-shelf:
    type: shelf
    folder: here
    every: 1h
    jitter: 0%
    grace: 30d
    sweep: 1d
  cellar_2: {type: shelf, folder: there, cron: 0 6 * * 1-5, timezone: Europe/Madrid, enabled: false}
administrators: [group:default/platform, U0ANA]
precedence: [top-shelf, "*/backstage"]
""",
    )
    assert (first.name, first.jitter, first.grace) == ("top-shelf", 0.0, timedelta(days=30))
    assert first.looks.period(system_clock()) == timedelta(hours=1)
    assert (second.name, second.enabled) == ("cellar_2", False)
    opened = first.open(system_clock)
    assert isinstance(opened, Shelf)
    assert opened.name == "top-shelf"


@pytest.mark.parametrize(
    ("block", "line", "said", "right"),
    [
        ("shelf:\n    folder: x\n    evry: 1h", 4, "there is no key sources.shelf.evry", "every"),
        ("shelf:\n    every: 1h", 2, "sources.shelf.folder is missing", "folder"),
        (
            "shelf:\n    folder: x\n    every: often",
            4,
            "sources.shelf.every: it must be a number",
            "cron",
        ),
        ("shelf:\n    folder: x\n    every: 1h\n    cron: 0 3 * * *", 5, "both every and cron", "Keep one"),
        ("shelf:\n    folder: x\n    cron: 0 3 * *", 4, "sources.shelf.cron: it has 4 fields", "five fields"),
        ("shelf:\n    folder: x\n    sweep: nightly", 4, "sources.shelf.sweep: it must be a number", "five"),
        ("shelf:\n    folder: x\n    timezone: Mars", 4, "sources.shelf.timezone: there is no", "UTC"),
        (
            "shelf:\n    folder: x\n    jitter: some",
            4,
            "sources.shelf.jitter: it must be a",
            "jitter",
        ),
        ("shelf:\n    folder: x\n    grace: 0d", 4, "sources.shelf.grace: it must be more than", "grace"),
        ("shelf:\n    folder: x\n    enabled: maybe", 4, "sources.shelf.enabled", "enabled"),
        ("cupboard:\n    type: cupbord", 3, "there is no integration 'cupbord'", "shelf"),
        ("cupboard:\n    folder: x", 2, "there is no integration 'cupboard'", "shelf"),
        ("undo:\n    type: shelf", 2, "lower-case letters", "every"),
        ("Top Shelf:\n    type: shelf", 2, "lower-case letters", "every"),
    ],
)
def test_a_mistake_names_its_line_and_what_would_be_right(
    tmp_path: Path, block: str, line: int, said: str, right: str
) -> None:
    with pytest.raises(BadConfiguration) as caught:
        sources(tmp_path, f"sources:\n  {block}\n")
    assert str(caught.value).startswith(f"{tmp_path / 'idp.yaml'}:{line}: "), caught.value
    assert said in str(caught.value)
    assert right in caught.value.hint


def test_a_credential_comes_from_the_environment_or_from_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source,) = sources(tmp_path, "sources: {shelf: {folder: here, locked: true}}")
    with pytest.raises(BadConfiguration, match="SHELF_KEY is not set"):
        source.open(system_clock)
    (tmp_path / "key").write_text("opens\n", encoding="utf-8")
    monkeypatch.setenv("SHELF_KEY_FILE", str(tmp_path / "key"))
    assert source.open(system_clock) is not None
    monkeypatch.setenv("SHELF_KEY_FILE", str(tmp_path / "lost"))
    with pytest.raises(BadConfiguration, match=r"SHELF_KEY_FILE names .*lost, which cannot be read"):
        source.open(system_clock)
    monkeypatch.setenv("SHELF_KEY", "opens too")
    assert source.open(system_clock) is not None
