"""What can be wrong with a portal's sources: each is asked for its credential and every permission."""

from __future__ import annotations

from collections.abc import Iterator

from bot.examining import examine_all
from bot.health import OK, PROBLEM, WARNING, Check
from bot.portal_file import PORTAL_FILE
from bot.settings import Settings
from bot.source_blocks import ConfiguredSource, configured
from domain.clock import system_clock
from domain.errors import BadConfiguration
from domain.sources import Permission
from domain.syncs import Examined


def enabled_sources(settings: Settings) -> tuple[tuple[ConfiguredSource, ...], tuple[Check, ...]]:
    """Return the sources that are to be asked, and what there is to say without asking them."""
    try:
        sources = configured(settings.file)
    except BadConfiguration as error:
        return (), (Check("sources", PROBLEM, str(error), error.hint),)
    enabled = tuple(each for each in sources if each.enabled)
    off = [each.name for each in sources if not each.enabled]
    told = [Check("sources", OK, f"switched off in {PORTAL_FILE}: {', '.join(off)}")] if off else []
    if not sources:
        says = f"{PORTAL_FILE} names no source: the catalog knows what is imported, and discovers nothing"
        told.append(Check("sources", OK, says, "To connect one: docs/sources.md says which there are."))
    return enabled, tuple(told)


def examine_sources(settings: Settings, sources: tuple[ConfiguredSource, ...]) -> Iterator[Examined]:
    """Yield what each source came to, in the order of `idp.yaml`."""
    return examine_all(sources, system_clock, webhooks=settings.environment.idp_http_port is not None)


def checks_of(found: Examined) -> Iterator[Check]:
    """Yield a source's rows as checks."""
    for row in found.rows:
        yield _check(found, row)


def _check(found: Examined, row: Permission) -> Check:
    if row.granted:
        return Check(found.source, OK, row.name)
    state = WARNING if row.optional else PROBLEM
    outside = not found.misconfigured
    return Check(found.source, state, f"{row.name}: {row.problem}", row.remedy, outside=outside)
