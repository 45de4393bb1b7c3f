"""What a look at Jira says: counts, leads and people, with both flavours, and where it is not complete."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from domain.entities import EVERYTHING, Grounds
from domain.errors import BadConfiguration, OutsideFailure
from integrations.calling.failures import Unauthorized
from integrations.jira import INTEGRATION
from playground.vendors.jira.jql import parse
from tests.integrations.adapter_suite import SECRET, Pages
from tests.integrations.jira.jira_on_loopback import JiraStage, by_alias, snapshot, tickets
from workflows.ports import Opening, Task


def counts(stage: JiraStage, **block: Any) -> dict[str, tuple[int, int]]:
    """Look, and return bugs and incidents by alias."""
    look = stage.open(**block).fetch()
    found = by_alias(snapshot(look, "jira/tickets"))
    return {
        alias: (tickets(each)[alias]["bugs"], tickets(each)[alias]["incidents"])
        for alias, each in found.items()
    }


ALL = {
    "jira:ops": (0, 0),
    "jira:pay": (9, 1),
    "jira:pay/backend": (2, 0),
    "jira:pay/payments api": (5, 1),
    "jira:pay/shared": (0, 0),
    'jira:pay/the "old" one': (0, 0),
    "jira:web": (1, 0),
    "jira:web/shared": (1, 0),
}


def test_open_bugs_and_incidents_are_counted_by_project_and_component(stage: JiraStage) -> None:
    assert counts(stage) == ALL
    searches = [
        each
        for each in stage.faults.requests
        if "/search" in each and "/project" not in each and "user" not in each
    ]
    assert len(searches) == 2, "one sweep for each kind, not a query for each component"


def test_what_counts_is_the_companys_to_say(stage: JiraStage) -> None:
    said = counts(stage, bugs="issuetype in (Bug, Task)", incidents="")
    assert said["jira:pay"] == (15, 0)
    assert said["jira:pay/backend"] == (8, 0)


def test_a_jira_without_incidents_has_none(stage: JiraStage) -> None:
    for issue in list(stage.jira.state.issues.values()):
        if issue.type == "Incident":
            del stage.jira.state.issues[issue.id]
    stage.jira.state.types.remove("Incident")
    look = stage.open().fetch()
    assert tickets(by_alias(snapshot(look, "jira/tickets"))["jira:pay"])["jira:pay"]["incidents"] == 0
    assert any("no incidents are counted" in each for each in look.notes)
    with pytest.raises(
        OutsideFailure, match=r"does not take `incidents`.*'Incident' does not exist"
    ) as failure:
        stage.open(incidents="issuetype = Incident").fetch()
    assert failure.value.hint == "Mend `incidents`."


def test_a_query_that_is_refused_for_anything_else_is_no_zero(stage: JiraStage) -> None:
    source = stage.open(include="PAY")
    stage.faults.requests = Losing(stage.jira.state.projects)
    with pytest.raises(OutsideFailure, match=r"does not take `bugs`.*'10001' does not exist"):
        source.fetch()


class Losing(list[str]):
    """Takes down requests, and deletes all projects when issues are searched."""

    def __init__(self, projects: dict[str, Any]) -> None:
        super().__init__()
        self._projects = projects

    def append(self, each: str) -> None:
        super().append(each)
        if each.startswith("POST"):
            self._projects.clear()


def test_the_link_finds_what_was_counted(stage: JiraStage) -> None:
    look = stage.open().fetch()
    for alias, claim in by_alias(snapshot(look, "jira/tickets")).items():
        said = tickets(claim)[alias]
        link = urlsplit(said["url"])
        assert f"{link.scheme}://{link.netloc}{link.path}" == "https://jira.acme.example/issues/"
        (jql,) = parse_qs(link.query)["jql"]
        found = [
            each for each in stage.jira.state.issues.values() if parse(jql, stage.jira.state).holds(each)
        ]
        assert len(found) == said["bugs"] + said["incidents"]


def test_who_leads_is_weak_evidence_and_a_deactivated_lead_is_none(stage: JiraStage) -> None:
    look = stage.open().fetch()
    leads = by_alias(snapshot(look, "jira/leads"))
    hidden = f"user:default/jira-{stage.jira.state.users['bo'].id.replace(':', '-')}"
    bo = hidden if stage.jira.cloud else "user:default/bo.berg-acme.example"
    assert {alias: each.fields["owner"] for alias, each in leads.items()} == {
        "jira:pay": "user:default/ana.silva-acme.example",
        "jira:pay/payments api": bo,
        "jira:web": bo,
    }
    assert leads["jira:pay/payments api"].grounds == {
        "owner": Grounds(0.3, "leads the Jira component Payments API")
    }
    assert leads["jira:pay"].grounds == {"owner": Grounds(0.2, "leads the Jira project Payments")}


def test_of_two_accounts_with_one_address_none_is_named(cloud: JiraStage) -> None:
    bo, gone = cloud.jira.state.users["bo"], cloud.jira.state.users["gone"]
    bo.hidden, gone.email = False, bo.email
    assert set(by_alias(snapshot(cloud.open().fetch(), "jira/leads"))) == {"jira:pay"}


def test_people_are_users_without_robots_and_without_hidden_addresses(stage: JiraStage) -> None:
    people = {each.fields["title"]: each for each in snapshot(stage.open().fetch(), "jira/people").claims}
    robots = set() if stage.jira.cloud else {"Automation"}
    assert set(people) == {"idp", "Ana Silva", "Bo Berg", "Long Gone"} | robots
    ana, bo, gone = people["Ana Silva"], people["Bo Berg"], people["Long Gone"]
    user = stage.jira.state.users["ana"]
    assert f"jira-user:{user.id}".lower() in ana.aliases
    assert "mailto:ana.silva@acme.example" in ana.aliases
    assert ("email" in bo.fields) is not stage.jira.cloud
    assert any(alias.startswith("mailto:") for alias in bo.aliases) is not stage.jira.cloud
    assert gone.fields["accounts"] == {"jira": "deactivated"}


def test_without_the_permission_only_leads_are_people_and_nobody_is_gone(stage: JiraStage) -> None:
    stage.jira.permissions.discard("USER_PICKER")
    look = stage.open().fetch()
    people = snapshot(look, "jira/people")
    assert {each.fields["title"] for each in people.claims} == {"Ana Silva", "Bo Berg", "Long Gone"}
    assert people.within == ()
    assert snapshot(look, "jira/tickets").within == (EVERYTHING,)
    assert any("may not browse users" in each for each in look.notes)


def test_users_need_not_be_listed(stage: JiraStage) -> None:
    people = snapshot(stage.open(users=False).fetch(), "jira/people")
    assert len(people.claims) == 3
    assert people.within == (EVERYTHING,)
    assert not [each for each in stage.faults.requests if "user" in each]


def test_a_data_center_that_may_have_more_users_takes_nobody_for_gone(datacenter: JiraStage) -> None:
    user = datacenter.jira.state.users["ana"]
    for number in range(1_200):
        login = f"user{number}"
        datacenter.jira.state.users[login] = type(user)(login, login, login, "", False, True, "atlassian")
    look = datacenter.open().fetch()
    people = snapshot(look, "jira/people")
    assert (len(people.claims), people.within) == (1_000, ())
    assert any("may have more" in each for each in look.notes)


def test_projects_can_be_chosen_and_then_only_theirs_are_searched(stage: JiraStage) -> None:
    assert set(counts(stage, include=["P*", "OPS"], exclude="ops")) == {
        each for each in ALL if each.startswith("jira:pay")
    }
    assert counts(stage, include="NONE") == {}


def test_names_match_where_they_say_something_and_are_one_components(stage: JiraStage) -> None:
    refs = {alias: str(each.ref) for alias, each in by_alias(snapshot(stage.open().fetch(), "jira")).items()}
    assert refs["jira:pay/payments api"] == "component:default/payments-api"
    assert refs['jira:pay/the "old" one'] == "component:default/the-old-one"
    for alias in ("jira:pay", "jira:pay/backend", "jira:pay/shared", "jira:web/shared"):
        assert refs[alias].startswith("component:remarks/")
    look = stage.open(match_names=False).fetch()
    assert all(each.ref.namespace == "remarks" for each in snapshot(look, "jira").claims)


def test_a_look_at_one_project_counts_again_and_no_more(stage: JiraStage) -> None:
    source = stage.open()
    source.fetch()
    pay = stage.jira.state.project("PAY")
    assert pay is not None
    stage.jira.state.add_issue(pay, "Bug")
    stage.faults.requests.clear()
    look = source.fetch(Task(only=(f"project/{pay.id}", f"project/{pay.id}#component/1", "project/9")))
    (only,) = look.snapshots
    assert (only.source, set(only.within)) == ("jira/tickets", {f"project/{pay.id}", "project/9"})
    assert tickets(by_alias(only)["jira:pay"])["jira:pay"]["bugs"] == 10
    assert len(stage.faults.requests) == look.requests == 5


def test_an_expired_token_empties_nothing(stage: JiraStage) -> None:
    source = stage.open()
    source.fetch()
    stage.jira.token = "another"
    with pytest.raises(Unauthorized) as failure:
        source.fetch()
    assert stage.credential in f"{failure.value} {failure.value.hint}"
    assert not source.validate()[1].granted
    assert SECRET not in f"{failure.value!r} {source.validate()!r}"


def test_what_is_malformed_is_found_and_nothing_is_taken_for_gone(stage: JiraStage) -> None:
    state = stage.jira.state
    pay = state.project("PAY")
    assert pay is not None
    state.add_component(pay, "")
    state.projects[pay.id].lead = "nobody"
    look = stage.open().fetch()
    assert [str(each) for each in look.findings] == [
        "jira: PAY: component 5: error: it has no id, or no name. Ask Jira's support what it is."
    ]
    assert [each.within for each in look.snapshots] == [()] * 4
    assert "jira:pay" in by_alias(snapshot(look, "jira/tickets"))


def test_an_archived_component_is_no_component(datacenter: JiraStage) -> None:
    pay = datacenter.jira.state.project("PAY")
    assert pay is not None
    next(iter(pay.components.values())).archived = True
    look = datacenter.open().fetch()
    assert "jira:pay/payments api" not in by_alias(snapshot(look, "jira"))


def test_which_jira_it_is_can_be_said(stage: JiraStage) -> None:
    said = "cloud" if stage.jira.cloud else "datacenter"
    assert counts(stage, deployment=said) == ALL
    paths = {each.split("/rest/api/")[1][0] for each in stage.faults.requests}
    assert paths == ({"3"} if stage.jira.cloud else {"2"})


def test_components_that_were_read_are_not_read_again(stage: JiraStage) -> None:
    pages = Pages()
    stage.open().fetch(Task(notebook=pages))
    stage.faults.requests.clear()
    again = stage.open().fetch(Task(notebook=pages))
    assert not [each for each in stage.faults.requests if each.endswith("/components")]
    assert len(snapshot(again, "jira").claims) == len(ALL)


def test_credentials_are_asked_for_by_name() -> None:
    options = INTEGRATION.options.model_validate({"url": "https://acme.atlassian.net", "deployment": "cloud"})
    with pytest.raises(BadConfiguration, match="JIRA_TOKEN is not set"):
        INTEGRATION.open(Opening("jira", options))
    with pytest.raises(BadConfiguration, match="JIRA_EMAIL is not set"):
        INTEGRATION.open(Opening("jira", options, {"JIRA_TOKEN": SECRET}.get))


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ({"url": "https://ana:secret@jira.acme.example"}, "leave credentials out of the address"),
        ({"url": "http://jira.acme.example"}, "write https://"),
        ({"url": "jira.acme.example"}, "write Jira's address"),
        ({"url": "https://jira.acme.example", "bugs": "type = Bug order by key"}, "without ORDER BY"),
        ({"url": "https://jira.acme.example", "colour": "blue"}, "Extra inputs are not permitted"),
    ],
)
def test_a_block_that_cannot_be_used_is_refused(block: dict[str, str], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        INTEGRATION.options.model_validate(block)


def test_the_address_may_be_that_of_the_api() -> None:
    options = INTEGRATION.options.model_validate({"url": "https://tools.acme.example/jira/rest/api/2/"})
    assert options.model_dump()["url"] == "https://tools.acme.example/jira"
    assert all(each.description for each in INTEGRATION.options.model_fields.values())
