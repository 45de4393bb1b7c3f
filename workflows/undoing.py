"""Undo: a change set is taken back, and its source looked at on schedule no more, or it would redo it."""

from __future__ import annotations

from domain.changes import ChangeSet
from workflows.sync_store import SyncStore


def undo(store: SyncStore, number: int, *, actor: str) -> ChangeSet:
    """Undo a change set and pause the source that made it, until somebody asks for that source by name.

    What an import made has no source to pause. Raises UndoRefused when it cannot be undone, or there is none;
    then no source is paused.
    """
    made = store.change_set(number)
    source = made.source.partition("/")[0] if made else ""
    before = {each.name: each.paused for each in store.sources.all()}.get(source)
    if before is None:
        return store.undo(number, actor=actor)
    # Paused first: a look that comes in between must not redo it.
    store.sources.pause(source, f"change set #{number} was undone by {actor}")
    try:
        return store.undo(number, actor=actor)
    except BaseException:
        if before:
            store.sources.pause(source, before)
        else:
            store.sources.resume(source)
        raise
