"""Tries what a look needs of a workspace, in rows for `idp doctor`. Raises nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from domain.errors import OutsideFailure
from domain.sources import Permission
from integrations.calling.failures import Refusal, Unauthorized
from integrations.calling.health import host_of, told
from integrations.slack.failures import TOKEN
from integrations.slack.options import SlackOptions
from integrations.slack.web import Ask, Web


@dataclass(frozen=True, slots=True)
class _Need:
    """One scope, and the smallest call that takes it."""

    scope: str
    method: str
    ask: Ask
    optional: bool = True


def examined(web: Web, options: SlackOptions) -> tuple[Permission, ...]:
    """Return the rows, in the order that `workflows.ports.Connected.validate` promises."""
    with web.briefly():
        return (*_rows(web, options), *told(web.skew, None))


def _rows(web: Web, options: SlackOptions) -> Iterator[Permission]:
    reachable, credential = f"reachable: {host_of(options.url)}", f"credential {TOKEN}"
    failure = _failure(web, "auth.test", lambda client: client.auth_test())
    if failure is not None and not isinstance(failure, Refusal):
        yield _refused(reachable, failure)
        return
    yield Permission(reachable, granted=True)
    if isinstance(failure, Unauthorized):
        yield _refused(credential, failure)
        return
    yield Permission(credential, granted=True) if failure is None else _refused(credential, failure)
    for need in _needs(options):
        failure = _failure(web, need.method, need.ask)
        if failure is None:
            yield Permission(need.scope, granted=True, optional=need.optional)
        else:
            yield _refused(need.scope, failure, optional=need.optional)
    yield from _email(web)


def _needs(options: SlackOptions) -> tuple[_Need, ...]:
    return (
        _Need("users:read", "users.list", lambda client: client.users_list(limit=1), optional=False),
        _Need(
            "usergroups:read",
            "usergroups.list",
            lambda client: client.usergroups_list(),
            optional=not options.teams,
        ),
        _Need("channels:read", "conversations.list", lambda client: _channel(client, "public_channel")),
        _Need("groups:read", "conversations.list", lambda client: _channel(client, "private_channel")),
    )


def _channel(client: WebClient, kind: str) -> SlackResponse:
    return client.conversations_list(types=kind, limit=1)


def _email(web: Web) -> Iterator[Permission]:
    """Yield the row on addresses, which nothing is refused for: they are left out without a word."""
    if web.scopes is None:
        return
    granted = "users:read.email" in web.scopes
    yield Permission(
        "users:read.email",
        granted=granted,
        problem="" if granted else "the token does not have it, so people have no e-mail address",
        remedy="" if granted else "Add the bot scope users:read.email to the app and install it again.",
        optional=True,
    )


def _failure(web: Web, method: str, ask: Ask) -> OutsideFailure | None:
    try:
        web.ask(method, ask)
    except OutsideFailure as failure:
        return failure
    return None


def _refused(name: str, failure: OutsideFailure, *, optional: bool = False) -> Permission:
    return Permission(name, granted=False, problem=str(failure), remedy=failure.hint, optional=optional)
