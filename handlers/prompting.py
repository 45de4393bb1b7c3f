"""Direct messages as Slack's agent view shows them: questions to press, of the person's own team.

They are set when the conversation is opened. What was set a moment ago is not set again.
"""

from __future__ import annotations

from slack_bolt import App, BoltContext

from blocks.prompts import TITLE, prompts
from domain.errors import IdpError
from handlers import delivery
from handlers.failures import guarded
from handlers.pacing import Lately
from handlers.portal import Portal
from handlers.words import Body, acknowledge, asker

SAME_SECONDS = 5.0
"""How long the same prompts are not set again for a conversation."""


def register(app: App, portal: Portal) -> None:
    """Listen to the conversation with the bot being opened."""
    lately = Lately(SAME_SECONDS)

    def suggest(context: BoltContext, body: Body) -> None:
        channel = str(body["event"]["channel"])
        offered = prompts(portal.questions.starters(asker(context, body)))
        if not lately.is_new(channel, offered):
            return
        try:
            delivery.suggest(context.client, offered, title=TITLE, channel=channel)
        except IdpError:
            lately.forget(channel)
            raise

    app.event("app_home_opened", matchers=[on_the_messages_tab])(ack=acknowledge, lazy=[guarded(suggest)])


def on_the_messages_tab(body: Body) -> bool:
    """Tell the messages from the Home, whose opening is the same event."""
    return bool(body["event"].get("tab") == "messages" and body["event"].get("channel"))
