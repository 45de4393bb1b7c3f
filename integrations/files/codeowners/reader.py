"""Reads CODEOWNERS files: the rules of a repository become claims on the components that it declares.

A repository that declares none becomes a Resource itself, so that its files have owners too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from domain.entities import Claim, Json
from domain.refs import DEFAULT_NAMESPACE, Ref
from integrations.files.backstage.formats import is_name
from integrations.files.backstage.reader import SOURCE as BACKSTAGE
from integrations.files.codeowners.pattern import stem
from integrations.files.codeowners.rules import GITHUB, GITLAB, Codeowners, Rule
from integrations.files.collected import Collected, Place
from integrations.files.handles import ref_of
from integrations.files.names import slug
from integrations.files.places import File
from integrations.files.text import Unreadable, read_text

SOURCE = "codeowners"
CONFIDENCE = 0.7
"""Who reviews a repository's files most likely owns what runs from it, but nobody said so."""

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
            text = read_text(file.path, _LIMIT)
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


def _components(roots: Iterable[Path], collected: Collected) -> dict[Path, list[tuple[Ref, Place]]]:
    """Sort the components that catalog files declare by the nearest repository above them."""
    parts: dict[Path, list[tuple[Ref, Place]]] = {root: [] for root in roots}
    for ref, place in collected.declared_by(BACKSTAGE):
        if ref.kind == "component":
            root = next((each for each in place.file.path.parents if each in parts), None)
            if root is not None:
                parts[root].append((ref, place))
    return parts


def _claim(
    file: File, root: Path, parsed: Codeowners, parts: list[tuple[Ref, Place]], collected: Collected
) -> None:
    if not parsed.rules:
        return
    if not parts:
        name = root.name if is_name(root.name) else slug(root.name) or "repository"
        ref = Ref("resource", DEFAULT_NAMESPACE, name.lower())
        fields, origin = _fields(file, parsed, root, root / "README", collected)
        claim = Claim(ref, name, "Resource", {"type": "repository", **fields}, (), origin, CONFIDENCE)
        collected.declare(SOURCE, claim, file, 0)
    stems = [stem(rule.pattern, parsed.dialect == GITLAB) for rule in parsed.rules]
    for ref, place in parts:
        own = _speaking_of(place.file.path.parent.relative_to(root).parts, parsed, stems)
        fields, origin = _fields(file, own, root, place.file.path, collected)
        name = collected.name_of(BACKSTAGE, ref)
        collected.add(SOURCE, Claim(ref, name, "Component", fields, (), origin, CONFIDENCE))


def _speaking_of(folder: tuple[str, ...], parsed: Codeowners, stems: list[tuple[str, ...]]) -> Codeowners:
    """Return the rules that may cover something in a folder.

    A monorepo has about as many rules as components: all of them with each would be a million.
    """
    rules = [
        rule
        for rule, own in zip(parsed.rules, stems, strict=True)
        if own[: len(folder)] == folder[: len(own)]
    ]
    return Codeowners(parsed.dialect, tuple(rules))


def _fields(
    file: File, parsed: Codeowners, root: Path, path: Path, collected: Collected
) -> tuple[dict[str, Json], str]:
    """Return what the rules say of the thing declared at `path`, and where the deciding rule stands."""
    fields: dict[str, Json] = {}
    if parsed.rules:
        fields["codeowners"] = [_rule(rule, collected) for rule in parsed.rules]
    rule = _deciding(parsed, path.parent.relative_to(root).as_posix(), path.relative_to(root).as_posix())
    owner = None if rule is None else _first(rule.owners, collected)
    if rule is None or owner is None:
        return fields, file.origin
    fields["owner"] = str(owner)
    return fields, f"{file.origin}:{rule.line}"


def _deciding(parsed: Codeowners, folder: str, path: str) -> Rule | None:
    """Return the rule that says who owns a component: of its folder, else of its catalog file.

    The folder first, so that `*.yaml @docs` does not make the docs team own every service. Among GitLab's
    sections one that must approve goes before one that may.
    """
    inside = f"{folder}/CODEOWNED" if folder != "." else "CODEOWNED"
    for each in (inside, path):
        rules = parsed.rules_for(each)
        owned = [rule for rule in rules if any(map(_is_somebody, rule.owners))]
        if rules:
            return min(owned, key=lambda rule: rule.section.optional, default=None)
    return None


def _first(owners: Iterable[str], collected: Collected) -> Ref | None:
    """Return the first team of a rule, else its first person."""
    refs = [ref_of(owner, collected) for owner in owners if _is_somebody(owner)]
    return next((ref for ref in refs if ref.kind == "group"), refs[0] if refs else None)


def _is_somebody(owner: str) -> bool:
    """Tell a person or team from GitLab's `@@role`."""
    return not owner.startswith("@@")


def _rule(rule: Rule, collected: Collected) -> Json:
    """Return a rule as it is kept for questions on a path: owners are refs, a role stays as written."""
    owners = [str(ref_of(each, collected)) if _is_somebody(each) else each for each in rule.owners]
    kept: dict[str, Json] = {
        "pattern": f"!{rule.pattern}" if rule.excludes else rule.pattern,
        "owners": owners,
        "line": rule.line,
    }
    if rule.section.name:
        kept["section"] = rule.section.name
    return kept
