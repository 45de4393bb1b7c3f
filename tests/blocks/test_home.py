"""The Home and the suggested prompts: what they show, and that Slack takes them whatever they hold."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from blocks import limits
from blocks.home import home_view
from blocks.prompts import MOST, prompts
from domain.gaps import Gap, Gaps
from domain.home import Home, TeamDesk
from playground.blockkit import check_view
from tests.blocks.hostile import lacks, listings, on_calls, things, word
from tests.blocks.hostile import texts as many_texts
from tests.blocks.samples import LISTING, NOW, ON_CALL, buttons, texts, thing
from tests.blocks.test_limits import OURS, SPECIAL, generously, marked_texts

VIEW_BYTES = 250_000
TEAM = thing("team-payments", "Payments team", "Group", None)
GAPS = Gaps("Payments team", TEAM, (Gap("They have no tier", 2, (thing("ledger", "Ledger"),)),))
HOME = Home(
    thing("ana", "Ana Silva", "User", None),
    LISTING,
    (TeamDesk(TEAM, ON_CALL, GAPS),),
    0,
    ("who is on call for team-payments", "my gaps"),
)
desks = st.lists(
    st.builds(TeamDesk, things, st.none() | on_calls, st.none() | lacks.filter(lambda each: bool(each.gaps))),
    max_size=2,
).map(lambda few: tuple(few * 3))
homes = st.builds(Home, st.none() | things, st.none() | listings, desks, st.integers(0, 99), many_texts)


@generously
@given(homes, word)
def test_any_home_is_one_that_slack_takes(home: Home, user_id: str) -> None:
    view = home_view(user_id, home, NOW)
    check_view(view, kinds=("home",))
    assert len(json.dumps(view)) < VIEW_BYTES
    for each in marked_texts(view["blocks"]):
        assert all(OURS.fullmatch(special) for special in SPECIAL.findall(each["text"])), each


@generously
@given(many_texts)
def test_any_question_is_suggested_whole_or_not_at_all(questions: tuple[str, ...]) -> None:
    offered = prompts(questions)
    assert len(offered) <= MOST
    assert all(each["message"] in questions for each in offered)
    assert all(0 < len(each["title"]) <= limits.BUTTON_TEXT for each in offered)
    json.dumps(offered, ensure_ascii=False).encode()


def test_the_home_says_who_is_on_call_what_is_missing_and_what_is_yours() -> None:
    view = home_view("U0ANA", HOME, NOW)
    said = "\n".join(texts(view))
    assert "Payments team" in said
    assert "*On call now:* <@U0ANA>" in said
    assert "⚠ 2 gaps: they have no tier (2)" in said
    assert "• *Payments* · service" in said
    assert buttons(view) == {
        "who is on call for team-payments": "who is on call for team-payments",
        "my gaps": "my gaps",
        "help": "help",
        "Search the catalog": "search",
        "On-call schedule": "who is on call for group:default/team-payments",
        "Show the gaps": "gaps of group:default/team-payments",
        "What it owns": "what does group:default/team-payments own",
        "Show all 7": "what does team-payments own",
    }


def test_a_team_that_lacks_nothing_is_praised_by_silence() -> None:
    home = replace(HOME, teams=(TeamDesk(TEAM, None, None),))
    said = "\n".join(texts(home_view("U0ANA", home, NOW)))
    assert "⚠ " not in said.partition("Yours")[0]
    assert "On call now" not in said


def test_a_stranger_may_ask_and_search_and_learns_how_to_be_known() -> None:
    view = home_view("U0NEW", Home(None, None, (), 0, ("help",)), NOW)
    assert "slack.com/user-id" in "\n".join(texts(view))
    assert set(buttons(view)) == {"help", "Search the catalog"}
