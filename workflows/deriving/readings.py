"""Fields that are read off what is known rather than judged: language, framework, system and domain.

Invents no system: a name's prefix is one only when a system of that name exists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from domain.entities import Json, Record
from domain.refs import DEFAULT_NAMESPACE, Ref
from workflows.deriving.frameworks import DIALECTS
from workflows.deriving.sight import Sight

KIND = "component"
"""The kind that is read."""

_GAPS = re.compile(r"[^a-z0-9_.]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A value, how sure it is, and why."""

    value: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """The systems and domains of the catalog, by kind and by what they are called, lower case."""

    refs: Mapping[tuple[str, str], Ref]

    @classmethod
    def of(cls, records: Iterable[Record]) -> Known:
        """Remember those among records; of two with one name that of the default namespace."""
        entities = [record.entity for record in records if record.entity.ref.kind in ("system", "domain")]
        entities.sort(key=lambda each: (each.ref.namespace != DEFAULT_NAMESPACE, each.ref))
        refs: dict[tuple[str, str], Ref] = {}
        for entity in entities:
            refs.setdefault((entity.ref.kind, entity.ref.name), entity.ref)
        for entity in entities:
            for name in (entity.title.lower(), *entity.aliases):
                refs.setdefault((entity.ref.kind, name), entity.ref)
        return cls(refs)

    def named(self, kind: str, name: str) -> Ref | None:
        """Return the one of a name."""
        return self.refs.get((kind, name.lower()))


Reader = Callable[[Sight, Known], Reading | None]


def readings(sight: Sight, known: Known, wanted: Iterable[str]) -> Iterator[tuple[str, Reading]]:
    """Yield what can be read of the wanted fields."""
    for name in wanted:
        if name in READERS and (reading := READERS[name](sight, known)) is not None:
            yield name, reading


def _language(sight: Sight, _known: Known) -> Reading | None:
    host = _text(sight.fields.get("repo.language")).lower()
    packages = sight.languages
    package = f"its package is one of {sight.ecosystems[0]}" if sight.ecosystems else ""
    if sight.fields.get("repository_path") and len(packages) == 1:
        dialects = DIALECTS.get(packages[0], ())
        language = host if host in dialects else packages[0]
        return Reading(language, 0.75, package)
    if host:
        share = _share(sight.fields.get("repo.languages"), host)
        words = f"{share} % of its repository's code" if share else "most of its repository's code"
        part = bool(sight.fields.get("repository_path"))
        return Reading(host, 0.5 if part else 0.9, f"{words} is {_text(sight.fields['repo.language'])}")
    if len(packages) == 1:
        return Reading(packages[0], 0.6, package)
    return None


def _share(languages: Json, host: str) -> int:
    """Return the share of a language in percent; 0 when unknown."""
    if not isinstance(languages, dict):
        return 0
    sizes = {str(name).lower(): size for name, size in languages.items() if isinstance(size, int)}
    total = sum(sizes.values())
    return round(100 * sizes.get(host, 0) / total) if total > 0 else 0


def _framework(sight: Sight, _known: Known) -> Reading | None:
    ordered = [*sight.servers, *sight.frontends, *sight.frameworks]
    if not ordered:
        return None
    confidence = 0.85 if len(set(ordered)) == 1 else 0.7
    return Reading(ordered[0], confidence, f"its package manifest names {ordered[0]}")


def _system(sight: Sight, known: Known) -> Reading | None:
    parts = sight.fields.get("part_of")
    named = [each for each in parts if isinstance(each, str)] if isinstance(parts, list) else []
    for part_of in sorted(named, key=lambda each: known.named("system", each) is None):
        if (found := _belongs("system", part_of, known)) is not None:
            ref, is_known = found
            sure = (0.85 if is_known else 0.6) if len(named) == 1 else 0.4
            return Reading(str(ref), sure, f"its workloads say that they are part of {part_of}")
    return _by_topic("system", sight, known) or _by_prefix(sight, known)


def _domain(sight: Sight, known: Known) -> Reading | None:
    return _by_topic("domain", sight, known)


def _by_topic(kind: str, sight: Sight, known: Known) -> Reading | None:
    topics = sight.fields.get("repo.topics")
    for topic in topics if isinstance(topics, list) else ():
        name = str(topic).lower()
        if name.startswith(f"{kind}-") and (found := _belongs(kind, name.removeprefix(f"{kind}-"), known)):
            ref, is_known = found
            return Reading(
                str(ref), 0.8 if is_known else 0.5, f"the topic {topic} of its repository names it"
            )
    return None


def _by_prefix(sight: Sight, known: Known) -> Reading | None:
    """Read `checkout-api` as part of the system checkout, if there is one; of two such the longer name."""
    name = _text(sight.fields.get("repository")).rpartition("/")[2] or sight.entity.ref.name
    words = name.lower().split("-")
    for count in range(len(words), 0, -1):
        prefix = "-".join(words[:count])
        if (ref := known.named("system", prefix)) is not None:
            return Reading(str(ref), 0.4, f"its repository's name begins with {prefix}, a system's name")
    return None


def _belongs(kind: str, name: str, known: Known) -> tuple[Ref, bool] | None:
    """Return the system or domain of a name, and whether there is one; None for a name that can be none."""
    if (ref := known.named(kind, name)) is not None:
        return ref, True
    plain = _GAPS.sub("-", name.lower()).strip("-_.")[:63]
    return (Ref(kind, DEFAULT_NAMESPACE, plain), False) if plain else None


def _text(value: Json) -> str:
    return value.strip() if isinstance(value, str) else ""


READERS: Mapping[str, Reader] = {
    "language": _language,
    "framework": _framework,
    "system": _system,
    "domain": _domain,
}
"""By the field that each reads."""
