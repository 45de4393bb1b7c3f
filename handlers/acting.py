"""Something to be done, and what came of it: words such as `sync github`, and buttons that act.

Decides no permission and does nothing itself: `portal.actions` does both, each time anew. A look goes on in
the background; its outcome comes to where it was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import structlog
from slack_bolt import App, BoltContext

from blocks import names
from blocks.message import Message, message_for
from domain.answers import Answer, Asker
from domain.errors import IdpError, OutsideFailure
from domain.syncs import APART, CHECK, FORCE, IGNORE, MERGE, SYNC, UNDO, Intended, Outcome, Synced
from handlers import delivery
from handlers.failures import guarded
from handlers.portal import Portal
from handlers.words import Body, acknowledge, asker, is_outsider

BUTTONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    names.SYNC: (SYNC, ()),
    names.SYNC_CHECK: (CHECK, ()),
    names.SYNC_FORCE: (SYNC, (FORCE,)),
    names.SYNC_UNDO: (UNDO, ()),
    names.MERGE: (MERGE, ()),
    names.APART: (APART, ()),
    names.IGNORE: (IGNORE, ()),
}
"""What each button has done, and how."""
_DECISIONS = (MERGE, APART, IGNORE)

Deliver = Callable[[Message], None]

log = structlog.get_logger("idp")


def register(app: App, portal: Portal) -> None:
    """Listen to the buttons that act."""

    def act(context: BoltContext, body: Body) -> None:
        if is_outsider(body):
            raise OutsideFailure("I act only for people of the workspace that I belong to.")
        pressed = body["actions"][0]
        action, options = BUTTONS[str(pressed["action_id"]).partition(".")[0]]
        intended = Intended("", action, str(pressed["value"]), options)
        deliver = _beside(context, body)
        done = portal.actions.carry_out(intended, asker(context, body), telling(portal, context, deliver))
        if action in _DECISIONS and "view" not in body:
            left = message_for(
                portal.questions.answer("suggestions", asker(context, body)), now=portal.clock()
            )
            delivery.respond(context, left, seen_by=_seen_by(body), replace=True)
        else:
            deliver(message_for(done, now=portal.clock()))

    app.action(names.ACT_PATTERN)(ack=acknowledge, lazy=[guarded(act)])


def answered(portal: Portal, context: BoltContext, words: str, who: Asker, deliver: Deliver) -> Answer:
    """Answer words; where they ask for something to be done, begin it, or ask for it to be confirmed.

    `deliver` is given the outcome of what was begun. Raises Refused for a person who may not.
    """
    answer = portal.questions.answer(words, who)
    if not isinstance(answer, Intended):
        return answer
    if answer.action not in (SYNC, CHECK):
        portal.actions.require(who)
        return answer
    return portal.actions.carry_out(answer, who, telling(portal, context, deliver))


def telling(portal: Portal, context: BoltContext, deliver: Deliver) -> Callable[[Outcome], None]:
    """Return what delivers an outcome, to the person directly where the place does not take it any more."""

    def tell(outcome: Outcome) -> None:
        message = message_for(outcome, now=portal.clock())
        try:
            try:
                deliver(message)
            except OutsideFailure:
                delivery.post(context.client, message, channel=str(context.user_id))
        except IdpError as error:
            source = outcome.source if isinstance(outcome, Synced) else "checked"
            log.warning("outcome not delivered", source=source, problem=str(error))

    return tell


def _beside(context: BoltContext, body: Body) -> Deliver:
    """Return what delivers beside the message whose button was pressed; in a view, directly."""
    if "view" in body:
        return lambda message: delivery.post(context.client, message, channel=str(context.user_id))
    thread_ts = body["container"].get("thread_ts")
    return lambda message: delivery.respond(context, message, seen_by=_seen_by(body), thread_ts=thread_ts)


def _seen_by(body: Body) -> delivery.Readers:
    """Return who sees what comes of a button: in a channel the one who pressed it, elsewhere all."""
    direct = str((body.get("channel") or {}).get("id", "")).startswith("D")
    return "in_channel" if direct and not body["container"].get("is_ephemeral") else "ephemeral"
