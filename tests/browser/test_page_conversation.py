"""What people do in the page: write, command, answer in threads, switch person, look at JSON."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from playground.seed import Seed
from playground.server import Playground
from tests.browser.small_app import (
    ANA,
    ATTIC,
    BEN,
    BOT,
    GENERAL,
    PAYMENTS,
    SEED,
    SmallWorkspace,
    actions,
    button,
    options,
    plain,
    section,
)
from tests.browser.stage import Tabs


def say(page: Page, text: str, field: str = "Message #general") -> None:
    box = page.get_by_role("textbox", name=field)
    box.fill(text)
    box.press("Enter")


def test_a_message_reaches_the_others_at_once(workspace: SmallWorkspace, tabs: Tabs) -> None:
    ana, ben = tabs(workspace.url, ANA, GENERAL), tabs(workspace.url, BEN, GENERAL)
    say(ana, "good *morning* @ben, see #payments :tada:")
    message = ben.get_by_role("log").get_by_role("article").last
    expect(message).to_contain_text("good morning @Ben Okafor, see #payments 🎉")
    expect(message.get_by_text("morning", exact=True)).to_have_css("font-weight", "800")
    expect(ana.get_by_role("textbox", name="Message #general")).to_have_value("")


def test_a_command_is_answered_to_its_asker_alone(workspace: SmallWorkspace, tabs: Tabs) -> None:
    ana, ben = tabs(workspace.url, ANA, GENERAL), tabs(workspace.url, BEN, GENERAL)
    expect(ana.get_by_role("textbox", name="Message #general")).to_have_attribute(
        "placeholder", "Try /idp who owns payments"
    )
    say(ana, "/idp who owns @ben")
    reply = ana.get_by_role("log").get_by_role("article")
    expect(reply).to_contain_text("Only visible to you")
    expect(reply).to_contain_text("heard who owns @Ben Okafor")
    say(ben, "hello")
    expect(ben.get_by_role("log").get_by_role("article")).to_have_count(1)


def test_up_brings_the_last_command_back(workspace: SmallWorkspace, tabs: Tabs) -> None:
    page = tabs(workspace.url, ANA, GENERAL)
    say(page, "/idp one")
    say(page, "/idp two")
    box = page.get_by_role("textbox", name="Message #general")
    box.press("ArrowUp")
    expect(box).to_have_value("/idp two")
    box.press("ArrowUp")
    expect(box).to_have_value("/idp one")
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(box).to_have_value("")


def test_shift_enter_breaks_the_line(workspace: SmallWorkspace, tabs: Tabs) -> None:
    page = tabs(workspace.url, ANA, GENERAL)
    box = page.get_by_role("textbox", name="Message #general")
    box.press_sequentially("one")
    box.press("Shift+Enter")
    box.press_sequentially("two")
    expect(box).to_have_value("one\ntwo")
    expect(page.get_by_role("article")).to_have_count(0)


def test_suggestions_complete_commands_people_and_channels(workspace: SmallWorkspace, tabs: Tabs) -> None:
    page = tabs(workspace.url, ANA, GENERAL)
    box = page.get_by_role("textbox", name="Message #general")
    box.press_sequentially("/")
    expect(page.get_by_role("option")).to_contain_text("/idp who owns payments")
    box.press("Tab")
    box.press_sequentially("what does @be")
    expect(page.get_by_role("option").first).to_contain_text("Ben Okafor")
    box.press("Enter")
    box.press_sequentially("own in #pay")
    box.press("Tab")
    expect(box).to_have_value("/idp what does @ben own in #payments ")
    expect(page.locator(".composer-mirror mark")).to_have_text(["/idp", "@ben", "#payments"])


def test_an_unknown_command_is_refused_in_slacks_words(workspace: SmallWorkspace, tabs: Tabs) -> None:
    page = tabs(workspace.url, ANA, GENERAL)
    say(page, "/nope now")
    expect(page.get_by_role("alert")).to_contain_text("/nope is not a valid command")
    expect(page.get_by_role("textbox", name="Message #general")).to_have_value("/nope now")


def test_threads_take_replies_and_refuse_commands(workspace: SmallWorkspace, tabs: Tabs) -> None:
    page = tabs(workspace.url, ANA, GENERAL)
    say(page, "payments is down")
    page.get_by_role("article").hover()
    page.get_by_role("button", name="Reply in thread").click()
    say(page, "looking", "Reply in thread")
    expect(page.get_by_role("log", name="Thread").get_by_role("article")).to_have_count(2)
    expect(page.get_by_role("log", name="Messages in #general").get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("button", name="1 reply")).to_be_visible()
    say(page, "/idp who owns payments", "Reply in thread")
    expect(page.get_by_role("alert").filter(has_text="threads")).to_have_text(
        "/idp is not supported in threads. Sorry!"
    )
    page.keyboard.press("Escape")
    expect(page.get_by_role("log", name="Thread")).to_have_count(0)


def test_a_mention_is_answered_in_its_thread(workspace: SmallWorkspace, tabs: Tabs) -> None:
    page = tabs(workspace.url, ANA, GENERAL)
    say(page, "@idp who owns payments")
    page.get_by_role("button", name="1 reply").click()
    expect(page.get_by_role("log", name="Thread").get_by_role("article").last).to_contain_text("You called")


def test_changes_and_deletions_show_at_once(workspace: SmallWorkspace, tabs: Tabs) -> None:
    page = tabs(workspace.url, ANA, GENERAL)
    ts = workspace.post(text="first")
    expect(page.get_by_role("article")).to_contain_text("first")
    workspace.client.chat_update(channel=GENERAL, ts=ts, text="second")
    expect(page.get_by_role("article")).to_contain_text("second(edited)")
    workspace.client.chat_delete(channel=GENERAL, ts=ts)
    expect(page.get_by_role("article")).to_have_count(0)


def test_a_pressed_button_shows_that_it_works_and_reaches_the_app(
    workspace: SmallWorkspace, tabs: Tabs
) -> None:
    ts = workspace.post(section("A card"), actions(button("Share", "share", value="42")))
    page = tabs(workspace.url, ANA, GENERAL)
    page.get_by_role("button", name="Share").click()
    heard = workspace.next_heard()
    assert heard["type"] == "block_actions"
    assert (heard["user"]["id"], heard["container"]["message_ts"]) == (ANA, ts)
    assert (heard["actions"][0]["action_id"], heard["actions"][0]["value"]) == ("share", "42")
    expect(page.get_by_role("button", name="Share")).not_to_have_attribute("aria-busy", "true")


def test_a_dangerous_button_asks_first(workspace: SmallWorkspace, tabs: Tabs) -> None:
    ask = {
        "title": {"type": "plain_text", "text": "Really?"},
        "text": {"type": "plain_text", "text": "It tags both teams."},
        "confirm": {"type": "plain_text", "text": "Do it"},
        "deny": {"type": "plain_text", "text": "No"},
    }
    workspace.post(actions(button("Hand over", style="danger", confirm=ask)))
    page = tabs(workspace.url, ANA, GENERAL)
    page.get_by_role("button", name="Hand over").click()
    page.get_by_role("dialog", name="Really?").get_by_role("button", name="No").click()
    assert workspace.heard.empty()
    page.get_by_role("button", name="Hand over").click()
    page.get_by_role("button", name="Do it").click()
    assert workspace.next_heard()["actions"][0]["action_id"] == "press"


def test_unread_channels_and_direct_messages(workspace: SmallWorkspace, tabs: Tabs) -> None:
    ana, ben = tabs(workspace.url, ANA, GENERAL), tabs(workspace.url, BEN, GENERAL)
    workspace.post(text="deployed", channel=PAYMENTS)
    expect(ben.get_by_role("button", name="payments, 1 unread")).to_be_visible()
    ben.get_by_role("button", name="payments, 1 unread").click()
    expect(ben.get_by_role("log", name="Messages in #payments")).to_contain_text("deployed")
    expect(ben.get_by_role("button", name="payments", exact=True)).to_be_visible()

    ana.get_by_role("button", name="Message somebody").click()
    ana.get_by_role("option", name=re.compile("Ben Okafor")).click()
    say(ana, "psst", "Message Ben Okafor")
    ben.get_by_role("button", name=re.compile("Ana Silva")).first.click()
    expect(ben.get_by_role("log", name="Messages in Ana Silva")).to_contain_text("psst")


def test_the_bots_chat_has_messages(workspace: SmallWorkspace, tabs: Tabs) -> None:
    page = tabs(workspace.url, ANA, GENERAL)
    workspace.post(text="read at once")
    expect(page.get_by_role("log")).to_contain_text("read at once")
    page.get_by_label("Apps").get_by_role("button", name="idp").click()
    say(page, "hello bot", "Message idp")
    expect(page.get_by_role("log")).to_contain_text("hello bot")
    expect(page.get_by_role("button", name="general", exact=True)).to_be_visible()
    assert BOT in page.evaluate("fetch('/play/state?as=U0ANA').then(r => r.text())")


def test_acting_as_somebody_else(workspace: SmallWorkspace, tabs: Tabs) -> None:
    page = tabs(workspace.url, ANA, ATTIC)
    expect(page.get_by_role("heading", name="#attic", exact=True)).to_be_visible()
    page.get_by_role("button", name="You act as Ana Silva. Switch person").click()
    page.get_by_role("searchbox", name="Find people").fill("sre")
    page.get_by_role("option", name=re.compile("Ben")).click()
    expect(page.get_by_role("button", name="You act as Ben Okafor. Switch person")).to_be_visible()
    assert f"as={BEN}" in page.url
    expect(page.get_by_role("button", name="attic")).to_have_count(0)


def test_without_a_name_the_page_is_the_first_person(workspace: SmallWorkspace, tabs: Tabs) -> None:
    page = tabs(workspace.url)
    expect(page.get_by_role("button", name="You act as Ana Silva. Switch person")).to_be_visible()
    expect(page.get_by_role("heading", name="#general", exact=True)).to_be_visible()


def test_the_json_of_a_message_is_one_press_away(workspace: SmallWorkspace, tabs: Tabs) -> None:
    workspace.post(section("*bold*", block_id="here"))
    page = tabs(workspace.url, ANA, GENERAL)
    page.get_by_role("article").hover()
    page.get_by_role("button", name="View JSON").click()
    raw = page.get_by_label("Raw JSON")
    expect(raw).to_contain_text('"block_id": "here"')
    expect(raw).to_contain_text('"text": "*bold*"')
    page.get_by_role("button", name="Close Message JSON").click()
    expect(raw).to_have_count(0)


def test_a_message_shortcut_carries_its_message(workspace: SmallWorkspace, tabs: Tabs) -> None:
    workspace.post(text="who knows")
    page = tabs(workspace.url, ANA, GENERAL)
    page.get_by_role("article").hover()
    page.get_by_role("button", name="More message shortcuts").click()
    page.get_by_role("menuitem", name="Who owns this?").click()
    heard = workspace.next_heard()
    assert (heard["type"], heard["callback_id"], heard["message"]["text"]) == (
        "message_action",
        "who",
        "who knows",
    )


def test_the_playground_menu_breaks_things_and_shows_the_log(workspace: SmallWorkspace, tabs: Tabs) -> None:
    page = tabs(workspace.url, ANA, GENERAL)
    page.get_by_role("button", name="Playground").click()
    page.get_by_role("switch", name="Deliver each event twice").check(force=True)
    page.wait_for_function("fetch('/play/faults').then(r => r.json()).then(f => f.redeliver)")
    page.get_by_role("button", name="Log of API calls").click()
    expect(page.get_by_role("list", name="Log of API calls")).to_contain_text("apps.connections.open")


def test_the_page_says_when_the_bot_is_gone(workspace: SmallWorkspace, tabs: Tabs) -> None:
    page = tabs(workspace.url, ANA, GENERAL)
    state = page.get_by_label("Channels and people").get_by_role("status")
    expect(state).to_have_text("idp is connected")
    workspace.leave()
    expect(state).to_have_text("idp is not connected")


def test_the_page_comes_back_when_the_workspace_does(workspace: SmallWorkspace, tabs: Tabs) -> None:
    tabs.allowed += ["WebSocket connection", "ERR_CONNECTION_REFUSED"]
    page = tabs(workspace.url, ANA, GENERAL)
    state = page.get_by_label("Channels and people").get_by_role("status")
    port = urlsplit(workspace.url).port
    workspace.leave()
    workspace.playground.stop()
    expect(state).to_have_text("Reconnecting…")
    with Playground(Seed.model_validate(SEED), port=port or 0):
        expect(state).to_have_text("idp is not connected")
        say(page, "back again")
        expect(page.get_by_role("log")).to_contain_text("back again")


def test_a_new_message_leaves_an_open_menu_alone(workspace: SmallWorkspace, tabs: Tabs) -> None:
    pick = {"type": "static_select", "action_id": "pick", "options": options("Red", "Blue")}
    workspace.post(actions({**pick, "placeholder": plain("Colour")}))
    page = tabs(workspace.url, ANA, GENERAL)
    page.get_by_role("button", name="Colour").click()
    workspace.post(text="meanwhile")
    expect(page.get_by_role("log")).to_contain_text("meanwhile")
    page.get_by_role("option", name="Blue").click()
    assert workspace.next_heard()["actions"][0]["selected_option"]["value"] == "blue"
    expect(page.get_by_role("button", name="Colour: Blue")).to_be_visible()
