"""Tells which group or user a handle or e-mail address is: by what this look declared, else by its spelling.

Never says that nobody is meant: an owner who is not in the catalog is a finding for later questions.
"""

from __future__ import annotations

from domain.refs import DEFAULT_NAMESPACE, Ref
from integrations.files.collected import Collected


def ref_of(owner: str, collected: Collected, host: str = "github") -> Ref:
    """Return the ref of `@person`, `@organisation/team` (on a host, `github` or `gitlab`) or an e-mail
    address."""
    if not owner.startswith("@"):
        known = collected.by_alias(f"mailto:{owner}")
        return known or _new("user", owner.partition("@")[0])
    handle = owner[1:]
    if "/" in handle:
        name = handle.rpartition("/")[2]
        team = collected.by_alias(f"{host}-team:{handle}") or collected.named("group", name)
        return team or _new("group", name)
    someone = collected.by_alias(f"{host}-user:{handle}") or collected.by_alias(f"{host}-team:{handle}")
    return (
        someone or collected.named("user", handle) or collected.named("group", handle) or _new("user", handle)
    )


def _new(kind: str, name: str) -> Ref:
    return Ref(kind, DEFAULT_NAMESPACE, name.lower())
