"""The sources that `idp.yaml` names, each with its integration, its options and its timetable.

Opens none of them, and reads no credential.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import BaseModel, ValidationError

from bot.portal_file import PortalFile, SourceBlock
from bot.secrets import secret
from bot.timetable import Cron, Every, Timetable, timetable
from bot.validation import in_words
from domain.clock import Clock
from domain.errors import BadConfiguration, BadInput
from integrations.registry import load
from workflows.ports import Connected, Integration, Opening, Webhook

USUAL = timedelta(minutes=15)
"""How often a source is looked at whose block says nothing."""


@dataclass(frozen=True, slots=True)
class ConfiguredSource:
    """One block under `sources:`, understood."""

    name: str
    integration: Integration
    options: BaseModel
    enabled: bool
    looks: Timetable
    """When it is due."""
    sweeps: Timetable
    """When a complete look is due."""
    jitter: float
    grace: timedelta

    def every(self, now: datetime) -> timedelta:
        """Return how long it is from the last time that it was due to the next."""
        return self.looks.period(self.looks.latest(now) or now)

    def open(self, clock: Clock) -> Connected:
        """Return the source, to be closed after use. Raises BadConfiguration for a missing credential."""
        return self.integration.open(Opening(self.name, self.options, secret, clock))

    def webhook(self, clock: Clock) -> Webhook | None:
        """Return what understands its webhooks; None when it has none. Raises as `open`."""
        if self.integration.webhook is None:
            return None
        return self.integration.webhook(Opening(self.name, self.options, secret, clock))


def configured(file: PortalFile) -> tuple[ConfiguredSource, ...]:
    """Return the sources in the file's order, those that are not enabled included.

    Raises BadConfiguration for the first thing that is wrong, with its line and what would be right.
    """
    return tuple(_configured(file, name, block) for name, block in file.sources.items())


def source_named(sources: Sequence[ConfiguredSource], name: str) -> ConfiguredSource:
    """Return one of the sources. Raises BadInput for one that there is not, or that is switched off."""
    found = next((each for each in sources if each.name == name), None)
    if found is None:
        names = ", ".join(each.name for each in sources if each.enabled) or "there are none under `sources:`"
        raise BadInput(f"idp.yaml names no source {name!r}", f"Sources: {names}")
    if not found.enabled:
        raise BadInput(f"the source {name!r} is switched off", "Remove `enabled: false` in idp.yaml.")
    return found


def chosen_of(sources: Sequence[ConfiguredSource], names: Iterable[str]) -> tuple[ConfiguredSource, ...]:
    """Return those that are named, each once, or all that are enabled where none is. Raises BadInput."""
    chosen = tuple(source_named(sources, name) for name in dict.fromkeys(names))
    chosen = chosen or tuple(each for each in sources if each.enabled)
    if chosen:
        return chosen
    raise BadInput(
        "idp.yaml names no source", "Add one under `sources:`; docs/sources.md says which there are."
    )


def _configured(file: PortalFile, name: str, block: SourceBlock) -> ConfiguredSource:
    integration = _integration(file, name, block)
    if block.every and block.cron:
        raise file.wrong(
            ("sources", name, "cron"), f"sources.{name} has both every and cron", "Keep one of them."
        )
    zone = block.timezone
    _check_zone(file, name, zone)
    looks: Timetable = Every(block.every or USUAL)
    if block.cron is not None:
        looks = _timetable(file, name, "cron", block.cron, zone)
    return ConfiguredSource(
        name,
        integration,
        _options(file, name, integration, block),
        block.enabled,
        looks,
        _timetable(file, name, "sweep", block.sweep, zone),
        block.jitter,
        block.grace,
    )


def _integration(file: PortalFile, name: str, block: SourceBlock) -> Integration:
    try:
        return load(block.type or name)
    except BadConfiguration as error:
        place = ("sources", name, "type") if block.type else ("sources", name)
        raise file.wrong(place, str(error), error.hint) from error


def _options(file: PortalFile, name: str, integration: Integration, block: SourceBlock) -> BaseModel:
    try:
        return integration.options.model_validate(block.model_extra or {})
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        place = ("sources", name, *first["loc"])
        keys = ", ".join(sorted({*integration.options.model_fields, *SourceBlock.model_fields}))
        raise file.wrong(
            place,
            in_words(first, ".".join(map(str, place))),
            f"Keys of a source of type {integration.name}: {keys}",
        ) from error


def _check_zone(file: PortalFile, name: str, zone: str) -> None:
    try:
        Cron("0 0 * * *", zone)
    except ValueError as error:
        raise file.wrong(
            ("sources", name, "timezone"), f"sources.{name}.timezone: {error}", "Leave it out for UTC."
        ) from error


def _timetable(file: PortalFile, name: str, key: str, text: str, zone: str) -> Timetable:
    try:
        return Cron(text, zone) if key == "cron" else timetable(text, zone)
    except ValueError as error:
        raise file.wrong(
            ("sources", name, key),
            f"sources.{name}.{key}: {error}",
            "Write five fields as in a crontab, such as 0 3 * * 1-5.",
        ) from error
