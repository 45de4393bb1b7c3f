"""The rows of the grammar on documentation. Part of the table in `grammar`."""

from __future__ import annotations

from questions.forms import Form

_FIRST = "(docs|doc|documentation|documents|wiki|guide|guides)"
_DOCS = "(docs|documentation|doc|guides)"
_RUNBOOK = "(runbook|runbooks|playbook|playbooks)"
_README = "(readme|readme.md)"
_OF = "(of|for|on|about)"
_SHOWN = "(show|show me|open|get|find|read)"
_BE = "(is|are)"
_ONE = "(i|we|you|one)"
_DO = "(do|can|should|could|must|would)"

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
            f"what (do|does) [the|our] {_DOCS} say (about|on) <rest>",
            f"{_SHOWN} [the] {_DOCS} (about|on) how to <rest>",
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
            f"[{_SHOWN}] [the|all] {_DOCS} {_OF} <thing>",
            f"where {_BE} [the] {_DOCS} {_OF} <thing>",
            f"where {_BE} <thing> documented",
            f"where (can|do) (i|we) (find|read) [the] {_DOCS} {_OF} <thing>",
            f"{_BE} there [any] {_DOCS} {_OF} <thing>",
            f"does <thing> have [any|a|some] {_DOCS}",
            f"[{_SHOWN}] <thing> ['s] {_DOCS}",
            f"[{_SHOWN}|where is|what is] [the] {_README} {_OF} <thing>",
            f"[{_SHOWN}] <thing> ['s] {_README}",
            f"does <thing> have a {_README}",
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
            f"[{_SHOWN}|where {_BE}|what is] [the] {_RUNBOOK} {_OF} <thing>",
            f"where (can|do) (i|we) find [the] {_RUNBOOK} {_OF} <thing>",
            f"{_BE} there [any|a] {_RUNBOOK} {_OF} <thing>",
            f"does <thing> have [a|any] {_RUNBOOK}",
            f"[{_SHOWN}] <thing> ['s] {_RUNBOOK}",
            f"where {_BE} <thing> 's {_RUNBOOK}",
            f"{_RUNBOOK} <thing>",
        ),
        ask="runbook for {}",
    ),
)
"""In the order in which help lists them."""
