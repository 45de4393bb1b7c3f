"""Finds the people whom nothing joins across tools, says why, and what to write to have them joined.

Pure, and joins nobody: who has a near name is only shown to who reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from catalog_store.search.spelling import plain
from domain.people import MAIL, SLACK, account_alias
from domain.people_mapping import Mapped
from domain.persons import DEACTIVATED, Account, KnownPerson, Stray, Unjoined

NEAR = 85.0
"""The likeness of two names, of 100, from which one is shown beside the other."""
CROWD = 100
"""A word that more people have in their names than this tells nothing."""
GAP = "<e-mail address>"
"""Stands in a line for what is not known."""


class Overview:
    """All people, and what is found out about them."""

    def __init__(self, people: Sequence[KnownPerson], mapped: Sequence[Mapped]) -> None:
        self.people = people
        self._mapped = mapped
        self.tools = tuple(sorted({tool for each in people for tool in each.tools}))
        self._holders = Counter(
            (account.tool, mail)
            for each in people
            for account in each.accounts
            for mail in set(account.mails)
        )
        self._by_mail: dict[str, list[KnownPerson]] = {}
        for each in people:
            for mail in each.mails:
                self._by_mail.setdefault(mail, []).append(each)
        self._by_word: dict[str, list[KnownPerson]] = {}
        for each in people:
            for word in _words(each):
                self._by_word.setdefault(word, []).append(each)

    def unjoined(self) -> list[KnownPerson]:
        """Return whom one tool alone knows, although there are others, or the company's own list."""
        if len(self.tools) < 2 and not any(each.declared for each in self.people):
            return []
        return [each for each in self.people if len(each.tools) == 1 and not each.declared]

    def explained(self, people: Iterable[KnownPerson]) -> tuple[Unjoined, ...]:
        """Say of each why, and what to do."""
        return tuple(self._explained(each) for each in people)

    def strays(self) -> tuple[Stray, ...]:
        """Return what `people:` names and nobody knows, and whom it cannot join."""
        known = {f"{MAIL}{mail}" for mail in self._by_mail}
        known |= {account_alias(each.tool, each.handle) for one in self.people for each in one.accounts}
        refs = {str(each.ref): each for each in self.people}
        found = []
        for person in self._mapped:
            written: dict[str, list[str]] = {}
            for name, how in person.names.items():
                written.setdefault(how, []).append(name)
            for how, names in written.items():
                if not any(name in known or name in refs for name in names):
                    found.append(Stray(person.key, how, self._unknown(how)))
            declared = {
                str(each.ref) for name in person.names for each in self._declared_as(name, refs.get(name))
            }
            if len(declared) > 1:
                problem = f"{' and '.join(sorted(declared))} are both declared, and stay two"
                found.append(Stray(person.key, person.key, problem))
        return tuple(found)

    def _declared_as(self, name: str, ref: KnownPerson | None) -> list[KnownPerson]:
        holders = self._by_mail.get(name.removeprefix(MAIL), []) if name.startswith(MAIL) else []
        return [each for each in (*holders, *([ref] if ref else [])) if each.declared]

    def _unknown(self, written: str) -> str:
        tool, colon, _ = written.strip().lower().partition(":")
        if "@" in tool or not colon:
            return "nobody has this e-mail address"
        if tool == "user":
            return "the catalog has nobody of this name"
        if tool not in self.tools:
            named = ", ".join(self.tools) or "none yet"
            return f"no source knows people of {tool}; tools with people: {named}"
        return f"{tool} has no such account"

    def _explained(self, person: KnownPerson) -> Unjoined:
        account = next(each for each in person.accounts if each.state != DEACTIVATED)
        near = self._near(person)
        reason, key = self._reason(person, account)
        name = str(account)
        if near is not None and not key:
            if near.mails or near.declared:
                key = near.mails[0] if near.mails else str(near.ref)
            elif account.mails:
                key, name = account.mails[0], str(near.accounts[0])
            else:
                key, name = str(near.ref), str(account)
        elif not key:
            key = account.mails[0] if account.mails else GAP
        shown = "" if near is None else f"{near.title} ({near.ref.short})"
        return Unjoined(person, reason, f"{key}: [{name}]", shown)

    def _reason(self, person: KnownPerson, account: Account) -> tuple[str, str]:
        """Return why a person is alone, and the key of their line where that is sure."""
        tool = account.tool
        if not person.mails:
            return f"{tool} tells no e-mail address of them", ""
        for mail in person.mails:
            count = self._holders[tool, mail]
            if count > 1:
                return f"{count} accounts in {tool} have {mail}", mail
            others = [each for each in self._by_mail[mail] if each is not person]
            declared = [each for each in others if each.declared]
            if len(declared) > 1:
                return f"{mail} is declared to be that of {len(declared)} people", str(declared[0].ref)
            if others:
                return (
                    f"somebody else has {mail}: they are joined when {account.source} is looked at again",
                    mail,
                )
        return f"nobody else has {person.mails[0]}", ""

    def _near(self, person: KnownPerson) -> KnownPerson | None:
        """Return who is likest by name, of those who are not in the same tool."""
        candidates: dict[int, KnownPerson] = {}
        for word in _words(person):
            having = self._by_word[word]
            if len(having) <= CROWD:
                candidates.update((id(each), each) for each in having)
        best, likest = None, NEAR
        for each in candidates.values():
            if each is person or person.tools & each.tools:
                continue
            likeness = max(
                fuzz.token_sort_ratio(one, other) for one in _names(person) for other in _names(each)
            )
            # The company's own people first, where two are as like.
            if likeness > likest or (likeness == likest and (best is None or each.declared > best.declared)):
                best, likest = each, likeness
        return best


def _names(person: KnownPerson) -> list[str]:
    """Return what a person is called anywhere, as words; ids, which have no letters of a name, among them."""
    local = (mail.partition("@")[0] for mail in person.mails)
    handles = (each.handle for each in person.accounts if each.tool != SLACK)
    called = (person.title, person.ref.name, *handles, *local, *(each.title for each in person.accounts))
    return list({plain(each).replace("-", " ") for each in called if each})


def _words(person: KnownPerson) -> set[str]:
    return {word for name in _names(person) for word in name.split() if len(word) > 2}
