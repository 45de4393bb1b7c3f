"""Creating issues: once for each key, also when nobody answers in time, and what can be known beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from domain.errors import BadInput, OutsideFailure
from integrations.calling import retrying
from integrations.calling.failures import Unauthorized
from integrations.jira import open_tickets
from integrations.jira.documents import document, wiki
from integrations.jira.tickets import PROBES, JiraTickets, label_of
from playground.vendors.vendor import Faults
from tests.integrations.adapter_suite import SECRET
from tests.integrations.jira.jira_on_loopback import JiraStage
from workflows.ports import Tickets, WantedTicket

WANTED = WantedTicket(
    "run-17/step-2", "PAY", "bug", "No runbook", "It has none.\n\nWrite one,\nplease.", ("idp",), "Backend"
)


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited between looks, instead of waiting."""
    seconds: list[float] = []
    monkeypatch.setattr(retrying, "pause", lambda each, _stopped: seconds.append(each))
    return seconds


@pytest.fixture
def tickets(stage: JiraStage) -> Iterator[JiraTickets]:
    tickets = open_tickets(stage.opening())
    yield tickets
    tickets.close()


@pytest.fixture
def hasty(stage: JiraStage) -> Iterator[JiraTickets]:
    """What waits for no answer to creating an issue, though it was created."""
    stage.jira.slow_to_create = 1.2
    tickets = open_tickets(stage.opening(timeout=0.5))
    yield tickets
    tickets.close()


def created(stage: JiraStage) -> list[str]:
    """Return the keys of the issues that were created."""
    label = label_of(WANTED.key)
    return [each.key for each in stage.jira.state.issues.values() if label in each.labels]


def probes(waited: list[float]) -> tuple[float, ...]:
    """Return the waits between probes; those before a request is repeated, on a busy machine, have jitter."""
    return tuple(each for each in waited if each in PROBES)


def test_an_issue_is_created_with_all_that_was_said(stage: JiraStage, tickets: Tickets) -> None:
    ticket = tickets.create(WANTED)
    assert ticket.url == f"https://jira.acme.example/browse/{ticket.key}"
    assert ticket.created
    (issue,) = (each for each in stage.jira.state.issues.values() if each.key == ticket.key)
    assert (issue.type, issue.summary) == ("Bug", "No runbook")
    assert issue.labels == ("idp", label_of(WANTED.key))
    (component,) = issue.components
    assert stage.jira.state.projects[issue.project].components[component].name == "Backend"
    if stage.jira.cloud:
        assert issue.description == document(WANTED.text)
    else:
        assert issue.description == "It has none.\n\nWrite one,\nplease."


def test_the_same_key_creates_nothing_twice(stage: JiraStage, tickets: Tickets) -> None:
    first = tickets.create(WANTED)
    again = tickets.create(replace(WANTED, title="Other words"))
    assert again == replace(first, created=False)
    assert tickets.find(WANTED.key) == again
    assert created(stage) == [first.key]
    assert tickets.create(replace(WANTED, key="run-18/step-2")).key != first.key


def test_a_late_answer_is_looked_up(stage: JiraStage, hasty: Tickets, waited: list[float]) -> None:
    ticket = hasty.create(WANTED)
    assert ticket.created
    assert created(stage) == [ticket.key]
    assert probes(waited) == PROBES[:1]


def test_a_late_answer_and_an_index_that_is_behind(
    stage: JiraStage, hasty: Tickets, waited: list[float]
) -> None:
    stage.jira.lag = 2
    assert hasty.create(WANTED).key in created(stage)
    assert probes(waited) == PROBES[:3]


def test_an_outcome_that_stays_unknown_is_told_and_asking_again_is_safe(
    stage: JiraStage, hasty: Tickets, waited: list[float]
) -> None:
    stage.jira.lag = len(PROBES)
    with pytest.raises(OutsideFailure, match="whether the issue was created is unknown") as failure:
        hasty.create(WANTED)
    assert "same key" in failure.value.hint
    assert probes(waited) == PROBES
    stage.jira.slow_to_create = 0
    assert [hasty.create(WANTED).key] == created(stage)


def test_a_server_that_breaks_may_have_created_nothing(
    stage: JiraStage, tickets: Tickets, waited: list[float]
) -> None:
    stage.faults.requests = Breaking(stage.faults, 503)
    with pytest.raises(OutsideFailure, match="unknown"):
        tickets.create(WANTED)
    assert len(waited) == len(PROBES)
    assert created(stage) == []
    posts = [each for each in stage.faults.requests if each.endswith("/issue")]
    assert len(posts) == 1


class Breaking(list[str]):
    """Takes down requests, and has the one that creates an issue fail."""

    def __init__(self, faults: Faults, status: int) -> None:
        super().__init__()
        self._faults, self._status = faults, status

    def append(self, each: str) -> None:
        super().append(each)
        if each.startswith("POST") and each.endswith("/issue"):
            self._faults.statuses = [(self._status, {})]


