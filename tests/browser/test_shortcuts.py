"""The demo in the browser: the shortcut on an alert, the search, the card under a link, a list's pages."""

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


def say(page: Page, text: str, field: str) -> None:
    box = page.get_by_role("textbox", name=field)
    box.fill(text)
    box.press("Enter")


def newest(page: Page) -> Locator:
    return page.get_by_role("log").get_by_role("article").last


def searched(page: Page) -> Locator:
    """Open the search and return its dialog."""
    page.get_by_role("button", name="Shortcuts", exact=True).click()
    page.get_by_role("menuitem", name="Search the catalog").click()
    return page.get_by_role("dialog", name="Search the catalog")


def test_an_alert_says_whose_it_is(address: str, tabs: Tabs) -> None:
    page = tabs(address, "U0JAMAL", "C0INCIDENT")
    alert = page.get_by_role("article").filter(has_text="CardDeclinedError").first
    alert.hover()
    alert.get_by_role("button", name="More message shortcuts").click()
    page.get_by_role("menuitem", name="Who owns this?").click()
    answer = newest(page)
    expect(answer).to_contain_text("Only visible to you")
    expect(answer).to_contain_text("3 things are named here")
    expect(answer).to_contain_text("Payments API is owned by Payments Engineering")
    expect(answer).to_contain_text("named by the file /srv/payments-api/payments/charges.py")
    expect(answer).to_contain_text("named by the link gitlab.acme.example/money/ledger")
    answer.get_by_role("button", name="Payments API").click()
    expect(newest(page)).to_contain_text("How we know")


def test_the_catalog_is_searched_by_typing_and_picking(address: str, tabs: Tabs) -> None:
    page = tabs(address, "U0ANA", "C0RANDOM")
    dialog = searched(page)
    dialog.get_by_role("button", name="Service, team, API or anything else").click()
    field = dialog.get_by_role("combobox", name="Search Service, team, API or anything else")
    field.press_sequentially("pay")
    expect(dialog.get_by_role("option").first).to_contain_text("Payments")
    field.press_sequentially("outs")
    dialog.get_by_role("option", name="Payouts").first.click()
    expect(dialog).to_contain_text("is owned by Merchant Payouts")
    dialog.get_by_role("button", name="Show full card").click()
    expect(dialog).to_contain_text("Depends on")
    dialog.get_by_role("textbox", name="Or ask in words").fill("who is on call for payments-api")
    dialog.get_by_role("button", name="Ask").click()
    expect(dialog).to_contain_text("on call")


def test_a_repository_link_gets_a_card_for_all(address: str, tabs: Tabs) -> None:
    ana, ravi = tabs(address, "U0ANA", "C0RANDOM"), tabs(address, "U0RAVI", "C0RANDOM")
    say(ana, "see https://github.com/acme/payments-api/pull/42", "Message #random")
    card = newest(ravi).get_by_role("group", name="Link preview")
    expect(card).to_contain_text("Payments API is owned by Payments Engineering")
    expect(card).to_contain_text("tier 1")
    expect(card.get_by_role("button", name="Show full card")).to_have_count(0)


def test_a_long_list_is_paged(address: str, tabs: Tabs) -> None:
    page = tabs(address, "U0ELIF", "C0RANDOM")
    say(page, "/idp list services", "Message #random")
    expect(newest(page)).to_contain_text("Page 1 of")
    first = newest(page).inner_text()
    newest(page).get_by_role("button", name="Next page").click()
    expect(newest(page)).to_contain_text("Page 2 of")
    assert newest(page).inner_text() != first
    newest(page).get_by_role("button", name="Previous page").click()
    expect(newest(page)).to_contain_text("Page 1 of")
