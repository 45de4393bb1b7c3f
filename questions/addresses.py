"""Reads the ways of pointing at a thing that are no name: Slack's typed mentions, links, repositories, hosts.

Looks nothing up: it says under which aliases and names to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from questions.vendor_addresses import aliases_at, aliases_of
from questions.workloads import workload_ids

_SLACK = re.compile(r"<(?:([@#])|!subteam\^)([A-Za-z0-9]+)(?:\|([^>]*))?>")
_LINK = re.compile(r"<([a-z][a-z0-9+.-]*:[^|>]+)(?:\|([^>]*))?>", re.IGNORECASE)
_SSH = re.compile(r"(?:ssh://)?git@([\w.-]+)[:/](.+)", re.IGNORECASE)
_HOSTED = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d{1,5})?/.+", re.IGNORECASE)
_HOST = re.compile(r"([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*)\.?(?::\d{1,5})?", re.IGNORECASE)
_LONGEST_PATH = 8
"""How many parts of a path are looked at for where it leads."""
_VENDORS = ("github", "gitlab", "bitbucket")


@dataclass(frozen=True, slots=True)
class Address:
    """What a subject's text comes to."""

    shown: str
    """The text for a person: a mention by its label."""
    aliases: tuple[str, ...] = ()
    """Where to look first, in this order."""
    names: tuple[str, ...] = ()
    """What to look for where no alias leads anywhere."""
    mention: bool = False
    """Whether it is one of Slack's mentions, which names somebody as surely as a name does."""
    later: tuple[tuple[str, ...], ...] = ()
    """Where to look when nothing has just that name: groups of aliases, each of which is one reading."""
    exact: bool = False
    """Whether nothing like it will do: what a channel or a path is nearly called is another thing."""


def read_address(text: str) -> Address:
    """Read a subject as typed; any text is one."""
    text = text.strip()
    if mention := _SLACK.fullmatch(text):
        return _mention(*mention.groups())
    if link := _LINK.fullmatch(text):
        text = link[1]
    later = (tuple(aliases_of(text)), *workload_ids(text))
    repository = _repository(text)
    if repository:
        return Address(text, (text, *repository), later=later)
    if text[:1] in ("@", "#") and len(text) > 1:
        return Address(text, (text,), (text[1:],), exact=text[0] == "#")
    if host := _HOST.fullmatch(text):
        return Address(text, tuple(_hosts(host[1].lower())), (text,), later=later)
    aliases = [text] if ":" in text or "@" in text else []
    if "/" in text and ":" not in text:
        aliases.extend(f"{vendor}:{text}" for vendor in (*_VENDORS, "repo"))
    return Address(text, tuple(aliases), (text,), later=later, exact="/" in text and " " not in text)


def _mention(sigil: str | None, slack_id: str, label: str | None) -> Address:
    name = (label or "").lstrip("@#")
    aliases = [f"slack:{slack_id}"]
    if name and sigil == "#":
        aliases.append(f"#{name}")
    shown, names = f"{sigil or '@'}{name or slack_id}", (name,) if name else ()
    return Address(shown, tuple(aliases), names, mention=True, exact=True)


def _repository(text: str) -> tuple[str, ...]:
    """Return the aliases of the repository, the tool's thing or the host at an address; none: it is none."""
    tools: tuple[str, ...]
    if ssh := _SSH.fullmatch(text):
        host, path = ssh.groups()
        tools = ()
    elif "://" in text or _HOSTED.fullmatch(text):
        try:
            address = urlsplit(text if "://" in text else f"https://{text}")
        except ValueError:
            return ()
        host, path = address.hostname or "", unquote(address.path)
        tools = tuple(aliases_at(address))
    else:
        return ()
    path = path.strip("/").partition("/-/")[0]
    paths = dict.fromkeys(each.removesuffix(".git") for each in ("/".join(path.split("/")[:2]), path))
    vendor = next((vendor for vendor in _VENDORS if vendor in host.lower()), host.lower())
    # A host that names no vendor is mostly a GitLab of the company's own.
    prefixes = (vendor, "repo") if vendor in _VENDORS else (vendor, "repo", "gitlab")
    found = [f"{prefix}:{each}" for each in paths if each for prefix in prefixes]
    return (*tools, *found, *_hosts(host.lower(), path))


def _hosts(host: str, path: str | None = None) -> Iterator[str]:
    """Yield the aliases under which whatever answers at a host is known, that of the longest path first."""
    hosts = (host, f"*.{host.partition('.')[2]}")
    if path is not None:
        parts = [each.lower() for each in path.split("/") if each][:_LONGEST_PATH]
        for each in hosts:
            for length in range(len(parts), -1, -1):
                yield "/".join((f"host:{each}", *parts[:length], ""))
    for each in hosts:
        yield f"host:{each}"
