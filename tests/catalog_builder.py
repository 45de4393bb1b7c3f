"""Words to fill a test's catalog with: `knows(catalog, team("pay"), service("payments", owner="pay"))`.

A keyword is a field of the claim; owners, systems and the like may be named without their kind.
"""

from __future__ import annotations

from datetime import UTC, datetime

from catalog_store.catalog import Catalog
from domain.entities import RELATION_FIELDS, Claim, Json, Snapshot
from domain.refs import parse_ref

SEEN = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
_KINDS = {"api": "API"}


def entity(kind: str, name: str, *aliases: str, **fields: Json) -> Claim:
    """Return the claim that there is a `kind` called `name`; values of None are left out."""
    ref = parse_ref(name, kind.lower())
    said = {field: _canonical(field, value) for field, value in fields.items() if value is not None}
    written = name.rpartition("/")[2].rpartition(":")[2]
    return Claim(
        ref, written, kind, said, tuple(each.lower() for each in aliases), f"catalog/{ref.name}.yaml:1"
    )


def service(name: str, *aliases: str, owner: str | None = None, **fields: Json) -> Claim:
    return entity("Component", name, *aliases, type=fields.pop("type", "service"), owner=owner, **fields)


def api(name: str, *aliases: str, owner: str | None = None, **fields: Json) -> Claim:
    return entity("API", name, *aliases, owner=owner, **fields)


def resource(name: str, *aliases: str, owner: str | None = None, **fields: Json) -> Claim:
    return entity("Resource", name, *aliases, owner=owner, **fields)


def system(name: str, *aliases: str, owner: str | None = None, **fields: Json) -> Claim:
    return entity("System", name, *aliases, owner=owner, **fields)


def domain(name: str, *aliases: str, owner: str | None = None, **fields: Json) -> Claim:
    return entity("Domain", name, *aliases, owner=owner, **fields)


def team(name: str, *aliases: str, **fields: Json) -> Claim:
    return entity("Group", name, *aliases, **fields)


def person(name: str, *aliases: str, **fields: Json) -> Claim:
    return entity("User", name, *aliases, **fields)


def knows(catalog: Catalog, *claims: Claim, source: str = "backstage", at: datetime = SEEN) -> None:
    """Let the catalog know what one source claims."""
    catalog.apply(Snapshot(source, at, claims), actor="test")


def _canonical(field: str, value: Json) -> Json:
    spec = RELATION_FIELDS.get(field)
    if spec is None:
        return value
    if isinstance(value, list):
        return [str(parse_ref(str(each), spec.kind or "component")) for each in value]
    return str(parse_ref(str(value), spec.kind or "component"))
