"""The rows of the grammar on what is missing. Part of the table in `grammar`."""

from __future__ import annotations

from questions.forms import Form

_SHOW = "(show|show me|list|what are|are there)"
_GAPS = "(gaps|holes|blind spots|data quality)"
_WHOSE = "(of|for|in)"
_KIND = "(unowned things|unknown owners|unreachable owners|missing tiers|broken descriptions)"

GAPS_FORMS: tuple[Form, ...] = (
    Form(
        "gaps",
        "gaps [of <team>]",
        "what is missing: things that nobody owns, owners that do not exist or cannot be reached, tiers, "
        "broken descriptions of APIs, and the questions that found no answer",
        ("gaps", "gaps of team-payments", "my gaps"),
        (
            f"[{_SHOW}] [the|all|any] {_GAPS} [{_WHOSE} <thing>]",
            f"[{_SHOW}] (my|our) [team 's] (gaps|holes)",
            "<thing> ['s] (gaps|holes)",
            "gaps <thing>",
            f"gaps {_KIND} [of <thing>]",
            "what is missing [in the catalog]",
            f"what is missing {_WHOSE} <thing>",
            "what does the catalog (lack|miss|not know)",
            "what (could|can) (nobody|no one|you not) answer",
            "what could you not answer",
            f"[{_SHOW}] [the] (unanswered|open) questions",
            "(which|what) questions (found no answer|were not answered|are unanswered)",
            "how (good|complete) is the (catalog|data)",
        ),
        ask="gaps of {}",
        paged=True,
    ),
)
"""In the order in which help lists them."""
