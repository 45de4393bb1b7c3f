"""Answers Web API calls over HTTP: decodes, checks token, scope, faults and arguments, and calls the method.

It refuses as Slack does: HTTP 200 with ok false, or 429 with Retry-After.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from playground.blockkit import BlockError
from playground.clock import pause
from playground.emulator import Emulator
from playground.webapi import apps, channels, chat, conversations, files, marks, users, views
from playground.webapi.calls import ApiError, Call, Method
from playground.webapi.rates import Rates
from playground.workspace import Json

METHODS: dict[str, Method] = {
    **apps.METHODS,
    **chat.METHODS,
    **views.METHODS,
    **conversations.METHODS,
    **channels.METHODS,
    **users.METHODS,
    **marks.METHODS,
    **files.METHODS,
}


class WebApi:
    """All methods, over one emulator."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._rates = Rates(emulator.clock)

    async def serve(self, request: Request) -> Response:
        """Answer one HTTP request."""
        name = request.path_params["method"]
        faults = self._emulator.faults
        if faults.delay_ms:
            await pause(self._emulator.clock, faults.delay_ms / 1000)
        try:
            args = await _arguments(request)
            token = _bearer(request) or str(args.get("token") or "")
            answer, retry_after = self.answer(Call(name, args), token)
        except ApiError as error:
            answer, retry_after = _refusal(error), 0
        headers = {"x-slack-req-id": self._emulator.workspace.fresh_id("R"), **self._scope_headers()}
        if retry_after:
            headers["retry-after"] = str(retry_after)
        body = json.dumps(answer, separators=(",", ":"))
        return Response(body, 429 if retry_after else 200, headers, "application/json; charset=utf-8")

    def _scope_headers(self) -> dict[str, str]:
        scopes = self._emulator.app.scopes
        granted = (
            scopes if scopes is not None else {one for method in METHODS.values() for one in method.scopes}
        )
        return {"x-oauth-scopes": ",".join(sorted(granted))}

    def answer(self, call: Call, token: str) -> tuple[Json, int]:
        """Return the answer to a call, and the seconds of its Retry-After (0: none)."""
        retry_after = 0
        try:
            method = self._admit(call, token)
            retry_after = self._wait(method, call)
            if retry_after:
                raise ApiError("ratelimited")
            answer = {"ok": True, **method.handler(self._emulator, call)}
            self._emulator.journal.note("api", call.method, "ok", _without_token(call.args))
        except (ApiError, BlockError) as error:
            answer = _refusal(error)
            detail = {"arguments": _without_token(call.args), "answer": answer}
            self._emulator.journal.note("api", call.method, answer["error"], detail)
        return answer, retry_after

    def _admit(self, call: Call, token: str) -> Method:
        method = METHODS.get(call.method)
        if method is None:
            raise ApiError("unknown_method", req_method=call.method)
        app = self._emulator.app
        if method.token != "none":  # noqa: S105 - the name of a kind of token
            if not token:
                raise ApiError("not_authed")
            if token not in (app.bot_token, app.app_token):
                raise ApiError("invalid_auth")
            if token != (app.app_token if method.token == "app" else app.bot_token):  # noqa: S105 - likewise
                raise ApiError("not_allowed_token_type")
        if method.scopes and app.scopes is not None and not app.scopes.intersection(method.scopes):
            provided = ",".join(sorted(app.scopes))
            raise ApiError("missing_scope", needed=",".join(method.scopes), provided=provided)
        forced = self._emulator.faults.fail.get(call.method)
        if forced:
            raise ApiError(forced)
        missing = [name for name in method.required if call.args.get(name) in (None, "")]
        if missing:
            raise ApiError(
                "invalid_arguments",
                [f"missing required field: {name} [json-pointer:/{name}]" for name in missing],
            )
        return method

    def _wait(self, method: Method, call: Call) -> int:
        faults = self._emulator.faults
        forced = faults.rate_limit.get(call.method)
        if forced is not None:
            return max(1, round(forced))
        return self._rates.wait(method.tier, call) if faults.rate_limits else 0


def _refusal(error: ApiError | BlockError) -> Json:
    answer: Json = {"ok": False, "error": str(error)}
    if error.messages:
        answer["response_metadata"] = {"messages": [f"[ERROR] {line}" for line in error.messages]}
        if isinstance(error, BlockError):
            answer["errors"] = error.messages
    return {**answer, **error.fields} if isinstance(error, ApiError) else answer


def _without_token(args: Json) -> Json:
    shown = {key: value for key, value in args.items() if key != "token"}
    return {key: f"{len(one)} bytes" if isinstance(one, bytes) else one for key, one in shown.items()}


def _bearer(request: Request) -> str:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


async def _arguments(request: Request) -> Json:
    args: dict[str, Any] = dict(parse_qsl(request.url.query, keep_blank_values=True))
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        async with request.form() as form:
            for name, value in form.items():
                args[name] = value if isinstance(value, str) else await value.read()
        return args
    body = await request.body()
    if not body:
        return args
    try:
        if kind == "application/json":
            given = json.loads(body)
            if not isinstance(given, dict):
                raise ApiError("json_not_object")
            return {**args, **given}
        return {**args, **dict(parse_qsl(body.decode(), keep_blank_values=True))}
    except UnicodeDecodeError:
        raise ApiError("invalid_charset") from None
    except ValueError:
        raise ApiError("invalid_json") from None
