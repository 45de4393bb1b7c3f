"""Reads what in a pasted text may lead to something: links, repositories, stack traces, pods, hosts, names.

Any text is one: an alert, a log, a sentence. Looks nothing up but whether a word is a name at all; what a
clue leads to is asked of the catalog by the same questions that a person would type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from questions.code_places import places_in
from questions.common_words import COMMON, HINTS

READ = 40_000
"""Characters that are read; Slack keeps no longer message."""
MOST = 200
"""How many clues are given."""

IsName = Callable[[str], bool]
"""Tells whether something in the catalog is called exactly so."""

_LINK = re.compile(r"(?:https?|ssh)://[^\s<>|\"'`\\]+[^\s<>|\"'`\\.,;:!?)\]}]", re.IGNORECASE)
_SSH = re.compile(r"git@[\w.-]+:[\w./-]+", re.IGNORECASE)
_REPOSITORY = re.compile(r"(?<![\w/.@:~+-])[A-Za-z0-9][\w-]{0,62}/[A-Za-z0-9_][\w.-]{0,99}(?![\w/])")
_HASH = "[bcdfghjklmnpqrstvwxz2456789]"  # Kubernetes leaves out what could spell a word
_POD = re.compile(rf"(?<![\w.-])([a-z0-9][a-z0-9-]*?)-{_HASH}{{6,10}}-{_HASH}{{5}}(?![\w-])")
_HOST = re.compile(r"(?<![\w@./-])(?:[a-z0-9][a-z0-9-]*\.)+[a-z][a-z0-9-]+(?![\w/-])", re.IGNORECASE)
_KEY = re.compile(r"(?<![\w-])[A-Z][A-Z0-9_]{1,19}-\d{1,7}(?![\w-])")
_LABEL = re.compile(
    r"(?<![\w-])(?:[\w.-]+[./_-])?"
    r"(service|svc|app|application|component|deployment|workload|statefulset|daemonset|container|job|project"
    r"|repository|repo|system|team|owner|pod|hostname|host|instance|services|name)"
    r"(?:[._-]name)?[\"'*]{0,2}[ \t]*[:=]+~?[ \t]*[\"'`*]{0,2}"
    r"([^\s\"'`*<>,;|{}()\[\]=][^\n\"'`*<>,;|{}()\[\]=]{0,80})",
    re.IGNORECASE,
)
_SURE_OF_NOTHING = frozenset(("name", "owner", "job", "instance", "project"))
"""Labels whose value is looked at only where it is a name."""
_PLACES = {"pod": "pod", "host": "host", "hostname": "host", "instance": "host"}
_CODE = re.compile(r"```(.+?)```|`([^`\n]{2,100})`|\[([\w./-]{2,80})\]|[\"“]([\w ./-]{2,80})[\"”]", re.DOTALL)
_WORD = re.compile(r"[^\W_](?:[\w.-]*\w)?")
_BREAK = re.compile(r"[\n,;:!?()\[\]{}<>|\"“”*=]|\.\s")
_ENDLESS = re.compile(r"[\w./\\@~+$-]{301,}")
_LONGEST_NAME = 4
_CODE_HOSTS = ("github", "gitlab", "bitbucket")
_NAMING = frozenset((
    "service", "services", "app", "apps", "applications", "component", "components", "deployment", "project",
    "deployments", "projects", "workloads", "repo", "repos", "catalog", "default",
))  # fmt: skip
"""What stands before a name in a link's path, as in `/apm/services/ledger`."""


@dataclass(frozen=True, slots=True)
class Clue:
    """Something in a text that may lead to a thing."""

    what: str
    """One of those that `Spot` has."""
    text: str
    """As it stands in the text."""
    ask: str
    """What to ask about."""


def clues_in(text: str, is_name: IsName) -> tuple[Clue, ...]:
    """Return the clues of a text, the surest first, each once."""
    rest = text[:READ]
    found: dict[tuple[str, str], Clue] = {}
    for reader in (_links, _without_endless, _code, _labels, _repositories, _pods, _hosts_and_keys, _names):
        clues, rest = reader(rest, is_name)
        for clue in clues:
            found.setdefault((clue.what, clue.ask.lower()), clue)
    order = ("link", "repository", "label", "file", "code", "pod", "host", "key", "name")
    return tuple(sorted(found.values(), key=lambda clue: order.index(clue.what))[:MOST])


Read = tuple[list[Clue], str]
"""The clues, and the text without what they were read from."""


def _links(text: str, is_name: IsName) -> Read:
    clues: list[Clue] = []
    for link in dict.fromkeys(match[0] for match in _LINK.finditer(text)):
        clues.append(Clue("link", link, link))
        clues.extend(Clue("link", link, name) for name in _named_by(link) if is_name(name))
    for address in dict.fromkeys(match[0] for match in _SSH.finditer(text)):
        clues.append(Clue("repository", address, address))
    return clues, _SSH.sub(" \n ", _LINK.sub(" \n ", text))


