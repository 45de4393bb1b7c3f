"""What becomes of a submitted modal: each answer that Slack knows, and what the form itself refuses."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_sdk import WebClient

from playground.clock import ManualClock
from playground.person import Person, Refusal
from tests.playground.raw_app import RawApp


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def field(label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    name = label.lower()
    return {
        "type": "input",
        "block_id": name,
        "label": plain(label),
        "element": {"action_id": name, **element},
        **more,
    }


COLOURS = [{"text": plain(one), "value": one.lower()} for one in ("Red", "Blue")]
FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "form",
    "private_metadata": "id-7",
    "notify_on_close": True,
    "title": plain("Form"),
    "submit": plain("Save"),
    "blocks": [
        field("Name", {"type": "plain_text_input", "min_length": 2}),
        field("Colour", {"type": "static_select", "options": COLOURS, "initial_option": COLOURS[0]}),
        field("Owner", {"type": "users_select"}, optional=True),
        field(
            "Count", {"type": "number_input", "is_decimal_allowed": False, "max_value": "9"}, optional=True
        ),
    ],
}
OTHER: dict[str, Any] = {"type": "modal", "title": plain("Other"), "blocks": []}


@pytest.fixture
def page() -> Iterator[ThreadPoolExecutor]:
    # The page waits for the app's acknowledgement, so what is done there stands on a thread of its own.
    with ThreadPoolExecutor(1) as pool:
        yield pool


@pytest.fixture
def form(client: WebClient, raw_app: RawApp, ana: Person) -> str:
    ana.types("/idp form")
    envelope = raw_app.next("slash_commands")
    raw_app.ack(envelope)
    view_id = client.views_open(trigger_id=envelope["payload"]["trigger_id"], view=FORM)["view"]["id"]
    assert ana.view.id == view_id
    return str(view_id)


def submit(page: ThreadPoolExecutor, raw_app: RawApp, ana: Person, answer: Any = None) -> dict[str, Any]:
    sent = page.submit(ana.submit, {"Name": "ab", "Owner": "bo"})
    envelope = raw_app.next("interactive")
    raw_app.ack(envelope, answer)
    assert sent.result(timeout=5) == {}
    payload: dict[str, Any] = envelope["payload"]
    return payload


def test_a_submission_carries_every_value_and_closes_the_modal(
    page: ThreadPoolExecutor, form: str, raw_app: RawApp, ana: Person
) -> None:
    payload = submit(page, raw_app, ana)
    view = payload["view"]
    assert (payload["type"], view["id"], view["private_metadata"]) == ("view_submission", form, "id-7")
    values = view["state"]["values"]
    assert values["name"]["name"] == {"type": "plain_text_input", "value": "ab"}
    assert values["colour"]["colour"]["selected_option"]["value"] == "red", "initial values count"
    assert values["owner"]["owner"]["selected_user"] == "U0BO"
    assert values["count"]["count"]["value"] is None
    ana.sees_views([])


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({"response_action": "update", "view": OTHER}, ["Other"]),
        ({"response_action": "push", "view": OTHER}, ["Form", "Other"]),
        ({"response_action": "clear"}, []),
    ],
)
def test_an_answer_can_update_push_or_clear(
    page: ThreadPoolExecutor, form: str, raw_app: RawApp, ana: Person, answer: Any, titles: list[str]
) -> None:
    assert form
    submit(page, raw_app, ana, answer)
    ana.sees_views(titles)


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "update", "view": {**OTHER, "colour": "red"}},
        {"response_action": "dance"},
    ],
)
def test_an_answer_that_slack_refuses_leaves_the_form_open(
    page: ThreadPoolExecutor, form: str, raw_app: RawApp, ana: Person, answer: Any
) -> None:
    sent = page.submit(ana.submit, {"Name": "ab"})
    raw_app.ack(raw_app.next("interactive"), answer)
    with pytest.raises(Refusal, match="trouble connecting"):
        sent.result(timeout=5)
    assert [one.id for one in ana.views] == [form]


def test_a_submission_without_acknowledgement_leaves_the_form_open(
    page: ThreadPoolExecutor, form: str, raw_app: RawApp, ana: Person, clock: ManualClock
) -> None:
    sent = page.submit(ana.submit, {"Name": "ab"})
    raw_app.next("interactive")
    clock.advance(3.1)
    with pytest.raises(Refusal, match="operation_timeout"):
        sent.result(timeout=5)
    assert [one.id for one in ana.views] == [form]


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({}, {"name": "Please complete this required field."}),
        ({"Name": "a"}, {"name": "Must be 2 to 3000 characters"}),
        ({"Name": "ab", "Count": "x"}, {"count": "Must be a valid number"}),
        ({"Name": "ab", "Count": 1.5}, {"count": "Must be a whole number"}),
        ({"Name": "ab", "Count": 10}, {"count": "Must be at most 9"}),
    ],
)
def test_the_form_itself_refuses_what_does_not_fit(
    form: str, ana: Person, values: dict[str, Any], complaint: dict[str, str]
) -> None:
    assert form
    assert ana.submit(values) == complaint


def test_closing_tells_the_app_that_asked_for_it(
    page: ThreadPoolExecutor, form: str, raw_app: RawApp, ana: Person
) -> None:
    closed = page.submit(ana.closes)
    envelope = raw_app.next("interactive")
    raw_app.ack(envelope)
    closed.result(timeout=5)
    assert (envelope["payload"]["type"], envelope["payload"]["view"]["id"]) == ("view_closed", form)
    ana.sees_views([])


def test_nobody_submits_the_form_of_another(form: str, bo: Person) -> None:
    with pytest.raises(Refusal, match="not_found"):
        bo.browser.do("view/close", view_id=form)
