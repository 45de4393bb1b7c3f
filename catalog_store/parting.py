"""Parts a person who is declared from accounts that only had the name, and an e-mail address of their own.

The other half of `joining`: who is seen after a declaration does not come to it; who was seen before, under
the ref that is declared now, leaves it here, so that the order of sources does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import Connection

from catalog_store.accounts import Account, Accounts
from catalog_store.moves import Move
from catalog_store.records import find_many
from domain.entities import Claim


class Parting:
    """Collects people who are declared, and decides when all claims are matched."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._declared: set[int] = set()

    def note(self, entity_id: int) -> None:
        """Note whom a declaration of this look is on."""
        self._declared.add(entity_id)

    def moves(
        self, connection: Connection, planned: Iterable[Move], new: Callable[[Claim], int]
    ) -> list[Move]:
        """Return the moves of those who are somebody else, each to an entity that `new` gives an id."""
        groups = {entity_id: found for entity_id in self._declared if (found := self._strangers(entity_id))}
        if not groups:
            return []
        moving = {(move.source, move.key) for move in planned}
        stored = find_many(connection, list(groups))
        moves = []
        for entity_id, strangers in groups.items():
            held = {(each.source, each.claim.key): each for each in stored[entity_id].held}
            for group in strangers:
                going = [held[place] for place in sorted(group - moving) if place in held]
                if going:
                    other = new(going[0].claim)
                    moves += [Move(each.source, each.claim.key, entity_id, other, each) for each in going]
        return moves

    def _strangers(self, entity_id: int) -> list[set[tuple[str, str]]]:
        """Return those on an entity who are not the declared one, who belong together in one set."""
        accounts = list(self._accounts.on(entity_id))
        declared = [each for each in accounts if each.declared]
        handles = frozenset[str]().union(*(each.handles for each in declared))
        seen = [each for each in accounts if not each.declared]
        sure = [each for each in seen if each.same_as or not each.mails or each.handles & handles]
        ours = {mail for each in (*declared, *sure) for mail in each.mails}
        rest = [each for each in seen if each not in sure]
        if not any(each.mails for each in declared) or any(each.merged for each in declared):
            return []
        self._gather(rest, ours)
        groups = []
        while rest:
            first = rest.pop(0)
            found = {(first.source, first.key)}
            groups.append(found | self._gather(rest, set(self._accounts.sure_mails(first))))
        return groups

    def _gather(self, rest: list[Account], mails: set[str]) -> set[tuple[str, str]]:
        """Take out of `rest` whoever has one of the addresses, or one of theirs in turn; return who did."""
        found: set[tuple[str, str]] = set()
        while near := next((each for each in rest if self._accounts.sure_mails(each) & mails), None):
            rest.remove(near)
            mails |= near.mails
            found.add((near.source, near.key))
        return found
