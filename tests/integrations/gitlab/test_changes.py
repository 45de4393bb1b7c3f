"""Looks at a part: what changed since, what a webhook named, what a killed look left to read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import Stopped
from integrations.gitlab.answers import global_id
from integrations.gitlab.cursor import OVERLAP
from integrations.hosting.facts import HostFacts
from playground.vendors.gitlab.server import GitLab
from playground.vendors.gitlab.state import Project
from tests.integrations.gitlab.gitlab_on_loopback import NOW, Server, slugs, source_at
from workflows.ports import Blank, Task

LATER = NOW + timedelta(days=1)


def named(gitlab: GitLab, slug: str) -> Project:
    found = gitlab.state.project_named(slug)
    assert found is not None
    return found


def id_of(project: Project) -> str:
    return global_id("Project", project.id)


def teams_were_left_alone(facts: HostFacts) -> bool:
    return not facts.teams_complete and not facts.teams and not facts.people


def test_only_what_moved_since_is_looked_at_again(server: Server) -> None:
    first = source_at(server.url).facts(Task())
    vault = named(server.gitlab, "acme/pay/cards/vault")
    server.gitlab.changes.push(vault, {"README.md": b"# Vault\n"}, LATER)
    second = source_at(server.url, now=LATER + timedelta(hours=2)).facts(Task(cursor=first.cursor))
    assert slugs(second) == ["acme/pay/cards/vault"]
    assert second.facts.repositories[0].files["README.md"] == "# Vault\n"
    assert second.facts.repositories_within == (id_of(vault),)
    assert teams_were_left_alone(second.facts)
    third = source_at(server.url, now=LATER + timedelta(hours=3)).facts(Task(cursor=second.cursor))
    assert (slugs(third), third.facts.repositories_within) == ([], ())
    # One for the group, and one list each for activity and for settings.
    assert third.requests == 3


def test_a_change_of_settings_is_found_without_any_push(server: Server) -> None:
    first = source_at(server.url).facts(Task())
    server.gitlab.changes.rename(named(server.gitlab, "acme/site"), "web", LATER)
    second = source_at(server.url, now=LATER).facts(Task(cursor=first.cursor))
    assert slugs(second) == ["acme/web"]


def test_a_push_within_the_hour_that_gitlab_does_not_tell_of_is_found(server: Server) -> None:
    """`last_activity_at` moves once an hour: what was pushed after the look may have the time before it."""
    api = named(server.gitlab, "acme/pay/api")
    server.gitlab.changes.push(api, {}, NOW - timedelta(minutes=59))
    first = source_at(server.url).facts(Task())
    api.files["CODEOWNERS"] = b"* @acme/pay/cards\n"
    second = source_at(server.url, now=NOW + timedelta(minutes=5)).facts(Task(cursor=first.cursor))
    assert second.facts.repositories[0].files["CODEOWNERS"] == "* @acme/pay/cards\n"
    assert timedelta(minutes=59) < OVERLAP


def test_a_project_that_is_no_longer_taken_is_gone(server: Server) -> None:
    first = source_at(server.url, archived=False).facts(Task())
    site = named(server.gitlab, "acme/site")
    server.gitlab.changes.archive(site, True, LATER)
    second = source_at(server.url, archived=False, now=LATER).facts(Task(cursor=first.cursor))
    assert (slugs(second), second.facts.repositories_within) == ([], (id_of(site),))


@pytest.mark.parametrize("cursor", ["", "nonsense", '{"since": "yesterday"}', "[]", '{"of": 1}'])
def test_a_cursor_that_does_not_fit_means_everything(server: Server, cursor: str) -> None:
    assert len(source_at(server.url).facts(Task(cursor=cursor)).facts.repositories) == 3


def test_a_cursor_of_other_options_means_everything(server: Server) -> None:
    cursor = source_at(server.url, exclude="*/site").facts(Task()).cursor
    assert len(source_at(server.url).facts(Task(cursor=cursor)).facts.repositories) == 3


def test_a_renamed_project_is_followed_by_its_id(server: Server) -> None:
    site = named(server.gitlab, "acme/site")
    before = source_at(server.url).facts(Task()).facts.repositories
    server.gitlab.changes.rename(site, "web", LATER)
    seen = source_at(server.url).facts(Task(only=(id_of(site),), cursor="as it was"))
    assert [(each.id, each.slug) for each in seen.facts.repositories] == [(id_of(site), "acme/web")]
    assert id_of(site) in {each.id for each in before}
    assert seen.facts.repositories_within == (id_of(site),)
    assert teams_were_left_alone(seen.facts)
    assert seen.cursor == "as it was"


def test_a_part_of_a_project_and_a_bare_number_mean_the_project(server: Server) -> None:
    site = named(server.gitlab, "acme/site")
    assert slugs(source_at(server.url).facts(Task(only=(f"{id_of(site)}#web",)))) == ["acme/site"]
    assert slugs(source_at(server.url).facts(Task(only=(str(site.id),)))) == ["acme/site"]


def test_a_deleted_project_is_gone(server: Server) -> None:
    site = named(server.gitlab, "acme/site")
    server.gitlab.changes.delete(site)
    seen = source_at(server.url).facts(Task(only=(id_of(site),)))
    assert (slugs(seen), seen.facts.repositories_within) == ([], (id_of(site),))


def test_a_project_that_was_moved_out_of_the_group_is_gone(server: Server) -> None:
    site = named(server.gitlab, "acme/site")
    server.gitlab.changes.transfer(site, 4, LATER)
    seen = source_at(server.url).facts(Task(only=(id_of(site),)))
    assert (slugs(seen), seen.facts.repositories_within) == ([], (id_of(site),))


def test_a_project_deleted_while_it_is_read_is_gone_and_stops_nothing(server: Server) -> None:
    site = named(server.gitlab, "acme/site")

    def deleting(_done: int, _total: int | None, what: str) -> None:
        if what == "reading acme/site":
            server.gitlab.changes.delete(site)

    seen = source_at(server.url).facts(Task(progress=deleting))
    assert slugs(seen) == ["acme/pay/api", "acme/pay/cards/vault"]


def test_teams_alone(server: Server) -> None:
    seen = source_at(server.url).facts(Task(only=("teams",)))
    assert seen.facts.teams_complete
    assert len(seen.facts.teams) == 3
    assert (seen.facts.repositories, seen.facts.repositories_within) == ((), ())


def test_a_group_means_its_projects_and_all_teams(server: Server) -> None:
    seen = source_at(server.url).facts(Task(only=(global_id("Group", 2),)))
    assert slugs(seen) == ["acme/pay/api", "acme/pay/cards/vault"]
    assert seen.facts.teams_complete
    nobodys = source_at(server.url).facts(Task(only=(global_id("Group", 4), global_id("Group", 99))))
    assert nobodys.facts.repositories == ()


def test_a_killed_look_goes_on_where_it_was(server: Server) -> None:
    notebook, site = Blank(), named(server.gitlab, "acme/site")
    asked = 0

    def stopped() -> bool:
        nonlocal asked
        asked += 1
        return "GET /vendors/gitlab/api/v4/projects/3/languages" in server.gitlab.faults.requests

    with pytest.raises(Stopped):
        source_at(server.url).facts(Task(notebook=notebook, stopped=stopped))
    assert asked == len(server.gitlab.faults.requests) + 1
    server.gitlab.changes.push(named(server.gitlab, "acme/pay/api"), {"go.mod": b"module pay\n"}, LATER)
    server.gitlab.faults.requests.clear()
    seen = source_at(server.url).facts(Task(notebook=notebook))
    assert slugs(seen) == ["acme/pay/api", "acme/pay/cards/vault", "acme/site"]
    read = {
        int(each.split("/projects/")[1].split("/")[0])
        for each in server.gitlab.faults.requests
        if "/tree" in each
    }
    assert read == {named(server.gitlab, "acme/pay/api").id, site.id}
    assert "go.mod" in seen.facts.repositories[0].files
    assert seen.facts.repositories == source_at(server.url).facts(Task()).facts.repositories


def test_what_was_pushed_to_lately_is_not_noted_for_later(server: Server) -> None:
    """Within the hour another push leaves `last_activity_at` as it is, and a note would be out of date."""
    notebook, api = Blank(), named(server.gitlab, "acme/pay/api")
    server.gitlab.changes.push(api, {}, NOW - timedelta(minutes=10))
    source_at(server.url).facts(Task(notebook=notebook))
    api.files["CODEOWNERS"] = b"* @acme/pay/cards\n"
    seen = source_at(server.url, now=LATER).facts(Task(notebook=notebook))
    assert seen.facts.repositories[0].files["CODEOWNERS"] == "* @acme/pay/cards\n"
