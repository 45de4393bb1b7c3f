"""What fails outside fails the look with one clear line, and nothing half-read leaves it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from domain.errors import OutsideFailure, Stopped
from integrations.gitlab import failures
from integrations.gitlab.line import ALL_WAITS_SECONDS
from tests.integrations.gitlab.gitlab_on_loopback import TOKEN, Server, source_at
from workflows.ports import Task


def failure_of(url: str, token: str = TOKEN, **options: Any) -> OutsideFailure:
    with pytest.raises(OutsideFailure) as caught:
        source_at(url, token, **options).facts(Task())
    error = caught.value
    assert "\n" not in str(error)
    assert TOKEN not in f"{error} {error.hint}"
    assert error.hint
    return error


def test_a_token_that_is_refused(server: Server) -> None:
    assert "refused the token (401): 401 Unauthorized" in str(failure_of(server.url, "glpat-wrong"))


def test_a_group_that_is_not_there_or_hidden(server: Server) -> None:
    error = failure_of(server.url, group="acme/nowhere")
    assert str(error) == "GitLab knows no /groups/acme%2Fnowhere, or hides it from this token (404)"
    assert "full path" in error.hint


def test_a_group_that_is_forbidden(server: Server) -> None:
    server.gitlab.denied.add("GET groups/:id")
    assert str(failure_of(server.url)) == "GitLab forbids /groups/acme (403): 403 Forbidden"


def test_a_ban_in_mid_look_is_no_group_without_files(server: Server) -> None:
    """Banned addresses get 403 for everything, which for a part of a project means: not for this token."""

    def banned(_done: int, _total: int | None, what: str) -> None:
        if what == "reading acme/site":
            server.gitlab.faults.always = 403

    with pytest.raises(OutsideFailure, match="403"):
        source_at(server.url).facts(Task(progress=banned))


def test_a_rate_limit_is_waited_out(server: Server, waits: list[float]) -> None:
    server.gitlab.faults.statuses += [(429, {"Retry-After": "7"}), (429, {"Retry-After": "0.5"})]
    seen = source_at(server.url).facts(Task())
    assert len(seen.facts.repositories) == 3
    assert [int(each) for each in waits] == [7, 1]
    assert seen.requests == len(server.gitlab.faults.requests)


def test_without_retry_after_the_reset_of_the_limit_counts(server: Server, waits: list[float]) -> None:
    server.gitlab.faults.statuses.append((429, {"RateLimit-Reset": str(int(time.time()) + 30)}))
    source_at(server.url, now=datetime.now(UTC)).facts(Task())
    assert len(waits) == 1
    assert 25 <= waits[0] <= 32


def test_a_rate_limit_that_stays(server: Server, waits: list[float]) -> None:
    server.gitlab.faults.always = 429
    assert "still limits our requests after a wait (429)" in str(failure_of(server.url))
    assert len(waits) == 3
    assert len(server.gitlab.faults.requests) == 4


def test_too_long_a_wait_is_not_begun(server: Server, waits: list[float]) -> None:
    server.gitlab.faults.statuses.append((429, {"Retry-After": "3600"}))
    assert "asks for a wait of 3600 s (429)" in str(failure_of(server.url))
    assert waits == []


def test_many_waits_end_too(server: Server, waits: list[float]) -> None:
    limited = (429, {"Retry-After": "100"})

    def limiting(_done: int, _total: int | None, _what: str) -> None:
        server.gitlab.faults.statuses += [limited, limited, limited]

    with pytest.raises(OutsideFailure, match="asks for a wait of 100 s"):
        source_at(server.url).facts(Task(progress=limiting))
    assert sum(map(int, waits)) == ALL_WAITS_SECONDS


def test_a_wait_ends_when_the_look_is_given_up(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # real waits
    server.gitlab.faults.statuses.append((429, {"Retry-After": "60"}))
    with pytest.raises(Stopped):
        source_at(server.url).facts(Task(stopped=lambda: len(server.gitlab.faults.requests) == 1))
    assert len(server.gitlab.faults.requests) == 1


def test_a_server_error_that_passes(server: Server, waits: list[float]) -> None:
    server.gitlab.faults.statuses += [(502, {}), (503, {"Retry-After": "2"})]
    assert len(source_at(server.url).facts(Task()).facts.repositories) == 3
    assert 0.5 <= waits[0] <= 1.5
    assert 2 <= waits[1] <= 3


def test_a_server_error_that_stays(server: Server, waits: list[float]) -> None:
    server.gitlab.faults.always = 500
    assert str(failure_of(server.url)) == f"GitLab at {server.url} failed on /groups/acme (500)"
    assert len(waits) == 3


def test_a_server_error_in_mid_look_lets_nothing_out(server: Server, waits: list[float]) -> None:
    def failing(_done: int, _total: int | None, what: str) -> None:
        if what == "reading acme/site":
            server.gitlab.faults.always = 503

    with pytest.raises(OutsideFailure, match="503"):
        source_at(server.url).fetch(Task(progress=failing))
    assert len(waits) == 3


def test_no_answer_in_time(server: Server, waits: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "TIMEOUT_SECONDS", 0.05)
    server.gitlab.faults.delay_seconds = 0.5
    assert "did not answer within" in str(failure_of(server.url))
    assert len(waits) == 3


def test_nobody_there(waits: list[float]) -> None:
    assert "cannot be reached" in str(failure_of("http://127.0.0.1:1/gitlab"))
    assert len(waits) == 3


def test_json_that_is_cut_off(server: Server) -> None:
    server.gitlab.faults.cut_bytes = 10
    assert "is cut off, or no JSON" in str(failure_of(server.url))


def test_a_page_in_html(server: Server) -> None:
    error = failure_of(f"{server.url}/somewhere/else")
    assert "answered /groups/acme with text/html and not with JSON" in str(error)


Answer = Callable[[str], tuple[int, dict[str, str], object]]
"""From a path to a status, headers, and what is sent as JSON."""


@pytest.fixture
def answering() -> Iterator[Callable[[Answer], tuple[str, list[str]]]]:
    """Start a server that is no GitLab; returns its address, and the tokens that it is given."""
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Answer) -> tuple[str, list[str]]:
        tokens: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                tokens.append(self.headers.get("PRIVATE-TOKEN", ""))
                status, headers, content = answer(self.path)
                body = json.dumps(content).encode()
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: object) -> None:
                """Keep the tests' output quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}", tokens

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


