"""All syncs of a portal: what surfaces start, ask and undo, and the threads that the looks run in.

Knows neither a clock's ticks (`due_sources`) nor webhooks (`news`); both call `submit`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import cached_property, partial

import structlog

from bot.examining import examine_all
from bot.portal_file import PortalFile
from bot.source_blocks import ConfiguredSource, chosen_of, configured, source_named
from bot.workers import Workers
from domain.changes import ChangeSet
from domain.clock import Clock, system_clock
from domain.custom_fields import checked
from domain.entities import Finding, Snapshot
from domain.errors import IdpError, Refused
from domain.sources import SourceState
from domain.syncs import EVERY, Checked, SourceStanding
from workflows.lease import LENGTH, LONGEST
from workflows.people import joined
from workflows.ports import Progress
from workflows.sync_report import Order, Outcome, SyncReport
from workflows.sync_store import SyncStore
from workflows.syncing import Check, Terms, sync
from workflows.undoing import undo

THREADS = 8
"""How many sources one process looks at at once."""
HANGS_SECONDS = LONGEST.total_seconds() + 300
"""After how long a look that does not end is no longer waited for."""
STOP_SECONDS = 5.0
"""How long a look has to notice that it is to stop."""

Heard = Callable[[SyncReport], None]

log = structlog.get_logger("idp")


class Syncs:
    """The sources of one portal. Safe to use from any number of threads."""

    def __init__(
        self,
        file: PortalFile,
        store: SyncStore,
        *,
        clock: Clock = system_clock,
        derive: Callable[[], ChangeSet] | None = None,
        lease: timedelta = LENGTH,
        after: Callable[[SyncReport], object] = lambda _report: None,
    ) -> None:
        self.store = store
        self.clock = clock
        self.stopping = threading.Event()
        """Set when the process is about to end."""
        self._file = file
        self._check: Check = partial(_admitted, file=file)
        self._lease = lease
        self._derive = derive
        self._after = after
        """What else is done after a look, when everybody has heard of it."""
        self._derived = False
        """Whether everything was categorized since the start, by the rules of now."""
        self._workers = Workers("sync", THREADS)
        self._lock = threading.Lock()
        self._under_way: dict[str, float] = {}
        """By source, when its look was handed to a thread, in seconds of `time.monotonic`."""

    @cached_property
    def sources(self) -> tuple[ConfiguredSource, ...]:
        """What `idp.yaml` names, in its order. Raises BadConfiguration, with the first mistake's line."""
        return configured(self._file)

    @property
    def enabled(self) -> tuple[ConfiguredSource, ...]:
        """The sources that are not switched off."""
        return tuple(each for each in self.sources if each.enabled)

    def source(self, name: str) -> ConfiguredSource:
        """Return one source. Raises BadInput for one that there is not, or that is switched off."""
        return source_named(self.sources, name)

    def states(self) -> tuple[SourceState, ...]:
        """Return how each enabled source stands, in the file's order. Raises StoreUnavailable."""
        known = {each.name: each for each in self.store.sources.all()}
        return tuple(known.get(each.name, SourceState(each.name)) for each in self.enabled)

    def standings(self, *, counted: bool = False) -> tuple[SourceStanding, ...]:
        """Return how each enabled source stands and how often it is looked at.

        What its last change set did is read only where it is to be `counted`. Raises as `states`.
        """
        states = self.states()
        sets = [each.change_set for each in states if each.change_set] if counted else []
        counts = self.store.sources.counts(sets) if sets else {}
        now = self.clock()
        every = {each.name: each.every(now) for each in self.enabled}
        return tuple(
            SourceStanding(each, counts.get(each.change_set or 0, {}), every[each.name]) for each in states
        )

    def start(
        self,
        name: str,
        actor: str,
        full: bool = False,
        force: bool = False,
        *,
        dry_run: bool = False,
        heard: Heard | None = None,
    ) -> None:
        """Begin to look at a source in the background; `heard` or `states` tells what comes of it.

        Ends a pause. Raises BadInput for an unknown source, Refused while it is being looked at already.
        """
        order = Order(actor, full, dry_run=dry_run, allow_shrink=force, named=True, resumable=not dry_run)
        running = self.store.sources.get(self.source(name).name).running_since is not None
        if running or not self.submit(name, order, heard):
            raise Refused(f"{name} is being looked at already", "Wait until it is done.")

    def check(self, name: str, heard: Callable[[Checked], None]) -> None:
        """Begin to try what a source's looks need, or (EVERY) those of all, in the background.

        Raises BadInput for an unknown source, and where there is none.
        """
        chosen = chosen_of(self.sources, () if name == EVERY else (name,))
        self._workers.submit(lambda: heard(Checked(tuple(examine_all(chosen, self.clock)))))

    def undo(self, number: int, actor: str) -> ChangeSet:
        """Undo a change set and pause its source. Raises UndoRefused when that cannot be."""
        made = undo(self.store, number, actor=actor)
        log.info("change set undone", undone=number, actor=actor, change_set=made.number)
        return made

    def look(
        self,
        name: str,
        order: Order,
        *,
        progress: Progress | None = None,
        stopped: Callable[[], bool] | None = None,
        categorized: bool = True,
    ) -> SyncReport:
        """Look at a source now and return what came of it. Raises BadInput for an unknown source.

        Who looks at several in a row leaves it not `categorized`, and calls `categorize` at the end.
        """
        source = self.source(name)
        terms = Terms(
            source.grace,
            lease=self._lease,
            check=self._check,
            derive=self._derive if categorized else None,
            anew=not self._derived,
            clock=self.clock,
        )
        report = sync(
            self.store,
            name,
            lambda: source.open(self.clock),
            order,
            terms,
            progress=progress or _unseen,
            stopped=stopped or self.stopping.is_set,
        )
        self._derived |= categorized and report.outcome is Outcome.APPLIED
        return report

    def categorize(self) -> ChangeSet | None:
        """Derive categories anew from all that is known; None where the portal derives nothing."""
        return self._derive() if self._derive is not None else None

    def submit(self, name: str, order: Order, heard: Heard | None = None) -> bool:
        """Have a source looked at in the background; False while this process does so already.

        `heard` is told what came of it, in the thread that looked.
        """
        with self._lock:
            if self._is_under_way(name) or self.stopping.is_set():
                return False
            began = self._under_way[name] = time.monotonic()
        self._workers.submit(lambda: self._run(name, order, began, heard))
        return True

    def under_way(self, name: str) -> bool:
        """Whether this process is looking at a source, or about to."""
        with self._lock:
            return self._is_under_way(name)

    def stop(self, patience: float = STOP_SECONDS) -> bool:
        """Have every look give up, and wait for them at most `patience` seconds; return whether all did.

        One that does not is left to its lease: another process goes on with it when that has run out.
        """
        self.stopping.set()
        return self._workers.wait_until_idle(patience)

    def _is_under_way(self, name: str) -> bool:
        began = self._under_way.get(name)
        return began is not None and time.monotonic() - began < HANGS_SECONDS

    def _run(self, name: str, order: Order, began: float, heard: Heard | None) -> None:
        try:
            report = self.look(name, order)
        finally:
            with self._lock:
                if self._under_way.get(name) == began:
                    del self._under_way[name]
        _tell(report, order)
        if heard is not None:
            heard(report)
        self.follow_up(report)

    def follow_up(self, report: SyncReport) -> None:
        """Do what else is done after a look; what fails of it is logged, and lost."""
        try:
            self._after(report)
        except IdpError as error:
            log.warning("follow-up failed", source=report.source, problem=str(error), hint=error.hint)


def _admitted(
    snapshots: tuple[Snapshot, ...], *, file: PortalFile
) -> tuple[tuple[Snapshot, ...], tuple[Finding, ...]]:
    """Have the company's word on people and on its own fields taken before a look is applied."""
    return checked(joined(snapshots, file.people), file.fields)


def _unseen(_done: int, _total: int | None, _what: str) -> None:
    """Show progress to nobody."""


def _tell(report: SyncReport, order: Order) -> None:
    """Log what a look in the background came to; failures are in the log already."""
    if report.outcome is Outcome.APPLIED and report.look is not None:
        log.info(
            "source synced",
            source=report.source,
            actor=order.actor,
            full=report.full,
            change_set=report.last_change_set,
            created=report.count("created"),
            changed=report.count("changed"),
            vanished=report.count("vanished"),
            requests=report.look.requests,
            findings=len(report.look.findings),
            seconds=round(report.seconds, 2),
        )
    elif report.outcome in (Outcome.BUSY, Outcome.PAUSED, Outcome.STOPPED):
        log.info("source not synced", source=report.source, actor=order.actor, why=report.problem)
