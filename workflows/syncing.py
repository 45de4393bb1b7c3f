"""Sync: one look at a source becomes change sets in the catalog, or one clear line on why not.

Decides when nothing: `bot` winds the clock. Never raises: whatever goes wrong with a source stays with it.
"""

from __future__ import annotations

import hashlib
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from catalog_store.source_states import Applied
from domain.changes import ChangeSet
from domain.clock import Clock, system_clock
from domain.defects import defect_code
from domain.entities import Finding, Snapshot
from domain.errors import BadInput, IdpError, OutsideFailure, Refused, ShrinkRefused, Stopped, StoreError
from domain.redaction import redacted
from domain.sources import SourceState
from workflows import lease
from workflows.lease import Lease
from workflows.ports import Blank, Connected, Look, Notebook, Progress, Task
from workflows.sync_report import Order, Outcome, SyncReport
from workflows.sync_store import SyncStore

GRACE = timedelta(days=7)
"""How long what vanished from a source is kept before it is retired."""

Check = Callable[[tuple[Snapshot, ...]], tuple[tuple[Snapshot, ...], tuple[Finding, ...]]]
"""Holds what was seen to the company's own rules (custom fields) before it is applied: returns what may be
applied, and what is wrong with the rest."""

log = structlog.get_logger("idp")


def unchecked(snapshots: tuple[Snapshot, ...]) -> tuple[tuple[Snapshot, ...], tuple[Finding, ...]]:
    """Let everything be applied."""
    return snapshots, ()


@dataclass(frozen=True, slots=True)
class Terms:
    """How a source is looked at, whoever asks for it."""

    grace: timedelta = GRACE
    longest: timedelta = lease.LONGEST
    lease: timedelta = lease.LENGTH
    check: Check = unchecked
    derive: Callable[[], ChangeSet] | None = None
    """Categorizes everything anew after a look that changed something; None: nothing is."""
    anew: bool = False
    """Whether to categorize after a look that changed nothing, too: the rules may be others than before."""
    clock: Clock = system_clock


STANDARD = Terms()


def _never() -> bool:
    return False


def _unseen(_done: int, _total: int | None, _what: str) -> None:
    """Show progress to nobody."""


def sync(
    store: SyncStore,
    name: str,
    open_source: Callable[[], Connected],
    order: Order,
    terms: Terms = STANDARD,
    *,
    progress: Progress = _unseen,
    stopped: Callable[[], bool] = _never,
) -> SyncReport:
    """Look at a source once and apply what it saw, in one transaction; return what came of it.

    What fails is remembered in the source's state, in one line and with what to do, and leaves the catalog as
    it was. A dry run writes nothing at all, and takes no lease.
    """
    began = time.monotonic()
    run = _Run(store, name, open_source, order, terms, progress, stopped)
    try:
        report = run.preview() if order.dry_run else run.carry_out()
    except Exception as error:  # noqa: BLE001 - the outer edge: a source takes no other with it
        report = _failure(name, error)
    return report.lasting(time.monotonic() - began)


