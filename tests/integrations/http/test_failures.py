"""What can go wrong between here and the API: it says where, what and what to do, and no secret."""

from __future__ import annotations

import contextlib
import gzip
import logging
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from domain.errors import BadConfiguration, OutsideFailure
from integrations.calling import client
from integrations.calling.retrying import ATTEMPTS
from integrations.http import INTEGRATION
from playground.vendors.cmdb import Cmdb
from tests.integrations.http.conftest import MAPPING, NOW, TOKEN, Odd, Opens, Servers
from workflows.ports import Opening, Task

ONE_PAGE = "cmdb/api/assets?per_page=100"


@pytest.mark.parametrize(
    ("status", "hint"),
    [
        (401, "Check the credential: CMDB_TOKEN."),
        (403, "The credential may not read this: give CMDB_TOKEN the right to."),
        (404, "Check `url`, and that the credential may see it."),
        (400, "Check `url`, `method` and `pagination`."),
    ],
)
def test_a_refusal_is_told_at_once_with_what_to_do(
    opens: Opens, cmdb: Cmdb, servers: Servers, status: int, hint: str
) -> None:
    cmdb.faults.always = status
    with pytest.raises(OutsideFailure) as failed:
        opens(ONE_PAGE, items="data").fetch()
    assert f"source cmdb: {servers.url('cmdb/api/assets')} answers {status}" in str(failed.value)
    assert failed.value.hint == hint
    assert len(cmdb.faults.requests) == 1


def test_a_wrong_token_is_the_vendors_own_401(opens: Opens, cmdb: Cmdb) -> None:
    cmdb.token = "another"
    with pytest.raises(OutsideFailure, match="answers 401 Unauthorized"):
        opens(ONE_PAGE, items="data").fetch()


def test_an_api_that_wants_a_credential_where_none_is_set(opens: Opens) -> None:
    with pytest.raises(OutsideFailure) as failed:
        opens(ONE_PAGE, items="data", auth=None).fetch()
    assert failed.value.hint == "It wants a credential: set `auth`."


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_passes_is_waited_out(opens: Opens, cmdb: Cmdb, status: int) -> None:
    cmdb.faults.statuses = [(status, {}), (status, {"retry-after": "7"})]
    look = opens(ONE_PAGE, items="data").fetch()
    assert len(look.snapshots[0].claims) == len(cmdb.assets)
    assert look.requests == 3


def test_what_does_not_pass_is_given_up_after_some_attempts(opens: Opens, cmdb: Cmdb) -> None:
    cmdb.faults.always = 503
    with pytest.raises(OutsideFailure, match="answers 503") as failed:
        opens(ONE_PAGE, items="data").fetch()
    assert failed.value.hint == "Ask again later."
    assert len(cmdb.faults.requests) == ATTEMPTS


def test_nobody_waits_for_hours(opens: Opens, cmdb: Cmdb) -> None:
    cmdb.faults.statuses = [(429, {"retry-after": "7200"})]
    with pytest.raises(OutsideFailure, match="asks to wait 7200 s"):
        opens(ONE_PAGE, items="data").fetch()
    assert len(cmdb.faults.requests) == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90),
        (format_datetime(NOW - timedelta(seconds=90), usegmt=True), 0),
    ],
)
def test_the_wait_is_the_one_that_was_asked_for(
    opens: Opens, cmdb: Cmdb, header: str, seconds: int, waits: list[float]
) -> None:
    cmdb.faults.statuses = [(429, {"retry-after": header}), (500, {"retry-after": "soon"})]
    opens(ONE_PAGE, items="data").fetch()
    assert seconds <= waits[0] <= seconds + 1
    assert 1 <= waits[1] <= 2  # as long as the client thinks right, a second time


def test_a_stop_is_heard_between_two_attempts(opens: Opens, cmdb: Cmdb) -> None:
    cmdb.faults.always = 500
    with pytest.raises(Exception, match="was given up"):
        opens(ONE_PAGE, items="data").fetch(Task(stopped=lambda: len(cmdb.faults.requests) == 2))


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of a server that takes a request and never answers it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        taken: list[socket.socket] = []

        def take() -> None:
            with contextlib.suppress(OSError):
                while True:
                    taken.append(listening.accept()[0])

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/assets"
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(5)
        for each in taken:
            each.close()


