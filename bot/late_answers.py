"""Answers that come after the acknowledgement, because more was waiting than could be answered in time.

What a listener would have said in the acknowledgement goes to the interaction's response URL. Decides nothing
about when.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.webhook import WebhookClient

TIMEOUT = 10
"""Seconds that Slack has to take an answer."""
_WITHOUT_ANSWER = ("block_actions", "shortcut", "message_action")
"""Interactions whose acknowledgement says nothing; a modal's or a menu's is the answer itself."""

log = structlog.get_logger(__name__)


def is_answerable_later(envelope: Mapping[str, Any]) -> bool:
    """Tell whether an envelope may be acknowledged before anybody looked at it."""
    kind, payload = envelope.get("type"), envelope.get("payload") or {}
    if kind == "slash_commands":
        return bool(payload.get("response_url"))
    return kind == "events_api" or (kind == "interactive" and payload.get("type") in _WITHOUT_ANSWER)


def answer_later(request: SocketModeRequest, response: BoltResponse) -> None:
    """Send what the acknowledgement would have said; that Slack does not take it is logged."""
    url = request.payload.get("response_url")
    if response.status != 200 or not response.body or not url:
        return
    says_json = response.headers.get("content-type", [""])[0].startswith("application/json")
    body = json.loads(response.body) if says_json else {"text": response.body}
    try:
        sent = WebhookClient(url, timeout=TIMEOUT).send_dict(body)
    except OSError as error:
        log.warning("answer not delivered", problem=str(error))
    else:
        if sent.status_code != 200:
            log.warning("answer not delivered", problem=sent.body)
