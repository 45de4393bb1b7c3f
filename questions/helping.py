"""Answers `help`, and says what would be understood where words are not.

Everything it says comes from the grammar's table.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from domain.answers import Answer, Candidate, Help, HelpTopic, Unclear
from questions.grammar import FORMS, PATTERNS, Form
from questions.question import Question
from questions.wording import Word, join

FIRST_STEPS = ("who owns <thing>", "list services", "help")
_SUGGESTED = 3


def topics() -> tuple[HelpTopic, ...]:
    """Return the table as help and documentation show it."""
    return tuple(form.topic for form in FORMS)


def help_on(question: Question) -> Answer:
    """Answer with the rows that a word is about, or with all of them."""
    about = join(question.slots.get("rest", ())).strip("/")
    if not about:
        return Help(topics())
    wanted = about.lower().removesuffix("s")
    rows = [form for form in FORMS if _mentions(form, wanted)]
    if rows:
        return Help(tuple(form.topic for form in rows), about)
    usages = (form.usage for form in nearest(question.slots["rest"]) or FORMS[:_SUGGESTED])
    return Unclear(question.words, f"There is no help on {about}.", ("help", *usages))


def _mentions(form: Form, wanted: str) -> bool:
    texts = (form.leads_to, form.usage, form.meaning, *form.examples)
    return any(word.strip("<>@,;").startswith(wanted) for text in texts for word in text.lower().split())


def unclear(words: str, tokens: Sequence[Word], suggestions: Sequence[Candidate] = ()) -> Unclear:
    """Say that no form has these words, with the same words spelt right, near names, or near forms."""
    respelt = _respelt(tokens)
    asks = [respelt] if respelt else []
    asks.extend(each.ask for each in suggestions)
    if not asks:
        asks.extend(form.usage for form in nearest(tokens))
    return Unclear(words, "I do not understand this.", tuple(dict.fromkeys((*asks, *FIRST_STEPS)))[:5])


def _respelt(tokens: Sequence[Word]) -> str:
    """Return the words with the command's misspelt ones put right, when that makes a question; else empty."""
    corrected = [_nearest_word(token) for token in tokens]
    # Only the command is put right: a name that looks like a command's word stays a name.
    for last in range(len(tokens), 0, -1):
        trial = [*corrected[:last], *tokens[last:]]
        if trial != list(tokens) and PATTERNS.match(trial):
            return join(trial)
    return ""


def _nearest_word(token: Word) -> Word:
    if len(token.plain) < 3 or token.plain in PATTERNS.vocabulary:
        return token
    allowed = 1 if len(token.plain) < 6 else 2
    scored = [
        (distance, word)
        for word in PATTERNS.vocabulary
        if (distance := OSA.distance(token.plain, word, score_cutoff=allowed)) <= allowed and len(word) > 2
    ]
    if not scored:
        return token
    word = min(scored)[1]
    return Word(word, word)


def nearest(tokens: Sequence[Word]) -> list[Form]:
    """Return the forms that share words with these, the nearest first; at most three."""
    said = {_nearest_word(token).plain for token in tokens}
    shared = [(len(said & _words_of(form)), form) for form in FORMS]
    ranked = sorted((pair for pair in shared if pair[0]), key=lambda pair: -pair[0])
    return [form for _, form in ranked[:_SUGGESTED]]


def _words_of(form: Form) -> set[str]:
    return {word for word in form.usage.lower().split() if word.isalpha() and len(word) > 2} - {
        "what",
        "does",
    }
