"""Words for tests of discovery: what a source saw, and what the catalog makes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from catalog_store.catalog import Catalog
from domain.entities import EVERYTHING, Claim, Json, Record, Snapshot, Standing
from domain.refs import Ref, parse_ref

DAY = [datetime(2025, 3, 3, 9, 0, tzinfo=UTC) + timedelta(days=number) for number in range(30)]


def component(name: str) -> Ref:
    """Return the ref of a component."""
    return parse_ref(name, "component")


def declared(name: str, /, *aliases: str, id: str = "", kind: str = "Component", **fields: Json) -> Claim:
    """Return a declaration, as a catalog file makes it."""
    ref = parse_ref(name, kind.lower())
    return Claim(ref, ref.name, kind, fields, aliases, id=id)


def repository(id: str, slug: str, /, *, same_as: tuple[str, ...] = (), **fields: Json) -> Claim:
    """Return what a host saw: a repository with its id."""
    name = slug.rpartition("/")[2]
    return Claim(
        component(name), name, "Component", {"repository": slug, **fields}, (f"github:{slug}",),
        id=id, standing=Standing.SEEN, scope=slug.partition("/")[0], same_as=same_as,
    )  # fmt: skip


def workload(id: str, name: str, /, *aliases: str, same_as: tuple[str, ...] = (), **fields: Json) -> Claim:
    """Return what a cluster saw: something that runs."""
    return Claim(
        component(name), name, "Component", fields, aliases, id=id, standing=Standing.SEEN, same_as=same_as
    )


def remark(id: str, about: str, /, **fields: Json) -> Claim:
    """Return evidence on something that others know."""
    return Claim(
        component("nobody"), "nobody", "Component", fields, (),
        confidence=0.5, id=id, standing=Standing.REMARK, same_as=(about,),
    )  # fmt: skip


def sees(
    catalog: Catalog,
    source: str,
    *claims: Claim,
    day: int = 0,
    within: tuple[str, ...] = (EVERYTHING,),
    **how: bool,
) -> dict[str, int]:
    """Let a source look at everything (or `within`); return the counts that are not nothing."""
    change_set = catalog.apply(Snapshot(source, DAY[day], claims, within), actor="test", **how)
    return {name: count for name, count in change_set.counts.items() if count}


def refs(catalog: Catalog) -> list[str]:
    """Return the refs of all that is in the catalog, without their default namespace."""
    return [each.ref.short for each in catalog.entities()]


def known(catalog: Catalog, name: str) -> Record:
    """Return a component that must be there."""
    record = catalog.record(component(name))
    assert record is not None, f"{name} is not in the catalog: {refs(catalog)}"
    return record


def leads_to(catalog: Catalog, alias: str) -> list[str]:
    """Return the refs to which an alias leads."""
    return [ref.short for ref in catalog.known_as(alias)]


def account(
    tool: str, name: str, email: str = "", *, id: str = "", same_as: tuple[str, ...] = (), **fields: Json
) -> Claim:
    """Return what a tool saw: an account of a person."""
    aliases = (f"{tool}-user:{id or name}", *((f"mailto:{email}",) if email else ()))
    return Claim(
        parse_ref(name, "user"), name, "User", {"accounts": {tool: "active"}, **fields}, aliases,
        id=id or name, standing=Standing.SEEN, scope=tool, same_as=same_as,
    )  # fmt: skip


def employee(name: str, *aliases: str) -> Claim:
    """Return a person whom the company declares; addresses are `mailto:…`."""
    return declared(name, *aliases, kind="User", title=name.title())


def texts(value: Json) -> list[str]:
    """Return the texts of a list."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def people(catalog: Catalog) -> list[str]:
    """Return who is one person: a line for each, of their accounts, and `file:` and the name if declared."""
    found = []
    for each in catalog.records():
        aliases = {alias for fact in each.facts_on("aliases") for alias in texts(fact.value)}
        accounts = [alias.replace("-user", "") for alias in aliases if "-user:" in alias]
        declared = {fact.source for fact in each.facts if fact.source == "file"}
        found.append(" ".join(sorted((*accounts, *(f"file:{each.entity.name}" for _ in declared)))))
    return sorted(found)
