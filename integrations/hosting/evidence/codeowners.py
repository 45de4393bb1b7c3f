"""Evidence by CODEOWNERS for the parts of a monorepo that no file declares: the rule on their folder decides.

What is declared, and repositories as a whole, are `integrations.files.codeowners`' to say; where there is
neither, the first part keeps the rules of all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from domain.codeowners.kept import FIELD, as_kept
from domain.codeowners.rulebook import Rulebook
from domain.codeowners.rules import Codeowners
from domain.entities import Claim, Json, Standing
from domain.refs import Ref
from integrations.hosting.components import Component
from integrations.hosting.confidences import CODEOWNERS
from integrations.hosting.evidence.remarks import Opinion, remark
from integrations.hosting.facts import HostFacts, RepositoryFacts
from integrations.hosting.refs import Refs

_PLACES: Mapping[str, tuple[str, ...]] = {
    "github": (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"),
    "gitlab": ("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"),
}
"""Where each host looks for the file, in this order; it reads the first that it finds."""


def remarks_on_parts(facts: HostFacts, refs: Refs, components: Iterable[Component]) -> Iterator[Claim]:
    """Yield who owns each undeclared part; nothing for one that no rule gives to anybody."""
    teams = frozenset(team.slug.lower() for team in facts.teams)
    people = {person.email.lower(): person.login for person in facts.people if person.email}
    files: dict[str, tuple[str, Rulebook] | None] = {}
    every = list(components)
    kept = {each.repository.id for each in every if not each.folder or each.claim.same_as}
    for each in every:
        if not each.folder or each.claim.same_as:
            continue
        id_ = each.repository.id
        if id_ not in files:
            files[id_] = _file(each.repository, facts.host)
        file = files[id_]
        opinion = _opinion(each.folder, file, refs, teams, people)
        said = None if opinion is None else remark(each, opinion)
        if file is not None and id_ not in kept:
            kept.add(id_)
            rules = _kept(file[1], lambda owner: _ref(owner, refs, teams, people))
            said = _with_rules(each, said, rules)
        if said is not None:
            yield said


def _kept(book: Rulebook, ref: Callable[[str], Ref | None]) -> list[Json]:
    dialect = book.codeowners.dialect
    return [as_kept(rule, dialect, lambda owner: str(ref(owner) or owner)) for rule in book.codeowners.rules]


def _with_rules(part: Component, said: Claim | None, rules: list[Json]) -> Claim:
    """Return what is said of a part, with the rules of its repository."""
    if said is None:
        about = part.claim
        said = Claim(
            about.ref, about.name, about.kind, {}, (), part.repository.web_url, CODEOWNERS, about.key,
            Standing.REMARK, (*about.same_as, *about.aliases), about.scope,
        )  # fmt: skip
    return replace(said, fields={**said.fields, FIELD: rules})


def _file(repository: RepositoryFacts, host: str) -> tuple[str, Rulebook] | None:
    path = next((path for path in _PLACES.get(host, ()) if path in repository.files), None)
    return None if path is None else (path, Rulebook(Codeowners.parse(repository.files[path], host)))


def _opinion(
    folder: str,
    file: tuple[str, Rulebook] | None,
    refs: Refs,
    teams: frozenset[str],
    people: Mapping[str, str],
) -> Opinion | None:
    """Return the deciding rule's first team, else its first person; sections that must approve go first."""
    if file is None:
        return None
    path, book = file
    for rule in sorted(book.deciding(f"{folder}/CODEOWNED"), key=lambda each: each.section.optional):
        owners = [(ref, each) for each in rule.owners if (ref := _ref(each, refs, teams, people)) is not None]
        if owners:
            ref, written = min(owners, key=lambda each: each[0].kind != "group")
            return Opinion(ref, CODEOWNERS, f"{path}:{rule.line} names {written}")
    return None


def _ref(owner: str, refs: Refs, teams: frozenset[str], people: Mapping[str, str]) -> Ref | None:
    """Return whom a handle or address means; None for a role, and for an address that nobody has."""
    if owner.startswith("@@"):
        return None
    if not owner.startswith("@"):
        login = people.get(owner.lower())
        return refs.person(login) if login else None
    handle = owner[1:]
    return refs.team(handle) if "/" in handle or handle.lower() in teams else refs.person(handle)
