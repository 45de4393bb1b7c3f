"""A playground with three people, and a tiny Bolt app in it that does what a test tells it.

It refuses to know the product: these tests are about the page.
"""

from __future__ import annotations

import contextlib
import json
import queue
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Thread
from types import TracebackType
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from playground.seed import Seed
from playground.server import Playground

Json = dict[str, Any]
ANA, BEN, CHEN = "U0ANA", "U0BEN", "U0CHEN"
GENERAL, PAYMENTS, ATTIC = "C0GENERAL", "C0PAYMENTS", "C0ATTIC"
BOT = "U0IDPBOT"
PATIENCE = 5.0

SEED: Json = {
    "team": {"id": "T0ACME", "name": "Acme", "domain": "acme"},
    "people": [
        {"id": ANA, "name": "ana", "real_name": "Ana Silva", "title": "Staff engineer"},
        {"id": BEN, "name": "ben", "real_name": "Ben Okafor", "title": "SRE"},
        {"id": CHEN, "name": "chen", "real_name": "Chen Wei"},
    ],
    "channels": [
        {"id": GENERAL, "name": "general", "topic": "All hands"},
        {"id": PAYMENTS, "name": "payments"},
        {"id": ATTIC, "name": "attic", "is_private": True, "members": ["ana"], "bot": True},
    ],
    "usergroups": [{"id": "S0PAY", "handle": "pay-team", "name": "Payments team", "users": ["ana", "ben"]}],
}
MANIFEST: Json = {
    "features": {
        "slash_commands": [
            {
                "command": "/idp",
                "description": "Ask the portal",
                "usage_hint": "who owns payments",
                "should_escape": True,
            }
        ],
        "shortcuts": [
            {
                "name": "Who owns this?",
                "type": "message",
                "callback_id": "who",
                "description": "Find the owner",
            },
            {"name": "New service", "type": "global", "callback_id": "new", "description": "Start one"},
        ],
    },
    "oauth_config": {
        "scopes": {"bot": ["chat:write", "commands", "app_mentions:read", "im:history", "im:write"]}
    },
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened", "app_mention", "message.im"]}},
}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def button(text: str, action_id: str = "press", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(text), "value": "v", **more}


def actions(*elements: Json, block_id: str = "acts") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def options(*names: str) -> list[Json]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


def modal(*blocks: Json, title: str = "New service", **more: Any) -> Json:
    return {
        "type": "modal",
        "title": plain(title),
        "submit": plain("Create"),
        "close": plain("Cancel"),
        "blocks": list(blocks),
        **more,
    }


class Link:
    """One Socket Mode connection that ends at once; the SDK's clients take seconds to hang up."""

    def __init__(self, app: App, address: str) -> None:
        self._app = app
        self._open = contextlib.ExitStack()
        self._socket = self._open.enter_context(connect(address, proxy=None, compression=None))
        self._workers = ThreadPoolExecutor(4, "small-app")
        self._reader = Thread(target=self._read, name="small-app-link")
        self._reader.start()

    def _read(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            for text in self._socket:
                envelope = SocketModeRequest.from_dict(json.loads(text))
                if envelope is not None:
                    self._workers.submit(self._answer, envelope)

    def _answer(self, envelope: SocketModeRequest) -> None:
        body = run_bolt_app(self._app, envelope).body
        answer = json.loads(body) if body.startswith("{") else {"text": body}
        payload = {"payload": answer} if body else {}
        with contextlib.suppress(ConnectionClosed):
            self._socket.send(json.dumps({"envelope_id": envelope.envelope_id, **payload}))

    def close(self) -> None:
        """Hang up and wait for what is under way."""
        self._open.close()
        self._reader.join()
        self._workers.shutdown()


class SmallWorkspace:
    """The workspace; set `on_command`, `on_action` and their kin to what the app shall do."""

    def __init__(self, **seed: Any) -> None:
        self.playground = Playground(Seed.model_validate(SEED | seed), manifest=MANIFEST)
        self.heard: queue.Queue[Json] = queue.Queue()
        self.on_command: Callable[[Json], Json] = lambda body: {"text": f"heard {body['text']}"}
        self.on_action: Callable[[Json], object] = lambda _body: None
        self.on_submit: Callable[[Json], Json] = lambda _body: {}
        self.on_shortcut: Callable[[Json], object] = lambda _body: None
        self.on_home: Callable[[str], object] = lambda _user: None

    def __enter__(self) -> SmallWorkspace:
        self.playground.start()
        self.client = WebClient(self.playground.bot_token, base_url=self.playground.api_url)
        self._app = App(client=self.client, token_verification_enabled=False, process_before_response=True)
        self._listen(self._app)
        opened = self.client.apps_connections_open(app_token=self.playground.app_token)
        self._link = Link(self._app, str(opened["url"]))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._link.close()
        self._app.listener_runner.listener_executor.shutdown()
        self.playground.stop()

    def leave(self) -> None:
        """Let the app go away."""
        self._link.close()

    @property
    def url(self) -> str:
        return self.playground.url

    def post(self, *blocks: Json, channel: str = GENERAL, text: str = "words", **more: Any) -> str:
        """Post as the app; returns the ts."""
        sent = self.client.chat_postMessage(channel=channel, text=text, blocks=list(blocks) or None, **more)
        return str(sent["ts"])

    def next_heard(self) -> Json:
        """Return the next action, submission, closing or suggestion that came to the app."""
        return self.heard.get(timeout=PATIENCE)

    def _listen(self, app: App) -> None:
        anything = re.compile("")

        def act(ack: Any, body: Json) -> None:
            ack()
            self.heard.put(body)
            self.on_action(body)

        def submit(ack: Any, body: Json) -> None:
            self.heard.put(body)
            ack(**self.on_submit(body))

        def suggest(ack: Any, body: Json) -> None:
            self.heard.put(body)
            ack(options=options(f"{body['value']} api", f"{body['value']} web"))

        def closed(ack: Any, body: Json) -> None:
            ack()
            self.heard.put(body)

        def shortcut(ack: Any, body: Json) -> None:
            ack()
            self.heard.put(body)
            self.on_shortcut(body)

        def home(event: Json) -> None:
            if event["tab"] == "home":
                self.on_home(event["user"])

        app.command("/idp")(lambda ack, body: ack(**self.on_command(body)))
        app.action(anything)(act)
        app.view(anything)(submit)
        app.view_closed(anything)(closed)
        app.options(anything)(suggest)
        app.shortcut(anything)(shortcut)
        app.event("app_home_opened")(home)
        app.event("message")(lambda event: event)
        app.event("app_mention")(
            lambda event, say: say(text="*You* called", thread_ts=event.get("thread_ts") or event["ts"])
        )
