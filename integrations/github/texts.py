"""Fetches the texts of the files that matter, after the trees have shown which are there.

Two rounds at most: files of the two upper levels with the folders of monorepos and of documents; then the
files in those, documents, descriptions of APIs, and what catalog files name (`$text: ./proto/flags.proto`).
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from integrations.calling.failures import line
from integrations.github.client import Answer, Json
from integrations.github.failures import TooMuch
from integrations.github.pages import Asking, Size
from integrations.github.queries import RATE
from integrations.github.repositories import Node
from integrations.hosting.wanted import AT_TOP, IN_FOLDERS
from integrations.kept_texts import MOST_TEXTS, is_text_to_keep, limit_of

BLOB = "fragment Text on Blob { isTruncated text }"
TREE = "fragment Entries on Tree { entries { name type object { ... on Tree { entries { name type } } } } }"
WHERE = frozenset(AT_TOP)
NAMES = frozenset(IN_FOLDERS)
NO_PARTS_IN = frozenset(
    {
        ".git",
        ".github",
        ".gitlab",
        ".vscode",
        "docs",
        "node_modules",
        "public",
        "static",
        "test",
        "tests",
        "vendor",
    }
)
"""Top folders in which no part of a monorepo lives."""
TEXT_FOLDERS = frozenset((
    "api", "apis", "doc", "docs", "graphql", "openapi", "proto", "protos", "runbook", "runbooks", "schema",
    "schemas", "spec", "specs",
))  # fmt: skip
"""Top folders whose folders are looked into, two levels deep, for documents and API descriptions."""
MOST_FOLDERS = 10
"""Folders of one repository that are looked into for those."""
CATALOG_FILE = re.compile(r"(^|/)catalog-info\.ya?ml$")
PLACEHOLDER = re.compile(r"""\$(?:text|json|yaml|openapi|asyncapi)["']?[ \t]*:[ \t]*["']?([^\s"'{}]+)""")
"""Backstage's placeholders, whose value is a path beside the file, or an address."""
MOST_NAMED = 50
"""Files that the catalog files of one repository may name."""


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing to fetch of a repository: a file's text, or what is in a folder."""

    repository: str
    path: str
    folder: bool = False


@dataclass(slots=True)
class Files:
    """What was seen of one repository's files."""

    paths: set[str]
    folders: set[str]
    texts: dict[str, str]


class Texts:
    """Files through one look's questions."""

    def __init__(self, asking: Asking, size: Size, monorepo_folders: Sequence[str]) -> None:
        self._asking, self._size = asking, size
        self._monorepo = frozenset(monorepo_folders)

    def fetch(self, nodes: Sequence[Node]) -> dict[str, Files]:
        """Return each repository's files, by its id."""
        found = {str(node.raw["id"]): _seen(node.raw) for node in nodes}
        by_id = {str(node.raw["id"]): node for node in nodes}
        self._carry_out([wish for id_ in found for wish in self._wishes(id_, found[id_])], found, by_id)
        deeper = [
            Wish(id_, path)
            for id_, files in found.items()
            for path in dict.fromkeys([*_parts(files), *_named(files), *_texts(files)])
            if path not in files.texts
        ]
        for id_, files in found.items():
            if (more := len(_all_texts(files)) - MOST_TEXTS) > 0:
                by_id[id_].problems.append(f"{more} documents and API descriptions were not read")
        self._carry_out(deeper, found, by_id)
        return found

    def _wishes(self, id_: str, files: Files) -> Iterable[Wish]:
        for path in sorted(files.paths):
            top, _, name = path.partition("/")
            if path in WHERE or (name in NAMES and top not in NO_PARTS_IN):
                yield Wish(id_, path)
        looked_into = 0
        for path in sorted(files.folders):
            top, below, _ = path.lower().partition("/")
            told = top in TEXT_FOLDERS and looked_into < MOST_FOLDERS
            if below and (told or top in self._monorepo):
                looked_into += told
                yield Wish(id_, path, folder=True)

    def _carry_out(self, wishes: Sequence[Wish], found: dict[str, Files], nodes: dict[str, Node]) -> None:
        step = self._size.most
        waiting = [wishes[start : start + step] for start in range(0, len(wishes), step)]
        done = 0
        while waiting:
            batch = waiting.pop(0)
            if len(batch) > self._size.now:
                step = self._size.now
                waiting[:0] = [batch[start : start + step] for start in range(0, len(batch), step)]
                continue
            query, names = _query(batch)
            asked = {"wishes": [[wish.repository, wish.path] for wish in batch]}
            try:
                answer = self._asking.ask("texts", lambda query=query: query, asked, divisible=len(batch) > 1)  # type: ignore[misc] # mypy infers no default
            except TooMuch:
                self._size.shrink()
                waiting.insert(0, batch)
                continue
            self._size.worked()
            for wish, (repository, name) in zip(batch, names, strict=True):
                _keep(wish, _object(answer, repository, name), found[wish.repository])
            _note(answer, batch, names, nodes)
            done += len(batch)
            self._asking.task.progress(done, len(wishes), "files")


