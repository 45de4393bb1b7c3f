"""What Slack, and what stands before it, can answer instead of a list."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from domain.errors import OutsideFailure
from integrations.calling import retrying
from integrations.calling.failures import Forbidden, Refusal, Unauthorized
from integrations.calling.retrying import ATTEMPTS
from integrations.slack import web
from playground.workspace import Json
from tests.integrations.adapter_suite import SECRET
from tests.integrations.slack.stage import SCOPES, TOKEN, SlackStage
from workflows.ports import Task


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited, instead of waiting."""
    waits: list[float] = []
    monkeypatch.setattr(retrying, "pause", lambda seconds, _stopped: waits.append(seconds))
    return waits


def failure_of(stage: SlackStage, *, url: str = "") -> OutsideFailure:
    with pytest.raises(OutsideFailure) as failure:
        stage.open(url=url).fetch(Task())
    assert failure.value.hint
    assert SECRET not in f"{failure.value!r} {failure.value} {failure.value.hint}"
    return failure.value


@pytest.mark.parametrize(
    ("code", "kind", "hint"),
    [
        ("invalid_auth", Unauthorized, "SLACK_BOT_TOKEN"),
        ("account_inactive", Unauthorized, "SLACK_BOT_TOKEN"),
        ("token_revoked", Unauthorized, "SLACK_BOT_TOKEN"),
        ("access_denied", Forbidden, "administers"),
        ("something_of_tomorrow", Refusal, "report the code"),
    ],
)
def test_slacks_own_refusals_are_told_at_once(
    stage: SlackStage, waits: list[float], code: str, kind: type[Refusal], hint: str
) -> None:
    stage.directory.emulator.faults.fail = {"users.list": code}
    failure = failure_of(stage)
    assert type(failure) is kind
    assert code in str(failure)
    assert hint in failure.hint
    assert waits == []


def test_a_token_of_another_app_is_told(stage: SlackStage) -> None:
    with pytest.raises(Unauthorized, match="answers invalid_auth"):
        stage.open(token=f"{TOKEN}-not").fetch(Task())


def test_slacks_own_limit_is_waited_for(stage: SlackStage, waits: list[float]) -> None:
    limits = stage.directory.emulator.faults
    limits.rate_limit = {"users.list": 30}

    def once(method: str, _answer: Json) -> None:
        if method == "users.list":
            limits.rate_limit = {}

    stage.directory.edit = once
    assert stage.open().fetch(Task()).snapshots[0].complete
    assert [int(each) for each in waits] in ([30], [31])


def test_a_limit_without_a_status_is_waited_for_too(stage: SlackStage, waits: list[float]) -> None:
    stage.directory.emulator.faults.fail = {"conversations.list": "ratelimited"}
    assert "ratelimited" in str(failure_of(stage))
    assert len(waits) == ATTEMPTS - 1


def test_the_tiers_of_slack_are_kept_to(stage: SlackStage, waits: list[float]) -> None:
    """Twenty calls a minute: the look goes on after each wait that Slack asks for."""
    now = [0.0]

    def turn(seconds: float, _stopped: Callable[[], bool]) -> None:
        waits.append(seconds)
        now[0] += seconds

    stage.directory.emulator.faults.rate_limits = True
    stage.directory.emulator.clock.now = lambda: now[0]  # type: ignore[method-assign]
    stage.channels(25)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retrying, "pause", turn)
        patch.setattr("integrations.slack.source.PAGE", 1)
        look = stage.open().fetch(Task())
    assert len(look.snapshots[0].channels or ()) == 29
    assert waits
    assert all(1 <= each < 5 for each in waits)


@pytest.mark.parametrize("key", ["members", "channels", "usergroups"])
def test_a_page_without_its_list_is_not_taken_for_an_empty_one(stage: SlackStage, key: str) -> None:
    stage.directory.edit = lambda _method, answer: answer.update({key: None}) if key in answer else None
    assert f"without a list of {key}" in str(failure_of(stage))


