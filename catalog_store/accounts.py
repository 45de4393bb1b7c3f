"""What is known of people while claims are matched: who says what of whom, with which addresses.

Looks up in bulk and decides nothing (`joining` does). Costs nothing in a look that sees no person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from catalog_store.among import among
from catalog_store.canonical import read
from catalog_store.incoming import Incoming
from catalog_store.known import ALIAS, Bound
from catalog_store.records import CLAIM, SEEN, SIGHTING
from catalog_store.search.spelling import plain
from catalog_store.trust import MEMORY
from domain.entities import Claim, Standing
from domain.people import MAIL, MAPPED, USER, handles_of, mails_of
from domain.refs import Ref, parse_ref

_ACCOUNTS = (
    select(
        CLAIM.c.entity_id, CLAIM.c.source, CLAIM.c.id, CLAIM.c.standing, CLAIM.c.ref, CLAIM.c.name,
        CLAIM.c.aliases, CLAIM.c.same_as, SIGHTING.c.vanished_at,
    )
    .join_from(CLAIM, SIGHTING, SEEN)
    .where(CLAIM.c.standing != Standing.REMARK.value)
)  # fmt: skip
_ALIASES = select(ALIAS.c.entity_id, ALIAS.c.alias)
"""Of everything: asked for addresses, or for people, alone, SQLite would walk all that there are."""


class Account(NamedTuple):
    """One claim on a person: an account in a tool, or a declaration."""

    source: str
    key: str
    ref: Ref
    """As claimed."""
    declared: bool
    mails: frozenset[str]
    handles: frozenset[str]
    same_as: tuple[str, ...]
    called: tuple[str, ...]
    """Its names as written; of a declaration, those too that it gives beside its own."""
    gone: bool = False
    """Whether its source does not see it any more."""

    @property
    def names(self) -> frozenset[str]:
        """What it is called, spelling aside."""
        return frozenset(plain(each) for each in self.called if ":" not in each)

    @property
    def mapped(self) -> str:
        """The key under which `idp.yaml` maps it, after MAPPED; empty: it does not."""
        return next((each for each in self.same_as if each.startswith(MAPPED)), "") if self.same_as else ""

    @property
    def merged(self) -> bool:
        """Whether it is the catalog's memory of two that a person made one."""
        return self.source == MEMORY and self.key.startswith("merged:")


def account_of(source: str, claim: Claim) -> Account:
    """Return what a claim says as an account."""
    declared = claim.standing is Standing.DECLARED
    names = (claim.ref.name, claim.name, *(claim.aliases if declared else ()))
    mails, handles = mails_of(claim.aliases), handles_of(claim.aliases)
    return Account(source, claim.key, claim.ref, declared, mails, handles, claim.same_as, names)


def is_person(claim: Claim) -> bool:
    """Whether a claim is on a person, and no mere remark."""
    return claim.ref.kind == USER and claim.standing is not Standing.REMARK


