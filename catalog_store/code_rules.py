"""Reads the CODEOWNERS rules that an entity keeps, and remembers what they came to.

Five thousand rules take longer to read than a question may: they are read again only when a claim on their
entity has changed.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from sqlalchemy import Connection, bindparam, select

from catalog_store import records
from catalog_store.records import CLAIM, ENTITY, LIVE, SEEN, SIGHTING
from catalog_store.stitching import record
from catalog_store.trust import Precedence
from domain.codeowners.kept import FIELD, from_kept
from domain.codeowners.rulebook import Rulebook
from domain.entities import Standing
from domain.path_rules import PathRules
from domain.refs import Ref

REMEMBERED = 64
"""How many repositories' rules are held in memory."""

_LINE = re.compile(r"(?::|#L)\d+$")
_STATE = (
    select(CLAIM.c.source, CLAIM.c.id, SIGHTING.c.digest, SIGHTING.c.vanished_at, CLAIM.c.since)
    .join_from(ENTITY, CLAIM, CLAIM.c.entity_id == ENTITY.c.id)
    .join(SIGHTING, SEEN)
    .where(
        LIVE,
        ENTITY.c.kind == bindparam("kind"),
        ENTITY.c.namespace == bindparam("namespace"),
        ENTITY.c.name == bindparam("name"),
    )
    .order_by(CLAIM.c.source, CLAIM.c.id)
)
"""Narrow on purpose: the claims' fields hold the rules themselves."""

_State = tuple[tuple[object, ...], ...]


class CodeRules:
    """The rules of a catalog's repositories; safe for any number of threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: OrderedDict[Ref, tuple[_State, PathRules | None]] = OrderedDict()

    def of(self, connection: Connection, ref: Ref, precedence: Precedence) -> PathRules | None:
        """Return the rules that an entity keeps; None when it keeps none, or is none."""
        rows: Sequence[Sequence[object]] = connection.execute(_STATE, ref._asdict()).all()
        state = tuple(map(tuple, rows))
        with self._lock:
            known = self._known.get(ref)
            if known is not None and known[0] == state:
                self._known.move_to_end(ref)
                return known[1]
        found = _read(connection, ref, precedence) if state else None
        with self._lock:
            self._known[ref] = (state, found)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return found


def _read(connection: Connection, ref: Ref, precedence: Precedence) -> PathRules | None:
    stored = records.find(connection, ref)
    if stored is None:
        return None
    whole = record(stored.entity, stored.held, precedence)
    fact = next(iter(whole.facts_on(FIELD)), None)
    if fact is None:
        return None
    file = _LINE.sub("", fact.origin)
    return PathRules(
        Rulebook(from_kept(fact.value)),
        fact.source,
        fact.observed_at,
        stored.entity.text("repository"),
        stored.entity.text("repository_path"),
        stored.entity.text("repo.default_branch"),
        # The origin of a claim without an owner is the repository: then nobody knows where the file is.
        file if file.endswith("CODEOWNERS") else "",
        # A host's file is a remark and kept whole; of an imported folder each thing keeps what covers it.
        whole=fact.standing is Standing.REMARK,
    )
