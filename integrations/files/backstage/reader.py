"""Reads Backstage catalog files: each document becomes a claim, a finding, or the way to further files.

The judging is `envelope`'s, the mapping `mapping`'s; this is the order in which they are asked.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping
from pathlib import Path

from domain.entities import Json
from integrations.files.backstage.envelope import problems
from integrations.files.backstage.kinds import LOWER_CASE
from integrations.files.backstage.locations import follow
from integrations.files.backstage.mapping import claim_of
from integrations.files.backstage.placeholders import Filler
from integrations.files.backstage.wording import Problem, Refused
from integrations.files.collected import Collected
from integrations.files.places import File
from integrations.files.text import Unreadable
from integrations.files.yaml_documents import Document, documents

SOURCE = "backstage"
SUFFIXES = (".yaml", ".yml")
CATALOG_NAMES = ("catalog-info.yaml", "catalog-info.yml")

_OURS = r"(?:[a-z0-9.-]+\.)?(?:backstage\.io|idp\.dev)/"
_ANY_VERSION = re.compile(r"""^[ \t{,"']*apiVersion["']?[ \t]*:""", re.MULTILINE)
_OUR_VERSION = re.compile(_ANY_VERSION.pattern + r"""[ \t]*["']?""" + _OURS, re.MULTILINE)


def takes(path: Path) -> bool:
    """Tell whether a file found in a folder may hold entities."""
    return path.suffix.lower() in SUFFIXES


def read(files: Iterable[File], collected: Collected) -> None:
    """Read these files and all that their Locations lead to, each once."""
    queue = deque(files)
    seen: set[Path] = set()
    while queue:
        file = queue.popleft()
        if file.path not in seen:
            seen.add(file.path)
            collected.progress(file)
            queue.extend(_read_file(file, collected))


def _read_file(file: File, collected: Collected) -> list[File]:
    """Read one file; return the files that its Locations lead to."""
    expected = file.named or file.path.name.lower() in CATALOG_NAMES
    try:
        text = file.text()
    except Unreadable as trouble:
        if expected or _OUR_VERSION.search(file.beginning()):
            collected.unreadable(file, trouble)
        return []
    if not expected and not _ANY_VERSION.search(text):
        return []
    expected = expected or _OUR_VERSION.search(text) is not None
    collected.read += expected
    return _Pass(file, collected, expected).run(text)


class _Pass:
    """One file being read. `expected` says that what stands in it is meant for the catalog."""

    def __init__(self, file: File, collected: Collected, expected: bool) -> None:
        self._file = file
        self._collected = collected
        self._expected = expected
        self._filler = Filler(file)
        self._further: list[File] = []

    def run(self, text: str) -> list[File]:
        empty = True
        for document in documents(text):
            try:
                value = document.value()
            except Unreadable as trouble:
                empty = False
                if self._expected:
                    self._collected.unreadable(self._file, trouble)
                continue
            if value is not None:
                empty = False
                self._take(value, document)
        if empty and self._expected:
            self._collected.warning(
                self._file, 0, "the file holds no entity", "Write one, or remove the file."
            )
        return self._further

    def _take(self, value: Json, document: Document) -> None:
        if not self._expected and not _maybe_custom(value):
            return
        if not isinstance(value, dict) or not {"apiVersion", "kind"} & value.keys():
            self._refuse(document, Problem((), "this is not an entity", _SHAPE))
            return
        if is_manifest(value):
            if self._expected:
                problem = f"a Kubernetes {value.get('kind')} is not an entity and was left out"
                self._collected.warning(self._file, document.line(("kind",)), problem, "")
            return
        try:
            entity = self._filled(value, document)
            found = problems(entity)
            if found:
                self._refuse(document, *found)
            elif entity["kind"] == "Location":
                self._follow(entity, document)
            else:
                line = document.start
                claim = claim_of(entity, self._file.at(line))
                self._collected.declare(SOURCE, claim, self._file, line)
        except Refused as refused:
            self._refuse(document, refused.problem)

    def _filled(self, entity: dict[str, Json], document: Document) -> dict[str, Json]:
        if "$" not in document.text:
            return entity
        filled, doubts = self._filler.fill(entity)
        self._collected.missing.update(self._filler.missing)
        self._doubt(document, doubts)
        return filled

    def _follow(self, entity: Mapping[str, Json], document: Document) -> None:
        way = follow(self._file, entity)
        self._further += way.files
        self._collected.missing.update(way.missing)
        self._refuse(document, *way.errors)
        self._doubt(document, way.warnings)

    def _refuse(self, document: Document, *found: Problem) -> None:
        lines = [(document.line(each.path), each) for each in found]
        for line, each in sorted(lines, key=lambda pair: pair[0]):
            self._collected.error(self._file, line, each.problem, each.remedy)

    def _doubt(self, document: Document, found: Iterable[Problem]) -> None:
        for each in found:
            self._collected.warning(self._file, document.line(each.path), each.problem, each.remedy)


_SHAPE = "Write a mapping with apiVersion, kind, metadata and spec."


def is_manifest(value: Mapping[str, Json]) -> bool:
    """Tell whether a document is a Kubernetes manifest: `v1`, `apps/v1`, `….k8s.io/v1`."""
    version, kind = value.get("apiVersion"), value.get("kind")
    if not isinstance(version, str) or not isinstance(kind, str) or kind.lower() in LOWER_CASE:
        return False
    group, slash, _ = version.rpartition("/")
    return not slash or "." not in group or group.endswith(".k8s.io")


def _maybe_custom(value: Json) -> bool:
    """Tell whether a document in some YAML file is a custom entity: one that names its owner."""
    if not isinstance(value, dict) or not isinstance(value.get("apiVersion"), str):
        return False
    metadata, spec = value.get("metadata"), value.get("spec")
    named = isinstance(metadata, dict) and isinstance(metadata.get("name"), str)
    return named and isinstance(spec, dict) and isinstance(spec.get("owner"), str)
