"""Text from outside stays text, in every field of every block; and the page fits a narrow screen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.samples import BLOCKS, ELEMENTS, INPUTS
from tests.browser.small_app import ANA, GENERAL, SEED, Json, SmallWorkspace, actions, modal, plain
from tests.browser.stage import Tabs

HOSTILE = '"><img src=x onerror=hacked=1><script>hacked=1</script>'
SHORT = "<b onclick=x>"
TEXT_KEYS = (
    "text",
    "alt_text",
    "title",
    "caption",
    "author_name",
    "initial_value",
    "external_id",
    "x_label",
    "y_label",
)
KINDS = ("type", "block_id", "action_id")


def poisoned(node: Any) -> Any:
    """Return `node` with hostile words in each of its text fields."""
    if isinstance(node, list):
        return [poisoned(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = {}
    for key, value in node.items():
        if key in TEXT_KEYS and isinstance(value, str):
            kept[key] = SHORT if key in ("x_label", "y_label") else _within(node, value)
        elif key in ("url", "video_url", "title_url") and isinstance(value, str):
            kept[key] = "javascript:hacked=1" if node.get("type") in ("link", "url") else value
        else:
            kept[key] = value if key in KINDS else poisoned(value)
    return kept


def _within(node: Json, value: str) -> str:
    # Options' texts, button labels and chart titles are short by Slack's limits.
    return HOSTILE if len(value) < 5_000 and node.get("type") != "data_visualization" else SHORT


def unharmed(page: Page) -> None:
    assert page.evaluate("typeof hacked") == "undefined"
    expect(
        page.locator('img[src="x"], main script, dialog script, [onclick], [onerror], main b')
    ).to_have_count(0)
    expect(page.locator('a[href^="javascript:"]')).to_have_count(0)


def test_hostile_words_stay_words_in_every_block(workspace: SmallWorkspace, tabs: Tabs) -> None:
    for kind, (block, _) in BLOCKS.items():
        workspace.post(poisoned(block), text=HOSTILE)
        assert kind
    workspace.post(actions(*(poisoned(one) for one in ELEMENTS.values())))
    workspace.post({"type": "header", "text": plain(HOSTILE)}, text=HOSTILE)
    page = tabs(workspace.url, ANA, GENERAL, size=(1280, 1000))
    expect(page.get_by_role("article")).to_have_count(len(BLOCKS) + 2)
    assert page.get_by_text("<script>hacked=1</script>").count() > 15
    page.get_by_role("button", name="More actions").click()
    expect(page.get_by_role("menuitem").first).to_contain_text("<script>")
    page.keyboard.press("Escape")
    page.get_by_role("article").last.hover()
    page.get_by_role("article").last.get_by_role("button", name="View JSON").click()
    expect(page.get_by_label("Raw JSON")).to_contain_text("<script>")
    unharmed(page)


def test_hostile_words_stay_words_in_a_modal(workspace: SmallWorkspace, tabs: Tabs) -> None:
    blocks = [
        {
            "type": "input",
            "block_id": kind,
            "label": {"type": "plain_text", "text": HOSTILE},
            "element": {**poisoned(one), "action_id": "a"},
        }
        for kind, one in INPUTS.items()
        if kind != "file_input"
    ]
    workspace.on_submit = lambda _body: {"response_action": "errors", "errors": {"plain_text_input": HOSTILE}}
    workspace.on_shortcut = lambda body: workspace.client.views_open(
        trigger_id=body["trigger_id"], view=modal(*blocks, title=SHORT)
    )
    page = tabs(workspace.url, ANA, GENERAL)
    page.get_by_role("button", name="Shortcuts").click()
    page.get_by_role("menuitem", name="New service").click()
    expect(page.get_by_role("dialog", name=SHORT)).to_be_visible()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("dialog").get_by_role("alert").first).to_be_visible()
    unharmed(page)


def test_hostile_names_and_topics_stay_words(tabs: Tabs) -> None:
    people = [{**SEED["people"][0], "real_name": HOSTILE, "title": HOSTILE}, *SEED["people"][1:]]
    channels = [{**SEED["channels"][0], "topic": HOSTILE, "purpose": HOSTILE}, *SEED["channels"][1:]]
    with SmallWorkspace(
        people=people, channels=channels, team={"id": "T0ACME", "name": HOSTILE}
    ) as workspace:
        page = tabs(workspace.url, ANA, GENERAL)
        box = page.get_by_role("textbox", name="Message #general")
        box.fill(f"@ana {HOSTILE}")
        box.press("Enter")
        expect(page.get_by_role("article")).to_contain_text("<script>")
        page.get_by_role("button", name="You act as").click()
        expect(page.get_by_role("option").first).to_contain_text("<img")
        unharmed(page)
        page.keyboard.press("Escape")


@pytest.mark.parametrize("dark", [False, True])
def test_a_narrow_screen_holds_everything(workspace: SmallWorkspace, tabs: Tabs, dark: bool) -> None:
    for block, _ in BLOCKS.values():
        workspace.post(block)
    page = tabs(workspace.url, ANA, GENERAL, size=(390, 780), dark=dark)
    wide = """[...document.querySelectorAll('.log, .blocks, .composer')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1).length"""
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(wide) == 0
    expect(page.get_by_role("button", name="payments", exact=True)).not_to_be_visible()
    page.get_by_role("button", name="Show channels").click()
    page.get_by_role("button", name="payments", exact=True).click()
    expect(page.get_by_role("heading", name="#payments", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="general", exact=True)).not_to_be_visible()
    background = page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor")
    assert (background == "rgb(255, 255, 255)") is not dark
