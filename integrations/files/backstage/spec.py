"""Judges the `spec` of a document by its kind, as the JSON schemas of Backstage's kinds do.

Fields that the kind does not know are anybody's own and are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.entities import Json
from integrations.files.backstage.formats import is_api_version
from integrations.files.backstage.kinds import (
    KNOWN_KINDS,
    LIST,
    MAPPING,
    PARTIAL,
    PROFILE_FIELDS,
    TEXT,
    TEXTS,
    UNKNOWN_KIND,
    Kind,
)
from integrations.files.backstage.wording import Problem, listed, quoted, wrong


def spec_problems(entity: Mapping[str, Json]) -> Iterator[Problem]:
    """Yield what is wrong below `spec`: of the wrong shape, or missing though the kind requires it."""
    name, version = str(entity["kind"]), str(entity.get("apiVersion"))
    kind = KNOWN_KINDS.get(name, UNKNOWN_KIND)
    if kind is not UNKNOWN_KIND and version not in (*kind.versions, PARTIAL):
        if isinstance(entity.get("apiVersion"), str) and is_api_version(version):
            problem = f"apiVersion is {version}, which has no kind {name}"
            yield Problem(("apiVersion",), problem, f"Write {kind.versions[0]}.")
        return
    if version != PARTIAL and kind is not UNKNOWN_KIND:
        yield from _missing(entity, name, kind)
    spec = entity.get("spec", {})
    if not isinstance(spec, dict):
        return
    for field, value in spec.items():
        shape = kind.spec.get(field)
        if shape is not None and not (shape is TEXT and isinstance(value, str) and value):
            yield from _shape(("spec", field), spec, shape)
    profile = spec.get("profile")
    if isinstance(profile, dict) and "profile" in kind.spec:
        for field in PROFILE_FIELDS:
            if field in profile:
                yield from _shape(("spec", "profile", field), profile, TEXT)


def spec_needs(name: str) -> str:
    """Say what a kind's `spec` is to be where there is none."""
    kind = KNOWN_KINDS.get(name, UNKNOWN_KIND)
    if kind is UNKNOWN_KIND:
        return "Write a mapping, or leave spec out."
    article = "An" if name[:1] in "AEIO" else "A"
    needs = f"{listed(kind.required)} below it" if kind.required else "it, if only an empty one: {}"
    return f"{article} {name} needs {needs}."


def _missing(entity: Mapping[str, Json], name: str, kind: Kind) -> Iterator[Problem]:
    spec = entity.get("spec")
    if "spec" not in entity:
        yield Problem(("spec",), "spec is missing", spec_needs(name))
    elif isinstance(spec, dict):
        remedy = f"A {name} needs {listed(kind.required)} below spec." if kind.required else ""
        for field in kind.required:
            if field not in spec:
                yield Problem(("spec", field), f"spec.{field} is missing", remedy)


def _shape(at: tuple[str | int, ...], holder: Mapping[str, Json], shape: str) -> Iterator[Problem]:
    value = holder[str(at[-1])]
    if shape is TEXTS and isinstance(value, list):
        for index, each in enumerate(value):
            if not isinstance(each, str) or not each:
                yield wrong((*at, index), value, quoted(each, "Write a text that is not empty."))
        return
    fits = {
        TEXT: isinstance(value, str) and value != "",
        MAPPING: isinstance(value, dict),
        LIST: isinstance(value, list),
    }
    if not fits.get(shape, False):
        remedy = f"Write {shape}."
        yield wrong(at, holder, quoted(value, remedy) if shape is TEXT else remedy)
