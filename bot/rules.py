"""Wires categorization: the company's rules of `idp.yaml`, the catalog, and the log that hears of doubts."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from bot.settings import Settings
from catalog_store.catalog import Catalog
from domain.changes import ChangeSet
from domain.clock import Clock
from domain.entities import Finding
from workflows.categorizing import categorize
from workflows.deriving.rules import Rules

log = structlog.get_logger("idp")


def categorizer(settings: Settings, catalog: Catalog, clock: Clock) -> Callable[[], ChangeSet]:
    """Return what categorizes everything anew. Raises BadConfiguration for a rule that cannot be asked."""
    rules = Rules.of(settings.file.rules)

    def tell(finding: Finding) -> None:
        log.warning("finding", what=str(finding))

    return lambda: categorize(catalog, rules, now=clock(), tell=tell)
