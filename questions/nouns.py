"""The words that people have for kinds of things, and those that stand before a name.

Knows no command.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from questions.wording import Word

ANY_KIND: tuple[str, ...] = ()

PLURALS: Mapping[str, tuple[str, ...]] = {
    "services": ("component",), "components": ("component",), "microservices": ("component",),
    "apps": ("component",), "applications": ("component",), "software": ("component",),
    "apis": ("api",), "resources": ("resource",), "systems": ("system",), "domains": ("domain",),
    "teams": ("group",), "groups": ("group",), "squads": ("group",),
    "people": ("user",), "users": ("user",),
    "persons": ("user",), "members": ("user",), "engineers": ("user",),
    "things": ANY_KIND, "entities": ANY_KIND, "everything": ANY_KIND, "stuff": ANY_KIND, "anything": ANY_KIND,
}  # fmt: skip
"""The kinds that a plural means; ANY_KIND for all of them."""

SINGULARS: Mapping[str, str] = {
    "service": "component", "component": "component", "microservice": "component", "app": "component",
    "application": "component", "repo": "component", "repository": "component", "website": "component",
    "library": "component", "api": "api", "resource": "resource", "system": "system", "domain": "domain",
    "team": "group", "group": "group", "squad": "group", "person": "user", "user": "user",
}  # fmt: skip
"""The kind that a singular before or after a name means."""

HEADINGS: Mapping[str, str] = {
    "component": "Services", "api": "APIs", "resource": "Resources", "system": "Systems",
    "domain": "Domains", "group": "Teams", "user": "People",
}  # fmt: skip
"""How a list of a kind is headed, in the order in which kinds are listed."""

DETERMINERS = frozenset(
    ("the", "a", "an", "our", "this", "that", "my", "your", "all", "of", "for", "called", "named")
)
"""Words that are no part of a name, when they stand before it."""


NOUNS: Mapping[str, tuple[str, str]] = {
    "component": ("service", "services"), "api": ("API", "APIs"), "resource": ("resource", "resources"),
    "system": ("system", "systems"), "domain": ("domain", "domains"), "group": ("team", "teams"),
    "user": ("person", "people"),
}  # fmt: skip
"""What people call one and several of a kind."""


def counted(number: int, kind: str | None) -> str:
    """Return `1 service`, `7 services`; the kind is lower case, None for things of several kinds."""
    one, many = NOUNS.get(kind, (kind, f"{kind}s")) if kind else ("thing", "things")
    return f"{number:,} {one if number == 1 else many}"


def counted_as(number: int, word: str) -> str:
    """Return `1 library`, `7 libraries`, for any English noun."""
    several = f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"
    return f"{number:,} {word if number == 1 else several}"


def is_plural(words: Sequence[Word]) -> bool:
    """Tell whether this is one plural alone, such as `services`."""
    return len(words) == 1 and words[0].plain in PLURALS


def has_plural(words: Sequence[Word]) -> bool:
    """Tell whether a plural is among the words, so that they may describe a list."""
    return any(word.plain in PLURALS for word in words)


def readings(name: str) -> list[tuple[str | None, str]]:
    """Return (kind or None, name) for the name as it stands, then without a word for its kind."""
    words = name.split()
    readings: list[tuple[str | None, str]] = [(None, name)]
    while len(words) > 1 and words[0].lower() in DETERMINERS:
        words = words[1:]
        readings.append((None, " ".join(words)))
    if len(words) > 1:
        for kind, rest in ((words[-1], words[:-1]), (words[0], words[1:])):
            if kind.lower() in SINGULARS:
                readings.append((SINGULARS[kind.lower()], " ".join(rest)))
    return readings
