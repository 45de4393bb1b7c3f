"""The page of the playground's GitHub: what its buttons do, and that nobody else's page can press them."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from re import findall

import httpx
import pytest

from playground.seed import Seed
from playground.server import Playground
from playground.vendors.github import GitHub, Organization

SEED = Seed.model_validate({"team": {"id": "T0ACME", "name": "Acme", "domain": "acme"}, "people": [
    {"id": "U0ANA", "name": "ana", "real_name": "Ana Silva", "email": "ana@acme.example"}]})  # fmt: skip
PAGE = "/vendors/github/"


@pytest.fixture
def github() -> Iterator[GitHub]:
    made = GitHub(Organization("acme"))
    made.changes.create("payments-api", description='Takes <b>"money"</b>')
    made.changes.create("shop")
    yield made
    made.hooks.close()


@pytest.fixture
def browser(github: GitHub) -> Iterator[httpx.Client]:
    """A browser that is on the page: it says where its forms come from."""
    with Playground(SEED, vendors=[github]) as playground:
        headers = {"origin": playground.url, "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}
        with httpx.Client(base_url=playground.url, headers=headers, trust_env=False) as client:
            yield client


def press(browser: httpx.Client, act: str, **fields: str) -> str:
    answer = browser.post(f"{PAGE}desk/{act}", data=fields, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def test_the_page_lists_repositories_with_every_text_escaped(browser: httpx.Client) -> None:
    page = browser.get(PAGE).text
    assert "<b>payments-api</b>" in page
    assert "<b>shop</b>" in page
    assert "Takes &lt;b&gt;&quot;money&quot;&lt;/b&gt;" in page
    assert "<script" not in page


def test_everything_that_the_page_needs_is_on_this_machine(browser: httpx.Client) -> None:
    page = browser.get(PAGE).text
    links = [unescape(each) for each in findall(r'(?:href|src|action)="([^"]*)"', page)]
    assert links
    assert all(each.startswith("/") and not each.startswith("//") for each in links)
    styles = [each for each in links if each.endswith(".css")]
    assert {browser.get(each).headers["content-type"] for each in styles} == {"text/css; charset=utf-8"}


def test_the_buttons_do_what_they_say(browser: httpx.Client, github: GitHub) -> None:
    assert "shop is now called web-shop." in press(browser, "rename", name="shop", to="web-shop")
    press(browser, "archive", name="web-shop")
    assert github.organization.called("web-shop").archived
    press(browser, "unarchive", name="web-shop")
    assert not github.organization.called("web-shop").archived
    id_ = github.organization.called("web-shop").id
    page = press(browser, "delete", name="web-shop")
    assert "Restore" in page
    assert [each.name for each in github.organization.own()] == ["payments-api"]
    press(browser, "restore", name="web-shop")
    assert github.organization.called("web-shop").id == id_


@pytest.mark.parametrize(
    ("act", "fields", "told"),
    [
        ("rename", {"name": "shop", "to": "payments-api"}, "Not done: there is already a repository acme"),
        ("rename", {"name": "shop", "to": "../evil"}, "A name has letters"),
        ("rename", {"name": "shop", "to": ""}, "A name has letters"),
        ("delete", {"name": "nothing"}, "Not done: there is no repository acme/nothing."),
        ("explode", {"name": "shop"}, "There is no such button."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(
    browser: httpx.Client, act: str, fields: dict[str, str], told: str
) -> None:
    assert told in unescape(press(browser, act, **fields))


def test_what_is_told_is_escaped(browser: httpx.Client) -> None:
    assert "<script>" not in browser.get(PAGE, params={"told": "<script>alert(1)</script>"}).text


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example", "sec-fetch-site": "cross-site"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"host": "elsewhere.example"},
    ],
)
def test_a_form_on_another_page_presses_nothing(
    browser: httpx.Client, github: GitHub, headers: dict[str, str]
) -> None:
    answer = browser.post(f"{PAGE}desk/delete", data={"name": "shop"}, headers=headers)
    assert answer.status_code == 403
    assert [each.name for each in github.organization.own()] == ["payments-api", "shop"]


def test_the_page_lets_its_forms_go_nowhere_but_home(browser: httpx.Client) -> None:
    headers = browser.get(PAGE).headers
    assert "form-action 'self'" in headers["content-security-policy"]
    # With `no-referrer` a browser would call the origin of the page's own forms `null`.
    assert headers["referrer-policy"] == "same-origin"