def _seen(raw: Json) -> Files:
    """Return what the tree of the two upper levels shows."""
    files = Files(set(), set(), {})
    for entry in _entries(raw.get("tree")):
        name = str(entry.get("name", ""))
        if entry.get("type") == "blob":
            files.paths.add(name)
        elif entry.get("type") == "tree":
            files.folders.add(name)
            for below in _entries(entry.get("object")):
                kept = files.folders if below.get("type") == "tree" else files.paths
                kept.add(f"{name}/{below.get('name', '')}")
    return files


def _parts(files: Files) -> list[str]:
    """Return the files on the third level that make a folder a part of a monorepo."""
    third = (path for path in sorted(files.paths) if path.count("/") == 2)
    return [path for path in third if path.rsplit("/", 1)[1] in NAMES]


def _all_texts(files: Files) -> list[str]:
    """Return the documents and API descriptions that were seen, the uppermost first."""
    return sorted(filter(is_text_to_keep, files.paths), key=lambda path: (path.count("/"), path))


def _texts(files: Files) -> list[str]:
    return _all_texts(files)[:MOST_TEXTS]


def _named(files: Files) -> list[str]:
    """Return the paths that catalog files name, as far as they stay in the repository."""
    found = [
        posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        for path, text in sorted(files.texts.items())
        if CATALOG_FILE.search(path)
        for name in PLACEHOLDER.findall(text)
        if "://" not in name and not name.startswith("/")
    ]
    return [path for path in found if not path.startswith("..")][:MOST_NAMED]


def _entries(tree: object) -> list[dict[str, Any]]:
    found = tree.get("entries") if isinstance(tree, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _query(batch: Sequence[Wish]) -> tuple[str, list[tuple[str, str]]]:
    """Return a query for a batch, and the aliases of each wish in it."""
    asked: dict[str, list[str]] = {}
    places: dict[str, str] = {}
    names: list[tuple[str, str]] = []
    for number, wish in enumerate(batch):
        repository = places.setdefault(wish.repository, f"r{len(places)}")
        name = f"f{number}"
        expression = json.dumps(f"HEAD:{wish.path}")
        fields = "...Entries" if wish.folder else "...Text"
        asked.setdefault(wish.repository, []).append(
            f"{name}: object(expression: {expression}) {{ {fields} }}"
        )
        names.append((repository, name))
    nodes = " ".join(
        f"{places[id_]}: node(id: {json.dumps(id_)}) {{ ... on Repository {{ {' '.join(fields)} }} }}"
        for id_, fields in asked.items()
    )
    fragments = [TREE] * any(wish.folder for wish in batch) + [BLOB] * any(not wish.folder for wish in batch)
    return f"query {{ {RATE} {nodes} }} {' '.join(fragments)}", names


def _object(answer: Answer, repository: str, name: str) -> Json | None:
    node = answer.data.get(repository)
    found = node.get(name) if isinstance(node, dict) else None
    return found if isinstance(found, dict) else None


def _keep(wish: Wish, found: Json | None, files: Files) -> None:
    if found is None:
        return
    if wish.folder:
        for entry in _entries(found):
            path = f"{wish.path}/{entry.get('name', '')}"
            if entry.get("type") == "blob":
                files.paths.add(path)
            for below in _entries(entry.get("object")):
                if below.get("type") == "blob":
                    files.paths.add(f"{path}/{below.get('name', '')}")
        return
    text = found.get("text")
    if isinstance(text, str) and not found.get("isTruncated") and len(text) <= limit_of(wish.path):
        files.texts[wish.path] = text
        files.paths.add(wish.path)


def _note(
    answer: Answer, batch: Sequence[Wish], names: Sequence[tuple[str, str]], nodes: dict[str, Node]
) -> None:
    """Keep what could not be read with the repository that it is of."""
    by_alias = dict(zip(names, batch, strict=True))
    by_repository = {repository: wish.repository for (repository, _), wish in by_alias.items()}
    for error in answer.errors:
        path = list(error.get("path") or ())
        id_ = by_repository.get(str(path[0])) if path else None
        if id_ is None:
            continue
        wish = by_alias.get((str(path[0]), str(path[1]))) if len(path) > 1 else None
        where = wish.path if wish else "files"
        nodes[id_].problems.append(f"{where}: {line(str(error.get('message', '')))}")