def test_a_limit_is_waited_for_since_nothing_was_done(
    stage: JiraStage, tickets: Tickets, waited: list[float]
) -> None:
    stage.faults.statuses = [(429, {"retry-after": "3"})]
    ticket = tickets.create(WANTED)
    assert created(stage) == [ticket.key]
    assert [int(each) for each in waited] == [3]


REFUSED: dict[str, tuple[Callable[[WantedTicket], WantedTicket], str]] = {
    "project": (lambda each: replace(each, project="NONE"), "there is no project 'NONE'"),
    "type": (lambda each: replace(each, type="Wish"), "PAY has no type 'Wish'"),
    "subtask": (lambda each: replace(each, type="Sub-task"), "PAY has no type 'Sub-task'"),
    "title": (lambda each: replace(each, title="two\nlines"), "its title must be one line"),
    "long title": (lambda each: replace(each, title="x" * 256), "its title must be one line"),
    "text": (lambda each: replace(each, text="x" * 32_768), "its text has 32,768 characters"),
    "label": (lambda each: replace(each, labels=("two words",)), "'two words' is no label"),
    "key": (lambda each: replace(each, key=" "), "it has no key"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_wrong_is_said_before_anything_is_created(
    stage: JiraStage, tickets: Tickets, what: str
) -> None:
    change, words = REFUSED[what]
    for act in (tickets.plan, tickets.create):
        with pytest.raises(BadInput, match=words) as refusal:
            act(change(WANTED))
        assert refusal.value.hint
    assert stage.jira.bodies == []


def test_a_plan_says_what_would_be_created_and_creates_nothing(stage: JiraStage, tickets: Tickets) -> None:
    plan = tickets.plan(WANTED)
    assert plan.lines == (
        "a Bug in PAY: No runbook",
        "component: Backend",
        f"labels: idp, {label_of(WANTED.key)}",
        "paragraphs of text: 2",
    )
    assert plan.existing is None
    assert stage.jira.bodies == []
    ticket = tickets.create(WANTED)
    again = tickets.plan(WANTED)
    assert again.existing == replace(ticket, created=False)
    assert ticket.key in again.lines[0]


def test_a_plan_knows_which_fields_are_wanted_and_which_are_not_taken(
    stage: JiraStage, tickets: Tickets
) -> None:
    with pytest.raises(BadInput, match="Jira wants more of a Bug in OPS: Audit reference"):
        tickets.plan(replace(WANTED, project="OPS", component=""))
    with pytest.raises(BadInput, match="PAY has no component 'Frontend'") as refusal:
        tickets.plan(replace(WANTED, component="Frontend"))
    assert "Backend" in refusal.value.hint
    stage.jira.off_screen.add("labels")
    with pytest.raises(BadInput, match="a Bug in PAY takes no labels"):
        tickets.plan(WANTED)


def test_what_jira_does_not_take_is_said_field_by_field(stage: JiraStage, tickets: Tickets) -> None:
    with pytest.raises(BadInput, match=r"customfield_10050: Audit reference is required\."):
        tickets.create(replace(WANTED, project="OPS", component=""))
    with pytest.raises(BadInput, match="components: Component name 'Frontend' is not valid"):
        tickets.create(replace(WANTED, component="Frontend"))
    assert created(stage) == []


def test_without_the_permission_nothing_is_created(stage: JiraStage, tickets: Tickets) -> None:
    stage.jira.permissions.discard("CREATE_ISSUES")
    for act in (tickets.plan, tickets.create):
        with pytest.raises(BadInput, match="no issues can be created in PAY") as refusal:
            act(WANTED)
        assert "Create Issues" in refusal.value.hint


def test_an_expired_token_does_not_look_like_an_issue_that_is_not_there(
    stage: JiraStage, tickets: Tickets
) -> None:
    tickets.create(WANTED)
    stage.jira.token = "another"
    with pytest.raises(Unauthorized, match=r"credential|401") as failure:
        tickets.find(WANTED.key)
    assert SECRET not in f"{failure.value} {failure.value.hint}"


def test_paragraphs_become_a_document() -> None:
    assert document("") == {"type": "doc", "version": 1, "content": []}
    assert document("\r\none\r\ntwo \n \n\n\nthree\n")["content"] == [
        {
            "type": "paragraph",
            "content": [
                {"type": "text", "text": "one"},
                {"type": "hardBreak"},
                {"type": "text", "text": "two"},
            ],
        },
        {"type": "paragraph", "content": [{"type": "text", "text": "three"}]},
    ]


def test_wiki_text_calls_nobody_and_runs_no_macro() -> None:
    assert wiki("ask [~ana]\nand {code}\n\nHello!") == "ask \\[~ana]\nand \\{code}\n\nHello!"