class Accounts:
    """The accounts on entities, as far as they were looked up, with what this look says instead."""

    def __init__(self, source: str, claims: Iterable[Claim], vanishes: Callable[[str], bool]) -> None:
        self.source = source
        self._vanishes = vanishes
        self._own = {claim.key: account_of(source, claim) for claim in claims if is_person(claim)}
        self._of: dict[int, dict[tuple[str, str], Account]] = {}
        self._place: dict[tuple[str, str], int] = {}
        self._was: dict[str, Account] = {}
        self._sharing: dict[tuple[str, str], set[str]] = {}
        """By source and address, who of those that are seen has it."""
        self._declaring: dict[str, dict[tuple[str, str], Ref]] = {}
        """By address, whom it is declared to be of."""
        self._by_handle: dict[str, str] = {}
        self._by_mail: dict[str, set[str]] = {}
        for each in self._own.values():
            self._share(each)
            self._by_handle.update(dict.fromkeys(each.handles, each.key))
            if not each.declared:
                for mail in each.mails:
                    self._by_mail.setdefault(mail, set()).add(each.key)

    def __bool__(self) -> bool:
        return bool(self._own)

    def look_up(self, connection: Connection, ids: Iterable[int]) -> None:
        """Read the accounts on entities that are people."""
        wanted = {each for each in ids if each not in self._of}
        if not wanted:
            return
        self._of.update({entity_id: {} for entity_id in wanted})
        rows = connection.execute(_ACCOUNTS.where(among(connection, CLAIM.c.entity_id, wanted)))
        for entity_id, source, key, standing, ref, name, aliases, same_as, vanished_at in rows:
            others, declared = read(aliases), standing == Standing.DECLARED.value
            said = parse_ref(ref)
            names = (said.name, name, *(others if declared else ()))
            was = Account(
                source, key, said, declared, mails_of(others), handles_of(others), tuple(read(same_as)),
                names, vanished_at is not None,
            )  # fmt: skip
            if source == self.source:
                self._was[key] = was
                if key in self._own:
                    was = self._own[key]
                elif self._vanishes(key):
                    was = was._replace(gone=True)
            if self._place.get((source, key), entity_id) == entity_id:
                self._put(was, entity_id)

    def bind(self, claim: Claim, entity_id: int) -> None:
        """Note on which entity a claim of this plan is, and on which it is not any more."""
        place = (self.source, claim.key)
        before = self._place.get(place)
        if before is not None:
            self._of[before].pop(place, None)
        self._put(self._own[claim.key], entity_id)

    def of(self, claim: Claim) -> Account:
        """Return what this look says of a person."""
        return self._own[claim.key]

    def on(self, entity_id: int) -> Iterable[Account]:
        """Return the accounts on an entity."""
        return self._of.get(entity_id, {}).values()

    def others(self, entity_id: int, key: str) -> list[Account]:
        """Return who else is on an entity, besides a thing of this source: those that are still seen."""
        return [
            each for each in self.on(entity_id)
            if not each.gone and not (each.source == self.source and each.key == key)
        ]  # fmt: skip

    def was(self, key: str) -> Account | None:
        """Return what this source said of a thing before; None: nothing that was looked up."""
        return self._was.get(key)

    def is_doubtful(self, account: Account, mail: str) -> bool:
        """Whether an address tells nothing of an account: its tool sees another with it, and nobody says
        which of them is meant; or it is declared to be two people's."""
        if account.declared:
            return self._is_declared_twice(mail)
        if account.mapped:
            return False
        return len(self._sharing.get((account.source, mail), ())) > 1

    def _is_declared_twice(self, mail: str) -> bool:
        """Whether an address is said to be that of two people, who are not one meanwhile."""
        having = self._declaring.get(mail, {})
        places = {self._place.get(place) for place in having}
        return len(set(having.values())) > 1 and (len(places) > 1 or None in places)

    def sure_mails(self, account: Account) -> frozenset[str]:
        """Return the addresses of an account that are nobody else's in its tool."""
        return frozenset(mail for mail in account.mails if not self.is_doubtful(account, mail))

    def is_anothers(self, entity_id: int, key: str) -> bool:
        """Whether this source sees another person in an entity, by more than a name; or one whom a
        declaration names."""
        others = self.others(entity_id, key)
        for each in others:
            if each.source == self.source and not each.declared and self._is_firm(each, others):
                return True
            if each.declared and any(self._by_handle.get(name, key) != key for name in each.handles):
                return True
        return False

    def sees(self, entity_id: int, key: str) -> bool:
        """Whether this source takes an entity for another person, for whatever reason."""
        others = self.others(entity_id, key)
        return self.is_anothers(entity_id, key) or any(
            each.source == self.source and not each.declared for each in others
        )

    def is_anothers_by_mail(self, entity_id: int, key: str) -> bool:
        """Whether somebody else in this look has an address that others say is this person's."""
        mails = {
            mail for each in self.others(entity_id, key) if each.source != self.source for mail in each.mails
        }
        return any(len(keys := self._by_mail.get(mail, set())) == 1 and key not in keys for mail in mails)

    def _is_firm(self, account: Account, others: Iterable[Account]) -> bool:
        """Whether an account is on an entity by more than a name, or alone on it."""
        theirs = [each for each in others if each.source != self.source]
        return (
            not theirs
            or bool(account.same_as)
            or any(each.handles & account.handles or each.mails & account.mails for each in theirs)
        )

    def unsettled(
        self, connection: Connection, same: Sequence[Incoming], before: Mapping[str, Bound]
    ) -> set[str]:
        """Return the ids of people of whom this source says the same as before, and of whom others may not.

        Their address or handle leads elsewhere, or their entity has an address that is not theirs, or
        `idp.yaml` speaks of them.
        """
        own = {
            each.key: account
            for each in same
            if (account := self._own.get(each.key)) and not account.declared
        }
        found = {key for key, account in own.items() if account.mapped}
        here: dict[int, list[str]] = {}
        by_name: dict[str, list[str]] = {}
        for key, account in own.items():
            here.setdefault(before[key].entity_id, []).append(key)
            for name in (*account.handles, *(MAIL + mail for mail in account.mails)):
                by_name.setdefault(name, []).append(key)
        if by_name:
            rows = connection.execute(_ALIASES.where(among(connection, ALIAS.c.alias, by_name)))
            for entity_id, alias in rows:
                found |= {key for key in by_name[alias] if before[key].entity_id != entity_id}
        if here:
            theirs = _ALIASES.where(among(connection, ALIAS.c.entity_id, here))
            for entity_id, alias in connection.execute(theirs):
                if alias.startswith(MAIL):
                    found |= {key for key in here[entity_id] if self._is_odd(own[key], alias[len(MAIL) :])}
        return found

    def _is_odd(self, account: Account, mail: str) -> bool:
        """Whether an address of a person's entity is a reason to look again whether they belong there."""
        return mail not in account.mails if account.mails else mail in self._by_mail

    def _put(self, account: Account, entity_id: int) -> None:
        place = (account.source, account.key)
        self._of.setdefault(entity_id, {})[place] = account
        self._place[place] = entity_id
        self._share(account)

    def _share(self, account: Account) -> None:
        for mail in () if account.gone else account.mails:
            if account.declared:
                self._declaring.setdefault(mail, {})[account.source, account.key] = account.ref
            else:
                self._sharing.setdefault((account.source, mail), set()).add(account.key)
