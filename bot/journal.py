"""Where logs go and how they look: text on a terminal, one JSON object a line elsewhere; tokens never."""

from __future__ import annotations

import logging
import re
import sys

import structlog
from structlog.types import EventDict, Processor

_SECRET = re.compile(r"\b(xox[a-z]-|xapp-|https?://[^\s/:@]+:)[^\s\"'@]+")


def redacted(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Blank out Slack tokens and passwords in URLs, wherever in the entry they stand."""
    for key, value in event.items():
        if isinstance(value, str) and ("xox" in value or "xapp-" in value or "://" in value):
            event[key] = _SECRET.sub(lambda found: found[1] + "…", value)
    return event


def open_journal(style: str, *, verbose: bool = False, quiet: bool = False) -> None:
    """Send structlog's and the standard library's entries to standard error in one shape.

    `style` is `json`, `text`, or `auto`: text when standard error is a terminal. `verbose` tells what the
    SDKs do, `quiet` only what went wrong.
    """
    plain = style == "text" or (style == "auto" and sys.stderr.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redacted,
    ]
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if plain
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO)
    for chatty in ("alembic", "apscheduler", "slack_sdk", "slack_bolt", "urllib3"):
        logging.getLogger(chatty).setLevel(logging.DEBUG if verbose else logging.WARNING)
    if not verbose:
        # Whatever this one says of a lost connection, slack_bolt says again; its level is the library's own.
        handler.addFilter(lambda record: record.name != "websocket")
