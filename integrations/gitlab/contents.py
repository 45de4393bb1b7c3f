"""Which files a project has, and the texts of those that matter (`integrations.hosting.wanted`).

Clones nothing. A big repository is read folder by folder, down to where wanted files may be. Texts come by
GraphQL, which gives many at once where REST gives one.
"""

from __future__ import annotations

from collections.abc import Iterable

from integrations.gitlab.answers import Answer, inside, objects, text
from integrations.gitlab.api import Api, encoded
from integrations.gitlab.failures import Denied
from integrations.hosting.wanted import AT_TOP, IN_FOLDERS
from integrations.kept_texts import MOST_TEXTS, is_text_to_keep, limit_of

WHOLE_TREE_PAGES = 10
"""A tree of more pages (1,000 entries) is read folder by folder instead."""
FOLDERS = 100
"""How many folders of one project are read that way."""
WANTED_FILES = 200
"""How many texts of one project are fetched: a monorepo of a thousand packages is told by its first ones."""
BATCH = 50
"""Texts a query: each adds to a query's complexity, of which GitLab allows 250."""
_QUERY = """
query texts($slug: ID!, $ref: String, $paths: [String!]!) {
  project(fullPath: $slug) {
    repository { blobs(ref: $ref, paths: $paths) { nodes { path rawTextBlob } } }
  }
}
"""
_DEPTH = 3
_AT_TOP = frozenset(AT_TOP)
_IN_FOLDERS = frozenset(IN_FOLDERS)


def wanted(path: str) -> bool:
    """Tell whether a file's text is fetched."""
    folder, _, name = path.rpartition("/")
    return path in _AT_TOP or (bool(folder) and name in _IN_FOLDERS and folder.count("/") < _DEPTH)


def paths_of(api: Api, project: int, branch: str, problems: list[str]) -> tuple[str, ...] | None:
    """Return the paths of the files that were seen, sorted; None when they are not for this token."""
    tree = f"/projects/{project}/repository/tree"
    files: list[str] = []
    try:
        for count, page in enumerate(
            api.pages(tree, ref=branch, recursive=True, pagination="keyset"), start=1
        ):
            files += _named(page.items, "blob")
            if page.last:
                return tuple(sorted(files))
            if count == WHOLE_TREE_PAGES:
                break
    except Denied:
        return None
    return tuple(sorted({*files, *_by_folder(api, tree, branch, problems)}))


def _by_folder(api: Api, tree: str, branch: str, problems: list[str]) -> list[str]:
    """Read level by level, the upper ones first."""
    files: list[str] = []
    level, read = [""], 0
    for depth in range(_DEPTH + 1):
        below: list[str] = []
        for folder in level:
            if read == FOLDERS:
                problems.append(
                    f"it has more than {FOLDERS} folders: those on level {depth} were not all read"
                )
                return files
            read += 1
            at = {"path": folder} if folder else {}
            entries = api.every(tree, ref=branch, pagination="keyset", **at)
            files += _named(entries, "blob")
            below += _named(entries, "tree")
        level = below
    return files


def _named(entries: Iterable[Answer], type_: str) -> list[str]:
    """Return the paths of entries of a type; a symbolic link is no file of its own."""
    fitting = (each for each in entries if text(each, "type") == type_ and text(each, "mode") != "120000")
    return [path for each in fitting if (path := text(each, "path"))]


def texts_of(
    api: Api, project: int, slug: str, branch: str, paths: Iterable[str], problems: list[str]
) -> dict[str, str]:
    """Return the texts of the wanted ones among `paths`, by path.

    One that is too long, or no UTF-8, is left out with a line in `problems`.
    """
    upper = sorted(paths, key=lambda path: (path.count("/"), path))
    texts_too = [path for path in upper if not wanted(path) and is_text_to_keep(path)]
    if len(texts_too) > MOST_TEXTS:
        left = len(texts_too) - MOST_TEXTS
        problems.append(f"{left} of its {len(texts_too)} documents and API descriptions were not read")
    hits = [*filter(wanted, upper), *texts_too[:MOST_TEXTS]]
    if len(hits) > WANTED_FILES:
        problems.append(f"{len(hits) - WANTED_FILES} of its {len(hits)} files of interest were not read")
    found: dict[str, str] = {}
    for start in range(0, min(len(hits), WANTED_FILES), BATCH):
        batch = hits[start : min(start + BATCH, WANTED_FILES)]
        texts = _together(api, slug, branch, batch)
        if texts is None:
            texts = {path: _alone(api, project, branch, path) for path in batch}
        for path in batch:
            if (content := texts.get(path)) is None or len(content) > limit_of(path):
                problems.append(f"{path} is longer than {limit_of(path):,} characters, or no UTF-8 text")
            else:
                found[path] = content.removeprefix("\ufeff")
    return found


def _together(api: Api, slug: str, branch: str, paths: list[str]) -> dict[str, str | None] | None:
    """Return texts by one GraphQL query, None for one that is no text; None where there is no GraphQL."""
    data = api.ask(_QUERY, {"slug": slug, "ref": branch, "paths": paths})
    blobs = inside(inside(inside(data or {}, "project"), "repository"), "blobs")
    if not blobs:
        return None
    texts = ((text(each, "path"), each.get("rawTextBlob")) for each in objects(blobs, "nodes"))
    return {path: content if isinstance(content, str) else None for path, content in texts}


def _alone(api: Api, project: int, branch: str, path: str) -> str | None:
    """Return one text by REST."""
    content = api.raw(
        f"/projects/{project}/repository/files/{encoded(path)}/raw", 4 * limit_of(path), ref=branch
    )
    try:
        return None if content is None else content.decode()
    except UnicodeDecodeError:
        return None
