"""What the index takes from one entity: how it is shown, what it is called, what it states.

Pure, and the same for an entity of the first build and for one that is patched in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from catalog_store.search.derived import DERIVING, ids
from catalog_store.search.spelling import fold, spellings
from domain.entities import VANISHED, Entity, Json
from domain.people import GUEST, SLACK, USER
from domain.refs import Ref
from domain.visibility import MARK, marks_of

TRAITS = ("tier", "lifecycle", "type", "language")
"""The filters of which an entity has one value."""
REACHES = ("channel", "slack_channel_id", "slack_usergroup_id", "slack_user_id", "email")
"""The fields by which an owner is reached."""
OWNER_KINDS = ("group", "user")
"""The kinds that can own."""
HOSTS = frozenset({"github", "gitlab", "repo"})
"""What aliases begin with that name a repository."""

NAME, TITLE, ALIAS = range(3)
"""What a text is to its node."""


class Card(NamedTuple):
    """How an entity is shown in a line, and how it is reached if it can own."""

    ref: Ref
    name: str
    title: str
    kind: str
    traits: tuple[str, ...]
    """The values of TRAITS, in that order."""
    reaches: tuple[str, ...]
    """The values of REACHES of what can own; else empty."""
    vanished: datetime | None
    """Since when no source has seen it; None while one does."""

    @property
    def place(self) -> tuple[str, Ref]:
        """What lists are ordered by."""
        return self.title.casefold(), self.ref


def card_of(entity: Entity) -> Card:
    """Return an entity's card."""
    ref, fields = entity.ref, entity.fields
    get = fields.get
    title = get("title")
    name = ref.name if entity.name == ref.name else entity.name
    if not isinstance(title, str) or not title or title == name:
        title = name
    return Card(
        ref,
        name,
        title,
        entity.kind,
        tuple([value if isinstance(value := get(each), str) else "" for each in TRAITS]),
        tuple([text_of(fields, each) for each in REACHES]) if ref.kind in OWNER_KINDS else (),
        entity.vanished_at if VANISHED in fields else None,
    )


def text_of(fields: Mapping[str, Json], name: str) -> str:
    """Return a field as text, empty when it is absent or none."""
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def marks_on(entity: Entity) -> tuple[str, ...]:
    """Return who may see it, of one that says so: `domain.visibility`; else empty."""
    return marks_of(entity.fields[MARK]) if MARK in entity.fields else ()


def is_guest(entity: Entity) -> bool:
    """Tell a person who is a guest of the Slack workspace."""
    accounts = entity.fields.get("accounts") if entity.ref.kind == USER else None
    return isinstance(accounts, Mapping) and accounts.get(SLACK) == GUEST


def targets_in(fields: Mapping[str, Json], name: str) -> list[str]:
    """Return the refs, as they are written, that an entity states in a relation field."""
    value = fields.get(name)
    if isinstance(value, list):
        return [each for each in value if isinstance(each, str)]
    return [value] if isinstance(value, str) and value else []


def aliases_of(entity: Entity) -> tuple[str, ...]:
    """Return the entity's aliases and the ids that follow from its fields."""
    more: list[str] = []
    repository = entity.text("repository")
    if repository:
        ending = f":{repository}"
        if not any([alias.endswith(ending) for alias in entity.aliases]):  # noqa: C419 -- quicker: they are few
            more.append(f"repo{ending}")
    if "hosts" in entity.fields:
        more.extend(f"host:{host}" for host in entity.texts("hosts"))
        more.extend(_routes(entity.fields.get("routes")))
    if not DERIVING.isdisjoint(entity.fields):
        more.extend(dict.fromkeys(ids(entity.fields, is_component=entity.ref.kind == "component")))
    if entity.ref.kind in OWNER_KINDS:
        channel, *slack_ids, email = (entity.text(each) for each in REACHES)
        more.extend(f"slack:{each}" for each in slack_ids if each)
        more.extend(each for each in (f"#{channel}" if channel else "", email) if each)
    return (*entity.aliases, *more) if more else entity.aliases


def _routes(routes: Json) -> Iterator[str]:
    """Yield `host:shop.acme.example/cart/` for each path of a host that leads to the entity."""
    for route in routes if isinstance(routes, list) else ():
        if isinstance(route, Mapping):
            host, path = text_of(route, "host"), text_of(route, "path").partition("*")[0].strip("/")
            if host:
                yield f"host:{host}/{path}/" if path else f"host:{host}/"


def repositories_of(ref: Ref, aliases: Iterable[str]) -> tuple[str, ...]:
    """Return what a component's repositories are called, where that is not its own name."""
    if ref.kind != "component":
        return ()
    found: dict[str, None] = {}
    for alias in aliases:
        host, _, path = alias.partition(":")
        if host in HOSTS:
            name = path.rpartition("/")[2]
            if name not in (path, ref.name) and "#" not in name:
                found[name] = None
    return tuple(found)


def texts_of(card: Card, aliases: Sequence[str], repositories: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield the plain spellings of an entity's names, each once, with what it is to it.

    An alias with a colon is an id of some vendor's, and no name. `repositories` are those that are its alone.
    """
    ref, name, title = card[:3]
    named = spellings(name)
    for spelling in named:
        yield ref.name if spelling == ref.name else spelling, NAME
    others = [(alias, ALIAS) for alias in aliases if ":" not in alias]
    if repositories:
        others += [(repository, ALIAS) for repository in repositories]
    if title is not name:
        others.insert(0, (title, TITLE))
    seen = {"", *named}
    for text, role in others:
        for spelling in spellings(text):
            if spelling not in seen:
                seen.add(spelling)
                yield spelling, role


def ids_of(aliases: Iterable[str]) -> list[str]:
    """Return the aliases as they are looked up."""
    return [fold(alias) for alias in aliases]