def _named_by(link: str) -> Iterator[str]:
    """Yield what a link's query or path names, as those of dashboards and error trackers do."""
    try:
        address = urlsplit(link)
        host = address.hostname or ""
    except ValueError:
        return
    for key, value in parse_qsl(address.query)[:20]:
        if _LABEL.fullmatch(f"{key}={value}"):
            yield value
        if inner := _LABEL.search(value):  # such as query=service:payments env:prod
            yield inner[2].split()[0]
    if any(vendor in host for vendor in _CODE_HOSTS):
        return
    parts = [unquote(part) for part in address.path.split("/") if part]
    for before, part in zip(["", *parts], parts, strict=False):
        if before.lower() in _NAMING or _is_distinct(part):
            yield part


def _without_endless(text: str, is_name: IsName) -> Read:  # noqa: ARG001 - a reader like the others
    """Drop what no path is as long as: patterns would walk it again from each letter."""
    return [], _ENDLESS.sub(" \n ", text)


def _code(text: str, is_name: IsName) -> Read:
    """Return the clues of stack traces; a name in a path is one when it is no word of every path."""
    clues: list[Clue] = []
    places, rest = places_in(text)
    for place in places:
        if place.address:
            clues.append(Clue("repository", place.text, place.address))
        pairs = [f"{one}-{other}" for one, other in zip(place.parts, place.parts[1:], strict=False)]
        names = [part for part in (*place.parts, *pairs) if _may_be_name(part) and is_name(part)]
        clues.extend(Clue(place.what, place.text, name) for name in names)
    return clues, rest


def _labels(text: str, is_name: IsName) -> Read:
    clues: list[Clue] = []
    for match in _LABEL.finditer(text):
        label, value = match[1].lower(), match[2].rstrip(" .")
        words = value.split()
        ask = next((name for name in _beginnings(words) if is_name(name)), "")
        if ask:
            clues.append(Clue("label", f"{label}: {ask}" if ": " in match[0] else f"{label}={ask}", ask))
        elif label not in _SURE_OF_NOTHING or label in _PLACES:
            first = words[0].rstrip(".:")
            clues.append(Clue(_PLACES.get(label, "label"), f"{label}={first}", first))
    return clues, text


def _beginnings(words: list[str]) -> Iterator[str]:
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        yield " ".join(words[:length])


def _repositories(text: str, is_name: IsName) -> Read:  # noqa: ARG001 - a reader like the others
    found = dict.fromkeys(match[0].rstrip(".") for match in _REPOSITORY.finditer(text))
    clues = [
        Clue("pod" if _POD.search(each.partition("/")[2]) else "repository", each, each) for each in found
    ]
    return clues, text


def _pods(text: str, is_name: IsName) -> Read:
    clues: list[Clue] = []
    for match in _POD.finditer(text):
        clues.append(Clue("pod", match[0], match[0]))
        if is_name(match[1]):
            clues.append(Clue("pod", match[0], match[1]))
    return clues, _POD.sub(" \n ", text)


def _hosts_and_keys(text: str, is_name: IsName) -> Read:  # noqa: ARG001 - a reader like the others
    clues = [Clue("host", match[0], match[0]) for match in _HOST.finditer(text)]
    return clues + [Clue("key", match[0], match[0]) for match in _KEY.finditer(text)], text


def _names(text: str, is_name: IsName) -> Read:
    marked = [next(filter(None, match.groups()), "") for match in _CODE.finditer(text)]
    asked = dict.fromkeys(each.strip() for each in marked if len(each) <= 100)
    clues = [Clue("name", each, each) for each in asked if each and is_name(each)]
    tried: dict[str, bool] = {}
    for line in _BREAK.split(text):
        words = [match[0].rstrip(".-") for match in _WORD.finditer(line)]
        for at in range(len(words)):
            for length in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
                name = " ".join(words[at : at + length])
                if name not in tried:
                    tried[name] = _stands_for_itself(words, at, length) and is_name(name)
                if tried[name]:
                    clues.append(Clue("name", name, name))
                    break
    return clues, text


def _stands_for_itself(words: list[str], at: int, length: int) -> bool:
    """Tell a name from an English word: several words, one that no dictionary has, or one beside a hint."""
    if length > 1:
        return any(
            word.lower() not in COMMON and word.lower() not in HINTS for word in words[at : at + length]
        )
    if _may_be_name(words[at]):
        return True
    beside = words[max(0, at - 1) : at] + words[at + 1 : at + 2]
    return (
        len(words[at]) > 2
        and any(word.lower() in HINTS for word in beside)
        and words[at].lower() not in HINTS
    )


def _may_be_name(word: str) -> bool:
    return _is_distinct(word) or (len(word) > 3 and word.lower() not in COMMON and word.lower() not in HINTS)


def _is_distinct(word: str) -> bool:
    """Tell what no sentence holds: `payments-api`, `payments_api`, `PaymentsApi`, `s3`."""
    return bool(re.search(r"[\w][-_.]\w|[a-z][A-Z]|[a-zA-Z]\d", word)) and not word.isdecimal()
