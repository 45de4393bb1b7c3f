"""Reads what stands behind `list`: kinds of things and filters, in any order and combination.

Knows the filters' words and no values: what a bare word such as `python` means, the catalog's values decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from questions.nouns import ANY_KIND, PLURALS
from questions.wording import Word, join, read

KEYS = {
    "owner": "owner", "owners": "owner", "team": "owner", "by": "owner", "from": "owner",
    "tier": "tier", "tiers": "tier", "level": "tier", "lifecycle": "lifecycle", "stage": "lifecycle",
    "type": "type", "types": "type", "language": "language", "lang": "language",
    "tag": "tag", "tags": "tag", "tagged": "tag", "labelled": "tag", "labeled": "tag",
    "system": "system", "domain": "domain", "kind": "kind",
}  # fmt: skip
"""What a word makes of the words after it."""

_MEANINGS = {
    "owner": "owned by|that belong to|belonging to|maintained by|run by|managed by|of team|of the team"
    "|that are owned by",
    "language": "written in|built in|built with|coded in|implemented in",
    "tag": "tagged with|tagged as|with tag|with the tag|with tags",
    "system": "in system|of system|in the system|of the system|part of|belonging to system|within",
    "domain": "in domain|of domain|in the domain|of the domain",
    "type": "of type|of the type|with type",
    "tier": "of tier|in tier|at tier|with tier",
    "unowned": "without owner|without an owner|without any owner|without owners|with no owner|with no owners"
    "|that have no owner|which have no owner|have no owner|has no owner|not owned|no owner|nobody owns"
    "|no one owns|noone owns|that nobody owns|that no one owns|unowned|ownerless|orphaned|orphans"
    "|owned by nobody|owned by no one|owned by none|missing an owner|missing owner|owner none|owner nobody",
}
_PHRASES = {
    tuple(phrase.split()): means for means, phrases in _MEANINGS.items() for phrase in phrases.split("|")
}
_LONGEST = max(map(len, _PHRASES))
_GLUE = frozenset(
    word
    for words in (
        "and with that which are is in of the all every any a an for do we",
        "have there by has having be only or what list show me",
    )
    for word in words.split()
)
_NAMES = frozenset(("owner", "system", "domain"))
"""Filters whose value is a name, which may be several words."""
_NEGATIONS = frozenset(("not", "except", "excluding", "without", "besides", "isn't", "aren't"))
_TIERS = frozenset(key for key, means in KEYS.items() if means == "tier")
"""What a dash may join to its value: `tag-12` may be a tag of that name, and `team-pay` is a team."""
_HAVING = KEYS.keys() - {"by", "from", "team"}
"""What a colon or an equals sign may join to its value."""
_OWNING = frozenset(("own", "owns", "maintain", "run", "manage"))


@dataclass(slots=True)
class Filters:
    """What a list is to hold; filters of different names are all to hold, values of one name any of them."""

    kinds: tuple[str, ...] | None = None
    """None where no kind was said."""
    names: dict[str, str] = field(default_factory=dict)
    """`owner`, `system` and `domain`, as typed."""
    values: dict[str, list[str]] = field(default_factory=dict)
    """`tier`, `lifecycle`, `type`, `language`, `tag`; of tags, all are to hold."""
    bare: list[str] = field(default_factory=list)
    """Words of which the catalog's values must say what they mean."""
    unowned: bool = False
    lacks: str = ""
    """The filter that stands there without a value."""
    problem: str = ""
    """What makes no sense, for a person; empty when all does."""


def parse(words: Sequence[Word]) -> Filters:
    """Read filters; what cannot be understood is in `problem` or among the `bare` words."""
    filters = Filters()
    words = _owner_last(words)
    at = 0
    while at < len(words):
        means, length, value = _key(words, at)
        at += length
        if (not length and words[at].plain in _NEGATIONS) or _is_negated(words, at, length):
            filters.problem = "I cannot leave things out of a list: say what it is to hold."
            return filters
        if means == "unowned":
            filters.unowned = True
        elif means:
            at = _take(filters, means, value, words, at)
        else:
            _take_word(filters, words[at])
            at += 1
    return filters


def _owner_last(words: Sequence[Word]) -> Sequence[Word]:
    """Turn `how many services does team-pay own` into `how many services owner team-pay`."""
    verbs = [at for at, word in enumerate(words) if word.plain in ("does", "do")]
    if not verbs or words[-1].plain not in _OWNING:
        return words
    return [*words[: verbs[0]], Word("owner", "owner"), *words[verbs[0] + 1 : -1]]


def _is_negated(words: Sequence[Word], at: int, length: int) -> bool:
    """Tell whether `not owned` goes on with `by` somebody, and so does not mean unowned."""
    return length == 2 and words[at - 2].plain == "not" and at < len(words) and words[at].plain == "by"


