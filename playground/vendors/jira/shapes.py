"""How Jira writes its things as JSON: version 3 in the cloud, version 2 in a data center."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from playground.vendors.jira.state import CATEGORIES, Component, Issue, Project, State, User

Object = dict[str, Any]
_SIZES = ("16x16", "24x24", "32x32", "48x48")


class Shapes:
    """Writes for one flavour. `odd` adds what nobody knows."""

    def __init__(self, state: State, base: str, cloud: bool) -> None:
        self._state = state
        self._base = base
        self._cloud = cloud
        self.odd = False

    def user(self, user: User) -> Object:
        """Write an account; the cloud leaves out an address that is hidden."""
        api = self._api("user")
        common = {"displayName": user.name, "active": user.active, "avatarUrls": self._avatars()}
        zone = {"timeZone": "Etc/UTC"}
        if not self._cloud:
            return self._oddly(
                {
                    "self": f"{api}?username={user.login}", "key": user.id, "name": user.login,
                    "emailAddress": user.email, **common, **zone,
                }
            )  # fmt: skip
        shown = {} if user.hidden else {"emailAddress": user.email}
        kind = "martian" if self.odd and user.type == "atlassian" else user.type
        return self._oddly(
            {
                "self": f"{api}?accountId={user.id}",
                "accountId": user.id,
                "accountType": kind,
                **shown,
                **common,
            }
        )

    def project(self, project: Project, *, lead: bool, whole: bool = False) -> Object:
        """Write a project, with its components where it is asked for by itself."""
        shown: Object = {
            "self": f"{self._api('project')}/{project.id}",
            "id": project.id,
            "key": project.key,
            "name": project.name,
            "avatarUrls": self._avatars(),
            "projectTypeKey": "quantum" if self.odd else "software",
            "archived": False,
        }
        if self._cloud:
            shown |= {"simplified": False, "style": "classic", "isPrivate": False}
            del shown["archived"]
        if lead or whole:
            shown["lead"] = self.lead(project.lead)
        if whole:
            shown["components"] = [self.component(each, project) for each in project.components.values()]
            shown["issueTypes"] = [self.type(name) for name in self._state.types]
        return self._oddly(shown)

    def component(self, component: Component, project: Project) -> Object:
        """Write a component."""
        shown: Object = {
            "self": f"{self._api('component')}/{component.id}",
            "id": component.id,
            "name": component.name,
            "description": component.description,
            "assigneeType": "COIN_TOSS" if self.odd else "PROJECT_DEFAULT",
            "isAssigneeTypeValid": True,
            "project": project.key,
            "projectId": int(project.id),
        }
        if component.lead:
            shown["lead"] = self.lead(component.lead)
        if not self._cloud:
            shown |= {"archived": component.archived, "deleted": False}
        return self._oddly(shown)

    def lead(self, login: str) -> Object | None:
        """Write who leads, as far as the account is there."""
        user = self._state.users.get(login)
        return self.user(user) if user else None

    def issue(self, issue: Issue, fields: Iterable[str]) -> Object:
        """Write an issue with the fields that were asked for."""
        project = self._state.projects[issue.project]
        every: Object = {
            "project": self.project(project, lead=False),
            "components": [
                {"self": f"{self._api('component')}/{id_}", "id": id_, "name": project.components[id_].name}
                for id_ in issue.components
            ],
            "issuetype": self.type(issue.type),
            "labels": list(issue.labels),
            "summary": issue.summary,
            "description": issue.description,
            "status": {"name": issue.status, "statusCategory": {"name": CATEGORIES[issue.status]}},
        }
        shown = {name: every[name] for name in fields if name in every}
        return self._oddly(
            {"id": issue.id, "key": issue.key, "self": f"{self._api('issue')}/{issue.id}", "fields": shown}
        )

    def type(self, name: str) -> Object:
        """Write a type of issue."""
        id_ = self._state.type_id(name)
        return {
            "self": f"{self._api('issuetype')}/{id_}", "id": id_, "name": name, "description": "",
            "iconUrl": f"{self._base}/images/icons/issuetypes/{id_}.png", "subtask": name == "Sub-task",
        }  # fmt: skip

    def _api(self, what: str) -> str:
        return f"{self._base}/rest/api/{3 if self._cloud else 2}/{what}"

    def _avatars(self) -> Object:
        return {size: f"{self._base}/secure/avatar?size={size}" for size in _SIZES}

    def _oddly(self, shown: Object) -> Object:
        return {**shown, "holographic": {"since": None}} if self.odd else shown
