"""The components that repositories are: one for each part that is declared or that its files tell of.

Names nobody's owner. A thing that somebody declared is only seen here, and says so by `same_as`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from domain.entities import Claim, FileText, Json, Standing
from domain.refs import DEFAULT_NAMESPACE, Ref
from integrations.hosting.confidences import SEEN
from integrations.hosting.facts import HostFacts, RepositoryFacts
from integrations.hosting.files_of_interest import of_interest
from integrations.hosting.naming import last, part_name, plain, scope_of
from integrations.hosting.reading import FilesRead, Part
from integrations.hosting.repository_fields import links_of, own_fields, shared_fields, url_of
from integrations.kept_texts import is_text_to_keep


@dataclass(frozen=True, slots=True)
class Component:
    """A claim, and the repository and folder that it speaks of."""

    claim: Claim
    repository: RepositoryFacts
    folder: str
    texts: tuple[FileText, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a component is in its repository, and what it is there."""

    folder: str
    ref: Ref | None = None
    """As declared."""
    name: str = ""
    """What tells it from another in the same folder; empty for the first."""
    called: str = ""
    """As its manifest calls it."""

    @property
    def short_name(self) -> str:
        """What a part below the top is called when nobody declares it."""
        return plain(self.called or last(self.folder))

    @property
    def id_end(self) -> str:
        """What its id has behind the repository's: nothing for the first at the top."""
        end = f"{self.folder}@{self.name}" if self.name else self.folder
        return f"#{end}" if end else ""


def components_of(
    facts: HostFacts, read: FilesRead, namespace: str = DEFAULT_NAMESPACE
) -> Iterator[Component]:
    """Yield every component of every repository, in the host's order."""
    for repository in facts.repositories:
        places = _places(
            last(repository.slug), read.declared.get(repository.id, ()), read.parts.get(repository.id, ())
        )
        yield from _components(
            facts.host, repository, places, read.manifests.get(repository.id, ()), namespace
        )


def _places(repository: str, declared: Iterable[tuple[Ref, str]], parts: Iterable[Part]) -> list[_Place]:
    """Return what is in a repository: declared components, other parts, else the repository itself."""
    by_folder: dict[str, list[Ref]] = {}
    for ref, folder in declared:
        if ref.kind == "component":
            by_folder.setdefault(folder, []).append(ref)
    places = []
    for folder, refs in by_folder.items():
        named = plain(last(folder) or repository)
        first = next((ref for ref in refs if ref.name == named), refs[0])
        places.append(_Place(folder, first))
        places += [_Place(folder, ref, ref.name) for ref in dict.fromkeys(refs) if ref != first]
    detected = {part.folder: part for part in parts if part.folder not in by_folder}
    places += [_Place(folder, called=part.name) for folder, part in detected.items()]
    return places or [_Place("")]


def _components(
    host: str,
    repository: RepositoryFacts,
    places: list[_Place],
    manifests: Iterable[Mapping[str, Json]],
    namespace: str,
) -> Iterator[Component]:
    folders = frozenset(place.folder for place in places)
    paths = _by_folder(repository.paths, folders)
    texts = _by_folder((path for path in repository.files if is_text_to_keep(path)), folders)
    described = _by_folder((str(each.get("path", "")) for each in manifests), folders)
    by_path = {str(each.get("path", "")): each for each in manifests}
    shared = shared_fields(repository)
    names = Counter(place.short_name for place in places if place.folder and place.ref is None)
    repeated = frozenset(name for name, count in names.items() if count > 1)
    for place in places:
        folder = place.folder
        fields = dict(shared) if folder else {**shared, **own_fields(repository)}
        if folder:
            fields["repository_path"] = folder
        fields["links"] = links_of(repository, folder, host)
        if files := of_interest(paths.get(folder, [])):
            fields["repo.files"] = list(files)
        if mine := [by_path[path] for path in described.get(folder, ())]:
            fields["repo.manifests"] = [dict(each) for each in mine]
        claim = _claim(host, repository, place, fields, repeated, namespace)
        kept = () if place.name else _texts(host, repository, claim.key, texts.get(folder, ()))
        yield Component(claim, repository, folder, kept)


def _claim(
    host: str,
    repository: RepositoryFacts,
    place: _Place,
    fields: dict[str, Json],
    repeated: frozenset[str],
    namespace: str,
) -> Claim:
    if place.ref is not None:
        name = place.ref.name
    elif place.folder:
        name = part_name(repository.slug, place.folder, place.short_name, repeated)
    else:
        name = last(repository.slug)
    whole = not place.id_end
    named = name if whole and plain(name) == name.lower() else plain(name)
    return Claim(
        ref=place.ref or Ref("component", namespace, plain(name)),
        name=named,
        kind="Component",
        fields=fields,
        aliases=(f"{host}:{repository.slug}{place.id_end}".lower(),),
        origin=url_of(repository, place.folder, host),
        confidence=SEEN,
        id=f"{repository.id}{place.id_end}",
        standing=Standing.SEEN,
        same_as=(str(place.ref),) if place.ref else (),
        # A part whose name another has, too, is known by its repository: `component:shop/cart`.
        scope=scope_of(f"{last(repository.slug)}/" if place.folder else repository.slug),
    )


def _texts(host: str, repository: RepositoryFacts, key: str, paths: Iterable[str]) -> tuple[FileText, ...]:
    return tuple(
        FileText(key, path, repository.files[path], url_of(repository, path, host, file=True))
        for path in sorted(paths)
    )


def _by_folder(paths: Iterable[str], folders: frozenset[str]) -> dict[str, list[str]]:
    """Return paths by the innermost of the folders that they are in; one that is in none is left out."""
    found: dict[str, list[str]] = {}
    if folders == {""}:
        return {"": list(paths)}
    for path in paths:
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            if folder in folders:
                found.setdefault(folder, []).append(path)
                break
    return found
