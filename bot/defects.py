"""Keeps what a defect of the command line was, for whoever is told its code; shows none of it."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path

from domain.defects import defect_code
from domain.redaction import redacted


def own_log() -> Path | None:
    """Return the person's own log, there to be appended to; None when it cannot be written.

    It is `idp/errors.log` below `$XDG_STATE_HOME` (by default `~/.local/state`), for its owner alone.
    """
    try:
        state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
        path = state / "idp" / "errors.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
    except (OSError, RuntimeError):  # RuntimeError: the user has no home
        return None
    return path


def record_defect(error: BaseException) -> tuple[str, Path | None]:
    """Append the error's traceback to the person's own log and return its code and the log's path.

    The path is None when it cannot be written. Tracebacks hold file names and messages, not the values of
    variables.
    """
    code = defect_code()
    text = redacted("".join(traceback.format_exception(error)))
    path = own_log()
    if path is None:
        return code, None
    try:
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} code {code}\n{text}\n")
    except OSError:
        return code, None
    return code, path
