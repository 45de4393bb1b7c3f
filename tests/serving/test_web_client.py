"""The client of the Web API does not give up at the first stumble of Slack's."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from bot.settings import Environment
from bot.slack_app import web_client

HANG_UP = 0


@contextmanager
def slack_that_answers(*statuses: int) -> Iterator[tuple[str, list[int]]]:
    """Give the address of a server that answers so, one call after another, and what it answered."""
    answered: list[int] = []

    class Slack(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status = statuses[len(answered)]
            answered.append(status)
            self.rfile.read(int(self.headers["Content-Length"]))
            if status == HANG_UP:
                self.close_connection = True
                return
            body = json.dumps({"ok": status == 200, "error": str(status)}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Retry-After", "0")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Slack) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/api", answered
        finally:
            server.shutdown()
            thread.join(5)


@pytest.mark.parametrize("stumble", [429, 500, 503, HANG_UP])
def test_a_stumble_is_waited_out(stumble: int) -> None:
    with slack_that_answers(stumble, 200) as (url, answered):
        environment = Environment.model_validate({"slack_bot_token": "xoxb-1", "slack_api_base_url": url})
        assert web_client(environment).auth_test()["ok"]
    assert answered == [stumble, 200]
