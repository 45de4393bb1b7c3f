"""The demo in the browser: what a newcomer types in the first minute."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from playground.person import Person
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


def test_the_owner_is_read_and_shared(address: str, tabs: Tabs) -> None:
    ana, ravi = tabs(address, "U0ANA", "C0RANDOM"), tabs(address, "U0RAVI", "C0RANDOM")
    say(ana, "/idp who owns payments", "Message #random")
    answer = newest(ana)
    expect(answer).to_contain_text("Only visible to you")
    expect(answer).to_contain_text("Payments API is owned by Payments Engineering")
    expect(answer).to_contain_text("#team-payments")
    expect(answer).to_contain_text("How we know: declared in")
    expect(answer).to_contain_text("github.com/acme/payments-api/blob/main/catalog-info.yaml")
    answer.get_by_role("button", name="Share to channel").click()
    shared = newest(ravi)
    expect(shared).to_contain_text("Payments API is owned by Payments Engineering")
    expect(shared).to_contain_text("who owns payments")
    expect(shared).not_to_contain_text("Only visible to you")
    expect(ana.get_by_text("Only visible to you")).to_have_count(0)


def test_a_pick_list_is_followed_to_the_answer(address: str, tabs: Tabs) -> None:
    page = tabs(address, "U0ANA", "C0GENERAL")
    say(page, "/idp who owns search", "Message #general")
    expect(newest(page)).to_contain_text("“search” may mean")
    newest(page).get_by_role("button", name="Search Indexer").click()
    expect(newest(page)).to_contain_text("Search Indexer is owned by Search & Discovery")
    newest(page).get_by_role("button", name="Show full card").click()
    expect(newest(page)).to_contain_text("component:default/search-indexer")


@pytest.mark.parametrize(
    ("question", "shows"),
    [
        ("who owns chargeback-worker", "@Hendrik de Vries (deactivated)"),
        ("who owns gift-cards", "#team-loyalty (archived)"),
        ("who owns checkout", "may mean"),
        ("list services unowned", "label-printer-bridge"),
        ("who owns stock-service", "“stock-service” is another name of it"),
        ("who owns referral-service", "no such team is in the catalog"),
        ("what depends on tax-calculator", "deprecated"),
        ("what does pricing-api depend on", "needs Pricing API too"),
    ],
)
def test_the_rot_of_the_demo_company_is_seen(address: str, tabs: Tabs, question: str, shows: str) -> None:
    page = tabs(address, "U0YUKI", "C0RANDOM")
    say(page, f"/idp {question}", "Message #random")
    expect(newest(page)).to_contain_text(shows)


def test_a_mention_is_answered_in_its_thread(address: str, tabs: Tabs) -> None:
    page = tabs(address, "U0ANA", "C0PAY")
    say(page, "@idp what depends on ledger", "Message #team-payments")
    newest(page).get_by_role("button", name="1 reply").click()
    thread = page.get_by_role("log", name="Thread")
    expect(thread.get_by_role("article").last).to_contain_text("depend")
    say(page, "@idp who owns ledger", "Reply in thread")
    expect(thread.get_by_role("article").last).to_contain_text("Ledger is owned by Ledger & Treasury")


def test_home_shows_what_is_mine_and_answers_in_a_modal(address: str, tabs: Tabs) -> None:
    page = tabs(address, "U0ANA")
    page.get_by_role("region", name="Apps").get_by_role("button", name="idp").click()
    page.get_by_role("tab", name="Home").click()
    home = page.get_by_role("tabpanel")
    expect(home).to_contain_text("Payments API")
    home.get_by_role("button", name="what do I own").click()
    expect(page.get_by_role("dialog")).to_contain_text("Payments Engineering")


@pytest.mark.parametrize(
    ("question", "first_line"),
    [
        ("who owns checkout-svc", "owned by"),
        ("who owns paymnts-api", "Did you mean"),
        ("list services unowned", "nobody owns it"),
        ("what does team-payments own", "Payments Engineering"),
        ("show ledger", "Ledger"),
        ("help list", "list services"),
        ("make me a sandwich", "Try"),
    ],
)
def test_every_question_of_the_tour_is_answered_in_a_direct_message(
    address: str, question: str, first_line: str
) -> None:
    with Person(address, "kwame") as kwame:
        kwame.dm(question)
        assert first_line in kwame.last_reply.all_text