@dataclass(frozen=True, slots=True)
class _Run:
    """One sync."""

    store: SyncStore
    name: str
    open_source: Callable[[], Connected]
    order: Order
    terms: Terms
    progress: Progress
    stopped: Callable[[], bool]

    def preview(self) -> SyncReport:
        state = self.store.sources.get(self.name)
        full = self._is_full(state)
        look = self._look(state, Blank(), self.stopped)
        applied = self.store.apply_all(
            look.snapshots,
            actor=self.order.actor,
            dry_run=True,
            allow_shrink=True,  # a dry run shows what would vanish, and does not ask whether it may
        )
        return SyncReport(self.name, Outcome.PREVIEWED, applied, look, full)

    def carry_out(self) -> SyncReport:
        sources = self.store.sources
        if self.order.named and sources.resume(self.name):
            log.info("source resumed", source=self.name, actor=self.order.actor)
        state = sources.get(self.name)
        if state.paused:
            return _paused(self.name, state.paused)
        held = Lease(sources, self.name, length=self.terms.lease, longest=self.terms.longest)
        if not held.begin(whole=not self.order.only):
            return SyncReport(self.name, Outcome.BUSY, problem="another look at it is under way", remedy=WAIT)
        if self.order.named and not state.interrupted:
            sources.forget_pages(self.name)
        with held:
            return self._held(state, held)

    def _held(self, state: SourceState, held: Lease) -> SyncReport:
        """Look and apply while the source is held, and give it back, whatever happens."""
        ends = time.monotonic() + self.terms.longest.total_seconds()

        def enough() -> bool:
            return self.stopped() or held.lost() or time.monotonic() > ends

        sources = self.store.sources
        try:
            look = self._look(state, self._notebook(state), enough)
            if enough():
                raise Stopped("it was stopped")
            report = self._applied(look, held, state)
        except Stopped as error:
            if time.monotonic() > ends and not self.stopped() and not held.lost():
                report = _failure(self.name, _too_long(self.terms.longest))
                sources.fail(self.name, held.holder, report.problem, report.remedy)
                return report
            sources.release(self.name, held.holder, interrupted=self.order.resumable)
            return SyncReport(self.name, Outcome.STOPPED, problem=_line(error) or "it was stopped")
        except Exception as error:  # noqa: BLE001 - the outer edge: what went wrong is kept with the source
            report = _failure(self.name, error)
            if not isinstance(error, OutsideFailure):
                sources.forget_pages(self.name)
            told = AWAY if isinstance(error, StoreError) else (report.problem, report.remedy)
            sources.fail(self.name, held.holder, *told)
            return report
        self._remember(report, held)
        return report

    def _is_full(self, state: SourceState) -> bool:
        return not self.order.only and (self.order.full or not state.cursor)

    def _notebook(self, state: SourceState) -> Notebook:
        if self.order.only:
            return Blank()
        digest = hashlib.sha256(state.cursor.encode()).hexdigest()[:16]
        plan = "whole" if self._is_full(state) else f"since {digest}"
        return self.store.sources.notebook(self.name, plan)

    def _look(self, state: SourceState, notebook: Notebook, stopped: Callable[[], bool]) -> Look:
        whole = self._is_full(state) or bool(self.order.only)
        task = Task("" if whole else state.cursor, self.order.only, self.progress, stopped, notebook)
        source = self.open_source()
        try:
            look = source.fetch(task)
        finally:
            source.close()
        snapshots, findings = self.terms.check(look.snapshots)
        return replace(look, snapshots=snapshots, findings=(*look.findings, *findings))

    def _applied(self, look: Look, held: Lease, state: SourceState) -> SyncReport:
        held.confirm()
        if why := self.store.sources.get(self.name).paused:
            raise Stopped(f"it was paused meanwhile: {why}")
        order, terms = self.order, self.terms
        made = self.store.apply_all(look.snapshots, actor=order.actor, allow_shrink=order.allow_shrink)
        retired = self.store.retire(self.name, terms.clock() - terms.grace, actor=order.actor)
        changes = (*made, retired) if retired.number else made
        # What the last one changed may not have been categorized when it was cut off, or failed.
        anew = terms.anew or state.interrupted or bool(state.problem)
        if terms.derive is not None and (anew or any(each.number for each in changes)):
            derived = terms.derive()
            changes = (*changes, derived) if derived.number else changes
        return SyncReport(self.name, Outcome.APPLIED, changes, look, self._is_full(state))

    def _remember(self, report: SyncReport, held: Lease) -> None:
        look, whole = report.look, not self.order.only
        if look is None:
            return
        applied = Applied(
            change_set=report.last_change_set,
            cursor=look.cursor if whole else None,
            whole=whole,
            swept=report.full,
            requests=look.requests,
            quota=look.quota,
            findings=sum(1 for each in look.findings if each.severity == "error"),
        )
        self.store.sources.succeed(self.name, held.holder, applied)


AWAY = ("the catalog's database did not do its part", "The log says what it was.")
"""What everybody may see of such a failure: where the database is, is for those who run it."""
WAIT = "Wait until it is done: idp sync status"


def _paused(name: str, why: str) -> SyncReport:
    remedy = f"Look at it again with: idp sync {name}"
    return SyncReport(name, Outcome.PAUSED, problem=f"paused: {why}", remedy=remedy)


def _too_long(longest: timedelta) -> OutsideFailure:
    return OutsideFailure(
        f"the look took longer than {longest.total_seconds() / 3600:g} h and was given up",
        "Narrow what the source looks at, or see in the log what it waits for.",
    )


def _failure(name: str, error: Exception) -> SyncReport:
    """Log what went wrong; say in one line what it was."""
    if isinstance(error, Stopped):
        return SyncReport(name, Outcome.STOPPED, problem=_line(error))
    if isinstance(error, IdpError):
        log.warning("sync failed", source=name, problem=redacted(_line(error)), hint=error.hint)
        remedy = error.hint
        if isinstance(error, ShrinkRefused) and not remedy:
            remedy = (
                f"See what would vanish: idp sync {name} --dry-run. If it is right: idp sync {name} --force"
            )
        return SyncReport(name, _outcome(error), problem=redacted(_line(error)), remedy=remedy)
    code = defect_code()
    trace = redacted("".join(traceback.format_exception(error)))
    log.error("defect", code=code, doing=f"sync {name}", exception=trace)
    return SyncReport(
        name,
        Outcome.BROKEN,
        problem=f"something broke on our side (code {code})",
        remedy="Please report the code with what the log says of it.",
        code=code,
    )


def _outcome(error: IdpError) -> Outcome:
    if isinstance(error, Refused):
        return Outcome.REFUSED
    return Outcome.MISCONFIGURED if isinstance(error, BadInput) else Outcome.FAILED


def _line(error: Exception) -> str:
    """Return the error's words on one line."""
    return " ".join(str(error).split())
