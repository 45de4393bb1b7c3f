"""Cuts what a person typed into words, without the courtesies around a question.

Knows Slack's typed mentions only as one word each; what they stand for, `subjects` says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_STRAIGHT = str.maketrans("\u201c\u201d\u201e\u2019\u2018\u00b4\u00a0", "\"\"\"''' ")
"""Curly quotes and apostrophes, and the blank that does not break."""
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_TOKEN = re.compile(r"""<[^<>]+>|"[^"]+"|`[^`]+`|(?<!\S)'[^']+'(?=[\s?!.,;]|$)|[^\s"`]+|["`]""")
_LOUD = ",;?!"
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]")
"""What comes along unseen when text is copied: joiners, marks of direction, variants of emoji."""
_EMOJI = re.compile(r"(?<!\S):[a-z0-9_+'-]+:(?::skin-tone-\d:)?(?=[\s?!.,;]|$)")
_SHORT_FORMS = {
    "who's": ("who", "is"), "whos": ("who", "is"), "what's": ("what", "is"), "whats": ("what", "is"),
    "who're": ("who", "are"), "where's": ("where", "is"), "i'm": ("i", "am"), "i'd": ("i", "would"),
}  # fmt: skip
LONGEST = 1_000
"""Characters that are read; no question is as long."""


class Word(NamedTuple):
    """One word: as typed, and as it is compared (empty for what stood in quotes: that is always a name)."""

    typed: str
    plain: str


def read(text: str) -> list[Word]:
    """Return a text's words: quotes made straight, short forms opened, closing marks left out."""
    text = text[:LONGEST].translate(_STRAIGHT)
    if not text.isascii():
        text = _UNSEEN.sub("", text)
    if ":" in text:
        text = _EMOJI.sub(" ", text)
    for entity, letter in _ENTITIES if "&" in text else ():
        text = text.replace(entity, letter)
    if text.strip() == "?":
        return [Word("?", "?")]
    found = [word for typed in _TOKEN.findall(text) for word in _words(typed)]
    if len(found) > 1 and found[-1].typed in (
        "'s",
        "'",
    ):  # nothing follows that it could own: it is in the name
        whole = join(found[-2:])
        found[-2:] = [Word(whole, whole.lower())]
    if found and found[-1].plain and (typed := found[-1].typed.rstrip(".:" + _LOUD)):
        found[-1] = Word(typed, found[-1].plain)
    return found


def _words(typed: str) -> list[Word]:
    """Return the words in what stands between blanks; none in marks alone."""
    if typed[0] in "\"'`" and len(typed) > 2 and typed[-1] == typed[0]:
        return [Word(typed[1:-1].strip(), "")]
    if typed[0] == "<" and typed[-1] == ">":
        return [Word(typed, "")]
    return _opened(typed) if typed.strip(_LOUD + ".:") else []


def _opened(typed: str) -> list[Word]:
    typed = typed.rstrip(_LOUD).lstrip(",;!") or typed
    plain = typed.lower().strip(".:?,;!") or typed
    if plain in _SHORT_FORMS:
        return [Word(each, each) for each in _SHORT_FORMS[plain]]
    if plain.endswith("'s") and len(plain) > 2:
        return [Word(typed[:-2], plain[:-2]), Word("'s", "'s")]
    if plain.endswith("s'"):
        return [Word(typed[:-1], plain[:-1]), Word("'", "'s")]
    return [Word(typed, plain)]


def join(words: Sequence[Word]) -> str:
    """Return the words as they were typed, with a possessive at its place."""
    return "".join(
        word.typed if not at or word.typed in ("'s", "'") else f" {word.typed}"
        for at, word in enumerate(words)
    )


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in text.split(","))


_OPENINGS = _phrases(
    "please,pls,plz,hey,hi,hello,hey there,hi there,ok,okay,so,well,um,hmm,quick question,question,"
    "sorry,excuse me,can you,could you,would you,will you,can you please,could you please,"
    "would you please,can somebody,could somebody,can someone,could someone,can anyone,could anyone,"
    "can anybody,can i,could i,may i,might i,tell me,please tell me,tell us,let me know,remind me,know,"
    "ask,see,do you know,do you happen to know,does anyone know,does anybody know,does someone know,"
    "does somebody know,anyone know,anybody know,any idea,any idea about,any clue,do we know,"
    "i want to know,i need to know,i would like to know,i would love to know,i want to,i need to,"
    "i would like to,i want,i need,i would like,i am looking for,i am trying to find,"
    "i am trying to find out,i am wondering,i wonder,i was wondering,looking for,wondering,find out,"
    "figure out,help me find,help me find out,help me understand,would you mind telling me,"
    "would you kindly tell me,kindly,just,actually,idp,@idp,/idp,dear idp,hey idp,hi idp,hello idp"
)
_CLOSINGS = _phrases(
    "please,pls,plz,thanks,thank you,thx,ty,cheers,thanks a lot,thank you very much,many thanks,"
    "thanks in advance,now,right now,currently,at the moment,these days,today,anyway,here,do you know,"
    "by any chance,exactly,again"
)
_LONGEST_OPENING = max(map(len, _OPENINGS))
_LONGEST_CLOSING = max(map(len, _CLOSINGS))


def without_courtesies(words: list[Word]) -> list[Word]:
    """Return the words without greetings, pleas and thanks around them; it may be that none is left."""
    first, last = 0, len(words)
    plain = [word.plain for word in words]
    while (length := _matching(plain, first, last, _OPENINGS, _LONGEST_OPENING)) > 0:
        first += length
    while (length := _matching(plain, last, first, _CLOSINGS, _LONGEST_CLOSING)) > 0:
        last -= length
    return words[first:last]


def _matching(
    plain: list[str], edge: int, other: int, phrases: frozenset[tuple[str, ...]], longest: int
) -> int:
    """Return the length of the longest phrase from `edge` towards `other`, 0 when there is none."""
    for length in range(min(longest, abs(other - edge)), 0, -1):
        span = plain[edge : edge + length] if other > edge else plain[edge - length : edge]
        if tuple(span) in phrases:
            return length
    return 0
