"""Reads the catalog files of repositories that a host's adapter fetched, with the readers of files.

Asks the host for nothing, and takes a file under a catalog's own name only: what else of a repository is
catalog, a Location must name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from domain.entities import Claim, Snapshot, Standing
from domain.refs import Ref
from integrations.files.checkouts import Checkout, Declared, ReadCheckouts
from integrations.files.codeowners import reader as codeowners
from integrations.files.codeowners.remarks import in_use, remarks
from integrations.files.collected import Collected, Place
from integrations.files.places import File, Root, searched
from integrations.files.registry import READERS, Reader
from integrations.files.trees import Texts

_HOSTED = ("github:", "gitlab:")
_NAMES = frozenset(name for reader in READERS for name in reader.in_repositories or ())


def read_checkouts(
    checkouts: Iterable[Checkout],
    *,
    source: str,
    observed_at: datetime,
    known: Mapping[str, Ref] | None = None,
) -> ReadCheckouts:
    """Read the catalog files of repositories; claims, findings and all are in the order of the checkouts.

    The snapshots' sources are `source` with the format behind it (`github/backstage`). `known` gives refs by
    alias (`github-team:acme/pay`, `mailto:ana@acme.example`), for owners to be found by. A repository in
    which a document could not be read keeps what it claimed before in that format: its id is not in
    `Snapshot.within`. Never raises for what files hold.
    """
    return _Reading(checkouts, known or {}).run(source, observed_at)


class _Reading:
    """One call, with its checkouts by the folders in memory that they stand in."""

    def __init__(self, checkouts: Iterable[Checkout], known: Mapping[str, Ref]) -> None:
        self._collected = Collected()
        self._checkouts: dict[Path, Checkout] = {}
        self._roots: list[Root] = []
        self._declared: dict[str, dict[Ref, tuple[Declared, str, str]]] = {}
        """By the ids of checkouts: what is declared, its name, and the path of its catalog file."""
        for alias, ref in known.items():
            self._collected.learn(alias, ref)
        for number, checkout in enumerate(checkouts):
            top = Path(f"/{number}")
            self._checkouts[top] = checkout
            self._roots.append(
                Root(
                    top,
                    Path(checkout.repository),
                    top,
                    Texts(top, checkout.files),
                    checkout.alias,
                    _address(checkout),
                )
            )
        self._catalog = {root.path: self._catalog_files(root) for root in self._roots}

    def run(self, source: str, observed_at: datetime) -> ReadCheckouts:
        snapshots = []
        for reader in READERS:
            if reader.in_repositories is not None:
                self._collected.left_out.clear()
                reader.read(self._files(reader), self._collected)
                claims = self._placed(reader.name)
                snapshots.append(self._snapshot(f"{source}/{reader.name}", observed_at, claims))
        self._collected.left_out.clear()
        claims = [claim for root in self._roots for claim in self._remarks(root)]
        snapshots.append(self._snapshot(f"{source}/{codeowners.SOURCE}", observed_at, claims))
        return ReadCheckouts(
            tuple(snapshots),
            tuple(self._collected.findings),
            tuple(self._collected.notes),
            {id_: tuple(each for each, _, _ in found.values()) for id_, found in self._declared.items()},
            self._missing(),
            self._collected.read,
        )

    def _files(self, reader: Reader) -> list[File]:
        """Return the files of a format, repository by repository, in the order of their paths."""
        names = reader.in_repositories or ()
        return [file for root in self._roots for name, file in self._catalog[root.path] if name in names]

    def _catalog_files(self, root: Root) -> list[tuple[str, File]]:
        """Return the files of a repository that have a catalog's name, with it, in lower case."""
        named = ((path, path.rpartition("/")[2].lower()) for path in self._checkouts[root.path].files)
        found = sorted((path, name) for path, name in named if name in _NAMES and _is_below(path))
        return [(name, File(root.path / path, root)) for path, name in found]

    def _placed(self, format_: str) -> list[Claim]:
        """Return what a format's files declare, each tied to its repository, and remember it."""
        claims = self._collected.claims.get(format_, ())
        places = self._collected.declared_by(format_)
        tied = [self._tied(claim, place, format_) for claim, (_, place) in zip(claims, places, strict=True)]
        said = self._collected.remarks.get(format_, ())
        return [*tied, *(_about(self._checkouts[place.file.root.path], claim) for claim, place in said)]

    def _tied(self, claim: Claim, place: Place, format_: str) -> Claim:
        """Give a claim its id; and, where it says no other, its repository, folder and host's alias."""
        checkout = self._checkouts[place.file.root.path]
        folder = place.file.folder
        path = f"{folder}/{place.file.path.name}".lstrip("/")
        declared = Declared(claim.ref, folder, format_), claim.name, path
        self._declared.setdefault(checkout.id, {}).setdefault(claim.ref, declared)
        fields, aliases = dict(claim.fields), claim.aliases
        if claim.ref.kind == "component":
            elsewhere = "repository" in fields or any(each.startswith(_HOSTED) for each in aliases)
            if not elsewhere:
                fields["repository"] = checkout.slug
                aliases = (*aliases, checkout.alias)
            if folder and fields.get("repository", checkout.slug) == checkout.slug:
                fields.setdefault("repository_path", folder)
        return replace(claim, id=f"{checkout.id}#{claim.ref}", fields=fields, aliases=aliases)

    def _remarks(self, root: Root) -> Iterable[Claim]:
        checkout = self._checkouts[root.path]
        path = in_use(checkout)
        if path is None:
            return ()
        declared = self._declared.get(checkout.id, {})
        parts = [each for ref, each in declared.items() if ref.kind == "component"]
        return remarks(checkout, File(root.path / path, root), parts, self._collected)

    def _snapshot(self, source: str, observed_at: datetime, claims: Sequence[Claim]) -> Snapshot:
        whole = (
            checkout.id for top, checkout in self._checkouts.items() if top not in self._collected.left_out
        )
        return Snapshot(source, observed_at, tuple(claims), tuple(whole))

    def _missing(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for path in sorted(self._collected.missing):
            top = Path(*path.parts[:2])
            found.setdefault(self._checkouts[top].id, []).append(path.relative_to(top).as_posix())
        return {id_: tuple(paths) for id_, paths in found.items()}


def _is_below(path: str) -> bool:
    """Tell whether a path leads to below the top, and through no folder that is not looked into."""
    folders = path.split("/")[:-1]
    return all(folder and folder != ".." and searched(folder) for folder in folders)


def _about(checkout: Checkout, claim: Claim) -> Claim:
    """Make a remark of what a file says of the repository around it: that there is one, the host says."""
    fields = {name: value for name, value in claim.fields.items() if name != "type"}
    return replace(
        claim,
        ref=Ref("component", claim.ref.namespace, claim.ref.name),
        kind="Component",
        fields=fields,
        id=checkout.id,
        standing=Standing.REMARK,
        same_as=(checkout.alias,),
    )


def _address(checkout: Checkout) -> Callable[[str, int], str]:
    def address(path: str, line: int) -> str:
        if checkout.file_url is not None:
            return checkout.file_url(path, line or None)
        shown = f"{checkout.repository}/{path}"
        return f"{shown}:{line}" if line else shown

    return address
