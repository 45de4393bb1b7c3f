"""The page's own API: what a person sees and does in the browser, as JSON over HTTP.

It refuses requests of other sites: the guard in front of it checks Host and Origin.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground import payloads
from playground.acts import commands, forms, pressing, speaking, visiting
from playground.acts.speaking import Refused
from playground.emulator import Emulator
from playground.faults import FaultOrder
from playground.feed import seen_by_page
from playground.link import Link
from playground.posting import page_channel
from playground.workspace import Json, Member

SHOWN_MESSAGES = 300


class _Ask(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    who: str = Field(alias="as")


class _Say(_Ask):
    channel: str
    text: str
    thread_ts: str | None = None
    wait: bool = False
    """Answer a command only when the app did, with the message that came of it as `reply`."""


class _Act(_Ask):
    container: Json
    action: Json
    state: Json | None = None


class _Suggest(_Ask):
    container: Json
    action_id: str
    block_id: str | None = None
    value: str = ""


class _Form(_Ask):
    view_id: str
    state: Json | None = None


class _Dm(_Ask):
    user: str


class _Shortcut(_Ask):
    callback_id: str
    message_ts: str | None = None
    channel: str | None = None


Answer: TypeAlias = Callable[[Request], Awaitable[Json]]


class PlayApi:
    """All routes of the page's API, over one emulator."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def routes(self) -> list[BaseRoute]:
        """Return the routes under /play, the feed aside."""
        get: dict[str, Answer] = {
            "state": self._state,
            "messages": self._messages,
            "home": self._home,
            "raw": self._raw,
            "log": self._log,
            "faults": self._faults,
        }
        post: dict[str, Answer] = {
            "say": self._say,
            "act": self._act,
            "suggest": self._suggest,
            "view/submit": self._submit,
            "view/close": self._close,
            "home": self._open_home,
            "dm": self._dm,
            "shortcut": self._shortcut,
            "faults": self._set_faults,
        }
        return [
            *(Route(f"/play/{path}", _answering(answer), methods=["GET"]) for path, answer in get.items()),
            *(Route(f"/play/{path}", _answering(answer), methods=["POST"]) for path, answer in post.items()),
        ]

    def person(self, given: str | None) -> Member:
        """Return who acts, by id or name; raises Refused."""
        return speaking.acting_person(self._emulator, given)

    async def _state(self, request: Request) -> Json:
        workspace = self._emulator.workspace
        me = self.person(request.query_params.get("as") or speaking.first_person(self._emulator))
        return {
            "team": workspace.team.model_dump(),
            "me": payloads.user(workspace, me),
            "people": [payloads.user(workspace, one) for one in workspace.members.values()],
            "channels": [
                page_channel(workspace, one, me.id)
                for one in workspace.channels.values()
                if me.id in one.members or not (one.is_private or one.is_im)
            ],
            "usergroups": [
                payloads.usergroup(workspace, one, with_users=True) for one in workspace.usergroups.values()
            ],
            "commands": [
                {key: one.get(key, "") for key in ("command", "description", "usage_hint")}
                for one in self._emulator.app.commands
            ],
            "shortcuts": self._emulator.app.shortcuts,
            "bot": {
                "user_id": workspace.bot.user_id,
                "name": workspace.bot.name,
                "connected": self._emulator.link.connected,
            },
        }

    async def _messages(self, request: Request) -> Json:
        workspace, me = self._emulator.workspace, self.person(request.query_params.get("as"))
        channel = workspace.channels.get(request.query_params.get("channel", ""))
        if channel is None or ((channel.is_private or channel.is_im) and me.id not in channel.members):
            raise Refused("channel_not_found")
        if channel.messages:
            workspace.read_marks[me.id, channel.id] = next(reversed(channel.messages))
        newest = workspace.newest_visible(channel, me.id, SHOWN_MESSAGES)
        return {"messages": [seen_by_page(one) for one in newest]}

    async def _say(self, request: Request) -> Json:
        ask = _Say.model_validate_json(await request.body())
        member = self.person(ask.who)
        channel = speaking.place_to_speak(self._emulator, member, ask.channel)
        if not ask.text.startswith("/"):
            message = speaking.say(self._emulator, member, channel, ask.text, ask.thread_ts)
            return {"ok": True, "ts": message.ts}
        name = ask.text.split()[0]
        refusal = commands.refusal(self._emulator, name, in_thread=ask.thread_ts is not None)
        if refusal:
            raise Refused(refusal)
        work = commands.run(self._emulator, member, channel, ask.text)
        if not ask.wait:
            self._emulator.link.spawn(work)
            return {"ok": True}
        reply = await work
        return {"ok": True, "reply": seen_by_page(reply) if reply else None}

    async def _act(self, request: Request) -> Json:
        ask = _Act.model_validate_json(await request.body())
        await pressing.press(self._emulator, self.person(ask.who), ask.container, ask.action, ask.state)
        return {"ok": True}

    async def _suggest(self, request: Request) -> Json:
        ask = _Suggest.model_validate_json(await request.body())
        asked = ask.model_dump(include={"action_id", "block_id", "value"})
        return await pressing.suggest(self._emulator, self.person(ask.who), ask.container, asked)

    async def _submit(self, request: Request) -> Json:
        ask = _Form.model_validate_json(await request.body())
        errors = await forms.submit(self._emulator, self.person(ask.who), ask.view_id, ask.state)
        return {"ok": False, "errors": errors} if errors else {"ok": True}

    async def _close(self, request: Request) -> Json:
        ask = _Form.model_validate_json(await request.body())
        await forms.close(self._emulator, self.person(ask.who), ask.view_id)
        return {"ok": True}

    async def _open_home(self, request: Request) -> Json:
        ask = _Ask.model_validate_json(await request.body())
        return {"ok": True, "view": visiting.open_home(self._emulator, self.person(ask.who))}

    async def _home(self, request: Request) -> Json:
        home = self._emulator.modals.home(self.person(request.query_params.get("as")).id)
        return {"view": payloads.view(self._emulator.workspace, home) if home else None}

    async def _dm(self, request: Request) -> Json:
        ask = _Dm.model_validate_json(await request.body())
        me = self.person(ask.who)
        channel = visiting.open_dm(self._emulator, me, ask.user)
        return {"channel": page_channel(self._emulator.workspace, channel, me.id)}

    async def _shortcut(self, request: Request) -> Json:
        ask = _Shortcut.model_validate_json(await request.body())
        me = self.person(ask.who)
        await visiting.call_shortcut(self._emulator, me, ask.callback_id, ask.message_ts, ask.channel)
        return {"ok": True}

    async def _raw(self, request: Request) -> Json:
        channel = self._emulator.workspace.channels.get(request.query_params.get("channel", ""))
        message = channel.messages.get(request.query_params.get("ts", "")) if channel else None
        if message is None:
            raise Refused("message_not_found")
        return {"raw": message.raw or message.body}

    async def _log(self, _request: Request) -> Json:
        return {"entries": self._emulator.journal.entries()}

    async def _faults(self, _request: Request) -> Json:
        return self._emulator.faults.model_dump()

    async def _set_faults(self, request: Request) -> Json:
        order = FaultOrder.model_validate_json(await request.body())
        await carry_out_faults(self._emulator, order)
        return {"ok": True, "faults": self._emulator.faults.model_dump()}


async def carry_out_faults(emulator: Emulator, order: FaultOrder) -> None:
    """Set the faults that `order` names, and do at once what it asks for at once."""
    link: Link = emulator.link
    order.apply_to(emulator.faults)
    if order.disconnect:
        await link.announce_end(order.disconnect)
    if order.drop_sockets:
        link.drop()


def _answering(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    async def respond(request: Request) -> Response:
        try:
            return JSONResponse(await answer(request))
        except Refused as refusal:
            return JSONResponse({"ok": False, "error": str(refusal)})
        except ValidationError as error:
            problems = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
            return JSONResponse({"ok": False, "error": "; ".join(problems)}, 400)

    return respond
