"""The names by which people are one across tools: their e-mail addresses, and what each tool calls them.

Both are aliases. Decides nothing about who is who; `catalog_store.joining` does.
"""

from __future__ import annotations

from collections.abc import Iterable

USER = "user"
"""The kind of people's refs."""
MAIL = "mailto:"
"""What the alias of an e-mail address begins with."""
MAPPED = "people:"
"""What `same_as` of a claim holds, with the key behind it, that `people:` of `idp.yaml` speaks of: no alias
begins so, and it leads nowhere. It tells the company's word, which can be taken back, from a source's."""
ACCOUNT = "-user"
"""What stands behind a tool's name in the alias of an account: `github-user:ana`."""
GUEST = "guest"
"""How the account of somebody stands whom a tool shows a part of itself; a state of `accounts`."""
SLACK = "slack"
"""The one tool whose ids are aliases without ACCOUNT: `slack:u0ana`."""


def mails_of(aliases: Iterable[str]) -> frozenset[str]:
    """Return the e-mail addresses among aliases, without `mailto:`."""
    return frozenset(alias[len(MAIL) :] for alias in aliases if alias.startswith(MAIL))


def handles_of(aliases: Iterable[str]) -> frozenset[str]:
    """Return those of the aliases that are a tool's own name for a person, or for anything else."""
    return frozenset(alias for alias in aliases if ":" in alias and not alias.startswith(MAIL))


def account_alias(tool: str, handle: str) -> str:
    """Return the alias of an account, lower case: `github-user:ana`, `slack:u0ana`."""
    tool = tool.lower()
    return f"{tool}:{handle}".lower() if tool == SLACK else f"{tool}{ACCOUNT}:{handle}".lower()


def account_of(alias: str) -> tuple[str, str] | None:
    """Return the tool and the handle that an account's alias names; None for any other alias."""
    tool, colon, handle = alias.partition(":")
    if not colon or not handle:
        return None
    if tool == SLACK:
        return SLACK, handle
    return (tool.removesuffix(ACCOUNT), handle) if tool.endswith(ACCOUNT) and tool != ACCOUNT else None
