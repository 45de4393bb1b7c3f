"""Where an incremental look goes on: a time, and for which options it holds.

Opaque to everybody else; one that does not fit (other options, another version) means a complete look.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta

from integrations.gitlab.options import GitLabOptions

OVERLAP = timedelta(minutes=75)
"""GitLab moves `last_activity_at` at most once an hour, so that a push may leave it where it was; the rest is
for clocks that disagree."""


def cursor_of(began: datetime, options: GitLabOptions) -> str:
    """Return the cursor of a look that began at a time."""
    since = (began.astimezone(UTC) - OVERLAP).isoformat(timespec="seconds")
    return json.dumps({"since": since, "of": _fingerprint(options)})


def since_of(cursor: str, options: GitLabOptions) -> datetime | None:
    """Return from when on changes are asked for; None: everything is."""
    try:
        held = json.loads(cursor)
        if held["of"] != _fingerprint(options):
            return None
        return datetime.fromisoformat(held["since"])
    except (ValueError, KeyError, TypeError):
        return None


def _fingerprint(options: GitLabOptions) -> str:
    return hashlib.sha256(options.model_dump_json().encode()).hexdigest()[:12]
