"""Follows a Location: which files its targets name, wildcards included, and why some are not followed.

Fetches nothing from addresses and never leaves the root that the Location's file lies in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath

from domain.entities import Json
from integrations.files.backstage.wording import Problem
from integrations.files.places import File

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_WILD = frozenset("*?[")
_YAML = (".yaml", ".yml")
_MOST = 10_000
"""Files that one pattern may match."""


@dataclass(slots=True)
class Way:
    """Where the targets of one Location lead."""

    files: list[File] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    missing: list[Path] = field(default_factory=list)
    """Files that may exist and were not fetched."""


def follow(file: File, location: Mapping[str, Json]) -> Way:
    """Return the files that a valid Location in `file` names, in the order of its targets."""
    spec = location["spec"]
    way = Way()
    if not isinstance(spec, dict):
        return way
    if isinstance(target := spec.get("target"), str):
        _target(file, target, ("spec", "target"), way)
    if isinstance(targets := spec.get("targets"), list):
        for index, each in enumerate(targets):
            _target(file, str(each), ("spec", "targets", index), way)
    if not {"target", "targets"} & spec.keys():
        way.warnings.append(
            Problem(("spec",), "the Location has no target", "Write spec.target or spec.targets.")
        )
    return way


def _target(file: File, target: str, at: tuple[str | int, ...], way: Way) -> None:
    if _ADDRESS.match(target):
        way.warnings.append(Problem(at, f"not followed: {target}", "idp import reads files only."))
        return
    tree = file.root.tree
    path = file.beside(target)
    if _WILD & set(target) and not (path is not None and (tree.is_file(path) or tree.is_dir(path))):
        _pattern(file, target, at, way)
        return
    if path is None:
        way.errors.append(_outside(at, target))
    elif tree.is_file(path):
        way.files.append(file.reach(path))
    elif tree.is_dir(path):
        way.errors.append(
            Problem(at, f"the target {target} is a folder", f"Write {target.rstrip('/')}/*.yaml.")
        )
    elif tree.partial:
        problem = f"the target {target} is not among the files that were fetched"
        way.warnings.append(Problem(at, problem, "The path is relative to this file."))
        way.missing.append(path)
    else:
        way.errors.append(
            Problem(at, f"the target {target} does not exist", "The path is relative to this file.")
        )


def _pattern(file: File, target: str, at: tuple[str | int, ...], way: Way) -> None:
    parts = PurePosixPath(target).parts
    wild = next(index for index, part in enumerate(parts) if _WILD & set(part))
    start = file.beside(str(PurePosixPath(*parts[:wild])))
    if start is None or ".." in parts[wild:]:
        way.errors.append(_outside(at, target))
        return
    try:
        found = islice(file.root.tree.matching(start, str(PurePosixPath(*parts[wild:]))), _MOST)
        matches = sorted(found)
    except (ValueError, NotImplementedError, OSError) as error:
        way.errors.append(Problem(at, f"the target {target} is no pattern: {error}", "Use * and ? and **."))
        return
    if len(matches) == _MOST:
        cut = f"the target {target} matches more than {_MOST:,} files; some were not read"
        way.warnings.append(Problem(at, cut, "Write several narrower targets."))
    files = [file.reach(real) for path in matches if (real := _inside(file, path)) is not None]
    if not files:
        way.warnings.append(
            Problem(at, f"the target {target} matches no YAML file", "The path is relative to this file.")
        )
    way.files += files


def _inside(file: File, path: Path) -> Path | None:
    """Return a match without links; None when it is no YAML file below the root."""
    tree = file.root.tree
    try:
        real = tree.real(path)
    except (OSError, RuntimeError):  # a loop of links
        return None
    fits = path.suffix.lower() in _YAML and tree.is_file(real) and real.is_relative_to(file.root.border)
    return real if fits else None


def _outside(at: tuple[str | int, ...], target: str) -> Problem:
    return Problem(
        at, f"the target {target} leads out of the imported folder",
        "Import the folder above both, or give the target on the command line.",
    )  # fmt: skip
