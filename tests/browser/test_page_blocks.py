"""Every block and element that the playground lets through is drawn, and what is picked reaches the app."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from playground.blockkit.elements import ELEMENTS as KNOWN_ELEMENTS
from playground.blockkit.layout import SURFACES
from tests.browser.samples import BLOCKS, ELEMENTS, INPUTS, chart
from tests.browser.small_app import ANA, BEN, GENERAL, PAYMENTS, Json, SmallWorkspace, actions
from tests.browser.stage import Tabs


def test_the_samples_leave_no_block_and_no_element_out() -> None:
    assert set(BLOCKS) == SURFACES["message"]
    elsewhere = {"image", "plain_text", "mrkdwn", "feedback_buttons", "icon_button"}
    assert set(ELEMENTS) | set(INPUTS) | elsewhere == set(KNOWN_ELEMENTS)


def test_every_block_shows_its_words(workspace: SmallWorkspace, tabs: Tabs) -> None:
    for block, _ in BLOCKS.values():
        workspace.post(block)
    page = tabs(workspace.url, ANA, GENERAL)
    expect(page.get_by_role("article")).to_have_count(len(BLOCKS))
    for article, (kind, (_, words)) in zip(page.get_by_role("article").all(), BLOCKS.items(), strict=True):
        expect(article.locator(f'[data-block="{kind}"]').first, kind).to_be_visible()
        shown = article.inner_text() + (
            (article.locator("svg.plot").text_content() or "") if kind == "data_visualization" else ""
        )
        assert [word for word in words if word not in shown] == [], kind
    expect(page.locator(".unknown-block, .unknown-element, .image-missing")).to_have_count(0)
    expect(page.get_by_role("img", name="a cat")).to_be_visible()
    expect(page.get_by_role("heading", name="Weekly digest")).to_be_visible()


@pytest.mark.parametrize("kind", ["line", "area", "bar"])
def test_charts_draw_each_value(workspace: SmallWorkspace, tabs: Tabs, kind: str) -> None:
    workspace.post({"type": "data_visualization", "title": "Levels", "chart": chart(kind, "Gold", "Silver")})
    page = tabs(workspace.url, ANA, GENERAL)
    plot = page.get_by_role("img", name=f"Levels: {kind} chart of Gold, Silver")
    expect(plot.locator("rect, circle")).to_have_count(6)
    assert "Gold, W3: 9" in (plot.text_content() or "")


def test_a_pie_draws_its_segments(workspace: SmallWorkspace, tabs: Tabs) -> None:
    segments = [{"label": "Owned", "value": 3}, {"label": "Unowned", "value": 1}]
    workspace.post(
        {"type": "data_visualization", "title": "Owners", "chart": {"type": "pie", "segments": segments}}
    )
    plot = tabs(workspace.url, ANA, GENERAL).get_by_role("img", name="Owners: pie chart")
    expect(plot.locator("path")).to_have_count(2)
    assert "Owned: 3 (75 %)" in (plot.text_content() or "")


def test_a_data_table_sorts_and_pages(workspace: SmallWorkspace, tabs: Tabs) -> None:
    workspace.post(BLOCKS["data_table"][0])
    page = tabs(workspace.url, ANA, GENERAL)
    table = page.get_by_role("table", name="Services")
    expect(table.locator("tbody tr")).to_have_text(["svc-33", "svc-11"])
    table.get_by_role("button", name="Tier").click()
    expect(table.locator("tbody tr")).to_have_text(["svc-11", "svc-22"])
    page.get_by_role("button", name="Next").click()
    expect(table.locator("tbody tr")).to_have_text(["svc-33"])
    page.get_by_role("searchbox", name="Filter rows").fill("svc-2")
    expect(table.locator("tbody tr")).to_have_text(["svc-22"])


def option(page: Page, name: str) -> Locator:
    return page.get_by_role("option", name=name)


def choose(page: Page, label: str, *names: str, query: str = "") -> None:
    page.get_by_role("button", name=label).click()
    if query:
        page.get_by_role("combobox", name=f"Search {label}").fill(query)
    for name in names:
        option(page, name).click()


def picked(workspace: SmallWorkspace) -> Json:
    found: Json = workspace.next_heard()["actions"][0]
    return found


def test_every_select_sends_what_was_picked(workspace: SmallWorkspace, tabs: Tabs) -> None:
    workspace.post(actions(*ELEMENTS.values()))
    page = tabs(workspace.url, ANA, GENERAL, size=(1280, 1000))
    choose(page, "One static", "Beta", query="be")
    assert picked(workspace)["selected_option"]["value"] == "beta"
    choose(page, "Many static", "Alpha", "Beta")
    assert [one["value"] for one in picked(workspace)["selected_options"]] == ["alpha"]
    assert [one["value"] for one in picked(workspace)["selected_options"]] == ["alpha", "beta"]
    page.keyboard.press("Escape")
    choose(page, "One external", "pay web", query="pay")
    assert workspace.next_heard()["type"] == "block_suggestion"
    assert picked(workspace)["selected_option"]["value"] == "pay web"
    choose(page, "One person", "Ben Okafor")
    assert picked(workspace)["selected_user"] == BEN
    choose(page, "Many people: Ana Silva", "Ben Okafor")
    assert picked(workspace)["selected_users"] == [ANA, BEN]
    page.keyboard.press("Escape")
    choose(page, "One channel", "#payments")
    assert picked(workspace)["selected_channel"] == PAYMENTS
    choose(page, "One conversation", "#payments")
    assert picked(workspace)["selected_conversation"] == PAYMENTS
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Alpha").click()
    assert picked(workspace)["selected_option"]["value"] == "alpha"


def test_pickers_and_boxes_send_what_was_picked(workspace: SmallWorkspace, tabs: Tabs) -> None:
    workspace.post(actions(*ELEMENTS.values()))
    page = tabs(workspace.url, ANA, GENERAL, size=(1280, 1000))
    page.get_by_label("A date").fill("2027-01-02")
    assert picked(workspace)["selected_date"] == "2027-01-02"
    page.get_by_label("A time").fill("17:45")
    assert picked(workspace)["selected_time"] == "17:45"
    expect(page.get_by_role("radio", name="Red")).to_be_checked()
    page.get_by_role("radio", name="Blue").check()
    assert picked(workspace)["selected_option"]["value"] == "blue"
    page.get_by_role("checkbox", name="Pepper").check()
    heard = workspace.next_heard()
    assert [one["value"] for one in heard["actions"][0]["selected_options"]] == ["pepper"]
    assert heard["state"]["values"]["acts"]["radio_buttons"]["selected_option"]["value"] == "blue"


def test_a_select_is_worked_by_keys_alone(workspace: SmallWorkspace, tabs: Tabs) -> None:
    workspace.post(actions(ELEMENTS["static_select"]))
    page = tabs(workspace.url, ANA, GENERAL)
    page.get_by_role("button", name="One static").focus()
    page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Search One static").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert picked(workspace)["selected_option"]["value"] == "beta"
    expect(page.get_by_role("button", name="One static: Beta")).to_be_focused()


MRKDWN = {
    "*b* _i_ ~s~ `c`": "<strong>b</strong> <em>i</em> <s>s</s> <code>c</code>",
    "a*b*c snake_case_name 2*3*4": "a*b*c snake_case_name 2*3*4",
    "*a _b_ c*": "<strong>a <em>b</em> c</strong>",
    "&lt;b&gt; &amp;amp;": "&lt;b&gt; &amp;amp;",
    "&gt; said\n&gt; twice": "<blockquote>said<br>twice</blockquote>",
    "```\nx *y*\n```": "<pre><code>x *y*</code></pre>",
    "<!here> now": '<span class="mention broadcast">@here</span> now',
    "<!subteam^S0PAY>": '<span class="mention group" title="Payments team">@pay-team</span>',
    "<!date^1700000000^on {date_num}|never>": "on 2023-11-14</time>",
    "<https://example.com/?a=1&amp;b=2|the *label*>": ">the *label*</a>",
    "<javascript:alert(1)|press>": '<span class="">press</span>',
    "at 10:30:45 :tada: :nonsuch:": "at 10:30:45 ",
    ":nonsuch:": ":nonsuch:",
    "• one\n• two": '<span class="bullet">•</span><span>two</span>',
}


def test_mrkdwn_becomes_what_slack_shows(workspace: SmallWorkspace, tabs: Tabs) -> None:
    page = tabs(workspace.url, ANA, GENERAL)
    render = "async (text) => (await import('/page/js/mrkdwn.js')).mrkdwn(text).innerHTML"
    drawn = {text: page.evaluate(render, text) for text in MRKDWN}
    assert {text: html for text, html in drawn.items() if MRKDWN[text] not in html} == {}
