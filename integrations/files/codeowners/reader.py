"""Reads CODEOWNERS files: the rules of a repository become claims on the components that it declares.

A repository that declares none becomes a Resource itself, so that its files have owners too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from domain.codeowners.rules import GITHUB, GITLAB, Codeowners
from domain.entities import Claim, Json
from domain.refs import DEFAULT_NAMESPACE, Ref
from integrations.files.backstage.formats import is_name
from integrations.files.codeowners.ownership import CONFIDENCE, Ownership
from integrations.files.collected import Collected, Place
from integrations.files.names import slug
from integrations.files.places import File
from integrations.files.text import Unreadable

SOURCE = "codeowners"
_LIMIT = 3_000_000
"""Bytes: GitHub loads no larger CODEOWNERS file."""

_FOLDERS = (".github", ".gitlab", "docs")
_FIRST = (".github", ".gitlab", "", "docs")
"""Where a forge looks for the file, in this order; it reads the first that it finds."""


def takes(path: Path) -> bool:
    """Tell whether a file is a CODEOWNERS file in a place where a forge looks for it."""
    hidden = any(part in (".github", ".gitlab") for part in path.parent.parent.parts)
    return path.name == "CODEOWNERS" and not hidden


def read(files: Sequence[File], collected: Collected) -> None:
    """Read these files, one for each repository."""
    chosen: dict[Path, File] = {}
    for file in sorted(files, key=lambda each: _FIRST.index(_folder(each))):
        first = chosen.setdefault(repository_of(file), file)
        if first is not file:
            problem = f"this CODEOWNERS is not used: {first.shown} comes first"
            collected.warning(file, 0, problem, "Keep one of the two.")
    parts = _components(chosen, collected)
    for root, file in chosen.items():
        collected.progress(file)
        collected.read += 1
        try:
            text = file.text(_LIMIT)
        except Unreadable as trouble:
            collected.unreadable(file, trouble)
            continue
        _claim(file, root, _parsed(file, text, collected), parts[root], collected)


def repository_of(file: File) -> Path:
    """Return the folder whose files a CODEOWNERS file speaks of."""
    folder = file.path.parent
    return folder.parent if folder.name in _FOLDERS else folder


def _folder(file: File) -> str:
    name = file.path.parent.name
    return name if name in _FOLDERS else ""


def _parsed(file: File, text: str, collected: Collected) -> Codeowners:
    dialect = {".github": GITHUB, ".gitlab": GITLAB}.get(file.path.parent.name)
    parsed = Codeowners.parse(text, dialect)
    for each in parsed.complaints:
        collected.warning(file, each.line, each.problem, each.remedy)
    if not any(rule.owners for rule in parsed.rules):
        collected.warning(
            file, 0, "no rule of this file names an owner", "Write lines such as `* @organisation/team`."
        )
    return parsed


def _components(roots: Iterable[Path], collected: Collected) -> dict[Path, list[tuple[Ref, Place, str]]]:
    """Sort the components that catalog files declare by the nearest repository above them."""
    parts: dict[Path, list[tuple[Ref, Place, str]]] = {root: [] for root in roots}
    for ref, place, name in collected.declared_beside_code():
        if ref.kind == "component":
            root = next((each for each in place.file.path.parents if each in parts), None)
            if root is not None:
                parts[root].append((ref, place, name))
    return parts


def _claim(
    file: File, root: Path, parsed: Codeowners, parts: list[tuple[Ref, Place, str]], collected: Collected
) -> None:
    if not parsed.rules:
        return
    ownership = Ownership(parsed, collected)
    if not parts:
        name = root.name if is_name(root.name) else slug(root.name) or "repository"
        ref = Ref("resource", DEFAULT_NAMESPACE, name.lower())
        fields, origin = _fields(file, ownership, root, root / "README")
        claim = Claim(ref, name, "Resource", {"type": "repository", **fields}, (), origin, CONFIDENCE)
        collected.declare(SOURCE, claim, file, 0)
    for ref, place, name in parts:
        fields, origin = _fields(file, ownership, root, place.file.path)
        collected.add(SOURCE, Claim(ref, name, "Component", fields, (), origin, CONFIDENCE))


def _fields(file: File, ownership: Ownership, root: Path, path: Path) -> tuple[dict[str, Json], str]:
    """Return what the rules say of the thing declared at `path`, and where the deciding rule stands."""
    below = path.relative_to(root)
    folder = "" if len(below.parts) == 1 else below.parent.as_posix()
    rules = ownership.rules(folder)
    fields: dict[str, Json] = {"codeowners": rules} if rules else {}
    if folder:
        fields["repository_path"] = folder
    rule = ownership.deciding(folder, below.as_posix())
    owner = None if rule is None else ownership.owner(rule)
    if rule is None or owner is None:
        return fields, file.origin
    fields["owner"] = str(owner[0])
    return fields, file.at(rule.line)
