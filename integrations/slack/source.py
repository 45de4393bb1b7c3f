"""One look at the directory of a workspace: its people, its user groups and its channels.

Everything is listed, nothing asked for one by one: the lists have 20 calls a minute.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from domain.clock import Clock
from domain.entities import EVERYTHING, Channel, Claim, Finding, Snapshot
from domain.sources import Permission
from integrations.slack.channels import channels_of
from integrations.slack.failures import TOKEN, ScopeMissing
from integrations.slack.options import SlackOptions
from integrations.slack.people import Workspace, account_of, is_bot, people_of
from integrations.slack.permissions import examined
from integrations.slack.reading import Listed, text
from integrations.slack.usergroups import groups_of, teams_of
from integrations.slack.web import PAGE, AskPage, Web
from integrations.tools.claims import DEACTIVATED
from workflows.ports import Look, Task

__all__ = ["TOKEN", "SlackDirectory"]


@dataclass(slots=True)
class _Sight:
    """What a look has come to so far."""

    task: Task
    notes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    read: int = 0


class SlackDirectory:
    """Looks at one workspace."""

    def __init__(self, name: str, options: SlackOptions, token: str, clock: Clock) -> None:
        self._name, self._options, self._clock = name, options, clock
        self._web = Web(name, options.url, token, clock, options.timeout_seconds)

    def fetch(self, task: Task | None = None) -> Look:
        """Read the lists to their end; see `workflows.ports.Source`.

        What the app may not list is told in a note, and left as it was: people it must be able to list, and
        user groups where some of them are teams.
        """
        sight = _Sight(task or Task())
        observed_at, before = self._clock(), self._web.requests
        workspace = self._workspace(sight)
        groups = self._groups(sight)
        people = self._listed("people", "users.list", "members", _users, sight)
        channels = self._channels(sight)
        claims = self._people(people, groups, workspace, sight)
        within = (EVERYTHING,) if people.complete else ()
        snapshots = [Snapshot(self._name, observed_at, claims, within, channels=channels)]
        if groups is not None:
            gone = {id_ for id_, member in people if account_of(member) == DEACTIVATED}
            found = tuple(groups_of(groups, self._options, gone))
            within = (EVERYTHING,) if groups.complete else ()
            snapshots.append(Snapshot(f"{self._name}/groups", observed_at, found, within))
        return Look(
            tuple(snapshots),
            tuple(sight.findings),
            tuple(sight.notes),
            sight.read,
            requests=self._web.requests - before,
        )

    def validate(self) -> tuple[Permission, ...]:
        """Try the token, and each scope that a look uses."""
        return examined(self._web, self._options)

    def close(self) -> None:
        """Nothing is kept open: the SDK opens a connection for each request."""

    def _workspace(self, sight: _Sight) -> Workspace:
        answer = self._web.ask("auth.test", lambda client: client.auth_test(), stopped=sight.task.stopped)
        return Workspace(text(answer, "team_id"), text(answer, "enterprise_id"), text(answer, "url"))

    def _groups(self, sight: _Sight) -> Listed | None:
        """Return the user groups; None where the app may not list them."""
        try:
            return self._listed("user groups", "usergroups.list", "usergroups", _usergroups, sight)
        except ScopeMissing as missing:
            if self._options.teams:
                raise  # without them everybody would leave their teams
            sight.notes.append(f"{self._name}: no user groups: {missing.hint}")
            return None

    def _channels(self, sight: _Sight) -> tuple[Channel, ...] | None:
        """Return the channels; None where the app may not list the public ones."""
        try:
            public = self._listed("channels", "conversations.list", "channels", _public, sight)
        except ScopeMissing as missing:
            sight.notes.append(f"{self._name}: no channels: {missing.hint}")
            return None
        found = list(channels_of(public))
        try:
            private = self._listed("private channels", "conversations.list", "channels", _private, sight)
        except ScopeMissing as missing:
            sight.notes.append(f"{self._name}: no private channels: {missing.hint}")
            return tuple(found)
        return tuple({each.id: each for each in (*found, *channels_of(private))}.values())

    def _people(
        self, people: Listed, groups: Listed | None, workspace: Workspace, sight: _Sight
    ) -> tuple[Claim, ...]:
        teams = {} if groups is None else teams_of(groups, self._options)
        claims = tuple(people_of(people, workspace, teams, create=self._options.people == "all"))
        humans = [each for id_, each in people if not is_bot(id_, each)]
        if strangers := sum(1 for each in humans if not workspace.is_home_of(each)):
            sight.notes.append(f"{self._name}: people of other organizations left out: {strangers}")
        if self._web.scopes is not None and "users:read.email" not in self._web.scopes:
            sight.notes.append(
                f"{self._name}: no e-mail addresses, by which people are one across tools: "
                "add the bot scope users:read.email to the app and install it again."
            )
        return claims

    def _listed(self, what: str, method: str, key: str, ask: AskPage, sight: _Sight) -> Listed:
        listed = Listed(f"{self._name}: {what}")
        for page in self._web.pages(method, key, ask, sight.task.stopped):
            listed.take(page)
            sight.read += 1
            sight.task.progress(len(listed.items), None, what)
        sight.findings += listed.findings
        return listed


def _users(client: WebClient, *, cursor: str) -> SlackResponse:
    return client.users_list(limit=PAGE, cursor=cursor or None)


def _usergroups(client: WebClient, *, cursor: str) -> SlackResponse:  # noqa: ARG001 - they have one page
    return client.usergroups_list(include_users=True, include_disabled=True)


def _public(client: WebClient, *, cursor: str) -> SlackResponse:
    # Each kind alone: together Slack has been seen to leave out private ones, and a scope that is missing
    # for one kind refuses both.
    return client.conversations_list(
        types="public_channel", exclude_archived=False, limit=PAGE, cursor=cursor or None
    )


def _private(client: WebClient, *, cursor: str) -> SlackResponse:
    return client.conversations_list(
        types="private_channel", exclude_archived=False, limit=PAGE, cursor=cursor or None
    )
