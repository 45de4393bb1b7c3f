"""What multi-step work needs from the outside; integrations implement it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from pydantic import BaseModel

from domain.clock import Clock, system_clock
from domain.entities import Finding, Snapshot
from domain.sources import Permission, Quota

Progress = Callable[[int, int | None, str], None]
"""Is told how many are done, of how many (None: unknown), and what is being done, in a few words."""

Secret = Callable[[str], str | None]
"""Returns the value of an environment variable, or of the file that the same variable with `_FILE` behind it
names; None when neither is set. The only way to a credential."""


def _unseen(_done: int, _total: int | None, _what: str) -> None:
    """Show progress to nobody."""


class Notebook(Protocol):
    """Keeps pages of a look that is under way, so that one which was killed need not ask for them again."""

    def read(self, key: str) -> str | None:
        """Return what was noted under a key by this look or by the one that it resumes; None: nothing."""
        ...

    def write(self, key: str, text: str) -> None:
        """Note a text; it is forgotten when the look was applied."""
        ...


class Blank:
    """A notebook in memory, for a look that nobody resumes."""

    def __init__(self) -> None:
        self._pages: dict[str, str] = {}

    def read(self, key: str) -> str | None:
        """Return what this look noted."""
        return self._pages.get(key)

    def write(self, key: str, text: str) -> None:
        """Note a text."""
        self._pages[key] = text


@dataclass(frozen=True, slots=True)
class Task:
    """What a source is asked to look at, and how it can tell how far it is."""

    cursor: str = ""
    """`Look.cursor` of the look before, for an incremental one; empty: look at everything."""
    only: tuple[str, ...] = ()
    """Look at these things alone (ids as in `Claim.id`, or scopes that a webhook named); empty: at all."""
    progress: Progress = _unseen
    stopped: Callable[[], bool] = lambda: False
    """Whether to give up now: asked before every request. A look that gives up raises Stopped."""
    notebook: Notebook = field(default_factory=Blank)


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a source came to: what it saw, in one snapshot for each claimant, and what was wrong.

    Snapshots are in the order in which they are to be applied.
    """

    snapshots: tuple[Snapshot, ...]
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    """One line each on how something was read, such as the mapping of a spreadsheet's headers."""
    read: int = 0
    """How many files (or answers) were read."""
    cursor: str = ""
    """Where the next incremental look goes on; empty where the source knows none."""
    requests: int = 0
    """How many requests it took."""
    quota: Quota | None = None


class Source(Protocol):
    """Something that can be looked at for facts."""

    def fetch(self, task: Task = ...) -> Look:
        """Look once; return what was seen, and in `Snapshot.within` how far that is complete.

        A document that cannot be read is a finding and does not stop the look. Raises OutsideFailure when
        the source itself cannot be read or answers only in part, BadInput when it was pointed at something
        that does not exist, Stopped when it was told to give up; in all cases nothing was seen.
        """
        ...


class Connected(Source, Protocol):
    """A source behind a network, opened from a block of `idp.yaml`."""

    def validate(self) -> tuple[Permission, ...]:
        """Try the credentials and each permission that a look needs; never raises.

        Rows: `reachable: <host>`, `credential <VARIABLE>`, one for each permission, then `clock` and `quota`
        as far as the vendor tells them. Where nothing can be reached, the first row says so and is the last.
        """
        ...

    def close(self) -> None:
        """Give back connections; harmless to repeat."""
        ...


class Watching(Protocol):
    """A source that can also tell by itself when something changed."""

    def watch(self, changed: Callable[[tuple[str, ...]], None], stopped: Callable[[], bool]) -> None:
        """Call `changed` with what to look at again (`Task.only`; empty: everything) until `stopped`.

        Blocks: run it in a thread of its own, from before the first look on, so that no change falls between
        the two. Lost connections are taken up again. Returns soon after `stopped` is true. Raises
        OutsideFailure when there is nothing that it could watch.
        """
        ...


class Forged(Exception):
    """A webhook's delivery that does not prove to come from the vendor."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a webhook's delivery means for the catalog."""

    id: str
    """The vendor's id of the delivery, the same when it is delivered again."""
    only: tuple[str, ...]
    """What to look at, for `Task.only`; empty: nothing, it is news of something else."""
    summary: str
    """In a few words, for the log: `repository renamed: acme/pay`."""


class Webhook(Protocol):
    """Understands what a vendor delivers."""

    def receive(self, headers: Mapping[str, str], body: bytes) -> Delivery:
        """Check the signature and read the delivery; header names are lower case.

        Raises Forged when the signature is missing or wrong, BadInput when the body is none of the vendor's.
        """
        ...


@dataclass(frozen=True, slots=True)
class WantedTicket:
    """A ticket that is to be there, once."""

    key: str
    """Whoever asks again with the same key gets the same ticket, and not a second one."""
    project: str
    """By its key: `PAY`."""
    type: str
    """By its name, whose case does not matter: `Bug`."""
    title: str
    text: str = ""
    """Plain paragraphs with empty lines between them; no markup is understood."""
    labels: tuple[str, ...] = ()
    component: str = ""
    """By its name; empty: none."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket that is there."""

    key: str
    """`PAY-17`."""
    url: str
    created: bool = True
    """False where it was there already."""


@dataclass(frozen=True, slots=True)
class TicketPlan:
    """What creating a ticket would do."""

    lines: tuple[str, ...]
    """What would be created, in words for people."""
    existing: Ticket | None = None
    """The ticket with the same key that is there already; then none would be created."""


class Tickets(Protocol):
    """Creates tickets, each once."""

    def plan(self, wanted: WantedTicket) -> TicketPlan:
        """Try everything that can be tried without creating. Raises as `create`."""
        ...

    def find(self, key: str) -> Ticket | None:
        """Return the ticket that was created with a key; None where none is found.

        A vendor's index may be some seconds behind. Raises OutsideFailure.
        """
        ...

    def create(self, wanted: WantedTicket) -> Ticket:
        """Create it, or return the one with the same key.

        Raises BadInput where the vendor does not take it (no such project, a field that is missing), and
        OutsideFailure; where that says that the outcome is unknown, ask again with the same key. One key is
        one caller's: two that ask at the same moment may create two.
        """
        ...


@dataclass(frozen=True, slots=True)
class Opening:
    """What an integration is given to make a source of."""

    name: str
    """The source's name in `idp.yaml`: claimants of its snapshots are this, or this and `/<evidence>`."""
    options: BaseModel
    """The source's block, validated by `Integration.options`."""
    secret: Secret = lambda _name: None
    clock: Clock = system_clock


@dataclass(frozen=True, slots=True)
class Integration:
    """One kind of source. Third parties bring theirs by the entry-point group `idp.integrations`."""

    name: str
    """As written in `idp.yaml` under `type:`; a source of this name needs no `type:`."""
    title: str
    """What people call it: `GitHub`."""
    options: type[BaseModel]
    """What its block in `idp.yaml` may hold, each with a description; unknown keys are forbidden."""
    open: Callable[[Opening], Connected]
    """Makes a source; opens no connection. Raises BadConfiguration for a missing credential or extra."""
    webhook: Callable[[Opening], Webhook] | None = None
    """Makes what understands its webhooks. Raises BadConfiguration when the secret is missing."""
