"""What is asked and answered in the cloud, held to Atlassian's own description of it."""

from __future__ import annotations

from integrations.jira import open_tickets
from tests.integrations.described import hold
from tests.integrations.jira.jira_on_loopback import JiraStage
from workflows.ports import Task, WantedTicket

FILE, HOST = "jira-platform.trimmed.openapi.json", "https://your-domain.atlassian.net"


def test_a_look_and_its_permissions_are_as_described(cloud: JiraStage) -> None:
    exchanges = cloud.faults.exchanges = []
    source = cloud.open(deployment="cloud")
    look = source.fetch()
    source.fetch(Task(only=("project/10001",)))
    assert all(each.granted for each in source.validate())
    assert hold(FILE, HOST, exchanges) == len(cloud.faults.requests) > look.requests


def test_creating_an_issue_is_as_described(cloud: JiraStage) -> None:
    exchanges = cloud.faults.exchanges = []
    tickets = open_tickets(cloud.opening(deployment="cloud"))
    wanted = WantedTicket("run-1", "PAY", "Bug", "No runbook", "Write\none.\n\nSoon.", ("idp",), "Backend")
    tickets.plan(wanted)
    tickets.create(wanted)
    tickets.close()
    assert hold(FILE, HOST, exchanges) == len(cloud.faults.requests)
    assert {each.status for each in exchanges} == {200, 201}


def test_refusals_are_as_described(cloud: JiraStage) -> None:
    exchanges = cloud.faults.exchanges = []
    cloud.jira.permissions.clear()
    source = cloud.open(deployment="cloud")
    source.fetch()
    refused = [each.name for each in source.validate() if not each.granted]
    assert refused == ["Browse Projects", "Browse users and groups", "Create Issues"]
    assert hold(FILE, HOST, exchanges) == len(cloud.faults.requests)
    assert [each.path.rpartition("/3/")[2] for each in exchanges if each.status == 403] == ["users/search"]
