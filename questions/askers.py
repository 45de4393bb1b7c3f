"""Who asks: the node of the asker, or what to say to somebody whom the catalog does not know."""

from __future__ import annotations

from catalog_store.search.reading import Index
from domain.answers import Asker, Missing


def myself(asker: Asker, index: Index) -> int | None:
    """Return the asker's node; None when the catalog does not know the asker."""
    if asker.person is not None:
        return index.node(asker.person)
    nodes = index.names.by_alias(f"slack:{asker.slack_user_id}") if asker.slack_user_id else ()
    return nodes[0] if len(nodes) == 1 else None


def own_teams(person: int, index: Index) -> list[int]:
    """Return a person's teams that own something; where none does, all of them.

    A team of everybody, or of a whole department, mostly owns nothing, and nobody asks about it.
    """
    teams: list[int] = index.related(person, "memberOf").tolist()
    return [each for each in teams if len(index.owned_by(each))] or teams


def stranger(words: str) -> Missing:
    """Say that the catalog does not know who asks."""
    remedy = (
        "I cannot tell who you are in the catalog: add the annotation slack.com/user-id to your User entity, "
        "and run: idp import PATH"
    )
    return Missing(words, (), remedy)
