"""What an answer on one thing says, sentence by sentence, whichever pen writes it.

Decides the words and their order; the layout is the surface's (`cards`, `plain`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from blocks import wording
from blocks.pens import Pen
from domain.answers import Found, Owner, Person, Shown, Thing
from domain.clock import age_in_words
from domain.entities import Entity, Fact

SHOWN_PEOPLE = 5
SHOWN_LINKS = 4
SHOWN_FACTS = 4
_REASON = 160


OWNERS = {"group": "a team, which answers for itself", "user": "a person, who answers for themselves"}
"""The kinds that own, and what the question who owns them comes to."""


class Row(NamedTuple):
    """One labelled line under the headline."""

    label: str
    text: str


def owner_headline(answer: Found | Shown, pen: Pen) -> str:
    """Answer the question in one line: who owns it, and where they are."""
    if answer.as_of is not None:
        return _owner_then(answer, pen)
    entity, owner = answer.record.entity, answer.owner
    name = pen.strong(entity.title)
    if entity.ref.kind in OWNERS:
        return " · ".join(
            part for part in (f"{name} is {OWNERS[entity.ref.kind]}", _channel(owner, pen)) if part
        )
    if owner is None:
        return f"Nobody owns {name}"
    if not owner.known:
        word = wording.kind_word(owner.ref.kind)
        return (
            f"{name} has no known owner: {pen.strong(owner.title)} is named, "
            f"but no such {pen.text(word)} is in the catalog"
        )
    guess = _guess(answer)
    sure = f"{wording.likelihood(guess.confidence)} " if guess else ""
    line = f"{name} is {sure}owned by {_named(owner, entity, pen)}{_whence(answer, pen)}"
    return " · ".join(part for part in (line, pen.channel(owner)) if part)


def _owner_then(answer: Found | Shown, pen: Pen) -> str:
    """Answer for a day: who owned it, by what the catalog knew then."""
    entity, owner, at = answer.record.entity, answer.owner, answer.as_of
    on, name = f"On {wording.full_day(at)}" if at else "", pen.strong(entity.title)
    if entity.ref.kind in OWNERS:
        return f"{on} {name} was {OWNERS[entity.ref.kind].partition(',')[0]}"
    if owner is None:
        return f"{on} nobody owned {name}"
    if not owner.known:
        word = pen.text(wording.kind_word(owner.ref.kind))
        return f"{on} {name} named {pen.strong(owner.title)} as its owner, and no such {word} was known"
    guess = _guess(answer)
    sure = f"{wording.likelihood(guess.confidence)} " if guess else ""
    line = f"{on} {name} was {sure}owned by {_named(owner, entity, pen)}{_whence(answer, pen)}"
    return " · ".join(part for part in (line, pen.channel(owner)) if part)


def _whence(answer: Found | Shown, pen: Pen) -> str:
    """Say from where the owner is inherited, and from what inferred; empty when neither."""
    line = ""
    inherited = answer.inherited_from if isinstance(answer, Found) else None
    if inherited is not None:
        word = wording.kind_word(inherited.kind, inherited.type)
        line += f", as all of the {pen.text(word)} {pen.strong(inherited.title)}"
    if guess := _guess(answer):
        line += f", inferred from {pen.text(wording.evidence_word(guess.source))}"
    return line


def _guess(answer: Found | Shown) -> Fact | None:
    """Return the fact from which the owner is inferred; None where somebody declared it."""
    facts = answer.evidence if isinstance(answer, Found) else answer.record.facts_on("owner")
    return facts[0] if facts and facts[0].wins and facts[0].confidence < 1 else None


def gone(answer: Found | Shown, pen: Pen, now: datetime) -> str:
    """Say that no source sees the thing any more, and what becomes of it; empty while one does."""
    at = answer.record.entity.vanished_at
    if at is None or answer.as_of is not None:
        return ""
    since = f"{wording.day(at)} ({age_in_words(now - at)})"
    return pen.text(
        f"{wording.GONE_MARK} No source has seen this since {since}; "
        "it will be retired unless it comes back.", 200
    )  # fmt: skip


def _named(owner: Owner, entity: Entity, pen: Pen) -> str:
    """Name the owner, and say what it is where the thing itself is called so."""
    same = owner.title.casefold() == entity.title.casefold()
    return f"the {wording.kind_word(owner.ref.kind)} " * same + pen.strong(owner.title)


def _channel(owner: Owner | None, pen: Pen) -> str:
    return pen.channel(owner) if owner else ""


def thing_headline(answer: Shown, pen: Pen) -> str:
    """Say what it is and whose, in one line."""
    entity, owner = answer.record.entity, answer.owner
    if entity.ref.kind in OWNERS and answer.as_of is None:
        parts = (
            f"{pen.strong(entity.title)} is a {wording.kind_word(entity.ref.kind)}",
            _channel(owner, pen),
        )
        return " · ".join(part for part in parts if part)
    return owner_headline(answer, pen)


def matched(answer: Found | Shown, pen: Pen) -> str:
    """Say how the words led to this thing; empty when they named it."""
    if not answer.matched:
        return ""
    return pen.text(wording.match_words(answer.matched, answer.words), 200)


def place(answer: Found | Shown, pen: Pen) -> str:
    """Say what sort of thing it is: `service · tier 1 · production · part of Payments Platform`.

    Empty for a team or a person: the headline says so already.
    """
    entity = answer.record.entity
    if entity.ref.kind in OWNERS:
        return ""
    parts = [pen.text(part) for part in wording.entity_traits(entity)]
    system = entity.text("system")
    if system:
        parts.append(f"part of {pen.text(_called(system, answer))}")
    return " · ".join(parts)


def contact_rows(owner: Owner | None, entity: Entity, pen: Pen) -> list[Row]:
    """Return whom to ask and where to look: people and links."""
    people = [pen.person(person) for person in _people(owner)]
    if owner and people == [pen.text(owner.title)]:
        people = []  # the headline named them
    links = [link for link in _links(entity, pen) if link]
    rows = [
        Row("People", wording.names_of(people, SHOWN_PEOPLE)),
        Row("E-mail", pen.text(owner.email) if owner and not people else ""),
        Row("Links", " · ".join(links[:SHOWN_LINKS])),
    ]
    return [row for row in rows if row.text]


def _people(owner: Owner | None) -> tuple[Person, ...]:
    if owner is None:
        return ()
    return owner.people or (Person(owner.ref, owner.title, owner.slack_user_id),)


def _links(entity: Entity, pen: Pen) -> Iterable[str]:
    links = entity.fields.get("links")
    for each in links if isinstance(links, list) else ():
        if isinstance(each, Mapping):
            url = str(each.get("url") or "")
            yield pen.link(url, str(each.get("title") or url))


def evidence(answer: Found, pen: Pen, now: datetime) -> list[str]:
    """Say how we know, a line for each source: the winner first, then who agrees and who says otherwise."""
    lines: list[str] = []
    winner: Fact | None = None
    at = now if answer.as_of is None else None
    for fact in answer.evidence[:SHOWN_FACTS]:
        if winner is None:
            winner = fact
            lines.append(_basis(fact, pen, at))
        else:
            said = pen.strong(_called(str(fact.value), answer))
            verb = "agrees" if _today(fact, answer) == _today(winner, answer) else f"says {said}"
            sure = f" ({_sure(fact)})" if fact.confidence < 1 else ""
            lines.append(
                f"{pen.text(wording.source_word(fact.source))} {verb}{sure}{_grounds(fact, pen, at)}"
            )
    more = len(answer.evidence) - SHOWN_FACTS
    return [*lines, f"and {wording.plural(more, 'more source', 'more sources')}"] if more > 0 else lines


def _today(fact: Fact, answer: Found) -> str:
    return answer.renamed.get(str(fact.value), str(fact.value))


def _called(ref: str, answer: Found | Shown) -> str:
    return answer.called.get(ref) or short_name(ref)


def _basis(fact: Fact, pen: Pen, now: datetime | None) -> str:
    source = pen.text(wording.source_word(fact.source))
    if fact.confidence < 1:
        return f"inferred from {source} ({_sure(fact)}){_grounds(fact, pen, now)}"
    return f"declared{'' if fact.origin else f' by {source}'}{_grounds(fact, pen, now)}"


def _sure(fact: Fact) -> str:
    return f"{wording.likelihood(fact.confidence)}, {round(fact.confidence * 100)} % sure"


def _grounds(fact: Fact, pen: Pen, now: datetime | None) -> str:
    """Say where and when a source read it, for what reason it believes it, and if the thing is gone there.

    Of evidence of another day (`now` is None) when it was read last does not matter.
    """
    where = f" in {pen.origin(fact.origin)}" if fact.origin else ""
    why = f", because {pen.text(fact.reason, _REASON)}" if fact.reason else ""
    read = f", read {age_in_words(now - fact.observed_at)}" if now else ""
    gone_at = fact.vanished_at
    no_more = f", and not seen there since {wording.day(gone_at)}" if gone_at else ""
    return f"{where}{why}{read}{no_more}"


def claim_advice(answer: Found, pen: Pen) -> str:
    """Say what to write, and where, so that the thing has an owner; empty when it has one."""
    if answer.as_of is not None or answer.inherited_from is not None or (answer.owner and answer.owner.known):
        return ""
    if answer.entity.ref.kind in OWNERS:
        return ""
    origin = next((fact.origin for fact in answer.record.facts if fact.origin), "")
    # What a host or a cluster saw stands in no file yet, and an address is none to write into.
    path = "" if "://" in origin else origin.rpartition(":")[0] or origin
    where = f"in {pen.code(path)}" if path else "in its catalog file"
    if answer.owner is None and path.endswith(".csv"):
        return f"To claim it, fill in its owner {where}."
    if answer.owner is None:
        return f"To claim it, write {pen.code('owner: your-team')} {where}."
    return f"Name a team of the catalog {where}, or add {pen.code(answer.owner.title)} to the catalog."


def short_name(ref: str) -> str:
    """Return the name in a ref's text: `team-payments` for `group:default/team-payments`."""
    return ref.rpartition("/")[2].rpartition(":")[2] or ref


def asked_here(place: Thing, pen: Pen) -> str:
    """Say why an answer is about a team that nobody named."""
    return f"This is the channel of {pen.strong(place.title)}."
