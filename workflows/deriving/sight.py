"""What a rule sees of a thing: its fields but for what rules themselves said, and a few words on them.

Judges nothing. Leaving the rules' own claim out is what keeps them from agreeing with themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.entities import Entity, Json, Record
from workflows.deriving.asked import VARIABLES, Asked
from workflows.deriving.frameworks import FRONTENDS, LANGUAGES, MANIFESTS, NOT_PACKAGES, SERVERS, spelled

SOURCE = "rules"
"""The claimant of everything that is derived."""

_MAPS = ("repo", "custom", "labels", "annotations")
"""Always maps, so that `!has(entity.repo.archived)` can be asked of a thing without a repository."""

_CUT = 2000
"""Characters of a text that conditions see; an API's description may have a million."""

_PRODUCTION = frozenset({"production", "prod", "prd", "live"})
_NOT_YET = frozenset({"non", "pre", "not", "no", "near"})
_BIGGEST = 2**63 - 1
_CALLS = ("pagerduty:", "opsgenie:")


@dataclass(frozen=True, slots=True)
class Sight:
    """One thing, as rules see it. Names that conditions know are explained in `conditions.VARIABLES`."""

    entity: Entity
    fields: Mapping[str, Json]
    """As they would be without what rules said."""
    manifests: list[Mapping[str, Json]]
    """Its package manifests, as in `repo.manifests`, the uppermost first."""
    files: list[str]
    runs: list[str]
    environments: list[str]
    production: bool
    left_production: bool
    frameworks: list[str]
    frontends: list[str]
    servers: list[str]
    ecosystems: list[str]
    languages: list[str]
    """Of its packages, lower case."""
    application: bool | None
    """Whether a package of it is run (True), all are used by others (False), or they do not tell (None)."""
    paged: bool
    now: datetime

    def field(self, path: str) -> Json:
        """Return a field, or what is in it: `repo.release.tag`; None when it is not there."""
        name, rest = path, ""
        while name not in self.fields and "." in name:
            name, _, last = name.rpartition(".")
            rest = f"{last}.{rest}" if rest else last
        found = self.fields.get(name)
        for key in rest.split(".") if rest else ():
            found = found.get(key) if isinstance(found, dict) else None
        return found

    def shown(self, path: str) -> object:
        """Return what a reason names by a path: `runs`, `entity.repo.language`; None when it is not there."""
        if path.startswith("entity."):
            return self.field(path.removeprefix("entity."))
        return getattr(self, path) if path in VARIABLES and path != "entity" else None

    def variables(self, asked: Asked) -> dict[str, object]:
        """Return what conditions see: the variables that are asked for, and of the thing the fields."""
        seen = {name: getattr(self, name) for name in asked.variables if name != "entity"}
        if "entity" in asked.variables:
            seen["entity"] = _nested(self.entity, self.fields, asked)
        return seen


def see(record: Record, now: datetime) -> Sight:
    """Look at a thing. Facts whose source sees the thing no more count only where no other does."""
    fields = _without_rules(record)
    manifests = sorted(_mappings(fields.get("repo.manifests")), key=_depth)
    files = _names(fields, manifests)
    frameworks = _unique(spelled(name) for each in manifests for name in _texts(each.get("frameworks")))
    workloads = list(_mappings(fields.get("workloads")))
    environments = _unique(name.lower() for name in _environments(fields, workloads))
    production = any(map(_is_production, environments))
    return Sight(
        entity=record.entity,
        fields=fields,
        manifests=manifests,
        files=files,
        runs=_unique(str(each.get("kind", "")) for each in workloads),
        environments=environments,
        production=production,
        left_production=not production and _was_in_production(record),
        frameworks=frameworks,
        frontends=sorted((each for each in frameworks if each in _FRONTENDS), key=_FRONTENDS.__getitem__),
        servers=sorted((each for each in frameworks if each in _SERVERS), key=_SERVERS.__getitem__),
        ecosystems=(ecosystems := _ecosystems(files, manifests)),
        languages=_languages(ecosystems, manifests),
        application=_application(manifests),
        paged=any(alias.startswith(_CALLS) for alias in record.entity.aliases),
        now=now,
    )


def _without_rules(record: Record) -> Mapping[str, Json]:
    fields = record.entity.fields
    said = {fact.field for fact in record.facts if fact.source == SOURCE}
    if not said:
        return fields
    kept = {name: value for name, value in fields.items() if name not in said}
    for name in sorted(said):
        facts = [fact for fact in record.facts_on(name) if fact.source != SOURCE]
        living = [fact.value for fact in facts if fact.vanished_at is None]
        values = living or [fact.value for fact in facts]
        if values and name == "tags":
            kept[name] = _unique(text for value in values for text in _texts(value))
        elif values:
            kept[name] = values[0]
    return kept


