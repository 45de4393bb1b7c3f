"""The rows of the grammar on why the catalog says what it says. Part of the table in `grammar`."""

from __future__ import annotations

from questions.forms import Form, Reach

_WE = "(you|we|i|idp|the catalog|the portal|it)"
_EVIDENCE = "(evidence|proof|provenance|source|sources|reasons|claims|grounds)"
_DISSENT = "(conflicts|disputes|disagreements|dissent)"
_ON = "(for|of|on|about|behind)"

WHY_FORMS: tuple[Form, ...] = (
    Form(
        "why",
        "why <service> [field]",
        "where the catalog has it from: each field, each source's claim and its age, which one counts and by "
        "what, and who says otherwise",
        ("why payments", "why payments owner", "how do you know who owns payments"),
        (
            "why <thing>",
            "explain why <thing>",
            f"how [do|does|did|can] {_WE} know <thing>",
            "where (does|do|did) <thing> come from",
            f"where did {_WE} get <thing> [from]",
            "where is <thing> from",
            f"[show|show me|what is|what are] [the] {_EVIDENCE} {_ON} <thing>",
            "who (says|said|disagrees|disputes) [on|about|over] <thing>",
            "(what|which) sources (say|speak|disagree) (of|on|about) <thing>",
            f"[show|show me|what are] [the] {_DISSENT} (on|about|over|in) <thing>",
        ),
        ask="why {}",
        reach=Reach.MEMBERS,
    ),
)
"""What stands in the slot is more than a name: `questions.why` finds the thing and the field in it."""
