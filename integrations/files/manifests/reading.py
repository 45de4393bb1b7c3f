"""Reads the package manifests among a repository's files.

Never raises for what a file holds: a broken manifest is there all the same, without its details.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from integrations.files.manifests import scripted, structured
from integrations.files.manifests.manifest import Found, Manifest


@dataclass(frozen=True, slots=True)
class _Kind:
    ecosystem: str
    language: str
    parse: Callable[[str], Found]


_GO_WORK = _Kind("go", "Go", scripted.go_work)
_BY_NAME: Mapping[str, _Kind] = {
    "package.json": _Kind("npm", "JavaScript", structured.package_json),
    "pyproject.toml": _Kind("pypi", "Python", structured.pyproject),
    "setup.cfg": _Kind("pypi", "Python", scripted.setup_cfg),
    "setup.py": _Kind("pypi", "Python", scripted.setup_py),
    "requirements.txt": _Kind("pypi", "Python", scripted.requirements),
    "go.mod": _Kind("go", "Go", scripted.go_mod),
    "go.work": _GO_WORK,
    "pom.xml": _Kind("maven", "Java", structured.pom),
    "build.gradle": _Kind("gradle", "Java", scripted.gradle),
    "build.gradle.kts": _Kind("gradle", "Java", scripted.gradle),
    "Cargo.toml": _Kind("cargo", "Rust", structured.cargo),
    "Gemfile": _Kind("rubygems", "Ruby", scripted.gemfile),
    "composer.json": _Kind("composer", "PHP", structured.composer),
    "mix.exs": _Kind("hex", "Elixir", scripted.mix),
}
_BY_SUFFIX: Mapping[str, _Kind] = {
    ".csproj": _Kind("nuget", "C#", structured.csproj),
    ".fsproj": _Kind("nuget", "F#", structured.csproj),
    ".vbproj": _Kind("nuget", "Visual Basic", structured.csproj),
}


def is_manifest(path: str) -> bool:
    """Tell by its name whether a file is a package manifest."""
    return _kind(path) is not None


def manifests_of(files: Mapping[str, str]) -> tuple[Manifest, ...]:
    """Return the package manifests among texts by path, in the order of paths."""
    return tuple(
        _read(path, kind, files[path]) for path in sorted(files) if (kind := _kind(path)) is not None
    )


def _kind(path: str) -> _Kind | None:
    name = path.rpartition("/")[2]
    return _BY_NAME.get(name) or _BY_SUFFIX.get(name[name.rfind(".") :] if "." in name else "")


def _read(path: str, kind: _Kind, text: str) -> Manifest:
    try:
        found = kind.parse(text.removeprefix("\ufeff")) if text.strip() or kind is _GO_WORK else Found()
    except (ValueError, RecursionError):  # json's, tomllib's and ours are ValueErrors
        found = Found()
    if kind.ecosystem == "nuget" and not found.name:
        found.name = path.rpartition("/")[2].rpartition(".")[0]
    return found.manifest(path, kind.ecosystem, kind.language)
