"""Evidence by topic: `team-payments` on a repository was written down to say whose it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.refs import Ref
from integrations.hosting.confidences import TOPIC_KNOWN_TEAM, TOPIC_UNKNOWN_TEAM
from integrations.hosting.evidence.remarks import Opinion
from integrations.hosting.facts import HostFacts, RepositoryFacts
from integrations.hosting.naming import last, plain
from integrations.hosting.refs import Refs

PREFIXES = ("team-", "owner-", "owned-by-", "squad-")
"""What a topic begins with that names a team, the surest first."""


class Topics:
    """Knows the teams that a topic may name."""

    def __init__(self, facts: HostFacts, refs: Refs, prefixes: Sequence[str] = PREFIXES) -> None:
        self._prefixes = tuple(prefix.lower() for prefix in prefixes if prefix)
        self._refs = refs
        self._complete = facts.teams_complete
        self._teams = _teams_by_name(facts, refs)

    def opinion(self, repository: RepositoryFacts) -> Opinion | None:
        """Return who owns a repository by its topics; None when none of them names a team."""
        for prefix in self._prefixes:
            for topic in repository.topics:
                named = topic.lower()
                if named.startswith(prefix) and (found := self._team(prefix, named)) is not None:
                    ref, known = found
                    confidence = TOPIC_KNOWN_TEAM if known else TOPIC_UNKNOWN_TEAM
                    return Opinion(ref, confidence, f"the topic {topic} names the team")
        return None

    def may_name_one(self, repository: RepositoryFacts) -> bool:
        """Return whether a topic begins as one does that names a team, whichever that is."""
        return any(topic.lower().startswith(self._prefixes) for topic in repository.topics)

    def _team(self, prefix: str, topic: str) -> tuple[Ref, bool] | None:
        """Return the team of a topic and whether the host knows it. `team-x` may be a team's whole name."""
        rest = topic.removeprefix(prefix)
        for name in (rest, topic):
            if (ref := self._teams.get(name)) is not None:
                return ref, True
        if self._complete or not rest:
            return None
        return self._refs.team(rest), False


def _teams_by_name(facts: HostFacts, refs: Refs) -> Mapping[str, Ref]:
    """Return the teams by the names that lead to one of them alone."""
    found: dict[str, set[Ref]] = {}
    for team in facts.teams:
        ref = refs.team(team.slug)
        spelled = {plain(last(team.slug)), plain(team.slug), plain(team.name or last(team.slug))}
        for name in spelled:
            found.setdefault(name, set()).add(ref)
    return {name: next(iter(those)) for name, those in found.items() if len(those) == 1}
