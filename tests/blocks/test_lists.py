"""What a person reads in lists, help and when words were not understood."""

from __future__ import annotations

from dataclasses import replace

from blocks.message import message_for
from blocks.names import ASK_PATTERN
from domain.answers import Answer, Help, HelpTopic, Section
from tests.blocks.samples import (
    AMBIGUOUS,
    HELP,
    LISTING,
    MISSING,
    NOW,
    TOPICS,
    UNCLEAR,
    buttons,
    candidate,
    texts,
    thing,
)


def read(answer: Answer) -> str:
    return "\n".join(texts(message_for(answer, now=NOW, share="words").blocks))


def asks(answer: Answer) -> dict[str, str]:
    return buttons(message_for(answer, now=NOW).blocks)


def test_an_owner_is_said_once() -> None:
    team = replace(thing("team-payments", "Payments team", "Group"), owner=None, owner_title="", tier="")
    rows = (thing("a", "A"), replace(thing("b", "B"), owner_title="Other"))
    listing = replace(LISTING, headline="Payments team owns 2", sections=(Section("", rows),), subject=team)
    text = read(listing)
    assert "• *A* · service · tier 1 · production\n" in text
    assert "• *B* · service · tier 1 · production · Other" in text
    through = replace(listing, sections=(Section("Through Other", rows),))
    assert "production · Payments team" in read(through)
    assert "production · Other" not in read(through)


def test_what_others_depend_on_is_described() -> None:
    old = replace(thing("tax", "Tax"), lifecycle="deprecated")
    text = read(replace(LISTING, headline="1 service depends on Tax", subject=old))
    assert "Tax: service · tier 1 · deprecated · Payments team" in text


def test_a_pick_list_tells_like_names_apart() -> None:
    assert read(AMBIGUOUS).startswith("“pay” may mean 2 things. Which one?")
    assert asks(AMBIGUOUS) == {
        "Payments (service)": "who owns component:default/payments",
        "Payments (system)": "who owns system:default/payments",
    }


def test_a_pick_list_of_the_same_kind_and_title_names_the_refs() -> None:
    twins = replace(AMBIGUOUS, candidates=(candidate("a", "Pay"), candidate("b", "Pay")))
    assert list(asks(twins)) == ["component:default/a", "component:default/b"]


def test_a_pick_list_has_ten_buttons_and_counts_the_rest() -> None:
    many = replace(
        AMBIGUOUS, candidates=tuple(candidate(f"n{each}", f"N{each}") for each in range(14)), more=3
    )
    assert len(asks(many)) == 10
    assert "and 7 more" in read(many)
    assert "17 things" in read(many)


def test_action_ids_are_unique_in_a_row_and_all_listened_to() -> None:
    (row,) = [block for block in message_for(AMBIGUOUS, now=NOW).blocks if block["type"] == "actions"]
    ids = [element["action_id"] for element in row["elements"]]  # type: ignore[attr-defined]  # a row has some
    assert len(set(ids)) == len(ids)
    assert all(ASK_PATTERN.search(each) for each in ids)


def test_what_is_missing_is_said_with_suggestions_and_a_remedy() -> None:
    assert "Nothing in the catalog is called “foo”." in read(MISSING)
    assert "Did you mean" in read(MISSING)
    assert "Add a catalog-info.yaml to its repository." in read(MISSING)
    assert asks(MISSING) == {"Food (service)": "who owns component:default/food"}


def test_a_listing_has_a_line_for_each_and_marks_the_unowned() -> None:
    lines = read(LISTING).split("\n")
    assert lines[0] == "Payments team owns 7 services"
    assert "• *Payments* · service · tier 1 · production · Payments team" in lines
    assert "• *Ledger* · service · tier 1 · production · ⚠ nobody owns it" in lines
    assert "Page 2 of 3 · 7 in all" in lines


def test_a_listing_has_the_way_to_the_other_pages() -> None:
    assert asks(LISTING) == {
        "Previous page": "what does team-payments own page 1",
        "Next page": "what does team-payments own page 3",
    }
    assert "Next page" not in asks(replace(LISTING, page=3))
    assert "Previous page" not in asks(replace(LISTING, page=1))


def test_a_listing_too_long_for_a_message_counts_what_is_left_out() -> None:
    rows = tuple(thing(f"s{each}", f"Service {each} {'long ' * 12}") for each in range(300))
    text = read(replace(LISTING, sections=(Section("Services", rows),)))
    shown = text.count("• *")
    assert 50 < shown < 300
    assert f"and {300 - shown} more on this page" in text


def test_help_shows_usage_and_examples_to_press() -> None:
    assert "`who owns &lt;thing&gt;`  the owner, and how we know" in read(HELP)
    assert asks(HELP) == {each: each for each in ("who owns payments", "list services tier 1")}


def test_help_on_one_word_has_all_its_examples() -> None:
    assert list(asks(Help(TOPICS[:1], "owns"))) == ["who owns payments", "who owns api:orders"]


def test_help_without_a_topic_says_so() -> None:
    assert "There is no help on “&lt;!here&gt;”" in read(Help((), "<!here>"))


def test_help_that_is_too_long_counts_what_is_left_out() -> None:
    topics = tuple(HelpTopic(f"say {each}", "means " * 30, (f"say {each}",)) for each in range(90))
    assert " more: say `help` and a word" in read(Help(topics))


def test_unclear_words_get_better_ones() -> None:
    assert read(UNCLEAR).startswith("“x” is no tier: tiers are 1 to 4")
    assert asks(UNCLEAR) == {"list services tier 1": "list services tier 1", "help": "help"}
