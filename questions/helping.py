"""Answers `help`, and says what would be understood where words are not.

Everything it says comes from the grammar's table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, product

from rapidfuzz.distance import OSA

from domain.answers import Answer, Candidate, Help, HelpTopic, Unclear
from questions.forms import Form
from questions.grammar import FORMS, PATTERNS
from questions.question import Question
from questions.starting import own_thing, with_own_examples
from questions.wording import Word, join

FIRST_STEPS = ("who owns <thing>", "list services", "help")
_SUGGESTED = 3
_CORRECTED = 8
"""How many words from the first are looked at for a misspelling."""
_TRIED = 64


def topics() -> tuple[HelpTopic, ...]:
    """Return the table as help and documentation show it."""
    return tuple(form.topic for form in FORMS)


def help_on(question: Question) -> Answer:
    """Answer with the rows that a word is about, or with all of them; examples name what is the asker's."""
    about = join(question.slots.get("rest", ())).strip("/")
    rows = with_own_examples(FORMS, own_thing(question.asker, question.index))
    if not about:
        return Help(rows)
    wanted = about.lower().removesuffix("s")
    kept = tuple(
        topic
        for form, topic in zip(FORMS, rows, strict=True)
        if all(_mentions(form, word) for word in wanted.split())
    )
    if kept:
        return Help(kept, about)
    usages = (form.usage for form in nearest(question.slots["rest"]) or FORMS[:_SUGGESTED])
    return Unclear(question.words, f"There is no help on “{about}”.", ("help", *usages))


def _mentions(form: Form, wanted: str) -> bool:
    texts = (form.leads_to, form.usage, form.meaning, *form.examples)
    return any(word.strip("<>@,;").startswith(wanted) for text in texts for word in text.lower().split())


def unclear(
    words: str, tokens: Sequence[Word], suggestions: Sequence[Candidate] = (), name: str = ""
) -> Unclear:
    """Say that no form has these words, with what may be meant.

    That is the same words spelt right, questions on the `name` they end with, near names, or near forms.
    """
    respelt = _respelt(tokens)
    asks = [respelt] if respelt else []
    asks.extend((f"who owns {name}", f"show {name}") if name else (each.ask for each in suggestions))
    if not asks:
        asks.extend(form.usage for form in nearest(tokens))
    return Unclear(words, "I do not understand this.", tuple(dict.fromkeys((*asks, *FIRST_STEPS)))[:5])


def _respelt(tokens: Sequence[Word]) -> str:
    """Return the words with the command's misspelt ones put right, when that makes a question; else empty."""
    choices = [_spellings(token) for token in tokens[:_CORRECTED]]
    for corrected in islice(product(*choices), _TRIED):
        trial = [*corrected, *tokens[_CORRECTED:]]
        if trial != list(tokens) and PATTERNS.match(trial):
            return join(trial)
    return ""


def _spellings(token: Word) -> list[Word]:
    """Return the word itself, then the commands' words that it is nearly."""
    if len(token.plain) < 3 or token.plain in PATTERNS.vocabulary:
        return [token]
    return [token, *(Word(word, word) for word in nearly(token.plain, PATTERNS.vocabulary))]


def nearly(word: str, known: Iterable[str]) -> list[str]:
    """Return the words of which this one is a misspelling, the likeliest first."""
    allowed = 1 if len(word) < 6 else 2
    scored = [
        (distance, each)
        for each in known
        if len(each) > 2 and (distance := OSA.distance(word, each, score_cutoff=allowed)) <= allowed
    ]
    return [each for _, each in sorted(scored)][:_SUGGESTED]


def nearest(tokens: Sequence[Word]) -> list[Form]:
    """Return the forms that share words with these, the nearest first; at most three."""
    said = {word.plain for token in tokens for word in _spellings(token)}
    shared = [(len(said & _words_of(form)), form) for form in FORMS]
    ranked = sorted((pair for pair in shared if pair[0]), key=lambda pair: -pair[0])
    return [form for _, form in ranked[:_SUGGESTED]]


def _words_of(form: Form) -> set[str]:
    return {word for word in form.usage.lower().split() if word.isalpha() and len(word) > 2} - {
        "what",
        "does",
    }
