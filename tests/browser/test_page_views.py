"""Modals and App Home: open, fill in, complain, push, update, close, publish."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.samples import ELEMENTS, INPUTS
from tests.browser.small_app import (
    ANA,
    BEN,
    GENERAL,
    Json,
    SmallWorkspace,
    actions,
    button,
    modal,
    options,
    plain,
    section,
)
from tests.browser.stage import Tabs


def field(label: str, block_id: str, element: Json | None = None, **more: Any) -> Json:
    element = {"action_id": "a", **(element or {"type": "plain_text_input"})}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


FORM = modal(
    section("Registers it in the catalog."),
    field("Name", "name"),
    field("Tier", "tier", {"type": "static_select", "options": options("One", "Two")}, optional=True),
)


def opened(workspace: SmallWorkspace, tabs: Tabs, view: Json) -> Page:
    """Press a button whose answer is the modal."""

    def show(body: Json) -> None:
        if body["actions"][0]["action_id"] == "open":
            workspace.client.views_open(trigger_id=body["trigger_id"], view=view)

    workspace.on_action = show
    workspace.post(actions(button("Open", "open")))
    page = tabs(workspace.url, ANA, GENERAL, size=(1280, 1000))
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("dialog", name=view["title"]["text"])).to_be_visible()
    workspace.next_heard()
    return page


def test_a_form_is_filled_in_and_sent(workspace: SmallWorkspace, tabs: Tabs) -> None:
    page = opened(workspace, tabs, FORM)
    expect(page.get_by_role("textbox", name="Name")).to_be_focused()
    page.keyboard.type("payments-api")
    page.get_by_role("button", name="Tier").click()
    page.get_by_role("option", name="Two").click()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    values = workspace.next_heard()["view"]["state"]["values"]
    assert values["name"]["a"]["value"] == "payments-api"
    assert values["tier"]["a"]["selected_option"]["value"] == "two"


def test_what_is_missing_or_refused_stands_at_its_field(workspace: SmallWorkspace, tabs: Tabs) -> None:
    workspace.on_submit = lambda _body: {
        "response_action": "errors",
        "errors": {"name": "That name is taken."},
    }
    page = opened(workspace, tabs, FORM)
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text(
        "Please complete this required field."
    )
    page.get_by_role("textbox", name="Name").fill("payments")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text("That name is taken.")
    expect(page.get_by_role("textbox", name="Name")).to_have_value("payments")


def test_a_second_view_lies_on_the_first(workspace: SmallWorkspace, tabs: Tabs) -> None:
    second = modal(section("Sure?"), title="Confirm")
    workspace.on_submit = lambda body: (
        {"response_action": "push", "view": second} if "name" in body["view"]["state"]["values"] else {}
    )
    page = opened(workspace, tabs, FORM)
    page.keyboard.type("payments")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("dialog", name="Confirm")).to_contain_text("Sure?")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("textbox", name="Name")).to_have_value("payments")


def test_an_update_keeps_what_was_typed(workspace: SmallWorkspace, tabs: Tabs) -> None:
    page = opened(workspace, tabs, modal(field("Name", "name"), actions(button("More", "more"))))

    def grow(body: Json) -> None:
        workspace.client.views_update(
            view_id=body["view"]["id"], view=modal(field("Name", "name"), field("Reason", "why"))
        )

    workspace.on_action = grow
    page.get_by_role("textbox", name="Name").fill("typed")
    page.get_by_role("button", name="More", exact=True).click()
    expect(page.get_by_role("textbox", name="Reason")).to_be_visible()
    expect(page.get_by_role("textbox", name="Name")).to_have_value("typed")


def test_escape_closes_and_the_app_hears_of_it(workspace: SmallWorkspace, tabs: Tabs) -> None:
    page = opened(workspace, tabs, modal(field("Name", "name"), notify_on_close=True))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert workspace.next_heard()["type"] == "view_closed"


def test_every_input_reports_its_value(workspace: SmallWorkspace, tabs: Tabs) -> None:
    elements = {
        **INPUTS,
        **{
            kind: one
            for kind, one in ELEMENTS.items()
            if kind not in ("button", "workflow_button", "overflow")
        },
    }
    blocks = [
        field(f"The {kind}", kind, {**one, "action_id": "a"}, optional=True) for kind, one in elements.items()
    ]
    page = opened(workspace, tabs, modal(*blocks))
    expect(page.locator("dialog .unknown-element")).to_have_count(0)
    page.get_by_label("The plain_text_input").fill("line one\nline two")
    page.get_by_label("The email_text_input").fill("ana@example.com")
    page.get_by_label("The url_text_input").fill("https://example.com")
    page.get_by_label("The number_input").fill("7")
    page.get_by_label("The rich_text_input").fill("rich")
    page.get_by_role("checkbox", name="Salt").check()
    page.get_by_label("The datetimepicker").fill("2027-01-02T03:04")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    values = {block: held["a"] for block, held in workspace.next_heard()["view"]["state"]["values"].items()}
    assert values["plain_text_input"]["value"] == "line one\nline two"
    assert values["email_text_input"]["value"] == "ana@example.com"
    assert values["number_input"]["value"] == "7"
    assert values["rich_text_input"]["rich_text_value"]["elements"][0]["elements"][0]["text"] == "rich"
    assert [one["value"] for one in values["checkboxes"]["selected_options"]] == ["salt"]
    assert values["datepicker"]["selected_date"] == "2026-11-23"
    assert values["multi_users_select"]["selected_users"] == [ANA]
    assert isinstance(values["datetimepicker"]["selected_date_time"], int)


def test_the_home_tab_is_asked_for_and_follows(workspace: SmallWorkspace, tabs: Tabs) -> None:
    def publish(user: str, words: str = "Your services") -> None:
        view = {"type": "home", "blocks": [section(words), actions(button("Refresh", "again"))]}
        workspace.client.views_publish(user_id=user, view=view)

    workspace.on_home = publish
    workspace.on_action = lambda body: publish(body["user"]["id"], "Fresh services")
    page = tabs(workspace.url, BEN, GENERAL)
    page.get_by_label("Apps").get_by_role("button", name="idp").click()
    page.get_by_role("tab", name="Home").click()
    expect(page.get_by_role("tabpanel", name="Home")).to_contain_text("Your services")
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_role("tabpanel", name="Home")).to_contain_text("Fresh services")
    page.get_by_role("button", name="View JSON").click()
    expect(page.get_by_label("Raw JSON")).to_contain_text('"type": "home"')


def test_a_global_shortcut_may_open_a_modal(workspace: SmallWorkspace, tabs: Tabs) -> None:
    workspace.on_shortcut = lambda body: workspace.client.views_open(trigger_id=body["trigger_id"], view=FORM)
    page = tabs(workspace.url, ANA, GENERAL)
    page.get_by_role("button", name="Shortcuts").click()
    page.get_by_role("menuitem", name="New service").click()
    expect(page.get_by_role("dialog", name="New service")).to_be_visible()
