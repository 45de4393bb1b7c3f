"""The one way from words to an answer, for every surface.

Never raises for any words; a StoreError of the catalog passes through, for the surface to show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from catalog_store.search.live import LiveIndex
from catalog_store.search.reading import Index
from domain.answers import Ambiguous, Answer, Asker, Found, Help, HelpTopic, Missing, Shown
from domain.clock import Clock, system_clock
from domain.people_mapping import NOBODY_MAPPED, PeopleBlock
from questions import helping
from questions.depending import what_depends_on, what_it_depends_on
from questions.docs import docs, pages, runbook
from questions.duplicates import suggestions
from questions.forms import Form
from questions.grammar import BARE, PATTERNS
from questions.listing import list_things
from questions.nouns import DETERMINERS
from questions.oncall import duties, who_is_on_call
from questions.owners import who_owns
from questions.owning import what_is_owned
from questions.past import show_as_of, who_owned
from questions.patterns import Words
from questions.people import unjoined_people
from questions.question import Question, Records, Standings, no_sources
from questions.showing import show
from questions.syncs import changes, intend_check, intend_sync, intend_undo, sources
from questions.wording import Word, join, read, without_courtesies

ANSWERS: Mapping[str, Callable[[Question], Answer]] = {
    "owner": who_owns,
    "show": show,
    "list": list_things,
    "owned": what_is_owned,
    "owned then": who_owned,
    "shown then": show_as_of,
    "dependents": what_depends_on,
    "dependencies": what_it_depends_on,
    "on call": who_is_on_call,
    "duties": duties,
    "docs": docs,
    "pages": pages,
    "runbook": runbook,
    "sources": sources,
    "sync": intend_sync,
    "check": intend_check,
    "undo": intend_undo,
    "changes": changes,
    "suggestions": suggestions,
    "unjoined": unjoined_people,
    "help": helping.help_on,
}
"""The function for what each form leads to."""

NOBODY_IN_PARTICULAR = Asker()
NO_TITLES: Mapping[str, str] = {}
_LONGEST_NAME = 4
"""Words of a name that is looked for at the end of words which are no question."""
_PREPOSITIONS = frozenset((
    "on", "in", "at", "for", "to", "with", "by", "from", "wrong", "up", "down", "happening",
))  # fmt: skip
"""What no name begins with: after `who is` or `what is` they ask something else."""


class Questions:
    """Answers from one catalog; safe for any number of threads. `titles` are those of `Shown`."""

    def __init__(
        self,
        catalog: Records,
        index: LiveIndex,
        *,
        clock: Clock = system_clock,
        titles: Mapping[str, str] = NO_TITLES,
        sources: Standings = no_sources,
        mapping: PeopleBlock = NOBODY_MAPPED,
    ) -> None:
        self._catalog = catalog
        self._index = index
        self._clock = clock
        self._titles = titles
        self._sources = sources
        self._mapping = mapping

    def topics(self) -> tuple[HelpTopic, ...]:
        """Return the rows of the grammar, in the order of help."""
        return helping.topics()

    def answer(self, words: str, asker: Asker = NOBODY_IN_PARTICULAR) -> Answer:
        """Answer words as typed, without the bot's own mention or command before them."""
        typed = read(words)
        meant = without_courtesies(typed)
        if not meant:
            return Help(helping.topics())
        index = self._index.current
        for tokens in (meant,) if meant == typed else (meant, typed):
            if found := _matched(tokens):
                form, slots, page = found
                question = Question(
                    join(tokens), form, slots, asker, index, self._catalog, page, self._clock, self._sources,
                    self._mapping,
                )  # fmt: skip
                answer = ANSWERS[form.leads_to](question)
                if isinstance(answer, Missing) and _is_no_name(question):
                    break
                return replace(answer, titles=self._titles) if isinstance(answer, Shown) else answer
        return self._bare_name(meant, asker, index)

    def _bare_name(self, words: list[Word], asker: Asker, index: Index) -> Answer:
        """Take the words as a name, and ask who owns it where it leads somewhere."""
        question = Question(join(words), BARE, {"thing": words}, asker, index, self._catalog)
        answer = who_owns(question)
        if isinstance(answer, Missing):
            return helping.unclear(question.words, words, answer.suggestions, self._named_last(question))
        return answer

    def _named_last(self, question: Question) -> str:
        """Return the name that the words end with, as in `docs for payments`; empty when there is none."""
        words = question.slots["thing"]
        for length in range(min(_LONGEST_NAME, len(words) - 1), 0, -1):
            if words[-length].plain in DETERMINERS:
                continue
            answer = who_owns(replace(question, slots={"thing": words[-length:]}))
            if isinstance(answer, Ambiguous) or (
                isinstance(answer, Found) and answer.matched in ("", "alias")
            ):
                return join(words[-length:])
        return ""


def _is_no_name(question: Question) -> bool:
    """Tell whether `what is wrong with payments` was read as a question for something called so."""
    first = question.slots.get("thing", ())[:1]
    return question.form.leads_to == "show" and bool(first) and first[0].plain in _PREPOSITIONS


def _matched(words: list[Word]) -> tuple[Form, dict[str, Words], int] | None:
    """Return the form of the words, its slots, and the page that is asked for of a form that has pages."""
    for at in range(len(words) - 2, 0, -1):
        if words[at].plain == "page" and words[at + 1].plain.isdecimal():
            found = PATTERNS.match([*words[:at], *words[at + 2 :]])
            if found and found[0].paged:
                return (*found, int(words[at + 1].plain[:9]))
            break
    found = PATTERNS.match(words)
    return (*found, 1) if found else None
