"""When users and memberships were last read: the cursor of a Datadog source.

Opaque to everybody else; one that does not fit (other options, another version) means that they are read now.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from integrations.datadog.options import DatadogOptions


def cursor_of(read_at: datetime, options: DatadogOptions) -> str:
    """Return the cursor for a structure that was read at a time."""
    return json.dumps({"structure": read_at.isoformat(timespec="seconds"), "of": _fingerprint(options)})


def is_due(cursor: str, options: DatadogOptions, now: datetime) -> bool:
    """Whether the structure is to be read again."""
    try:
        held = json.loads(cursor)
        if held["of"] != _fingerprint(options):
            return True
        return now - datetime.fromisoformat(held["structure"]) >= options.structure_every
    except (ValueError, KeyError, TypeError):
        return True


def _fingerprint(options: DatadogOptions) -> str:
    return hashlib.sha256(options.model_dump_json().encode()).hexdigest()[:12]
