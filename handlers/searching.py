"""The global shortcut, "Search the catalog": a modal with a menu that fills as one types, then the answer.

The modal opens before anything else is done: the id that opens it lives for three seconds.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext

from blocks import names
from blocks.message import Message, message_for
from blocks.searching import grouped, search_view
from domain.answers import Asker
from domain.errors import OutsideFailure
from handlers import delivery
from handlers.acting import answered
from handlers.failures import guarded
from handlers.portal import Portal
from handlers.words import Body, acknowledge, asker, is_outsider

_NOT_FOR_OUTSIDERS = "I answer only people of the workspace that I belong to."
_NOTHING_ASKED = "Type a question here, or pick something above."


def register(app: App, portal: Portal) -> None:
    """Listen to the shortcut, its menu, its line for words, and the buttons of its answers."""

    def open_search(context: BoltContext, body: Body) -> None:
        _refuse_outsiders(body)
        delivery.open_view(context.client, search_view(), trigger_id=body["trigger_id"])

    def offer(ack: Ack, context: BoltContext, body: Body) -> None:
        typed = "" if is_outsider(body) else str(body.get("value") or "")
        groups = grouped(portal.questions.offers(typed, asker(context, body)))
        ack(option_groups=groups) if groups else ack(options=[])

    def show_picked(context: BoltContext, body: Body) -> None:
        _refuse_outsiders(body)
        picked = body["actions"][0].get("selected_option")
        answer = portal.questions.picked(picked["value"], asker(context, body)) if picked else None
        _show(context, body, message_for(answer, now=portal.clock()) if answer else None)

    def answer_words(ack: Ack, context: BoltContext, body: Body) -> None:
        words = _words(body)
        if is_outsider(body) or not words:
            why = _NOT_FOR_OUTSIDERS if words else _NOTHING_ASKED
            ack(response_action="errors", errors={names.SEARCH_WORDS: why})
            return
        ack(response_action="update", view=search_view(_ask(portal, context, words, asker(context, body))))

    def answer_button(context: BoltContext, body: Body) -> None:
        _refuse_outsiders(body)
        _show(context, body, _ask(portal, context, str(body["actions"][0]["value"]), asker(context, body)))

    app.global_shortcut(names.SEARCH_CATALOG)(ack=acknowledge, lazy=[guarded(open_search)])
    app.action(names.SEARCH_OPEN)(ack=acknowledge, lazy=[guarded(open_search)])
    app.options(names.SEARCH_PICK)(offer)
    app.action(names.SEARCH_PICK)(ack=acknowledge, lazy=[guarded(show_picked)])
    app.view(names.SEARCH_VIEW)(answer_words)
    app.action(names.ASK_PATTERN, matchers=[in_search])(ack=acknowledge, lazy=[guarded(answer_button)])


def _refuse_outsiders(body: Body) -> None:
    if is_outsider(body):
        raise OutsideFailure(_NOT_FOR_OUTSIDERS)


def in_search(body: Body) -> bool:
    """Tell a button in the search from those in other views and in messages."""
    return bool((body.get("view") or {}).get("callback_id") == names.SEARCH_VIEW)


def _words(body: Body) -> str:
    held: dict[str, Any] = body["view"]["state"]["values"].get(names.SEARCH_WORDS, {})
    return str((held.get(names.SEARCH_WORDS) or {}).get("value") or "").strip()


def _ask(portal: Portal, context: BoltContext, words: str, who: Asker) -> Message:
    directly = partial(delivery.post, context.client, channel=str(context.user_id))
    return message_for(answered(portal, context, words, who, directly), now=portal.clock())


def _show(context: BoltContext, body: Body, message: Message | None) -> None:
    """Show an answer under the search, unless the view has moved on in the meantime."""
    view = body["view"]
    delivery.update_view(context.client, search_view(message), view_id=view["id"], hash=view.get("hash"))
