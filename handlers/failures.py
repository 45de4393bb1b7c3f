"""The outer edge towards Slack: whatever goes wrong in a listener becomes words that a person can act on.

A foreseen error shows its message and hint. Anything else shows a code to quote; the log holds that code with
the error and what was being done, and no token. An outage of the catalog is foreseen and shows a code all the
same, since what it says of the database is for those who run it.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from functools import wraps

import structlog
from slack_bolt import App, BoltContext, BoltResponse

from blocks.home import failed_home
from blocks.message import Message, defect_message, failure_message, unavailable_message
from domain.defects import defect_code
from domain.errors import IdpError, StoreError
from domain.redaction import redacted
from handlers import delivery
from handlers.words import Body

Step = Callable[[BoltContext, Body], None]
"""The part of a listener that runs after the acknowledgement."""

log = structlog.get_logger(__name__)


def register(app: App) -> None:
    """Catch what the acknowledging part of any listener raises; its answer is the acknowledgement's."""

    @app.error
    def answer_failure(error: Exception, context: BoltContext, body: Body) -> BoltResponse:
        message = explained(error, doing(body))
        if body.get("type") == "block_suggestion":
            return BoltResponse(status=200, body={"options": []})  # the next letter asks again
        if "command" in body:
            shown = {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}
            return BoltResponse(status=200, body=shown)
        tell(context, body, message)
        return BoltResponse(status=200)


def guarded(step: Step) -> Step:
    """Return the step with this edge around it: Bolt itself would only log what it raises."""

    @wraps(step)
    def run(context: BoltContext, body: Body) -> None:
        try:
            step(context, body)
        except Exception as error:  # noqa: BLE001 - the outer edge
            tell(context, body, explained(error, doing(body)))

    return run


def unseen(step: Step) -> Step:
    """Return the step with this edge around it where nobody asked for anything: it is logged, and no more."""

    @wraps(step)
    def run(context: BoltContext, body: Body) -> None:
        try:
            step(context, body)
        except Exception as error:  # noqa: BLE001 - the outer edge
            explained(error, doing(body))

    return run


def explained(error: Exception, doing: str) -> Message:
    """Log the error and return what the person is told about it."""
    code = defect_code()
    if isinstance(error, StoreError):
        # Where the database is and what it said is for those who run it, and not for everybody in Slack.
        log.error(
            "catalog unavailable", code=code, doing=doing, problem=redacted(str(error)), hint=error.hint
        )
        return unavailable_message(code)
    if isinstance(error, IdpError):
        log.warning("refused", doing=doing, problem=str(error))
        return failure_message(str(error), error.hint)
    trace = "".join(traceback.format_exception(error))
    log.error("defect", code=code, doing=doing, exception=redacted(trace))
    return defect_message(code)


def doing(body: Body) -> str:
    """Say what the app was asked to do: `/idp`, `action ask`, `event app_mention`."""
    if "command" in body:
        return str(body["command"])
    if actions := body.get("actions"):
        return f"action {actions[0].get('action_id')}"
    if shown := body.get("callback_id") or (body.get("view") or {}).get("callback_id"):
        return f"{body.get('type')} {shown}"
    return f"event {body.get('event', {}).get('type')}"


def tell(context: BoltContext, body: Body, message: Message) -> None:
    """Show the bad news where the person asked, else in their direct messages; logged when neither works."""
    for way in (_where_asked, _directly):
        try:
            way(context, body, message)
        except IdpError as error:
            log.warning("bad news not delivered", doing=doing(body), way=way.__name__, problem=str(error))
        else:
            return


def _where_asked(context: BoltContext, body: Body, message: Message) -> None:
    event = body.get("event", {})
    if context.response_url:
        delivery.respond(context, message, thread_ts=body.get("container", {}).get("thread_ts"))
    elif event.get("type") == "app_home_opened" and event.get("tab") == "home":
        delivery.publish_home(context.client, failed_home(message), user=event["user"])
    elif event.get("channel_type") == "im":
        delivery.post(context.client, message, channel=event["channel"], thread_ts=event.get("thread_ts"))
    elif event.get("channel") and event.get("user"):
        delivery.whisper(
            context.client,
            message,
            channel=event["channel"],
            user=event["user"],
            thread_ts=event.get("thread_ts"),
        )
    else:
        _directly(context, body, message)


def _directly(context: BoltContext, body: Body, message: Message) -> None:  # noqa: ARG001 - one way of several
    if context.user_id:
        delivery.post(context.client, message, channel=context.user_id)
