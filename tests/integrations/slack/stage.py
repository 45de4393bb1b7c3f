"""A workspace on loopback: the playground's Web API behind the vendors' faults, and the source on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from starlette.routing import BaseRoute, Route

from domain.entities import Claim
from integrations.slack import INTEGRATION
from playground.app_settings import AppSettings
from playground.clock import SystemClock
from playground.emulator import assemble
from playground.seed import Seed
from playground.vendors.vendor import Faults
from playground.webapi.calls import Call
from playground.webapi.serving import WebApi
from playground.workspace import SLACKBOT, Channel, Json, Member, Workspace
from tests.integrations.adapter_suite import SECRET
from workflows.ports import Connected, Look, Opening

TOKEN = f"xoxb-{SECRET}"
SCOPES = ("users:read", "users:read.email", "usergroups:read", "channels:read", "groups:read")
SEED = Seed.model_validate(
    {
        "team": {"id": "T0ACME", "name": "Acme", "domain": "acme"},
        "people": [
            {"id": "U0ANA", "name": "ana", "real_name": "Ana Silva", "email": "ana@acme.example",
             "tz": "Europe/Lisbon", "title": "Staff Engineer"},
            {"id": "U0BO", "name": "bo", "real_name": "Bo Berg", "email": "bo@acme.example"},
            {"id": "U0GONE", "name": "gone", "email": "gone@acme.example", "deleted": True},
            {"id": "U0GUEST", "name": "guest", "email": "g@agency.example", "is_restricted": True},
            {"id": "U0ONE", "name": "one", "email": "one@agency.example", "is_ultra_restricted": True},
            {"id": "U0NEW", "name": "new", "email": "new@acme.example", "is_invited": True},
            {"id": "U0CI", "name": "ci", "is_bot": True},
        ],
        "channels": [
            {"id": "C0GENERAL", "name": "general"},
            {"id": "C0OLD", "name": "old", "is_archived": True},
            {"id": "C0BANK", "name": "bank", "is_ext_shared": True, "bot": False},
            {"id": "C0IN", "name": "embargo", "is_private": True, "members": ["ana"], "bot": True},
            {"id": "C0OUT", "name": "board", "is_private": True, "members": ["bo"]},
        ],
        "usergroups": [
            {"id": "S0PAY", "handle": "team-payments", "name": "Payments", "users": ["ana", "gone", "guest"]},
            {"id": "S0ALL", "handle": "everyone", "name": "Everyone", "users": ["ana", "bo"]},
            {"id": "S0OLD", "handle": "team-old", "name": "Old", "users": ["bo"], "disabled": True},
        ],
    }
)  # fmt: skip


class Directory(WebApi):
    """The Web API of a workspace; a test may have a word in each answer."""

    name = "slack"

    def __init__(self, seed: Seed = SEED, token: str = TOKEN) -> None:
        self.faults = Faults()
        self.emulator = assemble(seed, AppSettings(bot_token=token), SystemClock())
        self.edit: Callable[[str, Json], None] = lambda _method, _answer: None
        self.calls: list[Call] = []
        super().__init__(self.emulator)

    def routes(self) -> Sequence[BaseRoute]:
        return [Route("/api/{method:path}", self.serve, methods=["GET", "POST"])]

    def answer(self, call: Call, token: str) -> tuple[Json, int]:
        self.calls.append(call)
        answer, retry_after = super().answer(call, token)
        self.edit(call.method, answer)
        return answer, retry_after

    @property
    def workspace(self) -> Workspace:
        return self.emulator.workspace

    def grant(self, *scopes: str) -> None:
        """Let the app have these scopes and no others."""
        manifest = {"oauth_config": {"scopes": {"bot": list(scopes)}}}
        self.emulator.app = replace(self.emulator.app, manifest=manifest)


class SlackStage:
    """The suite's stage."""

    credential = "SLACK_BOT_TOKEN"
    page = 999
    main = "users.list"

    def __init__(self, address: str, directory: Directory) -> None:
        self._url = f"{address}/vendors/slack/api/"
        self.directory, self.faults = directory, directory.faults
        self.opened: list[Connected] = []

    def open(self, *, url: str = "", timeout: float = 5.0, token: str = TOKEN, **block: Any) -> Connected:
        options = INTEGRATION.options.model_validate(
            {"url": url or self._url, "timeout_seconds": timeout, **block}
        )
        secrets = {"SLACK_BOT_TOKEN": token}
        source = INTEGRATION.open(Opening("slack", options, secrets.get))
        self.opened.append(source)
        return source

    def empty(self) -> None:
        workspace = self.directory.workspace
        bots = {workspace.bot.user_id, SLACKBOT}
        workspace.members = {id_: each for id_, each in workspace.members.items() if id_ in bots}
        workspace.channels.clear()
        workspace.usergroups.clear()

    def crowd(self, count: int) -> None:
        for number in range(count):
            name = f"person-{number}"
            self.directory.workspace.add_member(
                Member(f"U1{number:06}", name, f"Person {number}", f"{name}@acme.example")
            )

    def crowded(self, look: Look) -> list[Claim]:
        return [each for each in look.snapshots[0].claims if each.id.startswith("user/U1")]

    def channels(self, count: int) -> None:
        for number in range(count):
            name = f"room-{number}"
            self.directory.workspace.add_channel(Channel(f"C1{number:06}", name, 1, SLACKBOT))

    def oddly(self) -> None:
        def odd(_method: str, answer: Json) -> None:
            answer["unheard_of"] = {"of": [None]}
            for key in ("members", "usergroups", "channels"):
                for each in answer.get(key, ()):
                    each.update(unheard_of=1, is_admin="maybe", updated=None, prefs=None, topic=None)
            for each in answer.get("members", ()):
                each["profile"].update(status_emoji=None, unheard_of=[1], display_name=None)
                each.update(tz=None, is_workflow_bot="perhaps", enterprise_user=None)

        self.directory.edit = odd
