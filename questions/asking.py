"""The one way from words to an answer, for every surface.

Never raises for any words; a StoreError of the catalog passes through, for the surface to show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from catalog_store.search.live import LiveIndex
from domain.answers import (
    Ambiguous,
    Answer,
    Asker,
    Found,
    HelpTopic,
    Missing,
    Shown,
    Spotted,
    Thing,
    Unclear,
)
from domain.clock import Clock, system_clock
from domain.home import Home
from domain.people_mapping import NOBODY_MAPPED, PeopleBlock
from domain.visibility import Reader, Visibility
from questions import helping, homes, offering
from questions.apis import operations
from questions.auditing import audit, audit_of_all
from questions.dependence import does_it_depend
from questions.depending import what_depends_on, what_it_depends_on
from questions.docs import docs, pages, runbook
from questions.duplicates import suggestions
from questions.finding import find
from questions.forms import Form, Reach
from questions.gaps import count_gaps, gaps
from questions.grammar import BARE, PATTERNS
from questions.impact import impact
from questions.listing import list_things
from questions.nouns import DETERMINERS
from questions.oncall import duties, who_is_on_call
from questions.owners import who_owns
from questions.owning import what_is_owned
from questions.past import show_as_of, who_owned
from questions.patterns import Words
from questions.people import unjoined_people
from questions.question import Question, Records, Standings, no_sources
from questions.readers import Readers
from questions.seen_records import SeenRecords
from questions.showing import show
from questions.spotting import spot, spotted
from questions.starting import starters
from questions.syncs import changes, intend_check, intend_sync, intend_undo, sources
from questions.tally import Tally
from questions.taste import Taste, Usage
from questions.why import why
from questions.wording import Word, join, read, without_courtesies

ANSWERS: Mapping[str, Callable[[Question], Answer]] = {
    "owner": who_owns,
    "spotted": spotted,
    "show": show,
    "list": list_things,
    "owned": what_is_owned,
    "gaps": gaps,
    "owned then": who_owned,
    "why": why,
    "shown then": show_as_of,
    "dependents": what_depends_on,
    "dependencies": what_it_depends_on,
    "api": operations,
    "impact": impact,
    "dependence": does_it_depend,
    "find": find,
    "audit": audit,
    "audit of all": audit_of_all,
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
EVERYBODY_INSIDE = Visibility()
NO_TITLES: Mapping[str, str] = {}
_LONGEST_NAME = 4
"""Words of a name that is looked for at the end of words which are no question."""
_PREPOSITIONS = frozenset((
    "on", "in", "at", "for", "to", "with", "by", "from", "wrong", "up", "down", "happening",
))  # fmt: skip
"""What no name begins with: after `who is` or `what is` they ask something else."""


def nobody_asks(_asker: Asker) -> bool:
    """Tell that somebody is no administrator: of a portal that names none."""
    return False


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
        visibility: Visibility = EVERYBODY_INSIDE,
        administers: Callable[[Asker], bool] = nobody_asks,
    ) -> None:
        self._catalog = catalog
        self._index = index
        self._clock = clock
        self._titles = titles
        self._sources = sources
        self._mapping = mapping
        self._administers = administers
        self._usage = Usage(clock)
        self.readers = Readers(index, visibility)
        """Who sees what."""
        self.tally = Tally()
        """What found no answer."""

    def topics(self) -> tuple[HelpTopic, ...]:
        """Return the rows of the grammar, in the order of help."""
        return helping.topics()

    def answer(self, words: str, asker: Asker = NOBODY_IN_PARTICULAR) -> Answer:
        """Answer words as typed, without the bot's own mention or command before them."""
        typed = read(words)
        meant = without_courtesies(typed)
        if not meant:
            return self.answer("help", asker)
        answer = self._answer(words, typed, meant, asker)
        if self._is_counted(asker):
            self.tally.hear(meant, answer)
        if asker.reader is None:
            self._usage.hear(answer)
        return answer

    def _answer(self, words: str, typed: list[Word], meant: list[Word], asker: Asker) -> Answer:
        ask = self._asking(asker)
        for tokens in (meant,) if meant == typed else (meant, typed):
            if found := _matched(tokens):
                form, slots, page = found
                if (refused := self._refused(form, asker, join(tokens))) is not None:
                    return refused
                question = replace(ask(join(tokens), form, slots, page), said=words)
                answer = ANSWERS[form.leads_to](question)
                if isinstance(answer, Missing) and _is_no_name(question):
                    break
                return replace(answer, titles=self._titles) if isinstance(answer, Shown) else answer
        return self._bare_name(ask(join(meant), BARE, {"thing": meant}, 1), meant)

    def _is_counted(self, asker: Asker) -> bool:
        """Tell whether what found no answer is counted, which every member may read.

        What was asked for a channel's sake was asked by a person already; and who may see what is hidden from
        others might name it.
        """
        readers = self.readers
        return (asker.reader is None or asker.reader.everything) and readers.alike(
            readers.of(asker), Reader()
        )

    def _asking(self, asker: Asker) -> Callable[[str, Form, Mapping[str, Words], int], Question]:
        """Return what makes a question of words, with no more before it than its reader may see."""
        whole = self._index.current
        reader = self.readers.of(asker)
        seen = self.readers.view(whole, reader)
        records = self._catalog
        if seen is not whole:
            records = SeenRecords(self._catalog, whole, seen, reader, self.readers.rules)
        taste = Taste(asker, self._usage if reader.inside else None)

        def ask(words: str, form: Form, slots: Mapping[str, Words], page: int) -> Question:
            return Question(
                words, form, slots, asker, seen, records, page, self._clock, self._sources, self._mapping,
                taste,
            )  # fmt: skip

        return ask

    def _refused(self, form: Form, asker: Asker, words: str) -> Unclear | None:
        """Say that a question is not for everybody; None where it is for this asker."""
        if form.reach is Reach.EVERYBODY or self.readers.of(asker).everything:
            return None
        if not self.readers.of(asker).inside:
            return Unclear(words, "That is for members of the workspace.", ("help",))
        if form.reach is Reach.ADMINISTRATORS and not self._administers(asker):
            problem = (
                "That is for the portal's administrators (administrators: in idp.yaml): it shows addresses."
            )
            return Unclear(words, problem, ("help",))
        return None

    def prepare(self) -> None:
        """Count what `gaps` tells of the newest snapshot, so that the first who asks need not wait for it."""
        count_gaps(self._index.current)

    def home(self, asker: Asker = NOBODY_IN_PARTICULAR) -> Home:
        """Return what the asker's Home shows; nobody has asked in vain what the Home lacks."""

        def ask(words: str) -> Answer:
            return self._answer(words, read(words), read(words), asker)

        return homes.home(self._naming("", asker), ask)

    def starters(self, asker: Asker = NOBODY_IN_PARTICULAR) -> tuple[str, ...]:
        """Return at most four questions to begin with, about what is the asker's where that is known."""
        return starters(asker, self._naming("", asker).index)

    def spot(self, text: str, asker: Asker = NOBODY_IN_PARTICULAR) -> Spotted:
        """Answer who owns what a text speaks of: a message's links, names and stack traces."""
        return spot(text, self._naming("", asker))

    def linked(self, url: str, asker: Asker = NOBODY_IN_PARTICULAR) -> Found | None:
        """Return the one thing that an address is known to lead to, with its owner; else None."""
        answer = who_owns(replace(self._naming(url, asker), surely=True))
        return answer if isinstance(answer, Found) and answer.matched == "alias" else None

    def offers(self, typed: str, asker: Asker = NOBODY_IN_PARTICULAR) -> tuple[tuple[str, Thing], ...]:
        """Return what may be meant by a text that is still being typed, at most 100, the likeliest first.

        Each comes with the handle, at most 150 characters, by which `picked` knows it again.
        """
        index = self._naming("", asker).index
        things = index.things(offering.offers(typed, index))
        return tuple((offering.handle_of(thing.ref), thing) for thing in things)

    def picked(self, handle: str, asker: Asker = NOBODY_IN_PARTICULAR) -> Answer:
        """Answer who owns what was picked from the offers."""
        return self.answer(f"who owns {offering.meant_by(handle, self._naming('', asker).index)}", asker)

    def _naming(self, name: str, asker: Asker) -> Question:
        return self._asking(asker)(name, BARE, {"thing": (Word(name, ""),)} if name else {}, 1)

    def _bare_name(self, question: Question, words: list[Word]) -> Answer:
        """Take the words as a name, and ask who owns it where it leads somewhere."""
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
    """Tell whether `what is wrong with payments` was read as a question for something called so.

    So is any other why, such as `why did the build of payments fail`.
    """
    words = question.slots.get("thing", ())
    first = words[:1]
    if question.form.leads_to == "why" and len(words) > _LONGEST_NAME:
        return True
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
