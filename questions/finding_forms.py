"""The rows of the grammar on searching. Part of the table in `grammar`."""

from __future__ import annotations

from questions.forms import Form

_ANY = "(anything|everything|something|things|whatever|all)"
_ABOUT = "(about|on|for|with|like|named|called|regarding)"

FINDING_FORMS: tuple[Form, ...] = (
    Form(
        "find",
        "find <words>",
        "search over everything: names, titles, other names, tags, languages, owners and operations of "
        "APIs; each row says by what it was found",
        ("find payouts", "search for card data", "anything about payouts"),
        (
            "(find|search|look for|look up anything|search for|find me|locate) [<thing>]",
            f"(find|find me|search|search for|look for) {_ANY} {_ABOUT} <thing>",
            f"(is there|are there|do we have) {_ANY} {_ABOUT} <thing>",
            "[do you have] (anything|something|whatever) (about|on|regarding|named|called) <thing>",
        ),
        ask="find {}",
        paged=True,
    ),
)
"""In the order in which help lists them."""
