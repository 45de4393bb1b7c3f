"""Decides which person an account is: by what `idp.yaml` or a file says, by e-mail, and never by a mere name.

Part of `matching`, for people: names are alike too often to tell them apart. The rules, the surest first:

1. an explicit `same_as`: a file's word, or that of `people:` in `idp.yaml`;
2. what somebody merged stays merged, and a tool's own name for a person (`github-user:ana`) is theirs;
3. an e-mail address that somebody else has, unless the same source sees two accounts with it;
4. the id under which the source knew them before, as long as no addresses disagree;
5. the same ref or name, where no addresses disagree: where only one side has any, the other must be declared.

Of several people with one address the declared one is meant, else the one who was known first: so all come
together, in whatever order sources look.
"""

from __future__ import annotations

from collections.abc import Iterable

from catalog_store.accounts import Account, Accounts
from catalog_store.keys import name_keys
from catalog_store.known import Bound, Known
from catalog_store.matching import parsed
from domain.entities import Claim
from domain.people import MAIL, USER, handles_of, mails_of


class Joining:
    """Finds the entity of people who were seen."""

    def __init__(self, known: Known, accounts: Accounts) -> None:
        self._known = known
        self._accounts = accounts

    def person_of(self, claim: Claim, account: Account, bound: Bound | None) -> int | None:
        """Return the entity of a person whom a source saw; None: of nobody who is known."""
        told = self._told(claim, account)
        if told is not None:
            return told
        own = bound.entity_id if bound is not None else None
        if own is not None and self._is_kept(own, account):
            return own
        for entity_id in self._by_handle(claim):
            if self._is_declared_as(entity_id, account) or not self._accounts.is_anothers(
                entity_id, account.key
            ):
                return entity_id
        by_mail = self._by_mail(account.key, self._accounts.sure_mails(account))
        if by_mail is not None:
            return by_mail
        if own is not None and self._agrees(own, account):
            return own
        same = self._known.by_ref(claim.ref)
        if same is not None and self._may_be_called(same, account):
            return same
        for key in name_keys(claim):
            found = [each for each in self._people(key) if self._may_be_called(each, account)]
            if len(found) == 1:
                return found[0]
        return None

    def declared_person(self, claim: Claim, account: Account, bound: Bound | None) -> int | None:
        """Return the entity of a person who is declared; None: of nobody who is known.

        Who has its ref has to give it up if they are somebody else: see `parting`.
        """
        known = self._known
        same = known.by_ref(claim.ref)
        if same is None and bound is not None:
            same = bound.entity_id
        if same is None:
            same = known.retired(claim.ref)
        if same is not None:
            return same
        told = self._told(claim, account)
        by_mail = self._by_mail(account.key, self._accounts.sure_mails(account))
        for entity_id in (told, *self._by_handle(claim), by_mail, *self._by_name(claim)):
            if entity_id is None or known.is_declared(entity_id):
                continue
            if entity_id in (told, by_mail) or self._is_like(claim, entity_id):
                return entity_id
        return None

    def may_absorb(self, claim: Claim, entity_id: int, other: int, key: str) -> bool:
        """Whether a person who is declared may be one who was only seen, to whom one of its keys leads."""
        if key.startswith(MAIL):
            mail, mine = key[len(MAIL) :], self._accounts.of(claim)
            holders = (mine, *self._accounts.on(other))
            sure = [mail in self._accounts.sure_mails(each) for each in holders]
            return sure[0] and any(sure[1:])
        if key in handles_of(claim.aliases):
            return True
        return self._known.may_be_one(entity_id, other) and self._is_like(claim, other)

    def _is_like(self, claim: Claim, entity_id: int) -> bool:
        """Whether a declaration has an account's own name for the person, or no address that disagrees."""
        accounts = self._accounts.on(entity_id)
        if any(each.handles & handles_of(claim.aliases) for each in accounts):
            return True
        mine = mails_of(claim.aliases)
        theirs = frozenset[str]().union(*(each.mails for each in accounts))
        return not mine or not theirs or any(mine & self._accounts.sure_mails(each) for each in accounts)

    def _told(self, claim: Claim, account: Account) -> int | None:
        for text in claim.same_as:
            if text.startswith(MAIL):
                found = self._by_mail(account.key, (text[len(MAIL) :],), told=True)
            else:
                ref = parsed(text)
                found = self._known.by_ref(ref) if ref else None
                people = self._people(text) if found is None else set()
                found = people.pop() if len(people) == 1 else found
            if found is not None:
                return found
        return None

    def _by_mail(self, key: str, mails: Iterable[str], *, told: bool = False) -> int | None:
        """Return whom addresses lead to by what others say; None: nobody, or several declared people."""
        having: list[tuple[int, Account]] = []
        for mail in mails:
            for entity_id in self._people(MAIL + mail):
                having += [
                    (entity_id, each)
                    for each in self._accounts.on(entity_id)
                    if (each.source, each.key) != (self._accounts.source, key)
                    and mail in self._accounts.sure_mails(each)
                ]
        declared = {entity_id for entity_id, each in having if each.declared}
        if declared:
            return declared.pop() if len(declared) == 1 else None
        found = {each for each, _ in having if told or not self._accounts.is_anothers(each, key)}
        present = {entity_id for entity_id, each in having if not each.gone and entity_id in found}
        return min(present or found, default=None)

    def _is_declared_as(self, entity_id: int, account: Account) -> bool:
        """Whether a declaration has a tool's own name for an account: a person may have two there."""
        return any(each.declared and each.handles & account.handles for each in self._accounts.on(entity_id))

    def _is_kept(self, entity_id: int, account: Account) -> bool:
        """Whether something surer than an address holds an account where it is."""
        if not self._known.is_live(entity_id):
            return False
        others = self._accounts.others(entity_id, account.key)
        return any(each.merged or (each.handles & account.handles) for each in others)

    def _agrees(self, entity_id: int, account: Account) -> bool:
        """Whether an account may stay where it was."""
        others = self._accounts.others(entity_id, account.key)
        if not others:
            return True
        if self._sure(others) & self._accounts.sure_mails(account):
            return True
        was = self._accounts.was(account.key)
        if was is not None and was.mapped and was.mapped != account.mapped:
            return False  # idp.yaml put it there, and does not any more
        if self._accounts.is_anothers_by_mail(entity_id, account.key):
            return False
        if not account.mails:
            return True
        return any(each.declared for each in others) and not any(each.mails for each in others)

    def _sure(self, accounts: Iterable[Account]) -> frozenset[str]:
        return frozenset[str]().union(*map(self._accounts.sure_mails, accounts))

    def _may_be_called(self, entity_id: int, account: Account) -> bool:
        if self._accounts.sees(entity_id, account.key):
            return False
        if self._accounts.is_anothers_by_mail(entity_id, account.key):
            return False
        others = [
            each for each in self._accounts.on(entity_id)
            if (each.source, each.key) != (account.source, account.key)
        ]  # fmt: skip
        both = account.mails and any(each.mails for each in others)
        if both and not self._sure(others) & self._accounts.sure_mails(account):
            return False
        return any(
            each.names & account.names and (each.declared or not (each.mails or account.mails))
            for each in others
        )

    def _by_handle(self, claim: Claim) -> Iterable[int]:
        """Yield the one entity to which each of a tool's own names leads by what others say."""
        for name in sorted(handles_of(claim.aliases)):
            found = {
                each for each in self._people(name)
                if any(name in other.handles for other in self._accounts.others(each, claim.key))
            }  # fmt: skip
            if len(found) == 1:
                yield found.pop()

    def _by_name(self, claim: Claim) -> Iterable[int]:
        for key in name_keys(claim):
            found = self._people(key)
            if len(found) == 1:
                yield found.pop()

    def _people(self, key: str) -> set[int]:
        return {each for each in self._known.by_key(key) if self._known.kind_of(each) == USER}
