"""People as the catalog knows them across tools, and whom it could not join. Values only."""

from __future__ import annotations

from dataclasses import dataclass

from domain.refs import Ref

DEACTIVATED = "deactivated"
"""The state of an account that nobody uses any more (see `accounts` in `domain.vocabulary`)."""


@dataclass(frozen=True, slots=True)
class Account:
    """What one tool knows of one person."""

    tool: str
    """The vendor's name, `github`; the source's where an account has no handle in a tool."""
    handle: str
    """The login or id, as `people:` of `idp.yaml` takes it behind the tool's name; lower case."""
    source: str
    state: str = ""
    """`active`, `invited`, `guest` or `deactivated`; empty where the tool does not say."""
    mails: tuple[str, ...] = ()
    title: str = ""

    def __str__(self) -> str:
        return f"{self.tool}:{self.handle}"


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """One person, with all accounts that are known to be theirs."""

    ref: Ref
    title: str
    accounts: tuple[Account, ...]
    mails: tuple[str, ...] = ()
    """Those of the accounts, and those that are declared."""
    declared: bool = False
    """Whether the company itself names the person."""

    @property
    def tools(self) -> frozenset[str]:
        """Where the person has an account that is not deactivated."""
        return frozenset(each.tool for each in self.accounts if each.state != DEACTIVATED)


@dataclass(frozen=True, slots=True)
class Unjoined:
    """Somebody of whom only one tool knows, and why."""

    person: KnownPerson
    reason: str
    line: str
    """What to write below `people:` of `idp.yaml`; where the person's address is not known, with a gap."""
    near: str = ""
    """Who may be the same, by name alone; empty: nobody comes near."""


@dataclass(frozen=True, slots=True)
class Stray:
    """Words of `people:` that lead to nobody."""

    key: str
    written: str
    problem: str


@dataclass(frozen=True, slots=True)
class People:
    """`unjoined people`: who could not be joined across tools. Kind `people`."""

    total: int
    """How many people there are."""
    tools: tuple[str, ...]
    unjoined: tuple[Unjoined, ...]
    """One page of them."""
    unjoined_total: int
    strays: tuple[Stray, ...] = ()
    page: int = 1
    pages: int = 1
    people: tuple[KnownPerson, ...] = ()
    """Everybody, where everybody was asked for."""
