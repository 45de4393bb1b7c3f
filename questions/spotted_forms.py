"""The row of the grammar for pasted texts."""

from __future__ import annotations

from questions.forms import Form
from questions.patterns import Words

_TELLING = ("/", ":", "=", "(", "[", "@")
_MANY = 5
_WHO_OWNS = (
    "(who|which team|what team) (owns|own|maintains|runs|has|handles|looks after"
    "|is (responsible for|in charge of|behind))"
)


def is_pasted(words: Words) -> bool:
    """Tell a pasted text from a name after `this`: it is long, or holds what no name does."""
    if len(words) >= _MANY:
        return True
    return any(not word.plain or any(mark in word.typed for mark in _TELLING) for word in words)


SPOTTED_FORMS: tuple[Form, ...] = (
    Form(
        "spotted",
        "who owns this: <pasted alert or stack trace>",
        "the owners of what the text's links, names, hosts and stack traces belong to",
        (
            "who owns this: payments-api is down, see https://github.com/acme/ledger",
            'who owns this: File "/srv/payments-api/src/charge.py", line 3, in charge',
        ),
        (
            f"{_WHO_OWNS} (this|these|the following) <pasted>",
            "[who is] [the] (owner|owners) of (this|these|the following) <pasted>",
            "whose (is this|are these|is the following) <pasted>",
            "(who|whom) (do|should|can) (i|we) (ask|contact|ping|call) (about|for) (this|these) <pasted>",
        ),
    ),
)
