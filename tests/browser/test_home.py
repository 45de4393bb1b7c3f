"""The demo's Home in the browser: the field, the team, what is mine; and the suggested prompts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.demo import demo
from tests.browser.stage import Tabs


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo(tmp_path_factory.mktemp("demo")) as url:
        yield url


def at_home(page: Page) -> Locator:
    page.get_by_role("region", name="Apps").get_by_role("button", name="idp").click()
    page.get_by_role("tab", name="Home").click()
    home = page.get_by_role("tabpanel")
    expect(home).to_contain_text("What would you like to know?")
    return home


def test_the_home_shows_my_team_and_what_is_mine(address: str, tabs: Tabs) -> None:
    home = at_home(tabs(address, "U0ANA"))
    expect(home).to_contain_text("Payments Engineering")
    expect(home).to_contain_text("On call now:")
    expect(home).to_contain_text("Yours and your teams'")
    expect(home).to_contain_text("Payments API")


def test_a_question_is_typed_and_answered(address: str, tabs: Tabs) -> None:
    page = tabs(address, "U0ANA")
    field = at_home(page).get_by_role("textbox", name="Ask about any service, team, API or person")
    field.fill("who owns ledger")
    field.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Ledger is owned by")


def test_the_gaps_of_my_team_are_one_click_away(address: str, tabs: Tabs) -> None:
    page = tabs(address, "U0ANA")
    at_home(page).get_by_role("button", name="my gaps").click()
    expect(page.get_by_role("dialog")).to_contain_text("in what")


def test_suggested_prompts_are_asked_by_a_click(address: str, tabs: Tabs) -> None:
    page = tabs(address, "U0ANA")
    page.get_by_role("region", name="Apps").get_by_role("button", name="idp").click()
    page.get_by_role("tab", name="Messages").click()
    prompts = page.get_by_role("group", name="Suggested prompts")
    prompts.get_by_role("button", name="What do I own").click()
    expect(page.get_by_role("log").get_by_role("article").last).to_contain_text("owns")
