"""Turns what a host told into a look: repositories as components, teams, people, and evidence on owners.

Pure: every adapter fetches its HostFacts in its own way and ends here. Decides nothing between sources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from domain.entities import EVERYTHING, Claim, FileText, Finding, Snapshot, Standing
from domain.refs import DEFAULT_NAMESPACE
from domain.sources import Quota
from integrations.hosting.completeness import as_far_as
from integrations.hosting.components import Component, components_of
from integrations.hosting.evidence.codeowners import remarks_on_parts
from integrations.hosting.evidence.merges import Merges
from integrations.hosting.evidence.permissions import Permissions
from integrations.hosting.evidence.remarks import Opinion, remark
from integrations.hosting.evidence.topics import PREFIXES, Topics
from integrations.hosting.facts import HostFacts, RepositoryFacts
from integrations.hosting.members import members_of
from integrations.hosting.reading import Reader
from integrations.hosting.refs import Refs
from integrations.hosting.repository_files import read_files
from workflows.ports import Look

_Judge = Callable[[RepositoryFacts], Opinion | None]


def look_of(
    facts: HostFacts,
    *,
    source: str,
    observed_at: datetime,
    read: Reader = read_files,
    namespace: str = DEFAULT_NAMESPACE,
    topic_prefixes: Sequence[str] = PREFIXES,
    requests: int = 0,
    quota: Quota | None = None,
    cursor: str = "",
) -> Look:
    """Return the look at a host that its facts come to.

    Snapshots come in this order: what files declare, so that a repository finds the name somebody chose;
    `<source>/teams`; `<source>`, the repositories; what files remark; `<source>/permissions`, `/topics` and
    `/merges`. A claimant that this look cannot speak for is left out, and what it said before stays.
    """
    files = read(facts, source, observed_at)
    declaring, remarking = _sorted(as_far_as(facts, each) for each in files.snapshots)
    refs = Refs.of(facts, namespace, declaring)
    components = list(components_of(facts, files, namespace))
    on_parts = tuple(remarks_on_parts(facts, refs, components))
    snapshots = (
        *declaring,
        *_members(facts, refs, source, observed_at),
        _repositories(facts, components, source, observed_at),
        *_with_parts(Snapshot(f"{source}/codeowners", observed_at, on_parts), remarking),
        *(
            Snapshot(f"{source}/{evidence}", observed_at, claims, within)
            for evidence, claims, within in _evidence(facts, refs, components, topic_prefixes)
        ),
    )
    return Look(
        snapshots,
        findings=(*files.findings, *_problems(facts)),
        read=files.read,
        cursor=cursor,
        requests=requests,
        quota=quota,
    )


def _sorted(snapshots: Iterable[Snapshot]) -> tuple[list[Snapshot], list[Snapshot]]:
    """Return those that declare anything, and the others."""
    declaring: list[Snapshot] = []
    others: list[Snapshot] = []
    for each in snapshots:
        declares = any(claim.standing is Standing.DECLARED for claim in each.claims)
        (declaring if declares else others).append(each)
    return declaring, others


def _repositories(
    facts: HostFacts, components: Iterable[Component], source: str, observed_at: datetime
) -> Snapshot:
    claims: list[Claim] = []
    texts: list[FileText] = []
    for each in components:
        claims.append(each.claim)
        texts += each.texts
    return Snapshot(source, observed_at, tuple(claims), facts.repositories_within, tuple(texts))


def _with_parts(parts: Snapshot, remarks: Iterable[Snapshot]) -> Iterator[Snapshot]:
    """Yield what files remark, with the remarks on undeclared parts among their source's others."""
    merged = not parts.claims
    for each in remarks:
        same = each.source == parts.source
        merged |= same
        yield replace(each, claims=(*each.claims, *parts.claims)) if same else each
    if not merged:
        yield parts


def _members(facts: HostFacts, refs: Refs, source: str, observed_at: datetime) -> Iterator[Snapshot]:
    claims = tuple(members_of(facts, refs))
    if claims or facts.teams_complete:
        within = (EVERYTHING,) if facts.teams_complete else ()
        yield Snapshot(f"{source}/teams", observed_at, claims, within)


def _evidence(
    facts: HostFacts, refs: Refs, components: list[Component], prefixes: Sequence[str]
) -> Iterator[tuple[str, tuple[Claim, ...], tuple[str, ...]]]:
    """Yield the claims of each kind of evidence for which these facts suffice, and how far they do.

    How far a team's rights reach is known from a look at everything alone; what teams there are and who is in
    them, from one that asked for teams, or from one at everything that may not see them. A repository that is
    gone takes all of its evidence with it.
    """
    within = facts.repositories_within
    everything = EVERYTHING in within
    found = {each.id for each in facts.repositories}
    gone = tuple(id_ for id_ in within if id_ != EVERYTHING and id_ not in found)
    knows_teams = everything or facts.teams_complete
    topics = Topics(facts, refs, prefixes)
    unsure = set() if knows_teams else {each.id for each in facts.repositories if topics.may_name_one(each)}
    if everything:
        yield "permissions", _remarks(components, Permissions(facts.repositories, refs).opinion), within
    elif gone:
        yield "permissions", (), gone
    sure = [each for each in components if each.repository.id not in unsure]
    yield "topics", _remarks(sure, topics.opinion), tuple(id_ for id_ in within if id_ not in unsure)
    if knows_teams:
        yield "merges", _remarks(components, Merges(facts, refs).opinion), within
    elif gone:
        yield "merges", (), gone


def _remarks(components: Iterable[Component], judge: _Judge) -> tuple[Claim, ...]:
    """Return the remarks on all components; one repository has one opinion, whatever its parts."""
    opinions: dict[str, Opinion | None] = {}
    claims = []
    for each in components:
        id_ = each.repository.id
        if id_ not in opinions:
            opinions[id_] = judge(each.repository)
        if (opinion := opinions[id_]) is not None:
            claims.append(remark(each, opinion))
    return tuple(claims)


def _problems(facts: HostFacts) -> Iterator[Finding]:
    for repository in facts.repositories:
        for problem in repository.problems:
            yield Finding(
                repository.slug, 0, problem, "The rest of what is known of it holds.", severity="warning"
            )
