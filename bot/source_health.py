"""What can be wrong with a portal's sources: each is asked for its credential and every permission."""

from __future__ import annotations

from collections.abc import Iterator

from bot.health import OK, PROBLEM, WARNING, Check
from bot.settings import Settings
from bot.source_blocks import ConfiguredSource, configured
from domain.clock import system_clock
from domain.errors import BadConfiguration
from domain.sources import Permission


def examine_sources(settings: Settings) -> Iterator[Check]:
    """Yield the checks of every enabled source, in the order of `idp.yaml`."""
    try:
        sources = configured(settings.file)
    except BadConfiguration as error:
        yield Check("sources", PROBLEM, str(error), error.hint)
        return
    for source in sources:
        if source.enabled:
            yield from _examine(source, takes_webhooks=settings.environment.idp_http_port is not None)


def _examine(source: ConfiguredSource, *, takes_webhooks: bool) -> Iterator[Check]:
    try:
        opened = source.open(system_clock)
    except BadConfiguration as error:
        yield Check(source.name, PROBLEM, str(error), error.hint)
        return
    try:
        for permission in opened.validate():
            yield _permission(source.name, permission)
    finally:
        opened.close()
    if takes_webhooks:
        yield from _webhook(source)


def _permission(name: str, found: Permission) -> Check:
    if found.granted:
        return Check(name, OK, f"{found.name}: yes")
    state = WARNING if found.optional else PROBLEM
    without = "; a look works without it, with less in it" if found.optional else ""
    return Check(name, state, f"{found.name}: {found.problem}{without}", found.remedy, outside=True)


def _webhook(source: ConfiguredSource) -> Iterator[Check]:
    try:
        if source.webhook(system_clock) is not None:
            yield Check(source.name, OK, f"webhooks are taken at /webhooks/{source.name}")
    except BadConfiguration as error:
        yield Check(source.name, WARNING, f"webhooks: {error}", error.hint)