def _names(fields: Mapping[str, Json], manifests: Iterable[Mapping[str, Json]]) -> list[str]:
    paths = (*_texts(fields.get("repo.files")), *(str(each.get("path", "")) for each in manifests))
    return _unique(path.rpartition("/")[2] for path in paths)


def _ecosystems(files: Iterable[str], manifests: Iterable[Mapping[str, Json]]) -> list[str]:
    found = [str(each.get("ecosystem", "")).lower() for each in manifests]
    found += [MANIFESTS.get(name.lower(), "") for name in files]
    return _unique(name for name in found if name not in NOT_PACKAGES)


def _languages(ecosystems: Iterable[str], manifests: Iterable[Mapping[str, Json]]) -> list[str]:
    told = _unique(str(each.get("language", "")).lower() for each in manifests)
    return told or _unique(LANGUAGES.get(each, "") for each in ecosystems)


def _application(manifests: Iterable[Mapping[str, Json]]) -> bool | None:
    told = [each.get("application") for each in manifests]
    if True in told:
        return True
    return False if told and all(each is False for each in told) else None


def _environments(fields: Mapping[str, Json], workloads: Iterable[Mapping[str, Json]]) -> Iterable[str]:
    yield from _texts(fields.get("environments"))
    for each in workloads:
        yield str(each.get("environment", ""))


def _was_in_production(record: Record) -> bool:
    return any(
        _is_production(str(each.get("environment", "")).lower())
        for fact in record.facts
        if fact.vanished_at is not None and fact.field == "workloads"
        for each in _mappings(fact.value)
    )


def _nested(entity: Entity, fields: Mapping[str, Json], asked: Asked) -> dict[str, Json]:
    seen: dict[str, Json] = {name: {} for name in _MAPS if asked.includes(name)}
    for name, value in fields.items():
        if asked.includes(name):
            _put(seen, name, _fitting(value, name, asked))
    for name, get in _NAMES.items():
        if asked.includes(name):
            seen[name] = get(entity)
    return seen


def _put(into: dict[str, Json], name: str, value: Json) -> None:
    """Put a field where its dots say; a text of the same name as a map gives way to the map."""
    *above, last = name.split(".")
    for part in above:
        below = into.get(part)
        if not isinstance(below, dict):
            below = into[part] = {}
        into = below
    if isinstance(value, dict) or not isinstance(into.get(last), dict):
        into[last] = value


def _fitting(value: Json, path: str, asked: Asked) -> Json:
    """Return a value that CEL can hold, of a map what is asked for: texts cut, huge numbers as floats."""
    if isinstance(value, str):
        return value if len(value) <= _CUT else value[:_CUT]
    if isinstance(value, int) and abs(value) > _BIGGEST:
        return float(value) if abs(value) < 10**300 else float("inf")
    if isinstance(value, list):
        return [_fitting(each, "", _EVERYTHING) for each in value]
    if isinstance(value, dict):
        return {
            key: _fitting(each, f"{path}.{key}", asked)
            for key, each in value.items()
            if asked.includes(f"{path}.{key}")
        }
    return value


def _is_production(environment: str) -> bool:
    """Tell `production`, `prod-eu` and `eu-prod` from `preprod` and `non-prod`."""
    if environment in _PRODUCTION:
        return True
    parts = environment.replace("_", "-").replace(".", "-").split("-")
    return not _PRODUCTION.isdisjoint(parts) and _NOT_YET.isdisjoint(parts)


def _depth(manifest: Mapping[str, Json]) -> tuple[int, str]:
    path = str(manifest.get("path", ""))
    return path.count("/"), path


def _unique(texts: Iterable[str]) -> list[str]:
    """Return texts, each once, in their order; empty ones are left out."""
    return [text for text in dict.fromkeys(texts) if text]


def _texts(value: Json) -> Iterable[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else ()


def _mappings(value: Json) -> Iterable[Mapping[str, Json]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else ()


_EVERYTHING = Asked(frozenset(), frozenset({""}))

_NAMES: Mapping[str, Callable[[Entity], Json]] = {
    "name": lambda entity: entity.name,
    "kind": lambda entity: entity.kind,
    "namespace": lambda entity: entity.ref.namespace,
    "ref": lambda entity: str(entity.ref),
    "aliases": lambda entity: list(entity.aliases),
}
"""What conditions may ask of a thing besides its fields."""

_FRONTENDS = {name: rank for rank, name in enumerate(FRONTENDS)}
_SERVERS = {name: rank for rank, name in enumerate(SERVERS)}
