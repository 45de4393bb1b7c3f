"""Says of which parts a repository consists: one for a plain repository, one for each folder of a monorepo.

Goes by manifests, Dockerfiles and catalog files; what is there for tests, examples or building is no part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from integrations.files.manifests.manifest import Manifest
from integrations.files.manifests.reading import is_manifest, manifests_of

_ASIDE = frozenset({
    "node_modules", "vendor", "third_party", "third-party", "external", "testdata", "fixtures",
    "__fixtures__", "test", "tests", "__tests__", "e2e", "spec", "example", "examples", "sample", "samples",
    "demo", "demos", "template", "templates", "doc", "docs", "documentation", "website", "benchmark",
    "benchmarks", "bench",
})  # fmt: skip
"""Folders whose contents say nothing of what the repository is made of."""

_BUILDING = frozenset({
    "docker", "deploy", "deployment", "build", "ci", "infra", "ops", "chart", "charts", "helm", "k8s",
    "kubernetes", "scripts", "tools", "hack", "dev", "images", "container",
})  # fmt: skip
"""Folders that help to build or run what is above them."""

_CATALOG = frozenset({
    "catalog-info.yaml", "catalog-info.yml", "opslevel.yml", "opslevel.yaml", "cortex.yaml", "cortex.yml",
    "compass.yml", "compass.yaml", "service.datadog.yaml", "service.datadog.yml", "entity.datadog.yaml",
    "entity.datadog.yml",
})  # fmt: skip
_HOLDING = frozenset({"pnpm-workspace.yaml", "lerna.json", "nx.json", "turbo.json", "rush.json", "go.work"})
"""Files at the top beside which a manifest only holds others together."""

_DOCKERFILE = re.compile(r"(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?|[\w.-]+\.[Dd]ockerfile")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a repository."""

    folder: str
    """From the top; empty for the repository itself."""
    name: str
    """Its manifest's own name without scope, else its folder's; empty for a repository without either."""
    manifests: tuple[Manifest, ...]
    """Those in its folder and below, except where another part begins."""
    dockerfile: bool
    chart: bool
    """Whether it has a Helm chart."""

    @property
    def application(self) -> bool | None:
        """Whether it is run (True), used by others (False), or does not tell (None)."""
        if self.dockerfile or self.chart or any(each.application for each in self.manifests):
            return True
        told = [each.application for each in self.manifests if not each.workspace]
        return False if told and all(each is False for each in told) else None


def parts_of(paths: Iterable[str], files: Mapping[str, str]) -> tuple[Part, ...]:
    """Return the parts of a repository, by the paths that are there and the texts that were read of them.

    Folders below the top with a manifest of their own, a Dockerfile or a catalog file are parts, if there are
    two of them, or one with a catalog file; a single one is where a plain repository keeps its code. The top
    is a part beside them when it has a Dockerfile, a catalog file, or a manifest that says what it is. A
    manifest that only holds others together makes no part.
    """
    known = sorted({path for path in (*paths, *files) if _tells(_name(path))})
    tree = _Tree(known, manifests_of({path: files.get(path, "") for path in known if is_manifest(path)}))
    folders = tree.folders()
    if not folders or (len(folders) == 1 and folders[0] not in tree.cataloged):
        return (tree.part("", []),)
    if tree.top_is_part():
        folders = ["", *folders]
    return tuple(tree.part(each, folders) for each in folders)


class _Tree:
    """The paths of one repository that say something of its parts."""

    def __init__(self, paths: Sequence[str], manifests: Sequence[Manifest]) -> None:
        seen = [path for path in paths if not _is_aside(path)]
        top = {path for path in paths if "/" not in path}
        self._manifests = [each for each in manifests if not _is_aside(each.path)]
        self._held = bool(top & _HOLDING)
        self._dockerfiles = [path for path in seen if _DOCKERFILE.fullmatch(_name(path))]
        self._charts = [_folder(path) for path in seen if _name(path) == "Chart.yaml"]
        self.cataloged = {_folder(path) for path in seen if _name(path) in _CATALOG}

    def folders(self) -> list[str]:
        """Return the folders of parts below the top, in order."""
        strong = self.cataloged | {_folder(path) for path in self._dockerfiles}
        found = {*strong, *(each.folder for each in self._manifests if not each.workspace)}
        kept: list[str] = []
        for folder in sorted(found - {""}):
            builds = folder not in self.cataloged and not _BUILDING.isdisjoint(folder.split("/"))
            inner = any(folder.startswith(f"{each}/") for each in kept)
            if not builds and (folder in strong or not inner):
                kept.append(folder)
        return kept

    def top_is_part(self) -> bool:
        """Tell whether the top of a monorepo is something in itself."""
        if "" in self.cataloged or any("/" not in path for path in self._dockerfiles):
            return True
        own = [each for each in self._manifests if each.folder == "" and not each.workspace]
        return not self._held and any(each.application is not None or each.frameworks for each in own)

    def part(self, folder: str, folders: Sequence[str]) -> Part:
        """Return the part that begins at a folder."""
        inner = [
            f"{each}/"
            for each in folders
            if each != folder and each.startswith(f"{folder}/" if folder else "")
        ]

        def mine(path: str) -> bool:
            return path.startswith(f"{folder}/" if folder else "") and not path.startswith(tuple(inner))

        manifests = tuple(each for each in self._manifests if mine(each.path))
        own = (each.short_name for each in manifests if each.folder == folder and not each.workspace)
        name = next((each for each in own if each), "") or folder.rpartition("/")[2]
        charted = any(mine(f"{each}/") or (folder and _name(each) == name) for each in self._charts)
        return Part(folder, name, manifests, any(map(mine, self._dockerfiles)), charted)


def _tells(name: str) -> bool:
    """Tell whether a file of this name says anything of parts; most paths of a repository do not."""
    telling = name in _CATALOG or name in _HOLDING or name == "Chart.yaml"
    return telling or is_manifest(name) or _DOCKERFILE.fullmatch(name) is not None


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _is_aside(path: str) -> bool:
    """Tell whether a file lies in a folder that is aside, or in a hidden one."""
    return any(each in _ASIDE or each.startswith(".") for each in path.split("/")[:-1])
