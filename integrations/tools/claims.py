"""Builds the claims that a tool makes of people, teams and services.

A tool saw them under ids of its own: the store matches them with what is known (`catalog_store.matching`),
people by `mailto:` alone, never by a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain import people
from domain.entities import Claim, Grounds, Json, Standing
from domain.refs import DEFAULT_NAMESPACE, Ref
from integrations.hosting.confidences import SEEN
from integrations.hosting.naming import plain

ACTIVE, INVITED, GUEST, DEACTIVATED = "active", "invited", people.GUEST, "deactivated"
"""The states of an account: `accounts` of a person (`domain.vocabulary`)."""


def team_ref(name: str) -> Ref:
    """Return the group that a tool's team is when nobody declares it; say who is in it on each person."""
    return Ref("group", DEFAULT_NAMESPACE, plain(name))


def service_ref(name: str) -> Ref:
    """Return the component that a tool's service is when nobody declares it."""
    return Ref("component", DEFAULT_NAMESPACE, plain(name))


def person_ref(email: str) -> Ref:
    """Return the user that an address is when nobody declares it: called by the whole of it.

    Whoever is called by less could be taken for somebody of that name elsewhere.
    """
    return Ref("user", DEFAULT_NAMESPACE, plain(email.strip()))


def service_alias(vendor: str, id_: str) -> str:
    """Return the alias by which a tool's service is found: `pagerduty:p123abc`."""
    return f"{vendor}:{id_}".lower()


def team_alias(vendor: str, id_: str) -> str:
    """Return the alias of a tool's team: `pagerduty-team:p123abc`."""
    return f"{vendor}-team:{id_}".lower()


def person_alias(vendor: str, id_: str) -> str:
    """Return the alias of a tool's account: `pagerduty-user:p123abc`."""
    return f"{vendor}-user:{id_}".lower()


def mail_alias(email: str) -> str:
    """Return the alias by which a person is one across tools."""
    return f"mailto:{email.strip().lower()}"


def person(
    vendor: str,
    id_: str,
    *,
    name: str,
    email: str = "",
    account: str = ACTIVE,
    teams: Iterable[Ref] = (),
    fields: Mapping[str, Json] | None = None,
    aliases: Iterable[str] = (),
    url: str = "",
    standing: Standing = Standing.SEEN,
) -> Claim:
    """Return the claim of one account. `account` is one of the states above.

    It is called by its address, else by the tool's id: never by a name that somebody chose.
    """
    email = email.strip().lower()
    said: dict[str, Json] = {"accounts": {vendor: account}, **(fields or {})}
    if name.strip():
        said.setdefault("title", name.strip())
    if email:
        said["email"] = email
    if groups := [str(ref) for ref in dict.fromkeys(teams)]:
        said["memberOf"] = groups
    ref = person_ref(email) if email else Ref("user", DEFAULT_NAMESPACE, plain(f"{vendor}-{id_}"))
    own = (person_alias(vendor, id_), *aliases, *((mail_alias(email),) if email else ()))
    return _claim(vendor, "User", f"user/{id_}", ref, said, own, url, standing)


def team(
    vendor: str,
    id_: str,
    *,
    name: str,
    handle: str = "",
    fields: Mapping[str, Json] | None = None,
    aliases: Iterable[str] = (),
    url: str = "",
    standing: Standing = Standing.SEEN,
) -> Claim:
    """Return the claim of one team; `handle` is its short name where it has one beside its title."""
    said: dict[str, Json] = {"type": "team", **(fields or {})}
    if name.strip():
        said.setdefault("title", name.strip())
    called = handle or name or id_
    own = (team_alias(vendor, id_), *aliases)
    return _claim(vendor, "Group", f"team/{id_}", team_ref(called), said, own, url, standing)


def service(
    vendor: str,
    id_: str,
    *,
    name: str,
    fields: Mapping[str, Json] | None = None,
    aliases: Iterable[str] = (),
    url: str = "",
    standing: Standing = Standing.SEEN,
) -> Claim:
    """Return the claim of one service, by the id that people annotate it with."""
    said: dict[str, Json] = dict(fields or {})
    if standing is Standing.SEEN:
        said.setdefault("type", "service")
    own = (service_alias(vendor, id_), *aliases)
    return _claim(vendor, "Component", f"service/{id_}", service_ref(name), said, own, url, standing)


def _claim(
    vendor: str,
    kind: str,
    id_: str,
    ref: Ref,
    fields: Mapping[str, Json],
    aliases: Iterable[str],
    url: str,
    standing: Standing,
) -> Claim:
    """Return the claim of something that a tool saw under an id of its own."""
    return Claim(
        ref=ref,
        name=ref.name,
        kind=kind,
        fields=fields,
        aliases=tuple(dict.fromkeys(aliases)),
        origin=url,
        confidence=SEEN,
        id=id_,
        standing=standing,
        scope=vendor,
    )


def remark(
    key: str,
    target: str,
    kind: str,
    fields: Mapping[str, Json],
    *,
    url: str = "",
    grounds: Mapping[str, Grounds] | None = None,
) -> Claim:
    """Return evidence on what an alias leads to (`pagerduty:p123abc`); dropped where that is nothing.

    `key` is the remark's id, unique in its claimant; `kind` is `Component`, `Group` or `User`.
    """
    called = plain(target.rpartition(":")[2])
    return Claim(
        # The ref is never an entity's: a remark is found by `same_as` and by nothing else.
        ref=Ref(kind.lower(), "remarks", plain(target)),
        name=called,
        kind=kind,
        fields=fields,
        origin=url,
        confidence=SEEN,
        id=key,
        standing=Standing.REMARK,
        same_as=(target,),
        grounds=grounds or {},
    )
