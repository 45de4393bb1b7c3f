"""How far the claims of files speak for a host: beyond what was read, to the repositories that are gone.

A repository whose files could not all be fetched keeps what its files claimed before.
"""

from __future__ import annotations

from dataclasses import replace

from domain.entities import EVERYTHING, Snapshot
from integrations.hosting.facts import HostFacts, RepositoryFacts
from integrations.hosting.naming import last
from integrations.hosting.wanted import AT_TOP, IN_FOLDERS

_WANTED = frozenset(AT_TOP)
_WANTED_BELOW = frozenset(IN_FOLDERS)


def as_far_as(facts: HostFacts, snapshot: Snapshot) -> Snapshot:
    """Return a snapshot of files with all in `within` that the look spoke for.

    The readers name the repositories that they understood; those that the look was at and did not find are
    gone, with their files.
    """
    if EVERYTHING in snapshot.within:
        return snapshot
    unread = {each.id for each in facts.repositories if not _is_read(each)}
    understood = [id_ for id_ in snapshot.within if id_ not in unread]
    found = {each.id for each in facts.repositories}
    if EVERYTHING in facts.repositories_within and found <= set(understood):
        return replace(snapshot, within=(EVERYTHING,))
    gone = [id_ for id_ in facts.repositories_within if id_ != EVERYTHING and id_ not in found]
    return replace(snapshot, within=(*understood, *gone))


def _is_read(repository: RepositoryFacts) -> bool:
    """Tell whether all texts of a repository were fetched that are there and wanted."""
    if not repository.problems or not repository.default_branch:
        return True
    return bool(repository.paths) and all(
        path in repository.files for path in repository.paths if _is_wanted(path)
    )


def _is_wanted(path: str) -> bool:
    return path in _WANTED or ("/" in path and last(path) in _WANTED_BELOW)
