"""Who may change what is discovered: the administrators that `idp.yaml` names, and nobody else.

Pure but for the index that says who somebody is. Nobody is let through by a likeness: names are whole refs,
ids or addresses, and whom the catalog knows twice it knows as nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from catalog_store.search.climbing import groups_above
from catalog_store.search.reading import Index
from domain.answers import Asker
from domain.errors import BadRef, Refused
from domain.refs import DEFAULT_NAMESPACE, Ref, parse_ref

_SLACK_ID = re.compile(r"[UW][A-Z0-9]{2,}")
_NAMED = 5
"""How many administrators a refusal names."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is: as Slack says, and as the catalog says of who has that Slack id."""

    slack_user_id: str = ""
    refs: frozenset[Ref] = frozenset()
    """The person's, and those of the teams that they are in, teams above these included."""
    email: str = ""


def is_administrator(identity: Identity, named: Sequence[str]) -> bool:
    """Tell whether one of the names in `administrators:` is this person's, or a team's that they are in."""
    return any(_means(name.strip(), identity) for name in named)


def _means(name: str, identity: Identity) -> bool:
    if _SLACK_ID.fullmatch(name):
        return name == identity.slack_user_id
    if "@" in name[1:]:
        return bool(identity.email) and name.lower() == identity.email.lower()
    return any(ref in identity.refs for ref in _refs(name.removeprefix("@")))


def _refs(name: str) -> tuple[Ref, ...]:
    kinds = ("",) if ":" in name else ("user", "group")
    try:
        return tuple(parse_ref(name, kind or None) for kind in kinds)
    except BadRef:
        return ()


def identity_of(asker: Asker, index: Index) -> Identity:
    """Return who asks. Whom several entities claim to be is known by the Slack id alone."""
    node = None
    if asker.slack_user_id:
        nodes = index.names.by_alias(f"slack:{asker.slack_user_id}")
        node = nodes[0] if len(nodes) == 1 else None
    if node is None or index.ref(node).kind != "user":
        return Identity(asker.slack_user_id)
    refs = (node, *groups_above(node, index))
    owner = index.owner(index.ref(node))
    return Identity(asker.slack_user_id, frozenset(map(index.ref, refs)), owner.email)


class Administrators:
    """The administrators of a portal."""

    def __init__(self, named: Sequence[str], index: Callable[[], Index]) -> None:
        self._named = tuple(named)
        self._index = index

    def require(self, asker: Asker) -> str:
        """Return the name under which the asker acts. Raises Refused for anybody but an administrator."""
        index = self._index()
        identity = identity_of(asker, index)
        if not self._named:
            raise Refused(
                "Nobody may do this from here yet",
                "Whoever runs the portal names who may under `administrators:` in idp.yaml: refs, names, "
                "e-mail addresses or Slack ids.",
            )
        if not is_administrator(identity, self._named):
            raise Refused("Only administrators of the portal may do this", f"Ask {self._who(index)}.")
        people = sorted(str(ref) for ref in identity.refs if ref.kind == "user")
        return people[0] if people else f"slack:{identity.slack_user_id}"

    def include(self, asker: Asker) -> bool:
        """Tell whether somebody is an administrator."""
        return is_administrator(identity_of(asker, self._index()), self._named)

    def _who(self, index: Index) -> str:
        shown = [_title(name, index) for name in self._named[:_NAMED]]
        more = len(self._named) - len(shown)
        return ", ".join(shown) + (f" or one of {more} more" if more else "")


def _title(name: str, index: Index) -> str:
    """Return what people call an administrator; the name as it is written where nobody knows it."""
    name = name.strip()
    if _SLACK_ID.fullmatch(name):
        nodes = index.names.by_alias(f"slack:{name}")
        return index.title(nodes[0]) if len(nodes) == 1 else name
    for ref in () if "@" in name[1:] else _refs(name.removeprefix("@")):
        node = index.node(ref)
        if node is not None and index.known(node):
            return index.title(node)
    return name.removeprefix(f"user:{DEFAULT_NAMESPACE}/").removeprefix(f"group:{DEFAULT_NAMESPACE}/")
