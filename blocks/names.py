"""The names on the wire: every command, action id, block id and callback id.

They stand in messages that are already posted, so a name here is never changed, only added to.
"""

from __future__ import annotations

import re

COMMAND = "/idp"

ASK = "ask"
"""A button whose value is a question; the answer takes the place of the message, or comes beside it."""
SHARE = "share"
"""A button whose value is a question that is asked again for everybody to see."""

SYNC = "sync"
"""A button whose value is a source to look at."""
SYNC_CHECK = "sync_check"
"""A button whose value is a source that is to try what it needs, or `*` for all."""
SYNC_FORCE = "sync_force"
"""A button whose value is a source to look at, and to apply though much of it would vanish."""
SYNC_UNDO = "sync_undo"
"""A button whose value is the number of a change set to take back."""
MERGE, APART, IGNORE = "suggestion_merge", "suggestion_apart", "suggestion_ignore"
"""Buttons whose value is the number of a suggestion to decide."""
ACT_PATTERN = re.compile(
    r"^(sync|sync_check|sync_force|sync_undo|suggestion_merge|suggestion_apart|suggestion_ignore)(\.\d+)?$"
)
"""Any button that has something done."""

ASK_PATTERN = re.compile(r"^ask(\.\d+)?$")
"""An action id must be unique in its block, so the second `ask` button of a block is `ask.2`."""

STEPS = "steps"
"""Block id of the row of next steps under an answer."""
CHOICES = "choices"
"""Block id of the first row of things to pick from; a further row is `choices.2`."""

SUGGESTION = "suggestion"
"""Block id of the buttons that decide the first suggestion of a list; of the second, `suggestion.2`."""

WHO_OWNS_THIS = "who_owns_this"
"""Callback id of the shortcut on a message."""
SEARCH_CATALOG = "search_catalog"
"""Callback id of the global shortcut."""
SEARCH_OPEN = "search_open"
"""A button that opens the search; its value says nothing."""
SEARCH_PICK, SEARCH_WORDS = "search_pick", "search_words"
"""Block ids and action ids of the search: the menu of things, and the line for words."""

ANSWER_VIEW = "answer"
"""Callback id of the modal that shows an answer where there is no message to put it in."""
SEARCH_VIEW = "search"
"""Callback id of the modal in which the catalog is searched."""
HOME_ASK = "home_ask"
"""Block id and action id of the Home's field: what is typed there is a question."""
HOME_TEAM, HOME_YOURS = "home_team", "home_yours"
"""Block ids of the buttons of the Home's first team (of the second: `home_team.2`), and of what is owned."""
HOME_VIEW = "home"
"""Callback id of the App Home."""


def numbered(name: str, position: int) -> str:
    """Return the id of the `position`th element of that name in one block, counted from 1."""
    return name if position == 1 else f"{name}.{position}"
