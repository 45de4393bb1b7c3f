"""The cards of a file's owners and of why the catalog says what it says."""

from __future__ import annotations

from dataclasses import replace

from blocks.message import message_for
from blocks.plain import text_for
from tests.blocks.samples import BARE_PATH, NOW, PATH, WHY, WHY_OWNER, buttons, texts


def test_a_file_names_everybody_and_shows_its_rule() -> None:
    shown = [*texts(message_for(PATH, now=NOW, share="x").blocks)]
    assert shown[0] == (
        "`src/pay/x.py` is owned by *Payments team* (<#C0PAY|team-payments>) and *growth-hackers* "
        "(not in the catalog)"
    )
    assert (
        "CODEOWNERS:12 `/src/pay/` → Payments team, growth-hackers, @@developer in section Core"
        in "\n".join(shown)
    )
    asked = buttons(message_for(PATH, now=NOW, share="x").blocks)
    assert asked["Who owns Payments API?"] == "who owns component:default/payments-api"
    assert asked["Share to channel"] == "x"


def test_a_file_that_nobody_owns_says_so_first() -> None:
    assert text_for(BARE_PATH, now=NOW).startswith(
        "Nobody owns a.py: no CODEOWNERS file of acme/x is in the catalog"
    )
    role = replace(PATH, rules=(replace(PATH.rules[0], owners=()),))
    assert text_for(role, now=NOW).startswith("src/pay/x.py is owned by everybody in the role @@developer")


def test_the_buttons_of_why_lead_on() -> None:
    assert buttons(message_for(WHY, now=NOW).blocks) == {
        "Show full card": "show component:default/payments-api",
        "Why this owner?": "why component:default/payments-api owner",
        "All fields": "why component:default/payments-api all",
        "Who owns it?": "who owns component:default/payments-api",
    }
    assert "Why all of it?" in buttons(message_for(WHY_OWNER, now=NOW).blocks)


def test_the_claim_that_counts_says_by_what() -> None:
    text = text_for(WHY_OWNER, now=NOW)
    assert text.startswith("The owner of Payments API is Payments team: catalog file says so")
    assert "(it counts: catalog file comes before spreadsheet)" in text
    assert "spreadsheet says other" in text
