"""What is done to a repository on GitHub's page shows in Slack within seconds, by webhook."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.demo import demo
from tests.browser.stage import Tabs

SECONDS = 30.0
"""How long a change may take to show: about three, and the rest for a machine that is busy."""
NOT_SEEN = "No source has seen this"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with demo(tmp_path_factory.mktemp("demo")) as url:
        yield url


class Desk:
    """Acme's GitHub and its Slack, in two tabs of one browser."""

    def __init__(self, slack: Page, address: str) -> None:
        self.slack = slack
        self.github = slack.context.new_page()
        self.github.goto(f"{address}/vendors/github/")

    def repository(self, name: str) -> Locator:
        """Return a repository's row."""
        exactly = self.github.locator("b").get_by_text(name, exact=True)
        return self.github.get_by_role("row").filter(has=exactly)

    def rename(self, name: str, to: str) -> None:
        row = self.repository(name)
        row.get_by_role("textbox", name=f"New name of {name}").fill(to)
        row.get_by_role("button", name="Rename").click()
        self.told(f"{name} is now called {to}.")

    def told(self, words: str) -> None:
        """Expect GitHub to say what was done."""
        expect(self.github.get_by_role("status")).to_have_text(words)

    def answer(self, question: str, until: Callable[[str], bool]) -> str:
        """Ask in Slack until the answer is as it should be; return it, or fail with the last one."""
        box = self.slack.get_by_role("textbox", name="Message #random")
        answers = self.slack.get_by_role("log").get_by_role("article")
        deadline = time.monotonic() + SECONDS
        while True:
            before = answers.count()
            box.fill(f"/idp {question}")
            box.press("Enter")
            expect(answers).to_have_count(before + 1)
            said = answers.last.inner_text()
            if until(said):
                return said
            assert time.monotonic() < deadline, f"after {SECONDS} s /idp {question} is answered by: {said}"
            self.slack.wait_for_timeout(250)


@pytest.fixture
def desk(tabs: Tabs, address: str) -> Callable[[], Desk]:
    """Open both tabs; called on the browser's thread, by the test."""
    return lambda: Desk(tabs(address, "U0ANA", "C0RANDOM"), address)


@pytest.mark.parametrize(
    ("name", "to", "owned"),
    [
        ("go-kit", "go-foundation", "owned by Platform"),  # no file declares it
        ("orders-api", "order-book", "Orders API is owned by Orders & Fulfilment"),
    ],
)
def test_a_renamed_repository_answers_to_both_names(
    desk: Callable[[], Desk], name: str, to: str, owned: str
) -> None:
    acme = desk()
    assert owned in acme.answer(f"who owns {name}", lambda said: owned in said)
    acme.rename(name, to)
    acme.answer(f"who owns {to}", lambda said: owned in said)
    acme.answer(f"who owns {name}", lambda said: owned in said)
    acme.answer(f"show {name}", lambda said: f"acme/{to}" in said)


def test_a_deleted_repository_is_marked_until_it_is_restored(desk: Callable[[], Desk]) -> None:
    acme = desk()
    whose = "owned by Merchant Payouts"
    acme.answer("who owns webhook-relay", lambda said: whose in said and NOT_SEEN not in said)
    acme.repository("webhook-relay").get_by_role("button", name="Delete").click()
    acme.told("webhook-relay is deleted.")
    # With the repository goes what it said of its owner; the complete look of the night brings that back.
    acme.answer("who owns webhook-relay", lambda said: NOT_SEEN in said)
    acme.repository("webhook-relay").get_by_role("button", name="Restore").click()
    acme.told("webhook-relay is back.")
    acme.answer("who owns webhook-relay", lambda said: "webhook-relay" in said and NOT_SEEN not in said)
