"""Questions to begin with: about what the asker's own team answers for, where the catalog knows the asker."""

from __future__ import annotations

from dataclasses import replace

from catalog_store.search.reading import Index
from domain.answers import Asker, HelpTopic
from questions.askers import myself, own_teams
from questions.forms import Form
from questions.subjects import One, Role, Wanted, resolve

_ABOUT_A_THING = ("owner", "show", "dependents", "dependencies", "why", "impact", "audit", "on call")
"""The forms whose first example is about the asker's own, where there is such a thing."""
STRANGERS = ("help", "list services tier 1", "gaps", "what changed this week")
"""What somebody may begin with whom the catalog does not know."""


def own_thing(asker: Asker, index: Index) -> str:
    """Return what to call a service that the asker or one of their teams has; empty: there is none."""
    found = _own(asker, index)
    return "" if found is None else words_for(found[1], Role.OWNED, index)


def starters(asker: Asker, index: Index) -> tuple[str, ...]:
    """Return at most four questions to press: about the asker's own, else about everything."""
    found = _own(asker, index)
    if found is None:
        return STRANGERS
    owner, thing = found
    whom = words_for(
        *((owner, Role.OWNER) if index.ref(owner).kind == "group" else (thing, Role.OWNED)), index
    )
    name = words_for(thing, Role.OWNED, index)
    return (f"who is on call for {whom}", f"impact of {name}", "my gaps", "what do I own")


def _own(asker: Asker, index: Index) -> tuple[int, int] | None:
    """Return the asker, or the first of their teams, that answers for a service, and the likeliest one."""
    node = myself(asker, index)
    for owner in () if node is None else (node, *own_teams(node, index)):
        owned = [each for each in index.owned_by(owner).tolist() if index.ref(each).kind == "component"]
        if owned:
            return owner, index.best(owned, 1)[0]
    return None


def words_for(node: int, role: Role, index: Index) -> str:
    """Return a node's name where that leads to it and to nothing else, else its ref."""
    name = index.ref(node).name
    return name if resolve(name, index, Wanted(role, "{}")) == One(node) else index.ref(node).short


def with_own_examples(forms: tuple[Form, ...], name: str) -> tuple[HelpTopic, ...]:
    """Return the rows of help; with a name, their first examples are about that thing."""
    return tuple(_topic(form, name) for form in forms)


def _topic(form: Form, name: str) -> HelpTopic:
    topic = form.topic
    if not name or form.leads_to not in _ABOUT_A_THING:
        return topic
    return replace(topic, examples=(form.ask.format(name), *topic.examples[1:]))
