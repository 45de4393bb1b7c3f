"""The rows of the grammar on documentation. Part of the table in `grammar`."""

from __future__ import annotations

from questions.forms import Form

# Alternatives in a row multiply: the rarer a way of asking, the fewer words it is known with.
_FIRST = "(docs|doc|documentation|documents|wiki|guide|guides)"
_DOCS = "(docs|documentation)"
_RUNBOOK = "(runbook|runbooks|playbook|playbooks)"
_README = "(readme|readme.md)"
_OF = "(of|for)"
_SHOWN = "(show|show me|open|get|find|read)"
_SHOW = "(show|show me|open)"
_BE = "(is|are)"
_ONE = "(i|we|you|one)"
_DO = "(do|can|should|could|must|would)"
_FIND = "where (can|do) i find [the]"

DOCS_FORMS: tuple[Form, ...] = (
    Form(
        "docs",
        "docs <words>",
        "what READMEs, docs and runbooks say: the passage with its headings, link and age; a thing's name "
        "first searches its pages alone",
        ("docs payments rotate keys", "how do I rotate keys for payments", "docs error budget"),
        (
            f"{_FIRST} <rest>",
            f"search [the|all|our] {_DOCS} [for|on|about] <rest>",
            "what (do|does) [the|our] docs say (about|on) <rest>",
            f"{_SHOW} [the] docs (about|on) how to <rest>",
            f"how {_DO} {_ONE} <rest>",
            "how (to|does one) <rest>",
            "(steps|instructions|procedure) (to|for) <rest>",
        ),
    ),
    Form(
        "pages",
        "docs of <thing>",
        "its pages of documentation, in the order of its site; readme of <thing> its README",
        ("docs for payments", "where are the docs of checkout", "readme of payments"),
        (
            "[the|all] (docs|documentation|doc|guides) (of|for|on|about) <thing>",
            f"{_SHOWN} [the|all] docs (of|for|on|about) <thing>",
            f"{_SHOWN} [the] documentation {_OF} <thing>",
            f"where {_BE} [the] {_DOCS} {_OF} <thing>",
            f"where {_BE} <thing> documented",
            f"{_FIND} {_DOCS} {_OF} <thing>",
            f"{_BE} there [any] {_DOCS} {_OF} <thing>",
            f"does <thing> have [any] {_DOCS}",
            "<thing> ['s] (docs|documentation|doc|guides)",
            f"{_SHOW} <thing> ['s] {_DOCS}",
            f"[{_SHOW}|where is] [the] readme {_OF} <thing>",
            f"[{_SHOW}] <thing> ['s] {_README}",
            "does <thing> have a readme",
            f"{_README} <thing>",
        ),
        ask="docs for {}",
    ),
    Form(
        "runbook",
        "runbook of <thing>",
        "its runbooks; with words behind the name, what they say",
        ("runbook for payments", "where is the runbook for checkout"),
        (
            f"[the] {_RUNBOOK} {_OF} <thing>",
            f"({_SHOWN}|where {_BE}|what is) [the] (runbook|runbooks) {_OF} <thing>",
            f"{_FIND} (runbook|runbooks) {_OF} <thing>",
            f"{_BE} there [any|a] (runbook|runbooks) {_OF} <thing>",
            "does <thing> have [a|any] (runbook|runbooks)",
            f"<thing> ['s] {_RUNBOOK}",
            f"{_SHOW} <thing> ['s] (runbook|runbooks)",
            f"where {_BE} <thing> 's (runbook|runbooks)",
            f"{_RUNBOOK} <thing>",
        ),
        ask="runbook for {}",
    ),
)
"""In the order in which help lists them."""
