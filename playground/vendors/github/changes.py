"""What people do to an organization: rename, push, archive, delete …, each told to its hooks.

Answers no requests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from playground.vendors.github import shapes
from playground.vendors.github.hooks import Delivery, Hooks
from playground.vendors.github.state import Organization, Person, Repository, Team

Deliveries = tuple[Delivery, ...]


class Changes:
    """Every method names a repository by its name of today and raises LookupError when there is none."""

    def __init__(
        self, organization: Organization, hooks: Hooks, clock: Callable[[], datetime], api: Callable[[], str]
    ) -> None:
        self._organization, self._hooks = organization, hooks
        self._clock, self._api = clock, api

    def rename(self, name: str, to: str) -> Deliveries:
        """Give a repository another name; the old one leads on. Raises ValueError when the name is taken."""
        with self._organization.lock:
            one = self._organization.called(name)
            taken = self._organization.named(one.owner, to)
            if taken is not None and taken is not one:
                raise ValueError(f"there is already a repository {one.owner}/{to}")
            self._organization.renamed[one.slug.lower()] = one.id
            one.name, before = to, one.name
            self._organization.renamed.pop(one.slug.lower(), None)
            return self._told(
                "repository", "renamed", one, changes={"repository": {"name": {"from": before}}}
            )

    def transfer(self, name: str, owner: str) -> Deliveries:
        """Give a repository to another owner."""
        with self._organization.lock:
            one = self._organization.called(name)
            self._organization.renamed[one.slug.lower()] = one.id
            one.owner = owner
            was = shapes.organization_simple(self._organization, self._api())
            return self._told(
                "repository", "transferred", one, changes={"owner": {"from": {"organization": was}}}
            )

    def archive(self, name: str, *, back: bool = False) -> Deliveries:
        """Make a repository read-only, or writable again."""
        return self._set(name, "unarchived" if back else "archived", archived=not back)

    def publish(self, name: str, visibility: str) -> Deliveries:
        """Make a repository `public` or `private`."""
        return self._set(
            name, "publicized" if visibility == "public" else "privatized", visibility=visibility
        )

    def edit(self, name: str, **fields: Any) -> Deliveries:
        """Change fields of a repository, such as `description` or `topics`."""
        return self._set(name, "edited", **fields)

    def delete(self, name: str) -> Deliveries:
        """Delete a repository; `restore` brings it back."""
        with self._organization.lock:
            one = self._organization.called(name)
            self._organization.deleted[one.id] = self._organization.repositories.pop(one.id)
            return self._told("repository", "deleted", one)

    def restore(self, name: str) -> Deliveries:
        """Bring back what was deleted, with its id."""
        with self._organization.lock:
            found = [each for each in self._organization.deleted.values() if each.name == name]
            if not found:
                raise LookupError(f"no deleted repository is called {name}")
            one = self._organization.deleted.pop(found[-1].id)
            one.updated_at = self._clock()
            self._organization.repositories[one.id] = one
            return self._told("repository", "created", one)

    def create(self, name: str, **fields: Any) -> Repository:
        """Add a repository. Raises ValueError when the name is taken."""
        with self._organization.lock:
            if self._organization.named(self._organization.login, name):
                raise ValueError(f"there is already a repository {self._organization.login}/{name}")
            now = self._clock()
            owner, number = self._organization.login, self._organization.next_number()
            times = {"created_at": now, "updated_at": now, "pushed_at": now}
            one = Repository(number=number, owner=owner, name=name, **{**times, **fields})
            self._organization.repositories[one.id] = one
            self._organization.renamed.pop(one.slug.lower(), None)
            self._told("repository", "created", one)
            return one

    def push(self, name: str, files: Mapping[str, str | None], login: str = "") -> Deliveries:
        """Push a commit that writes these files (None: removes) to the default branch."""
        with self._organization.lock:
            one = self._organization.called(name)
            before = one.head
            for path, text in files.items():
                if text is None:
                    one.files.pop(path, None)
                else:
                    one.files[path] = text
            one.pushed_at = one.updated_at = self._clock()
            commit = {"id": one.head, "message": f"Change {', '.join(files)}", "modified": sorted(files)}
            more = {"ref": f"refs/heads/{one.default_branch}", "before": before, "after": one.head,
                    "commits": [commit], "head_commit": commit, "deleted": False}  # fmt: skip
            return self._told("push", "", one, login=login, **more)

    def add_member(self, team: str, login: str) -> Deliveries:
        """Add a person to a team, and to the organization when they are new."""
        return self._membership("added", team, login)

    def remove_member(self, team: str, login: str) -> Deliveries:
        """Take a person from a team."""
        return self._membership("removed", team, login)

    def create_team(self, slug: str, name: str = "", parent: str = "") -> Deliveries:
        """Add a team."""
        with self._organization.lock:
            number = max([7_000, *(each.number for each in self._organization.teams.values())]) + 1
            made = self._organization.teams[slug] = Team(number, slug, name or slug, parent=parent)
            return self._hooks.send("team", self._payload("created", team=self._team(made)))

    def grant(self, name: str, team: str, permission: str) -> Deliveries:
        """Let a team into a repository: `read`, `triage`, `write`, `maintain` or `admin`."""
        with self._organization.lock:
            one = self._organization.called(name)
            one.teams[team] = permission
            named = self._team(self._organization.teams[team])
            return self._told("team", "added_to_repository", one, team=named)

    def _membership(self, action: str, team: str, login: str) -> Deliveries:
        with self._organization.lock:
            one = self._organization.teams[team]
            people = self._organization.people
            if login not in people:
                people[login] = Person(max([1_000, *(each.number for each in people.values())]) + 1, login)
            one.members = [each for each in one.members if each != login]
            if action == "added":
                one.members.append(login)
            member = shapes.person(people[login], self._api())
            more: dict[str, Any] = {"scope": "team", "member": member, "team": self._team(one)}
            return self._hooks.send("membership", self._payload(action, **more))

    def _set(self, name: str, action: str, **fields: Any) -> Deliveries:
        with self._organization.lock:
            one = self._organization.called(name)
            for field, value in fields.items():
                setattr(one, field, value)
            one.updated_at = self._clock()
            return self._told("repository", action, one)

    def _told(self, event: str, action: str, one: Repository, login: str = "", **more: Any) -> Deliveries:
        if event == "repository" and action != "deleted":
            one.updated_at = self._clock()
        shape = shapes.repository(one, self._organization, self._api())
        return self._hooks.send(event, self._payload(action, login, repository=shape, **more))

    def _payload(self, action: str, login: str = "", /, **more: Any) -> dict[str, Any]:
        sender = self._organization.people.get(login) or next(
            iter(self._organization.people.values()), Person(1, "ghost")
        )
        return {
            **({"action": action} if action else {}),
            **more,
            "organization": shapes.organization_simple(self._organization, self._api()),
            "sender": shapes.person(sender, self._api()),
        }

    def _team(self, each: Team) -> dict[str, Any]:
        return shapes.team(each, self._organization, self._api())
