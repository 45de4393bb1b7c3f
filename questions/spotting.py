"""Answers `who owns this: …`: what the links, names and stack traces of a text belong to.

Each clue is asked about as if somebody had typed it, exact names and addresses alone: a text is never guessed
at. Reads no clue itself.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace

from catalog_store.search.reading import Index
from domain.answers import Ambiguous, Answer, Found, Spot, Spotted
from domain.refs import Ref
from questions.clues import READ, Clue, clues_in
from questions.owners import who_owns
from questions.question import Question
from questions.subjects import One, Role, Wanted, resolve
from questions.wording import Word

LISTED = 8
PATIENCE = 1.0
"""Seconds for one text; what is not looked up by then is left out."""
_TOLD = 6
"""How many clues are named where none led anywhere."""
_WORDS = 80
_LEAD = re.compile(
    r"(?is)^.{0,80}?\b(?:this|these|following)\b(?:[ \t]+\w+)?[ \t]*:|^.{0,80}?\b(?:this|these|following)\b"
)
_ASK = "who owns {}"
_BY_THEIR_OWN_RULES = ("link", "repository", "file", "pod", "host", "key")
"""Clues that may have an owner without being the name of a thing."""


def spotted(question: Question) -> Answer:
    """Answer for the text after `who owns this`."""
    said = question.said or question.words
    return spot(_LEAD.sub("", said, count=1), question)


def spot(text: str, question: Question) -> Spotted:
    """Answer for a text as it was pasted."""
    index = question.index
    clues = clues_in(text, lambda name: _is_name(name, index))
    until = time.monotonic() + PATIENCE
    spots: dict[Ref, Spot] = {}
    more: dict[Ref, None] = {}
    for clue in clues:
        if time.monotonic() > until:
            break
        for ref in _led_to(clue, question):
            if ref in spots or ref in more:
                continue
            if len(spots) == LISTED:
                more[ref] = None
            elif (found := _asked(str(ref), question)) is not None:
                spots[ref] = Spot(clue.what, clue.text, found)
    looked_at = () if spots else tuple(dict.fromkeys(clue.text for clue in clues))[:_TOLD]
    shown = " ".join(text[: 4 * _WORDS].split())[:_WORDS]
    return Spotted(shown, tuple(spots.values()), len(more), looked_at, unread=len(text) > READ)


def _is_name(name: str, index: Index) -> bool:
    """Tell whether something is called exactly so. A person's name in a text says nothing of services."""
    return any(index.ref(node).kind != "user" for nodes in index.names.called(name) for node in nodes)


def _led_to(clue: Clue, question: Question) -> Iterator[Ref]:
    """Yield the things that a clue names: one, or the few that are called so."""
    index = question.index
    subject = resolve(clue.ask, index, Wanted(Role.OWNED, _ASK, surely=True))
    if isinstance(subject, One):
        if index.ref(subject.node).kind != "user":
            yield index.ref(subject.node)
    elif isinstance(subject, Ambiguous):
        yield from (each.thing.ref for each in subject.candidates[:3])
    elif clue.what in _BY_THEIR_OWN_RULES and (found := _asked(clue.ask, question)) is not None:
        yield found.entity.ref


def _asked(thing: str, question: Question) -> Found | None:
    """Return the owner of something, None where it is not one thing for sure."""
    answer = who_owns(replace(question, slots={"thing": (Word(thing, ""),)}, surely=True))
    return answer if isinstance(answer, Found) else None