Answering = Callable[[Answer], tuple[str, list[str]]]
GROUP = {"id": 1, "full_path": "acme", "name": "Acme"}


def test_a_redirect_is_not_followed_with_the_token(answering: Answering) -> None:
    elsewhere, tokens = answering(lambda _path: (200, {}, GROUP))
    url, _ = answering(lambda path: (302, {"Location": f"{elsewhere}{path}"}, {}))
    error = failure_of(url)
    assert str(error) == "GitLab redirects /groups/acme to another address (302)"
    assert tokens == []


def test_a_next_page_elsewhere_is_asked_for_here(answering: Answering) -> None:
    elsewhere, tokens = answering(lambda _path: (200, {}, []))

    def answer(path: str) -> tuple[int, dict[str, str], object]:
        if "/projects?" in path and "page=2" not in path:
            return 200, {"Link": f'<{elsewhere}/api/v4/x?page=2>; rel="next"'}, []
        return 200, {}, GROUP if path.split("?")[0].endswith("/groups/acme") else []

    url, _ = answering(answer)
    assert source_at(url).facts(Task()).facts.repositories == ()
    assert tokens == []


def test_a_list_that_leads_back_to_itself_ends(answering: Answering) -> None:
    def answer(path: str) -> tuple[int, dict[str, str], object]:
        if "/projects" in path:
            return (
                200,
                {"Link": f'<http://127.0.0.1/?page={"1" if "page=2" in path else "2"}>; rel="next"'},
                [],
            )
        return 200, {}, GROUP

    assert "leads back to a page that it had" in str(failure_of(answering(answer)[0]))


@pytest.mark.parametrize(
    ("projects", "said"),
    [
        ({"message": "hello"}, "is no list"),
        (["acme/pay"], "is no object"),
        ([{"name": "nameless"}], "without an id"),
    ],
)
def test_answers_that_are_not_gitlabs(answering: Answering, projects: object, said: str) -> None:
    url, _ = answering(lambda path: (200, {}, projects if "/projects" in path else GROUP))
    assert said in str(failure_of(url))


def test_fields_of_other_types_and_unknown_ones_are_survived(answering: Answering) -> None:
    odd = {
        "id": 7,
        "path_with_namespace": "acme/odd",
        "default_branch": None,
        "topics": "none",
        "namespace": 12,
        "shared_with_groups": [None, {"group_full_path": "acme/pay", "group_access_level": 35}],
        "created_at": "long ago",
        "visibility": "starlight",
        "of_next_year": {"deep": [1]},
    }

    def answer(path: str) -> tuple[int, dict[str, str], object]:
        if "/groups/1/projects" in path:
            return 200, {}, [odd]
        if "/groups/acme" in path:
            return 200, {}, {**GROUP, "of_next_year": True}
        absent = "/projects/" in path or path.endswith("/metadata")
        return (404, {}, {"message": "404 Not Found"}) if absent else (200, {}, [])

    it = source_at(answering(answer)[0]).facts(Task()).facts.repositories[0]
    assert (it.slug, it.visibility, it.topics, it.created_at) == ("acme/odd", "starlight", (), None)
    assert [(each.team, each.permission) for each in it.teams] == [("acme/pay", "write")]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("0", 0), ("1.2", 2), ("-5", None), ("soon", None), ("inf", None), ("1e400", None), ("", None)],
)
def test_waits_as_written(server: Server, waits: list[float], written: str, seconds: int | None) -> None:
    server.gitlab.faults.statuses.append((503, {"Retry-After": written}))
    source_at(server.url).facts(Task())
    least = 0.5 if seconds is None else seconds
    assert least <= waits[0] <= least + 1


def test_a_wait_until_a_date(server: Server, waits: list[float]) -> None:
    server.gitlab.faults.statuses.append((429, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}))
    source_at(server.url).facts(Task())
    assert waits[0] <= 1
