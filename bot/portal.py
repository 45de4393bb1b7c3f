"""The composition root: a catalog in, the wired portal out. Nothing else constructs an index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from bot.rules import categorizer
from bot.settings import Settings
from bot.store import Fill, ready_catalog
from bot.syncs import Syncs
from catalog_store.catalog import Catalog
from catalog_store.search.live import LiveIndex
from domain.clock import Clock, system_clock
from domain.custom_fields import titles
from questions.asking import Questions
from workflows.actions import Actions
from workflows.descriptions import Describing
from workflows.importing import ImportReport
from workflows.permissions import Administrators
from workflows.suggesting import Suggesting


@dataclass(frozen=True, slots=True)
class Portal:
    """The parts that every surface works with; a context manager that closes the store."""

    settings: Settings
    catalog: Catalog
    index: LiveIndex
    questions: Questions
    syncs: Syncs
    actions: Actions
    clock: Clock

    def __enter__(self) -> Portal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.catalog.close()


def open_portal(
    settings: Settings,
    *,
    fill: Fill = "when empty",
    told: Callable[[ImportReport], None] = lambda _report: None,
    clock: Clock = system_clock,
) -> Portal:
    """Wire a portal on its catalog; the arguments and errors are those of `ready_catalog`."""
    catalog = ready_catalog(settings, fill=fill, told=told, clock=clock, restitch=fill == "always")
    index = LiveIndex(catalog)
    derive = categorizer(settings, catalog, clock)
    after = Describing(catalog, Suggesting(catalog, index))
    syncs = Syncs(settings.file, catalog, clock=clock, derive=derive, after=after)
    administrators = Administrators(settings.file.administrators, lambda: index.current)
    questions = Questions(
        catalog,
        index,
        clock=clock,
        titles=titles(settings.file.fields),
        sources=syncs.standings,
        mapping=settings.file.people,
        visibility=settings.file.visibility.rules(),
        administers=administrators.include,
    )
    actions = Actions(syncs, catalog, administrators)
    return Portal(settings, catalog, index, questions, syncs, actions, clock)
