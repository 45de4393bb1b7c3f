"""What can be wrong with a portal, one check each: looks, says what to do, mends nothing.

The sources have checks of their own: `source_health`.
"""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.app_manifest import load_manifest, scopes_of
from bot.portal_file import PORTAL_FILE
from bot.settings import Settings
from bot.slack_app import web_client
from bot.store import database_url
from catalog_store.catalog import Catalog
from domain.clock import age_in_words, system_clock
from domain.custom_fields import lacking
from domain.entities import Entity
from domain.errors import IdpError, SchemaOutdated
from domain.refs import Ref
from domain.visibility import INTERNAL, MARK, PUBLIC, groups_among, marks_of

OK, WARNING, PROBLEM = "ok", "warning", "problem"


@dataclass(frozen=True, slots=True)
class Check:
    """What one look came to. `state` is ok, warning (it works, but) or problem."""

    name: str
    state: str
    says: str
    remedy: str = ""
    outside: bool = False
    """Whether an outside system failed, and not the configuration."""


def examine(settings: Settings) -> Iterator[Check]:
    """Yield every check's outcome, cheapest first."""
    yield from _folder(settings)
    yield from _database(settings)
    yield from _slack(settings)


def _folder(settings: Settings) -> Iterator[Check]:
    file = settings.folder / PORTAL_FILE
    if file.exists():
        named = f", the portal of {settings.file.company}" if settings.file.company else ""
        yield Check("portal", OK, f"{file} is valid{named}")
    else:
        yield Check(
            "portal",
            WARNING,
            f"{settings.folder} has no {PORTAL_FILE}",
            f"idp init {shlex.quote(str(settings.folder))}",
        )
    for name in settings.file.catalog:
        if not os.path.exists(settings.folder / name):
            yield Check(
                "portal", PROBLEM, f"catalog path {name} does not exist", f"Correct `catalog:` in {file}."
            )


def _database(settings: Settings) -> Iterator[Check]:
    try:
        with Catalog.open(database_url(settings)) as catalog:
            latest = next(iter(catalog.change_sets(limit=1)), None)
            if latest is None:
                yield Check("catalog", WARNING, "the catalog is empty", "idp import PATH")
                return
            age = age_in_words(system_clock() - latest.applied_at)
            size, missing, marks = 0, Counter[str](), _Marks(settings)
            for entity in catalog.entities():
                size += 1
                missing.update(lacking(entity, settings.file.fields))
                marks.read(entity)
            yield Check("catalog", OK, f"{size} things, change set #{latest.number} applied {age}")
            for name, count in missing.items():
                things = "1 thing lacks" if count == 1 else f"{count} things lack"
                remedy = f"Fill it in, or drop `required` from it in {PORTAL_FILE}."
                yield Check("fields", WARNING, f"{things} the required field {name}", remedy)
            yield from marks.checks()
    except SchemaOutdated as error:
        state = PROBLEM if settings.environment.idp_database_url else WARNING
        yield Check("catalog", state, str(error), error.hint)
    except IdpError as error:
        yield Check("catalog", PROBLEM, str(error), error.hint, outside=bool(database_url(settings)))


class _Marks:
    """Who may see what, as things and `idp.yaml` say it, held against the teams that there are."""

    def __init__(self, settings: Settings) -> None:
        self._teams: set[Ref] = set()
        self._named: dict[str, list[str]] = {}
        """By mark, where it stands."""
        for field, marks in settings.file.visibility.fields.items():
            self._note(marks, f"visibility of {field} in {PORTAL_FILE}")

    def read(self, entity: Entity) -> None:
        """Take note of one thing."""
        if entity.ref.kind == "group":
            self._teams.add(entity.ref)
        self._note(marks_of(entity.fields.get(MARK)), entity.ref.short)

    def checks(self) -> Iterator[Check]:
        """Yield a warning for each mark that lets nobody in."""
        for mark, where in sorted(self._named.items()):
            if groups_among([mark]) - self._teams or not groups_among([mark]):
                more = f" and {len(where) - 1:,} more" if len(where) > 1 else ""
                yield Check(
                    "visibility",
                    WARNING,
                    f"{where[0]}{more}: the catalog has no team {mark}, so the mark lets nobody in",
                    'Name a team as `idp ask "list teams"` has it, or import the team.',
                )

    def _note(self, marks: Iterable[str], where: str) -> None:
        for mark in set(marks) - {PUBLIC, INTERNAL}:
            self._named.setdefault(mark, []).append(where)


def _slack(settings: Settings) -> Iterator[Check]:
    environment = settings.environment
    for name, token, prefix in (
        ("SLACK_BOT_TOKEN", environment.slack_bot_token, "xoxb-"),
        ("SLACK_APP_TOKEN", environment.slack_app_token, "xapp-"),
    ):
        if token is None:
            yield Check(
                "slack", WARNING, f"{name} is not set", "Needed by idp run; README has the five steps."
            )
        elif not token.get_secret_value().startswith(prefix):
            yield Check(
                "slack", PROBLEM, f"{name} does not start with {prefix}", "The two tokens may be swapped."
            )
    if environment.slack_bot_token is None:
        return
    yield from _asked("bot token", lambda: _who_and_scopes(web_client(environment)))
    if environment.slack_app_token is not None:
        secret = environment.slack_app_token.get_secret_value()
        client = web_client(environment)
        yield from _asked("app token", lambda: _socket_mode(client, secret))


def _asked(what: str, ask: Callable[[], Iterator[Check]]) -> Iterator[Check]:
    try:
        yield from ask()
    except SlackApiError as error:
        code = error.response.get("error", "unknown_error")
        yield Check(
            "slack",
            PROBLEM,
            f"{what}: Slack answers {code}",
            "Make a new one, or reinstall the app.",
            outside=True,
        )
    except OSError as error:
        yield Check(
            "slack", PROBLEM, f"{what}: Slack does not answer ({error})", "Check the network.", outside=True
        )


def _who_and_scopes(client: WebClient) -> Iterator[Check]:
    answer = client.auth_test()
    yield Check("slack", OK, f"bot token: {answer['user']} in {answer['team']}")
    granted = {
        scope.strip() for scope in str(answer.headers.get("x-oauth-scopes", "")).split(",") if scope.strip()
    }
    missing = sorted(scopes_of(load_manifest()) - granted) if granted else []
    if missing:
        yield Check(
            "slack",
            PROBLEM,
            f"scopes missing: {', '.join(missing)}",
            "Update the app from idp manifest; reinstall it.",
        )


def _socket_mode(client: WebClient, token: str) -> Iterator[Check]:
    client.apps_connections_open(app_token=token)
    yield Check("slack", OK, "app token: Socket Mode can be opened")
