"""Where logs go and how they look: text on a terminal, one JSON object a line elsewhere; tokens never."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from typing import TextIO, cast

import structlog
from structlog.types import EventDict, Processor

from domain.redaction import BLANK, names_a_secret, redacted


def _unnamed(_logger: object, _method: str, entry: EventDict) -> EventDict:
    """Blank the fields whose names say that they are credentials, at any depth."""
    return {key: _blanked(key, value) for key, value in entry.items()}


def _blanked(name: object, value: object) -> object:
    if isinstance(name, str) and names_a_secret(name):
        return BLANK
    if isinstance(value, Mapping):
        return {key: _blanked(key, each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_blanked("", each) for each in value]
    return value


def _redacting(_logger: object, _method: str, line: str) -> str:
    return redacted(line)


CHATTY = ("alembic", "apscheduler", "httpcore", "httpx", "slack_sdk", "slack_bolt", "urllib3", "uvicorn")
"""Loggers of libraries that tell what they do only where somebody wants to know."""


def open_journal(style: str, *, verbose: bool = False, quiet: bool = False, to: TextIO | None = None) -> None:
    """Send structlog's and the standard library's entries to standard error, or `to`, in one shape.

    `style` is `json`, `text`, or `auto`: text when standard error is a terminal. `verbose` tells what the
    SDKs do, `quiet` only what went wrong.
    """
    stream = to or sys.stderr
    plain = style == "text" or (style == "auto" and stream.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = _handler(stream, shared, plain=plain)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.DEBUG if verbose else logging.WARNING)
    if not verbose:
        # Whatever this one says of a lost connection, slack_bolt says again; its level is the library's own.
        handler.addFilter(lambda record: record.name != "websocket")


def _handler(stream: TextIO, shared: list[Processor], *, plain: bool) -> logging.Handler:
    """Return what writes entries to a stream, each as one line without a secret."""
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(colors=stream.isatty())
        if plain
        else structlog.processors.JSONRenderer()
    )
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    written = cast("Processor", _redacting)  # the one processor that is given the line and not its parts
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                strip,
                _unnamed,
                renderer,
                written,
            ],
            foreign_pre_chain=shared,
        )
    )
    return handler
