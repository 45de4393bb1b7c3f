"""Slack in: each file is one conversation, and this is the only list of them.

A handler acknowledges, translates, makes one call, renders, stops. What goes wrong beyond that reaches the
person through `handlers.failures`.
"""

from __future__ import annotations

from slack_bolt import App

from handlers import acting, asking, failures, home, mentions, prompting, searching, this, unfurling
from handlers.portal import Portal


def register(app: App, portal: Portal) -> None:
    """Give the app every listener of idp."""
    failures.register(app)
    asking.register(app, portal)
    acting.register(app, portal)
    mentions.register(app, portal)
    this.register(app, portal)
    searching.register(app, portal)  # before Home: both hear the buttons of modals
    home.register(app, portal)
    prompting.register(app, portal)
    unfurling.register(app, portal)
