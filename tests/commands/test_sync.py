"""`idp sync`, `idp sync status`, `idp sync undo`, and what `idp doctor` says of sources."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from domain.clock import system_clock
from tests.commands.conftest import Idp, Ran
from tests.workflows.asking import until
from tests.workflows.plugged import plugged
from tests.workflows.shelf import Shelf

SOURCES = """\
sources:
  shelf:
    folder: {folder}
  cellar:
    type: shelf
    folder: {folder}/cellar
  attic: {{type: shelf, folder: nowhere, enabled: false}}
"""


@pytest.fixture
def python_path(tmp_path: Path) -> str:
    return plugged(tmp_path)


@pytest.fixture
def sync(idp: Idp, portal: Path, python_path: str) -> Idp:
    """Run `idp` in a portal with two sources, of which the cellar is empty."""

    def run(*words: str | Path, **environment: str) -> Ran:
        return idp(*words, "--portal", portal, PYTHONPATH=python_path, **environment)

    return run


@pytest.fixture
def shelf(portal: Path, tmp_path: Path) -> Shelf:
    folder = tmp_path / "shelf"
    (folder / "cellar").mkdir(parents=True)
    (portal / "idp.yaml").write_text(SOURCES.format(folder=folder), encoding="utf-8")
    shelf = Shelf("shelf", folder, system_clock)
    shelf.put("pay", tier="1")
    shelf.put("ship", tier="2")
    return shelf


def test_all_sources_are_looked_at_when_none_is_named(sync: Idp, shelf: Shelf) -> None:
    ran = sync("sync")
    assert ran.code == 0, ran.err
    first, second = ran.out.splitlines()
    assert first.startswith(
        "shelf: 2 created, 0 changed, 0 unchanged; 2 requests; quota: 998 of 1,000 left; "
    )
    assert first.endswith("(change set #1)")
    assert second.startswith("cellar: 0 created, ")
    assert len(shelf.log) == 3
    assert "1 created" not in sync("sync", "shelf").out
    assert json.loads(sync("ask", "show", "pay", "--json").out)["kind"] == "shown"


def test_a_dry_run_prints_the_change_set_and_writes_nothing(sync: Idp, shelf: Shelf) -> None:
    sync("sync", "shelf")
    shelf.put("pay", tier="3")
    ran = sync("sync", "shelf", "--dry-run")
    assert ran.code == 0
    assert "~ component:pay  (shelf)" in ran.out
    assert "tier: 1 → 3" in ran.out
    assert "1 would be changed" in ran.out
    told = sync("sync", "shelf", "--dry-run", "--json").json
    assert (told["kind"], told["dry_run"]) == ("sync", True)
    assert told["sources"][0]["changes"][0]["fields"] == [{"field": "tier", "before": "1", "after": "3"}]
    assert "1 changed" in sync("sync", "shelf").out


def test_json_has_everything_of_every_source(sync: Idp, shelf: Shelf) -> None:
    shelf.steer("away", "the shelf is being painted")
    ran = sync("sync", "--json")
    assert ran.code == 3
    first, second = ran.json["sources"]
    assert (first["outcome"], first["problem"]) == ("failed", "the shelf is being painted")
    assert (second["outcome"], second["counts"]["created"]) == ("applied", 0)
    assert second["quota"] == {"limit": 1_000, "left": 1_000, "resets_at": None}


def test_a_source_that_fails_is_told_with_what_to_do_and_stops_no_other(sync: Idp, shelf: Shelf) -> None:
    sync("sync")
    shelf.steer("away", "the shelf is being painted")
    ran = sync("sync")
    assert ran.code == 3
    assert "shelf: the shelf is being painted\n    Wait for the shelf.\n" in ran.err
    assert ran.out.startswith("cellar: ")
    status = sync("sync", "status")
    assert status.code == 1
    first = status.out.splitlines()[0]
    assert first.startswith(
        "shelf: looked at just now, knows 2 things; change set #1; the last look failed: the shelf"
    )
    assert "    Wait for the shelf.\n" in status.out
    told = sync("sync", "status", "shelf", "--json").json["sources"]
    assert [(each["source"], each["things"], each["problem"]) for each in told] == [
        ("shelf", 2, "the shelf is being painted")
    ]


def test_a_defect_of_a_source_is_a_code_and_its_log(sync: Idp, shelf: Shelf, tmp_path: Path) -> None:
    shelf.steer("defect")
    ran = sync("sync", "shelf", XDG_STATE_HOME=str(tmp_path / "state"))
    assert ran.code == 70
    log = tmp_path / "state" / "idp" / "errors.log"
    assert str(log) in ran.err
    entry = json.loads(log.read_text(encoding="utf-8"))
    assert f"(code {entry['code']})" in ran.err
    assert "the shelf broke" in entry["exception"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("shelv",), "idp.yaml names no source 'shelv'"),
        (("shelf", "attic"), "the source 'attic' is switched off"),
        (("undo",), "undo takes the number of one change set"),
        (("undo", "last"), "undo takes the number of one change set"),
    ],
)
def test_bad_usage_looks_at_nothing(sync: Idp, shelf: Shelf, words: tuple[str, ...], said: str) -> None:
    ran = sync("sync", *words)
    assert ran.code == 2
    assert said in ran.err
    assert shelf.log == []


def test_a_portal_without_sources_says_how_to_have_one(idp: Idp, portal: Path) -> None:
    ran = idp("sync", "--portal", portal)
    assert ran.code == 2
    assert "under `sources:`" in ran.err


def test_an_undo_that_cannot_be_is_refused(sync: Idp, shelf: Shelf) -> None:
    ran = sync("sync", "undo", "99")
    assert ran.code == 1
    assert "change set #99" in ran.err
    assert shelf.log == []


def test_a_mistake_in_a_block_is_told_with_its_line(sync: Idp, portal: Path, shelf: Shelf) -> None:
    text = SOURCES.format(folder=shelf.folder).replace(
        "    type: shelf\n", "    type: shelf\n    every: often\n"
    )
    (portal / "idp.yaml").write_text(text, encoding="utf-8")
    ran = sync("sync")
    assert ran.code == 2
    assert f"{portal / 'idp.yaml'}:6: sources.cellar.every: it must be a number with a unit" in ran.err


def test_a_missing_credential_is_bad_configuration_and_is_remembered(
    sync: Idp, portal: Path, shelf: Shelf
) -> None:
    text = SOURCES.format(folder=shelf.folder).replace("  shelf:\n", "  shelf:\n    locked: true\n")
    (portal / "idp.yaml").write_text(text, encoding="utf-8")
    ran = sync("sync", "shelf")
    assert ran.code == 2
    assert "shelf: SHELF_KEY is not set\n    Export the shelf's key.\n" in ran.err
    assert "the last look failed: SHELF_KEY is not set" in sync("sync", "status").out
    assert sync("sync", "shelf", SHELF_KEY="opens").code == 0


def test_a_signal_ends_a_long_look_promptly_and_in_order(
    sync: Idp, portal: Path, shelf: Shelf, python_path: str
) -> None:
    sync("db", "upgrade")
    shelf.steer("hold")
    process = subprocess.Popen(  # noqa: S603 - our own command line
        [sys.executable, "-m", "bot.cli", "sync", "shelf", "--portal", str(portal)],
        env={"PYTHONPATH": python_path, "HOME": str(portal), "PATH": ""},
        stderr=subprocess.PIPE,
        text=True,
    )
    until(lambda: "waiting pay" in shelf.log)
    process.send_signal(signal.SIGINT)
    asked = time.monotonic()
    _, err = process.communicate(timeout=20)
    assert time.monotonic() - asked < 5
    assert process.returncode == 1
    assert "shelf: it was told to stop" in err
    (state, _) = sync("sync", "status", "--json").json["sources"]
    assert (state["running_since"], state["interrupted"]) == (None, False)


def test_a_terminal_shows_how_far_a_look_is(sync: Idp, portal: Path, shelf: Shelf, python_path: str) -> None:
    sync("db", "upgrade")
    shelf.steer("hold", "ship")
    terminal, its_end = pty.openpty()
    process = subprocess.Popen(  # noqa: S603 - our own command line
        [sys.executable, "-m", "bot.cli", "sync", "shelf", "--portal", str(portal)],
        env={"PYTHONPATH": python_path, "HOME": str(portal), "PATH": "", "TERM": "xterm", "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=its_end,
    )
    os.close(its_end)
    shown = b""
    while b"1/2" not in shown:
        shown += os.read(terminal, 1_000)
    assert b"shelf" in shown
    shelf.leave("hold")
    threading.Thread(target=read_out, args=(terminal,), daemon=True).start()
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert out.startswith(b"shelf: 2 created")


def read_out(terminal: int) -> None:
    """Read what a terminal shows until its process has ended."""
    with suppress(OSError):
        while os.read(terminal, 1_000):
            pass


def test_the_doctor_asks_each_source_for_every_permission(sync: Idp, portal: Path, shelf: Shelf) -> None:
    text = SOURCES.format(folder=shelf.folder).replace("folder: nowhere, enabled: false", "folder: nowhere")
    (portal / "idp.yaml").write_text(text, encoding="utf-8")
    ran = sync("doctor")
    assert ran.code == 3
    group = ran.out[ran.out.index("\nshelf, ") : ran.out.index("\ncellar (Shelf), ")]
    assert "\n  ✓ reach the shelf\n" in group
    assert "\n  ! move things: it is nailed down; a look works without it, with less in it\n" in group
    attic = ran.out[ran.out.index("\nattic (Shelf), ") :]
    assert "\n  ✗ reach the shelf: nowhere is not there\n      Put it up.\n" in attic


def test_a_check_asks_the_named_sources_and_needs_no_catalog(sync: Idp, portal: Path, shelf: Shelf) -> None:
    ran = sync("sync", "check", "shelf")
    assert ran.code == 0, ran.err
    assert "✓ reach the shelf" in ran.out
    assert "cellar" not in ran.out
    told = sync("sync", "check", "--json").json
    assert [(each["source"], each["well"]) for each in told["sources"]] == [("shelf", True), ("cellar", True)]
    assert told["sources"][0]["rows"][0]["granted"]
    unknown = sync("sync", "check", "attic")
    assert (unknown.code, "switched off" in unknown.err) == (2, True)
    text = SOURCES.format(folder=shelf.folder).replace("  shelf:\n", "  shelf:\n    locked: true\n")
    (portal / "idp.yaml").write_text(text, encoding="utf-8")
    assert sync("sync", "check").code == 1
    (portal / "idp.yaml").write_text(text.replace(str(shelf.folder), "gone"), encoding="utf-8")
    assert sync("sync", "check", "cellar").code == 3


def test_the_doctor_names_a_missing_credential_a_missing_secret_and_a_mistake(
    sync: Idp, portal: Path, shelf: Shelf
) -> None:
    text = SOURCES.format(folder=shelf.folder).replace("  shelf:\n", "  shelf:\n    locked: true\n")
    (portal / "idp.yaml").write_text(text, encoding="utf-8")
    ran = sync("doctor", IDP_HTTP_PORT="0")
    assert ran.code == 1
    assert "✗ configuration: SHELF_KEY is not set" in ran.out
    assert "! webhooks at /webhooks/cellar: SHELF_SECRET is not set" in ran.out
    (portal / "idp.yaml").write_text("sources: {shelf: {}}", encoding="utf-8")
    ran = sync("doctor")
    assert ran.code == 1
    assert "sources.shelf.folder is missing" in ran.out
