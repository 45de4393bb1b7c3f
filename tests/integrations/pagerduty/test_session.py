"""pdpyras, held on a short lead: it sends once, says nothing, and warns nobody."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from domain.errors import BadConfiguration, OutsideFailure
from integrations.calling import client, retrying
from integrations.calling.retrying import ATTEMPTS
from integrations.pagerduty import INTEGRATION, session
from integrations.pagerduty.options import PagerDutyOptions
from tests.integrations.pagerduty.stage import TOKEN, PagerDutyStage
from workflows.ports import Opening, Task

ROOT = Path(__file__).parents[3]


def test_importing_it_warns_nobody() -> None:
    code = "import integrations.pagerduty"
    ran = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("status", [401, 403, 429, 500])
def test_a_refusal_is_neither_logged_nor_asked_again_by_the_library(
    stage: PagerDutyStage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(retrying, "pause", lambda seconds, _stopped: waits.append(seconds))
    monkeypatch.setattr(time, "sleep", lambda _seconds: pytest.fail("the library waits by itself"))
    caplog.set_level(logging.DEBUG)
    stage.faults.always = status
    with pytest.raises(OutsideFailure, match=str(status)) as failure:
        stage.open().fetch(Task())
    assert len(stage.faults.requests) == len(waits) + 1 == (1 if status < 429 else ATTEMPTS)
    assert [each.name for each in caplog.records if each.name == "pdpyras"] == []
    said = f"{failure.value!r} {failure.value} {failure.value.hint} {failure.value.__cause__} {caplog.text}"
    assert TOKEN[-4:] not in said


def test_the_environment_has_no_say(
    stage: PagerDutyStage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setitem(os.environ, "NO_PROXY", "")
    assert stage.open().fetch(Task()).snapshots


def test_it_signs_as_it_is_told(stage: PagerDutyStage) -> None:
    for auth, begins in (("token", "Token token="), ("bearer", "Bearer ")):
        stage.faults.exchanges = []
        stage.open(auth=auth).fetch(Task())
        sent = {each.headers["authorization"] for each in stage.faults.exchanges}
        assert sent == {f"{begins}{TOKEN}"}
        assert {each.headers["accept"] for each in stage.faults.exchanges} == {
            "application/vnd.pagerduty+json;version=2"
        }


def test_an_answer_that_is_too_long_is_told(stage: PagerDutyStage, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (session, client):
        monkeypatch.setattr(module, "BODY_LIMIT", 1_000)
    with pytest.raises(OutsideFailure, match="answers with more than"):
        stage.open().fetch(Task())
    assert len(stage.faults.requests) == 1


def test_an_answer_that_trickles_is_given_up(stage: PagerDutyStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrying, "pause", lambda _seconds, _stopped: None)
    monkeypatch.setattr(session, "ANSWER_SECONDS", -1.0)
    with pytest.raises(OutsideFailure, match="did not answer"):
        stage.open().fetch(Task())


def test_an_answer_that_cannot_be_unpacked_is_told(stage: PagerDutyStage) -> None:
    stage.faults.statuses = [(200, {"content-encoding": "gzip"})]
    with pytest.raises(OutsideFailure, match="cannot be unpacked"):
        stage.open().fetch(Task())


def test_a_redirect_is_not_followed(stage: PagerDutyStage) -> None:
    stage.faults.statuses = [(302, {"location": "http://127.0.0.1:9/elsewhere"})]
    with pytest.raises(OutsideFailure, match="302"):
        stage.open().fetch(Task())
    assert len(stage.faults.requests) == 1


def test_without_a_token_there_is_no_source() -> None:
    with pytest.raises(BadConfiguration, match="PAGERDUTY_TOKEN") as refused:
        INTEGRATION.open(Opening("pagerduty", PagerDutyOptions()))
    assert "PAGERDUTY_TOKEN_FILE" in refused.value.hint


@pytest.mark.parametrize(
    "block",
    [
        {"url": "https://user:secret@api.pagerduty.com"},
        {"url": "http://api.pagerduty.com"},
        {"url": "api.pagerduty.com"},
        {"url": "https://api.pagerduty.com?token=1"},
        {"token": "in-the-file"},
        {"days": 0},
        {"days": 91},
        {"structure_every": "soon"},
        {"services": "declared"},
    ],
)
def test_an_option_that_makes_no_sense_is_refused(block: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        PagerDutyOptions.model_validate(block)


@pytest.mark.parametrize(("written", "seconds"), [("90s", 90), ("30m", 1_800), ("2h", 7_200), ("1d", 86_400)])
def test_lengths_of_time_are_as_elsewhere(written: str, seconds: int) -> None:
    options = PagerDutyOptions.model_validate({"structure_every": written})
    assert options.structure_every.total_seconds() == seconds


def test_every_list_is_tried_and_what_is_optional_says_so(stage: PagerDutyStage) -> None:
    stage.pagerduty.unpaid |= {"/teams", "/business_services"}
    stage.pagerduty.denied.add("/incidents")
    rows = {each.name: each for each in stage.open().validate()}
    assert list(rows)[:2] == [f"reachable: {stage.url.split('/')[2]}", "credential PAGERDUTY_TOKEN"]
    refused = {name: each.optional for name, each in rows.items() if not each.granted}
    assert refused == {"incidents: read": False, "teams: read": True, "business services: read": True}
    assert "quota: 951 of 960 requests left" not in rows
    assert any(name.startswith("quota: 95") for name in rows)
