"""What happens to a conversation when the ground shakes: cut sockets, refreshes, and a stop."""

import subprocess
import sys
import time
from concurrent.futures import wait
from pathlib import Path

import pytest

from bot.app_manifest import load_manifest
from playground.person import Person, Refusal
from playground.server import Playground
from tests.serving.conftest import CATALOG, SEED, Bot

ANSWER = "*payments* is owned by *team-payments*"


def answered_again(ana: Person, within: float) -> bool:
    """Ask until there is an answer, as a person would; False when none came in time."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            reply = ana.asks("/idp who owns payments")
        except Refusal:
            reply = None
        if reply and ANSWER in reply.all_text:
            return True
        time.sleep(0.05)
    return False


def test_a_cut_socket_is_back_within_3_seconds(workspace: Playground, bot: Bot, ana: Person) -> None:
    assert answered_again(ana, within=3)
    workspace.faults.set(drop_sockets=True)
    assert answered_again(ana, within=3), bot.log
    assert bot.process.poll() is None


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_a_refresh_of_the_connections_is_not_noticed(
    workspace: Playground, bot: Bot, ana: Person, reason: str
) -> None:
    workspace.faults.set(disconnect=reason)
    assert answered_again(ana, within=3), bot.log


def test_no_command_is_lost_while_the_connections_are_refreshed(workspace: Playground, bot: Bot) -> None:
    asked = []
    for at in range(200):
        if at == 50:
            workspace.faults.set(disconnect="warning")
        asked.append(workspace.submit("ana", "/idp who owns payments"))
        time.sleep(0.005)  # the pace of a busy workspace, so that the refresh falls among them
    assert [text for text in (str(each.result(10)) for each in asked) if ANSWER not in text] == [], bot.log


def test_a_stop_answers_what_is_in_flight(workspace: Playground, bot: Bot) -> None:
    asked = [workspace.submit("ana", "/idp who owns payments") for _ in range(20)]
    bot.ask_to_leave()
    done, late = wait(asked, timeout=10)
    assert not late
    assert [str(each.result()) for each in done if ANSWER not in str(each.result())] == []
    assert bot.leave() == 0, bot.log
    assert '"everything_answered": true' in bot.log


def test_a_stop_finishes_what_follows_an_acknowledgement(bot: Bot, ana: Person) -> None:
    ana.types("@idp who owns payments")
    bot.ask_to_leave()
    assert bot.leave() == 0, bot.log
    assert ANSWER in ana.sees("is owned by").all_text


@pytest.mark.usefixtures("bot")
def test_an_event_that_is_delivered_twice_is_answered_once(workspace: Playground, ana: Person) -> None:
    workspace.faults.set(redeliver=True)
    ana.types("@idp who owns payments")
    ana.sees("is owned by")
    ana.types("@idp help")
    ana.sees("Ask in these words")
    answers = [each for each in ana.messages("general") if ANSWER in each.all_text]
    assert len(answers) == 1


def test_no_token_is_in_the_log(workspace: Playground, bot: Bot, ana: Person) -> None:
    assert answered_again(ana, within=3)
    bot.ask_to_leave()
    bot.leave()
    assert workspace.bot_token not in bot.log
    assert workspace.app_token not in bot.log


def test_what_the_portal_s_files_say_at_the_start_is_answered(
    workspace: Playground, bot: Bot, ana: Person, tmp_path: Path
) -> None:
    assert answered_again(ana, within=3)
    bot.ask_to_leave()
    assert bot.leave() == 0
    file = tmp_path / "catalog" / "all.yaml"
    file.write_text(CATALOG.replace("owner: team-payments", "owner: team-new"), encoding="utf-8")
    again = Bot(workspace, tmp_path)
    reply = ana.asks("/idp who owns payments")
    again.close()
    assert reply is not None
    assert "team-new" in reply.all_text


def test_an_import_beside_the_running_bot_is_answered_within_seconds(
    bot: Bot, ana: Person, tmp_path: Path
) -> None:
    assert answered_again(ana, within=3)
    file = tmp_path / "more.yaml"
    file.write_text(CATALOG.replace("name: payments", "name: refunds"), encoding="utf-8")
    command = [sys.executable, "-m", "bot.cli", "import", str(file), "--portal", str(tmp_path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command line
    deadline = time.monotonic() + 5
    while "*refunds* is owned by" not in getattr(ana.asks("/idp who owns refunds"), "all_text", ""):
        assert time.monotonic() < deadline, bot.log
        time.sleep(0.1)


def test_a_slack_that_was_away_is_found_again(workspace: Playground, bot: Bot, ana: Person) -> None:
    assert answered_again(ana, within=3)
    port = int(workspace.url.rpartition(":")[2])
    ana.close()
    workspace.stop()
    with Playground(SEED, manifest=load_manifest(), port=port) as back, Person(back.url, "ana") as again:
        assert answered_again(again, within=15), bot.log  # the SDK looks every 10 s whether it is connected
    assert bot.process.poll() is None
