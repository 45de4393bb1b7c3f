"""The playground's JQL: what it finds, and what it refuses in Jira's words."""

from __future__ import annotations

import pytest

from playground.vendors.jira import Jira
from playground.vendors.jira.jql import Malformed, parse
from tests.integrations.jira.jira_on_loopback import seed


@pytest.fixture(scope="module")
def jira() -> Jira:
    jira = Jira(seed("cloud"))
    web = jira.state.project("WEB")
    assert web is not None
    jira.state.add_issue(web, "Bug", labels=["Late Show"], status="In Progress")
    return jira


FOUND = {
    "issuetype = Bug": 16,
    "type = bug AND statusCategory != Done": 11,
    "project = PAY AND component = 'Payments API' AND statusCategory != Done": 6,
    "project in (PAY, 10003) AND NOT issuetype = Bug": 8,
    "project not in (PAY)": 2,
    "component is EMPTY AND statusCategory != Done": 5,
    "component is not empty AND project = web": 1,
    "component != Backend AND project = PAY": 10,
    'labels = "late show" OR key = PAY-1': 2,
    "(status = Open OR status = 'In Progress') AND project = WEB": 2,
    "status = Open AND issuetype = Incident OR project = WEB ORDER BY key DESC": 3,
    "": 24,
}


@pytest.mark.parametrize("jql", FOUND)
def test_it_finds(jira: Jira, jql: str) -> None:
    query = parse(jql, jira.state)
    assert sum(map(query.holds, jira.state.issues.values())) == FOUND[jql]
    assert query.bounded is bool(jql)


REFUSED = {
    "project = NONE": "The value 'NONE' does not exist for the field 'project'.",
    "issuetype = Wish": "The value 'Wish' does not exist for the field 'issuetype'.",
    "colour = blue": "Field 'colour' does not exist or you do not have permission to view it.",
    "project = PAY ORDER BY colour": "Not able to sort using field 'colour'.",
    "project = PAY project = WEB": "Expecting either 'OR' or 'AND' but got 'project'",
    "(project = PAY": "the query ended",
    "project ~ PAY": "Expecting operator but got '~'",
    "project =": "the query ended",
    "component is PAY": "Expecting 'EMPTY' or 'NULL'",
    "project in PAY": "Expecting '(' but got 'PAY'",
    'project = "PAY': "is a reserved JQL character",
}


@pytest.mark.parametrize("jql", REFUSED)
def test_it_refuses(jira: Jira, jql: str) -> None:
    with pytest.raises(Malformed) as refusal:
        parse(jql, jira.state)
    assert REFUSED[jql] in str(refusal.value)
