"""Evidence by CODEOWNERS for the parts of a monorepo that no file declares: the rule on their folder decides.

What is declared, and repositories as a whole, are `integrations.files.codeowners`' to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from domain.entities import Claim
from domain.refs import Ref
from integrations.files.codeowners.rules import Codeowners
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
    files: dict[str, tuple[str, Codeowners] | None] = {}
    for each in components:
        if each.folder and not each.claim.same_as:
            if each.repository.id not in files:
                files[each.repository.id] = _file(each.repository, facts.host)
            opinion = _opinion(each.folder, files[each.repository.id], refs, teams, people)
            if opinion is not None:
                yield remark(each, opinion)


def _file(repository: RepositoryFacts, host: str) -> tuple[str, Codeowners] | None:
    path = next((path for path in _PLACES.get(host, ()) if path in repository.files), None)
    return None if path is None else (path, Codeowners.parse(repository.files[path], host))


def _opinion(
    folder: str,
    file: tuple[str, Codeowners] | None,
    refs: Refs,
    teams: frozenset[str],
    people: Mapping[str, str],
) -> Opinion | None:
    """Return the deciding rule's first team, else its first person; sections that must approve go first."""
    if file is None:
        return None
    path, parsed = file
    for rule in sorted(parsed.rules_for(f"{folder}/CODEOWNED"), key=lambda each: each.section.optional):
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
