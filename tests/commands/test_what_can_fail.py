"""A machine that does not play along: every such failure ends in words and the right exit code."""

import re
import socket
from pathlib import Path

import pytest

from tests.commands.conftest import Idp

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
CODE = re.compile(r"\(code [2-9A-Z]{4}-[2-9A-Z]{2}\)")


@pytest.mark.parametrize("url", ["nonsense", "file:///etc/", "http://[bad/", "https://"])
def test_an_address_of_slack_that_is_none_is_bad_configuration(idp: Idp, portal: Path, url: str) -> None:
    ran = idp("run", "--portal", portal, SLACK_API_BASE_URL=url, **TOKENS)
    assert ran.code == 2
    assert "SLACK_API_BASE_URL" in ran.err
    assert "https://slack.com/api/" in ran.err


@pytest.mark.parametrize("url", ["nonsense", "mysql://host/x", "sqlite://", "postgresql://host:abc/x"])
def test_a_database_url_that_is_none_is_bad_configuration(idp: Idp, portal: Path, url: str) -> None:
    ran = idp("ask", "help", "--portal", portal, IDP_DATABASE_URL=url)
    assert ran.code == 2
    assert "postgresql://user:password@host/database" in ran.err


def test_an_unknown_log_format_names_those_that_there_are(idp: Idp, portal: Path) -> None:
    ran = idp("ask", "help", "--portal", portal, IDP_LOG_FORMAT="xml")
    assert ran.code == 2
    assert "IDP_LOG_FORMAT" in ran.err
    assert "'json'" in ran.err


@pytest.mark.parametrize("path", ["nowhere", "."])
def test_a_secret_file_that_cannot_be_read_is_bad_configuration(
    idp: Idp, portal: Path, tmp_path: Path, path: str
) -> None:
    ran = idp("doctor", "--portal", portal, SLACK_BOT_TOKEN_FILE=str(tmp_path / path))
    assert ran.code == 2
    assert "SLACK_BOT_TOKEN_FILE" in ran.err


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("compny: Acme", "idp.yaml:1: there is no key compny"),
        ("company: Acme\ncatalog: here", "idp.yaml:2: catalog must be a list"),
        ("- company", "idp.yaml:1: the file must hold keys and values"),
        ("just text", "idp.yaml:1: the file must hold keys and values"),
        ("company: Acme\n---\ncompany: Other", "a second document"),
        ("company: [", "idp.yaml:1: it is not YAML"),
    ],
)
def test_a_mistake_in_idp_yaml_is_told_in_plain_words(
    idp: Idp, portal: Path, written: str, said: str
) -> None:
    (portal / "idp.yaml").write_text(written, encoding="utf-8")
    ran = idp("ask", "help", "--portal", portal)
    assert ran.code == 2
    assert said in ran.err


def test_a_folder_in_the_place_of_idp_yaml_is_bad_configuration(idp: Idp, tmp_path: Path) -> None:
    (tmp_path / "idp.yaml").mkdir()
    ran = idp("ask", "help")
    assert ran.code == 2
    assert f"{tmp_path / 'idp.yaml'}: it is not a plain file" in ran.err


def test_a_file_is_no_portal(idp: Idp, portal: Path) -> None:
    ran = idp("ask", "help", "--portal", portal / "idp.yaml")
    assert ran.code == 2
    assert "is not a folder" in ran.err


def test_a_working_folder_that_is_gone_is_bad_configuration(idp: Idp, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    program = "import os; os.rmdir(os.getcwd()); from bot.cli import main; main()"
    ran = idp("ask", "help", program=("-c", program), cwd=gone)
    assert ran.code == 2
    assert "the current folder is gone" in ran.err


def test_a_data_folder_that_cannot_be_made_is_said(idp: Idp, portal: Path) -> None:
    ran = idp("ask", "help", "--portal", portal, IDP_DATA=str(portal / "idp.yaml" / "data"))
    assert ran.code == 3
    assert "cannot be made" in ran.err


@pytest.mark.parametrize("command", [("ask", "help"), ("export",), ("manifest", "--check")])
def test_output_that_finds_no_room_is_an_outside_failure(
    idp: Idp, portal: Path, command: tuple[str, ...]
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    ran = idp(*command, out=Path("/dev/full"), IDP_PORTAL=str(portal))
    assert ran.code == 3
    assert ran.err.startswith("idp: not all could be written: No space left on device")
    assert "Exception ignored" not in ran.err


def test_a_defect_is_told_with_its_code_where_no_log_can_be_kept(idp: Idp, portal: Path) -> None:
    broken = "import bot.cli; bot.cli._work = None; bot.cli.main()"
    ran = idp("ask", "help", program=("-c", broken), XDG_STATE_HOME=str(portal / "idp.yaml"))
    assert ran.code == 70
    assert CODE.search(ran.err)
    assert "TypeError" in ran.err
    assert "could not be kept" in ran.err


def test_a_defect_leaves_its_traceback_in_the_log_under_its_code(idp: Idp, tmp_path: Path) -> None:
    broken = "import bot.cli; bot.cli._work = None; bot.cli.main()"
    ran = idp("ask", "help", program=("-c", broken), XDG_STATE_HOME=str(tmp_path / "state"))
    assert ran.code == 70
    code = CODE.search(ran.err)
    assert code
    log = tmp_path / "state" / "idp" / "errors.log"
    assert str(log) in ran.err
    assert code[0].strip("()") in log.read_text(encoding="utf-8")
    assert "TypeError" in log.read_text(encoding="utf-8")


def test_a_user_without_a_name_may_import(idp: Idp, portal: Path) -> None:
    nameless = "import pwd; pwd.getpwuid = {}.__getitem__; from bot.cli import main; main()"
    ran = idp("import", "--portal", portal, program=("-c", nameless))
    assert ran.code == 0, ran.err
    assert "3 created" in ran.out


@pytest.mark.parametrize("port", ["-1", "65536"])
def test_a_port_out_of_range_is_bad_usage(idp: Idp, port: str) -> None:
    ran = idp("demo", "--no-browser", "--port", port)
    assert ran.code == 2
    assert "--port" in ran.err


def test_a_port_that_is_taken_is_said_with_the_way_out(idp: Idp) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = idp("demo", "--no-browser", "--port", str(taken.getsockname()[1]))
    assert ran.code == 3
    assert "idp demo --port 0" in ran.err


@pytest.mark.parametrize("written", ["people: 3", "people: [", "\x00"])
def test_a_broken_playground_file_is_bad_configuration(idp: Idp, portal: Path, written: str) -> None:
    (portal / "playground.yaml").write_text(written, encoding="utf-8")
    ran = idp("demo", "--no-browser", "--port", "0", "--portal", portal)
    assert ran.code == 2
    assert str(portal / "playground.yaml") in ran.err


def test_what_is_printed_to_be_pasted_is_quoted_for_the_shell(idp: Idp, tmp_path: Path) -> None:
    ran = idp("init", "my portal")
    assert "idp --portal 'my portal' doctor" in ran.out
    missing = idp("ask", "help", "--portal", "not there")
    assert "idp init 'not there'" in missing.err
    (tmp_path / "my portal" / "idp.yaml").unlink()
    assert "idp init '" in idp("doctor", "--portal", "my portal").out
