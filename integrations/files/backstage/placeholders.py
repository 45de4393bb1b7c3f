"""Fills in `$text`, `$json`, `$yaml`, `$openapi`, `$asyncapi`: a mapping of one such key becomes its file.

Reads files below the root only and never fetches an address. Other keys with a dollar (`$ref`) stay.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NoReturn

from domain.entities import Json
from integrations.files.backstage.wording import Problem, Refused
from integrations.files.json_text import read_json
from integrations.files.places import File
from integrations.files.text import Unreadable
from integrations.files.yaml_documents import documents

PLACEHOLDERS = ("$text", "$json", "$yaml", "$openapi", "$asyncapi")
"""The last two are Backstage's for descriptions in several files; what others hold stays named by `$ref`."""

_MOST = 50_000_000
"""Characters that placeholders may bring into one catalog file; one that is named often counts each time."""

_Path = tuple[str | int, ...]


class Filler:
    """Fills in the placeholders of one catalog file."""

    def __init__(self, file: File) -> None:
        self.missing: set[Path] = set()
        """Files that may exist and were not fetched."""
        self._file = file
        self._sizes: dict[Path, int] = {}
        self._read: dict[tuple[str, Path], Json] = {}
        self._doubts: list[Problem] = []
        self._left = _MOST

    def fill(self, entity: dict[str, Json]) -> tuple[dict[str, Json], list[Problem]]:
        """Return the entity with its placeholders replaced, and the doubts about them. Raises Refused."""
        self._doubts = []
        return {key: self._filled(value, (key,)) for key, value in entity.items()}, self._doubts

    def _filled(self, value: Json, at: _Path) -> Json:
        if isinstance(value, list):
            return [self._filled(each, (*at, index)) for index, each in enumerate(value)]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            ((key, target),) = value.items()
            if key in PLACEHOLDERS and isinstance(target, str):
                return self._content(key, target, (*at, key))
        if any(key.startswith("$") for key in value):
            return value
        return {key: self._filled(each, (*at, key)) for key, each in value.items()}

    def _content(self, key: str, target: str, at: _Path) -> Json:
        if target.startswith(("http://", "https://")):
            self._doubts.append(
                Problem(
                    at, f"{key} was not followed to {target}: import reads files only", "Give a file's path."
                )
            )
            return target
        path = self._file.beside(target)
        if path is None:
            _refuse(
                at,
                f"{key} leads out of the imported folder: {target}",
                "Keep what belongs to it below that folder.",
            )
        tree = self._file.root.tree
        if not tree.is_file(path):
            if tree.partial:
                self.missing.add(path)
                problem = f"{key} names {target}, which is not among the files that were fetched"
                self._doubts.append(Problem(at, problem, "The path is relative to this file."))
                return target
            _refuse(
                at, f"{key} names a file that does not exist: {target}", "The path is relative to this file."
            )
        if (key, path) not in self._read:
            try:
                text = tree.text(path)
                self._read[key, path] = _READERS[key](text)
                self._sizes[path] = len(text)
            except Unreadable as trouble:
                where = f"{target}:{trouble.line}" if trouble.line else target
                _refuse(at, f"{key} cannot use {where}: {trouble.problem}", trouble.remedy)
        self._left -= self._sizes[path]
        if self._left < 0:
            problem = f"the placeholders of this file bring in more than {_MOST / 1_000_000:g} MB"
            _refuse(at, problem, "Split it into several catalog files.")
        return self._read[key, path]


def _refuse(at: _Path, problem: str, remedy: str) -> NoReturn:
    raise Refused(Problem(at, problem, remedy))


def _json(text: str) -> Json:
    try:
        value = read_json(text)
    except json.JSONDecodeError as error:
        raise Unreadable(error.lineno, f"it is not JSON: {error.msg.lower()}", "Mend the JSON.") from None
    except ValueError as error:
        raise Unreadable(0, f"it is not JSON that a catalog can hold: {error}", "Mend the JSON.") from None
    return value


def _yaml(text: str) -> Json:
    values = [value for document in documents(text) if (value := document.value()) is not None]
    if len(values) != 1:
        raise Unreadable(0, f"it holds {len(values)} YAML documents", "Exactly one is needed.")
    return values[0]


def _text(text: str) -> Json:
    return text


_READERS = {"$text": _text, "$json": _json, "$yaml": _yaml, "$openapi": _text, "$asyncapi": _text}
