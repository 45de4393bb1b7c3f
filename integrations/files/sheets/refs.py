"""Finds what the words in a cell refer to: a ref, a handle, an address, else a name or title of this look.

Never makes a team of words that say that there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from domain.entities import Json, RelationField
from domain.errors import BadRef
from domain.refs import Ref, parse_ref
from integrations.files.backstage.formats import is_name
from integrations.files.collected import Collected
from integrations.files.handles import ref_of
from integrations.files.names import slug

Doubt = Callable[[str, str], None]
"""Takes a problem and its remedy; the row is read all the same."""

_NOBODY = frozenset({
    "none", "n/a", "na", "nil", "null", "nobody", "no one", "no owner", "unowned", "unknown", "unassigned",
    "tbd", "tba", "tbc", "todo",
})  # fmt: skip
"""What people write where nothing is to be said. So does anything without a letter or digit (`-`, `?`)."""
_SEVERAL = re.compile(r"\s*[,;\r\n]\s*")


def related(relation: RelationField, value: Json, namespace: str, collected: Collected, doubt: Doubt) -> Json:
    """Return a relation field's refs as canonical text; empty when the cell names nothing."""
    if isinstance(value, list):
        refs = [_ref(relation, str(each), namespace, collected, doubt) for each in value]
        return list(dict.fromkeys(ref for ref in refs if ref))
    return _ref(relation, _one(relation, str(value), collected, doubt), namespace, collected, doubt)


def _one(relation: RelationField, words: str, collected: Collected, doubt: Doubt) -> str:
    """Return the first of several owners, or whatever else may be there only once."""
    first, *others = [each for each in _SEVERAL.split(words) if each] or [words]
    if not others or _known(relation.kind or "component", words, collected) is not None:
        return words
    shown = ", ".join((first, *others))
    doubt(f'"{shown}" is more than one {relation.field}; {first} was taken', "Write one; a team, if several.")
    return first


def _ref(relation: RelationField, words: str, namespace: str, collected: Collected, doubt: Doubt) -> str:
    kind = relation.kind or "component"
    if kind in ("group", "user") and "@" in words and ":" not in words:
        return str(ref_of(words, collected))
    known = _known(kind, words, collected)
    if known is not None and ":" not in words and "/" not in words:
        return str(known)
    if words.strip().casefold() in _NOBODY or not any(map(str.isalnum, words)):
        return ""
    try:
        ref = parse_ref(words, kind, namespace)
    except BadRef as error:
        doubt(f"the {relation.field} was left out: {error}", error.hint)
        return ""
    plain = ":" not in words and "/" not in words and not is_name(words)
    return str(Ref(ref.kind, ref.namespace, slug(words) or ref.name) if plain else ref)


def _known(kind: str, words: str, collected: Collected) -> Ref | None:
    return collected.named(kind, words) or (collected.named("user", words) if kind == "group" else None)
