"""Links that people post: a small card under each that leads to exactly one thing of the catalog.

Everybody in the channel sees it. So it shows what all of them may see, has no buttons, and is never a guess.
A link that leads nowhere stays as it is. Only links to the domains of `unfurl:` are looked at.
"""

from __future__ import annotations

from slack_bolt import App, BoltContext

from blocks.kit import Block
from blocks.unfurls import card_for
from domain.answers import Asker
from domain.visibility import OUTSIDE
from handlers import delivery
from handlers.audience import Audience
from handlers.failures import unseen
from handlers.portal import Portal
from handlers.words import Body, acknowledge

MOST = 5
"""How many links of one message get a card."""
COMPOSER = "COMPOSER"
"""What stands for the channel while the message is still being written."""


def register(app: App, portal: Portal) -> None:
    """Listen to links."""
    audience = Audience(portal)

    def unfurl(context: BoltContext, body: Body) -> None:
        event = body["event"]
        links = [each["url"] for each in event.get("links", []) if _is_ours(each["domain"], portal.unfurl)]
        # Of a channel with outsiders nobody knows who reads along.
        if not links or body.get("is_ext_shared_channel"):
            return
        channel, ts = str(event["channel"]), str(event["message_ts"])
        # While a message is being written, nobody knows yet where it goes.
        reader = OUTSIDE if channel == COMPOSER else audience.of(channel, context)
        cards: dict[str, Block] = {}
        for url in dict.fromkeys(links):
            found = portal.questions.linked(url, Asker(reader=reader)) if len(cards) < MOST else None
            if found is not None:
                cards[url] = card_for(found, portal.clock())
        if cards and portal.catalog.claim_once(f"unfurl:{channel}:{ts}"):
            delivery.unfurl(context.client, cards, channel=channel, ts=ts)

    app.event("link_shared")(ack=acknowledge, lazy=[unseen(unfurl)])


def _is_ours(domain: str, domains: tuple[str, ...]) -> bool:
    host = domain.lower()
    return any(host == each or host.endswith(f".{each}") for each in domains)