def test_a_cursor_that_leads_in_circles_is_a_failure(stage: SlackStage) -> None:
    def round_and_round(method: str, answer: Json) -> None:
        if method == "users.list":
            answer["response_metadata"] = {"next_cursor": "ZnJvbTow"}

    stage.directory.edit = round_and_round
    assert "read already" in str(failure_of(stage))


@pytest.mark.parametrize("item", [None, "U0ANA", {}, {"id": ""}, {"id": 7}])
def test_an_item_without_an_id_is_a_finding_and_nothing_is_taken_for_gone(
    stage: SlackStage, item: object
) -> None:
    def spoilt(method: str, answer: Json) -> None:
        if method == "users.list":
            answer["members"].insert(1, item)

    stage.directory.edit = spoilt
    look = stage.open().fetch(Task())
    (finding,) = look.findings
    assert str(finding).startswith("slack: people: item 2: error: it has no id")
    people, groups = look.snapshots
    assert not people.complete
    assert groups.complete
    assert "user/U0BO" in {each.key for each in people.claims}


def test_nulls_where_values_were(stage: SlackStage) -> None:
    def empty(_method: str, answer: Json) -> None:
        for key in ("members", "usergroups", "channels"):
            for each in answer.get(key, ()):
                each.update({name: None for name in each if name != "id"})

    stage.directory.edit = empty
    look = stage.open(teams="*").fetch(Task())
    assert look.findings == ()
    ana = next(each for each in look.snapshots[0].claims if each.key == "user/U0ANA")
    assert ana.fields == {"slack_user_id": "U0ANA", "accounts": {"slack": "active"}}
    assert look.snapshots[0].channels == ()


@contextmanager
def answering(
    status: int, body: bytes, headers: dict[str, str] | None = None
) -> Iterator[tuple[str, list[str]]]:
    """Serve one answer to everything; yields the address and who asked with which token."""
    tokens: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            tokens.append(self.headers.get("authorization", ""))
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/api/", tokens
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<html>please log in</html>", "no JSON"),
        (b'["ok"]', "no JSON"),
        (b"", "no JSON"),
        (b'{"ok": true, "members": [', "no JSON"),
        (b"\xff\xfe\x00", "no JSON"),
        (b'{"ok": false}', "no JSON"),
        (b'{"ok": false, "error": "Sorry, no."}', "no JSON"),
    ],
)
def test_what_is_not_slacks_is_told(stage: SlackStage, waits: list[float], body: bytes, words: str) -> None:
    with answering(200, body) as (url, _):
        failure = failure_of(stage, url=url)
    assert words in str(failure)
    assert len(waits) == ATTEMPTS - 1


def test_the_token_goes_along_with_no_redirect(stage: SlackStage) -> None:
    with answering(200, b'{"ok": true}') as (elsewhere, tokens):
        for status in (301, 302, 303, 307, 308):
            with answering(status, b"", {"location": elsewhere}) as (url, _):
                assert "is not followed" in str(failure_of(stage, url=url))
        assert tokens == []


def test_an_answer_without_an_end_is_given_up(stage: SlackStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "BODY_LIMIT", 1_000_000)
    with answering(200, b"{" + b" " * 1_100_000) as (url, _):
        assert "more than 1 MB" in str(failure_of(stage, url=url))


def test_each_scope_has_a_row(stage: SlackStage) -> None:
    rows = stage.open().validate()
    assert [each.name.partition(" ")[0] for each in rows] == [
        "reachable:", "credential", "users:read", "usergroups:read", "channels:read", "groups:read",
        "users:read.email", "clock",
    ]  # fmt: skip
    assert all(each.granted for each in rows)


@pytest.mark.parametrize("lacking", SCOPES)
def test_a_scope_that_is_missing_is_a_row_that_names_it(stage: SlackStage, lacking: str) -> None:
    stage.directory.grant(*(each for each in SCOPES if each != lacking))
    (row,) = (each for each in stage.open().validate() if not each.granted)
    assert row.name == lacking
    assert row.optional == (lacking != "users:read")
    assert lacking in row.problem + row.remedy
    (needed,) = (each for each in stage.open(teams="t").validate() if not each.granted)
    assert needed.optional == (lacking not in ("users:read", "usergroups:read"))