def test_silence_ends_in_a_failure(opens: Opens, silent: str) -> None:
    source = opens("", url=silent, timeout_seconds=0.1)
    with pytest.raises(OutsideFailure, match=r"did not answer within 0\.1 s"):
        source.fetch()


def test_an_address_where_nobody_listens(opens: Opens) -> None:
    source = opens("", url="http://127.0.0.1:1/assets")
    with pytest.raises(OutsideFailure, match="cannot be reached") as failed:
        source.fetch()
    assert failed.value.hint == "Check `url`, and that this machine may reach it."
    (row,) = source.validate()
    assert (row.name, "cannot be reached" in row.problem) == ("reachable: 127.0.0.1:1", True)


def test_no_proxy_of_the_environment_is_asked(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "")
    assert opens(ONE_PAGE, items="data").fetch().snapshots[0].claims


def test_json_that_was_cut(opens: Opens, cmdb: Cmdb) -> None:
    cmdb.faults.cut_bytes = 10
    with pytest.raises(OutsideFailure, match="answers with no JSON") as failed:
        opens(ONE_PAGE, items="data").fetch()
    assert "comes again" in failed.value.hint


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html>Sign in</html>", "no JSON: a web page; is it a login?"),
        (b"", "no JSON"),
        (b"[NaN]", "no JSON: NaN is no number"),
        (b"\xff\xfe[", "no UTF-8 text"),
        (b"[" * 100_000, "no JSON"),
    ],
)
def test_what_is_no_json(opens: Opens, odd: Odd, body: bytes, said: str) -> None:
    odd.answer = lambda _request: Response(body)
    with pytest.raises(OutsideFailure, match=said):
        opens("odd/").fetch()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"data": {"a": 1}}, "`items: data` finds a mapping and no list; it has data"),
        ({"assets": [], "n": 0}, "`items: data` finds nothing and no list; it has assets, n"),
        ({"data": "none"}, "finds a text"),
        ([], "finds nothing and no list"),
        (None, "finds nothing and no list"),
    ],
)
def test_items_that_are_no_list(opens: Opens, odd: Odd, answer: object, said: str) -> None:
    odd.answer = lambda _request: JSONResponse(answer)
    with pytest.raises(OutsideFailure, match=said):
        opens("odd/", items="data").fetch()


def test_an_expression_that_cannot_be_asked_of_the_answer(opens: Opens, odd: Odd) -> None:
    odd.answer = lambda _request: JSONResponse({"data": 5})
    with pytest.raises(OutsideFailure, match=r"page 1: `sort\(data\)` cannot be asked of it"):
        opens("odd/", items="sort(data)").fetch()


def test_a_body_past_the_limit_is_not_read_to_its_end(
    opens: Opens, odd: Odd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "BODY_LIMIT", 1_000_000)
    bomb = gzip.compress(b"[" + b" " * 20_000_000 + b"]")
    odd.answer = lambda _request: Response(bomb, headers={"content-encoding": "gzip"})
    with pytest.raises(OutsideFailure, match="more than 1 MB"):
        opens("odd/").fetch()


def test_a_body_that_cannot_be_unpacked(opens: Opens, odd: Odd) -> None:
    odd.answer = lambda _request: Response(b"no gzip", headers={"content-encoding": "gzip"})
    with pytest.raises(OutsideFailure, match="cannot be unpacked"):
        opens("odd/").fetch()


def test_a_body_that_trickles_ends_all_the_same(
    opens: Opens, odd: Odd, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "ANSWER_SECONDS", -1)
    odd.answer = lambda _request: JSONResponse([])
    with pytest.raises(OutsideFailure, match="for one answer"):
        opens("odd/").fetch()


def test_a_redirect_on_the_same_host_is_followed(opens: Opens, odd: Odd) -> None:
    odd.answer = lambda request: (
        JSONResponse([{"name": "a", "id": request.headers["authorization"]}])
        if request.url.path.endswith("/there")
        else RedirectResponse("there")
    )
    look = opens("odd/here").fetch()
    assert look.snapshots[0].claims[0].id == f"Bearer {TOKEN}"
    assert look.requests == 2