def _key(words: Sequence[Word], at: int) -> tuple[str, int, str]:
    """Return the filter that begins here, its length in words, and a value that hangs on it (`tier:1`)."""
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        phrase = tuple(word.plain for word in words[at : at + length])
        if phrase in _PHRASES:
            return _PHRASES[phrase], length, ""
    plain = words[at].plain
    for mark in (":", "=", "-"):
        key, found, value = plain.partition(mark)
        if found and value and key in (_TIERS if mark == "-" else _HAVING):
            return KEYS[key], 1, words[at].typed.partition(mark)[2]
    if plain.startswith("tier") and plain[4:].isdecimal():
        return "tier", 1, plain[4:]
    if at + 1 == len(words) and plain in KEYS and f"{plain}s" not in PLURALS and plain != "by":
        return KEYS[plain], 1, ""
    if at + 1 < len(words):
        if plain in KEYS:
            return KEYS[plain], 1, ""
        if plain in ("of", "for") and not _says_more(words, at + 1):
            return "owner", 1, ""
    return "", 0, ""


def _says_more(words: Sequence[Word], at: int) -> bool:
    """Tell whether a filter, a kind or a word between them stands here, and so no value."""
    plain = words[at].plain
    return plain in PLURALS or plain in _GLUE or bool(_key(words, at)[0])


def _take(filters: Filters, means: str, value: str, words: Sequence[Word], at: int) -> int:
    """Put the value of a filter where it belongs and return where the next one begins."""
    if not value:
        first = at
        while first < len(words) and words[first].plain in (":", "=", "is", "the", "of", "are"):
            first += 1
        at = min(first + 1, len(words))
        while means in _NAMES and at < len(words) and not _ends_name(words, at):
            at += 1
        value = join(words[first:at])
    value = value.strip().strip(",").removeprefix("#" if means == "tag" else "")
    if not value:
        filters.problem, filters.lacks = f"Which {means}?", means
    elif means in _NAMES:
        filters.names[means] = value
    elif means == "kind":
        _take_word(filters, Word(value, value.lower()))
    else:
        at = _more_values(filters.values.setdefault(means, []), value, words, at)
    return at


def _more_values(values: list[str], value: str, words: Sequence[Word], at: int) -> int:
    """Take a value and those that `,`, `or` and `and` add to it: `tier 1 or 2`."""
    values.extend(each for each in value.split(",") if each)
    while at < len(words) and values[-1].isdecimal() and words[at].plain.isdecimal():  # a comma stood there
        values.append(words[at].plain)
        at += 1
    while (
        at + 1 < len(words)
        and words[at].plain in ("or", "and")
        and not _says_more(words, at + 1)
        and not (words[at].plain == "and" and at + 2 < len(words) and words[at + 2].plain in PLURALS)
    ):
        values.extend(each for each in words[at + 1].typed.split(",") if each)
        at += 2
    return at


def _ends_name(words: Sequence[Word], at: int) -> bool:
    plain = words[at].plain
    return plain in ("and", "with", "that", "which", "in") or plain in PLURALS or bool(_key(words, at)[0])


def _take_word(filters: Filters, word: Word) -> None:
    plain = word.plain
    if plain in PLURALS or plain + "s" in PLURALS:
        kinds = PLURALS.get(plain, PLURALS.get(plain + "s", ANY_KIND))
        filters.kinds = kinds if not filters.kinds else tuple(dict.fromkeys((*filters.kinds, *kinds)))
    elif plain.startswith("#") and len(plain) > 1:
        filters.values.setdefault("tag", []).append(word.typed[1:])
    elif plain not in _GLUE:
        filters.bare.append(word.typed)


def is_asker(text: str) -> bool:
    """Tell whether a text names nobody in particular but the asker: `me`, `my team`."""
    return text.lower() in ("me", "i", "us", "we", "mine", "my team", "our team", "myself")


def say(filters: Filters, names: dict[str, str], noun: str) -> str:
    """Return the words that ask for the same list, without a page; `names` are refs for owner and system."""
    parts = ["list", noun, *(f"{key} {_quoted(value)}" for key, value in names.items())]
    for key, values in filters.values.items():
        if key == "tag":
            parts.extend(f"tag {_quoted(value)}" for value in values)
        else:
            parts.append(f"{key} " + " or ".join(map(_quoted, values)))
    if filters.unowned:
        parts.append("unowned")
    return " ".join(parts)


def _quoted(value: str) -> str:
    return (
        value
        if len(read(value)) == 1 and read(value)[0].typed == value and '"' not in value
        else f'"{value}"'
    )
