"""What a look costs: the figures of docs/sources.md, counted."""

from __future__ import annotations

from pathlib import Path

from integrations.jira.options import JiraOptions
from playground.vendors.jira.seed import SeedUser
from tests.integrations.jira.jira_on_loopback import JiraStage, by_alias, snapshot, tickets

PAGE = (Path(__file__).parents[3] / "docs" / "sources.md").read_text(encoding="utf-8")


def test_a_hundred_projects_with_two_thousand_users_and_ten_thousand_bugs(cloud: JiraStage) -> None:
    cloud.empty()
    state = cloud.jira.state
    cloud.jira.largest_page = 5_000
    for number in range(2_000):
        state.add_user(SeedUser(login=f"user{number}", name=f"User {number}"))
    for number in range(100):
        project = state.add_project(f"P{number}", f"Project {number}", f"user{number}")
        component = state.add_component(project, f"Service {number}")
        for _ in range(100):
            state.add_issue(project, "Bug", components=[component.id])
    look = cloud.open().fetch()
    counted = by_alias(snapshot(look, "jira/tickets"))
    assert len(counted) == 200
    assert all(tickets(each)[alias]["bugs"] == 100 for alias, each in counted.items())
    assert len(snapshot(look, "jira/people").claims) == 2_000
    words = f"some {look.requests} requests for 100 projects, 2,000 users and 10,000 open bugs"
    assert words in " ".join(PAGE.split())


def test_every_option_is_on_the_page() -> None:
    section = PAGE.split("\n## Jira\n", 1)[1].split("\n## ", 1)[0]
    options = "".join(line.partition("| ")[2].partition(" |")[0] for line in section.splitlines())
    assert {name for name in JiraOptions.model_fields if f"`{name}`" not in options} == set()
