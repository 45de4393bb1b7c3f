"""The rows of the grammar on who did what when. Part of the table in `grammar`.

A time at the end of the words (`since monday`) is cut off by `spans`, not by a pattern.
"""

from __future__ import annotations

from questions.forms import Form, Reach

_CHANGED = "(changed|touched|edited|modified|updated|altered)"
_HISTORY = "(history|audit log|audit trail|audit|change log|changelog|change history)"
_ON = "(on|about|of|in|to|with)"

AUDIT_FORMS: tuple[Form, ...] = (
    Form(
        "audit",
        "audit <thing>",
        "who did what when: each field before and after, the newest first; with `since monday` behind it "
        "only from then on",
        ("audit payments", "who changed payments", "what changed on payments since monday"),
        (
            "audit <thing>",
            f"[show|show me|get|give me] [the|full] {_HISTORY} (of|for|on) <thing>",
            f"<thing> ['s] {_HISTORY}",
            f"who [last] {_CHANGED} <thing>",
            f"what [has|was|has been] {_CHANGED} {_ON} <thing>",
            "[show|show me|list] [the] [recent|latest|last] (changes|edits) (of|to|on|for|in) <thing>",
            "what (happened|has happened|was done) (to|with) <thing>",
            f"(when|how) (was|were|has) <thing> [last|been|last been] {_CHANGED}",
            "(when|how) did <thing> [last] change",
        ),
        ask="audit {}",
        paged=True,
        reach=Reach.MEMBERS,
    ),
    Form(
        "audit of all",
        "what changed this week",
        "the latest change sets: when, whose, what they did, and how to see or undo each",
        ("what changed this week", "what changed since monday", "recent changes"),
        (
            f"what [has|was|has been] {_CHANGED} <span>",
            "[show|show me|list] [the] (recent|latest|last) changes",
            "[show|show me|list] [all] changes <span>",
            "(audit|history|audit log) [<span>]",
            "what is new [<span>]",
        ),
        paged=True,
        reach=Reach.MEMBERS,
    ),
)
"""In the order in which help lists them."""
