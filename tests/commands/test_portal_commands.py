"""The commands around a portal: help, init, db upgrade, doctor, manifest, run without tokens."""

import socket
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

from tests.commands.conftest import Idp


@pytest.mark.parametrize(
    "command",
    ["init", "demo", "run", "import", "sync", "export", "ask", "db", "manifest", "doctor"],
)
def test_every_command_has_help(idp: Idp, command: str) -> None:
    ran = idp(command, "--help")
    assert ran.code == 0
    assert command in idp("--help").out


def test_the_version_needs_no_command(idp: Idp) -> None:
    ran = idp("--version")
    assert (ran.code, ran.out) == (0, f"idp {version('idp')}\n")


def test_init_writes_over_nothing(idp: Idp, portal: Path) -> None:
    (portal / "idp.yaml").write_text("company: Kept\n", encoding="utf-8")
    ran = idp("init", portal)
    assert ran.code == 2
    assert (portal / "idp.yaml").read_text(encoding="utf-8") == "company: Kept\n"


def test_db_upgrade_may_be_repeated(idp: Idp, portal: Path) -> None:
    first, second = idp("db", "upgrade", "--portal", portal), idp("db", "upgrade", "--portal", portal)
    assert (first.code, second.code) == (0, 0)
    assert "nothing to do" in second.out


def test_the_doctor_finds_a_fresh_portal_well(idp: Idp, portal: Path) -> None:
    idp("import", "--portal", portal)
    ran = idp("doctor", "--json", "--portal", portal)
    assert ran.code == 0
    assert {each["name"]: each["state"] for each in ran.json["checks"]}["catalog"] == "ok"


def test_the_doctor_says_whose_portal_it_is(idp: Idp, portal: Path) -> None:
    (portal / "idp.yaml").write_text("company: Acme\n", encoding="utf-8")
    assert "the portal of Acme" in idp("doctor", "--portal", portal).out


def test_the_doctor_names_a_catalog_path_that_is_gone(idp: Idp, portal: Path) -> None:
    (portal / "idp.yaml").write_text("catalog: [elsewhere]\n", encoding="utf-8")
    ran = idp("doctor", "--portal", portal)
    assert ran.code == 1
    assert "elsewhere" in ran.out


def test_the_doctor_notices_swapped_tokens(idp: Idp, portal: Path) -> None:
    ran = idp("doctor", "--portal", portal, SLACK_APP_TOKEN="xoxb-1")
    assert ran.code == 1
    assert "swapped" in ran.out


def test_the_manifest_is_printed_as_it_is_pasted(idp: Idp) -> None:
    ran = idp("manifest")
    assert ran.code == 0
    assert yaml.safe_load(ran.out)["features"]["slash_commands"][0]["command"] == "/idp"


def test_the_manifest_holds_to_the_code(idp: Idp) -> None:
    ran = idp("manifest", "--check")
    assert ran.code == 0, ran.out


def test_run_without_tokens_says_which_is_missing(idp: Idp, portal: Path) -> None:
    ran = idp("run", "--portal", portal)
    assert ran.code == 2
    assert "SLACK_" in ran.err


def test_run_without_slack_is_an_outside_failure(idp: Idp, portal: Path) -> None:
    ran = idp(
        "run",
        "--portal",
        portal,
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_APP_TOKEN="xapp-1",
        SLACK_API_BASE_URL="http://127.0.0.1:1/api/",
    )
    assert ran.code == 3
    assert "does not answer" in ran.err


def test_a_demo_whose_port_is_taken_says_how_to_take_another(idp: Idp) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = idp("demo", "--port", str(port), "--no-browser")
    assert ran.code == 3
    assert f"port {port} cannot be had: Address already in use\n" in ran.err
    assert "--port 0" in ran.err


def test_a_demo_of_a_folder_without_a_workspace_is_bad_usage(idp: Idp, portal: Path) -> None:
    ran = idp("demo", "--portal", portal, "--no-browser")
    assert ran.code == 2
    assert "playground.yaml" in ran.err