@pytest.mark.parametrize("to", ["https://evil.example/steal", "http://localhost:1/x", "//evil.example/x"])
def test_a_redirect_to_another_host_is_refused(opens: Opens, odd: Odd, to: str) -> None:
    odd.answer = lambda _request: RedirectResponse(to)
    with pytest.raises(OutsideFailure, match="redirects to another host"):
        opens("odd/").fetch()
    assert len(odd.faults.requests) == 1


def test_a_redirect_in_circles_ends(opens: Opens, odd: Odd) -> None:
    odd.answer = lambda request: RedirectResponse(str(request.url))
    with pytest.raises(OutsideFailure, match="in circles"):
        opens("odd/").fetch()


def test_the_token_is_in_no_error_and_no_log(
    opens: Opens,
    cmdb: Cmdb,
    odd: Odd,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for chatty in ("", "httpx", "httpcore"):  # which another test's journal may have quietened
        caplog.set_level(logging.DEBUG, chatty)
    said: list[str] = []
    odd.answer = lambda request: PlainTextResponse(request.headers["authorization"], 500)
    cmdb.faults.statuses = [(status, {}) for status in (401, 403, 404, 302)]
    for path in ("odd/", *[ONE_PAGE] * 4, "cmdb/nowhere"):
        source = opens(path, headers={"X-Api-Key": "$CMDB_TOKEN"})
        with pytest.raises(OutsideFailure) as failed:
            source.fetch()
        said += [str(failed.value), failed.value.hint, repr(failed.value.__context__), repr(source)]
        said += [repr(each) for each in source.validate()]
    output = capsys.readouterr()
    assert caplog.text
    assert TOKEN not in "\n".join([*said, caplog.text, output.out, output.err])


def test_the_address_of_a_redirect_is_not_repeated(opens: Opens, odd: Odd) -> None:
    odd.answer = lambda _request: RedirectResponse(f"https://evil.example/{TOKEN}?token={TOKEN}")
    rows = repr(opens("odd/").validate())
    assert "evil.example" in rows
    assert TOKEN not in rows


def test_a_token_that_the_api_repeats_is_not_repeated(opens: Opens, odd: Odd) -> None:
    odd.answer = lambda request: JSONResponse({"error": f"no: {request.headers['authorization']}"}, 401)
    with pytest.raises(OutsideFailure, match="answers 401 Unauthorized: no: …"):
        opens("odd/").fetch()
    assert TOKEN not in repr(opens("odd/").validate())


@pytest.mark.parametrize("held", ["two\nlines", "naïve", "bell\x07"])
def test_a_secret_that_no_header_can_hold_is_not_shown(servers: Servers, held: str) -> None:
    block = {"url": servers.url("odd/"), "auth": {"value": "Bearer $CMDB_TOKEN"}, "mapping": MAPPING}
    options = INTEGRATION.options.model_validate(block)
    with pytest.raises(BadConfiguration) as refused:
        INTEGRATION.open(Opening("cmdb", options, {"CMDB_TOKEN": held}.get))
    assert str(refused.value) == "source cmdb: CMDB_TOKEN holds characters that no header can hold"


def test_a_secret_that_is_not_set_is_named() -> None:
    block = {"url": "http://localhost/", "headers": {"X-Api-Key": "${CMDB_KEY}"}, "mapping": MAPPING}
    options = INTEGRATION.options.model_validate(block)
    with pytest.raises(BadConfiguration) as refused:
        INTEGRATION.open(Opening("cmdb", options))
    assert str(refused.value) == "source cmdb: CMDB_KEY is not set"
    assert refused.value.hint == "Set CMDB_KEY, or CMDB_KEY_FILE to a file that holds it."


def test_certificates_that_are_not_there(opens: Opens) -> None:
    with pytest.raises(BadConfiguration, match=r"ca_file /nowhere\.pem cannot be used"):
        opens("odd/", ca_file="/nowhere.pem")
