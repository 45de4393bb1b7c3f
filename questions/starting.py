"""Questions to begin with: about what the asker's own team answers for, where the catalog knows the asker."""

from __future__ import annotations

from dataclasses import replace

from catalog_store.search.reading import Index
from domain.answers import Asker, HelpTopic
from questions.askers import myself
from questions.forms import Form

_ABOUT_A_THING = ("owner", "show", "dependents", "dependencies", "why", "impact", "audit", "on call")
"""The forms whose first example is about the asker's own, where there is such a thing."""
STRANGERS = ("help", "list services tier 1", "gaps", "what changed this week")
"""What somebody may begin with whom the catalog does not know."""


def own_thing(asker: Asker, index: Index) -> str:
    """Return the name of a service that the asker or one of their teams answers for; empty: there is none."""
    found = _own(asker, index)
    return "" if found is None else index.ref(found[1]).name


def starters(asker: Asker, index: Index) -> tuple[str, ...]:
    """Return at most four questions to press: about the asker's own, else about everything."""
    found = _own(asker, index)
    if found is None:
        return STRANGERS
    owner, thing = found
    whom = index.ref(owner if index.ref(owner).kind == "group" else thing).name
    return (f"who is on call for {whom}", f"impact of {index.ref(thing).name}", "my gaps", "what do I own")


def _own(asker: Asker, index: Index) -> tuple[int, int] | None:
    """Return the asker, or the first of their teams, that answers for a service, and the likeliest one."""
    node = myself(asker, index)
    owners = [] if node is None else [node, *index.related(node, "memberOf").tolist()]
    for owner in owners:
        owned = [each for each in index.owned_by(owner).tolist() if index.ref(each).kind == "component"]
        if owned:
            return owner, index.best(owned, 1)[0]
    return None


def with_own_examples(forms: tuple[Form, ...], name: str) -> tuple[HelpTopic, ...]:
    """Return the rows of help; with a name, their first examples are about that thing."""
    return tuple(_topic(form, name) for form in forms)


def _topic(form: Form, name: str) -> HelpTopic:
    topic = form.topic
    if not name or form.leads_to not in _ABOUT_A_THING:
        return topic
    return replace(topic, examples=(form.ask.format(name), *topic.examples[1:]))
