"""Reads cortex.yaml: an OpenAPI document whose `info` describes a service, a team or a domain to Cortex.

The rest of the document, an API's description or none, is not looked at. What Cortex knows beyond the
catalog's own fields becomes custom fields, without their `x-cortex-`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from domain.entities import Json
from integrations.files.cortex.people import oncall, owners, slack, team
from integrations.files.descriptors.draft import Draft
from integrations.files.descriptors.judged import Judged
from integrations.files.descriptors.reading import Format

SOURCE = "cortex"

_SHAPE = "Write `openapi: 3.0.1` and a mapping `info` with title and x-cortex-tag."
_X = "x-cortex-"
_KINDS = {"team": "Group", "domain": "Domain"}
"""Types that the catalog has kinds for; all others, the company's own too, are components."""


def _is_one(value: Mapping[str, Json]) -> bool:
    info = value.get("info")
    return isinstance(info, dict) and any(key.startswith(_X) for key in info)


def _drafts(document: Judged, _repository: Callable[[], str]) -> Iterator[Draft]:
    version = document.scalar("openapi", needed="Write openapi: 3.0.1.")
    if version and not version.startswith("3."):
        document.refuse(("openapi",), f"openapi is {version}", "Write openapi: 3.0.1.")
    info = document.mapping("info")
    tag = info.scalar(f"{_X}tag", needed="Write the entity's tag, such as payments-api.")
    type_ = info.text(f"{_X}type") or "service"
    draft = Draft(_KINDS.get(type_.lower(), "Component"), tag)
    title = info.scalar("title")
    draft.put("title", title if title != tag else "")
    description = info.text("description") or info.text(f"{_X}summary")
    draft.put("description", description)
    draft.put("type", type_.lower())
    slack(info, draft)
    owners(info, draft)
    metadata = info.mapping(f"{_X}custom-metadata")
    draft.tier(metadata.scalar("tier") if isinstance(metadata.value.get("tier"), str | int) else "")
    draft.tags([*info.texts(f"{_X}groups"), *info.texts(f"{_X}service-groups")])
    for each in info.mappings(f"{_X}link", "{name: Runbook, type: RUNBOOK, url: 'https://…'}"):
        url = each.text("url", needed="Write the link's URL.")
        if url and not draft.link(url, each.scalar("name"), each.text("type").lower()):
            each.doubt(("url",), f'the link was left out: "{url}" is no URL', "Write a whole URL.")
    _git(info, draft)
    oncall(info, draft)
    _dependencies(info, draft)
    _family(info, draft)
    if draft.kind == "Group":
        team(info, draft)
    draft.custom(metadata.rest())
    rest = info.rest()
    draft.custom({key.removeprefix(_X): value for key, value in rest.items() if key.startswith(_X)})
    yield draft


def _git(info: Judged, draft: Draft) -> None:
    git = info.mapping(f"{_X}git")
    for host in ("github", "gitlab"):
        place = git.mapping(host)
        name = place.text("repository", needed="Write owner/name.") if place.value else ""
        if name and not draft.repository(name, host):
            place.doubt(("repository",), f'"{name}" is no repository', "Write owner/name.")
        draft.folder(place.scalar("basepath") or place.scalar("basePath"))
    draft.custom({"git": git.rest()})


def _dependencies(info: Judged, draft: Draft) -> None:
    """Take the tags of what it depends on: a list, or a mapping that has it below `cortex`."""
    at = f"{_X}dependency"
    holder, key = info, at
    if isinstance(info.value.get(at), dict):
        holder, key = info.mapping(at), "cortex"
    for each in holder.mappings(key, "{tag: orders-api}"):
        draft.want("dependsOn", "component", each.scalar("tag", needed="Write the other entity's tag."))
    if holder is not info:
        draft.custom({"dependency": holder.rest()})
    others = []
    for each in info.mappings(f"{_X}relationships", "{type: depends-on, destinations: [{tag: orders-api}]}"):
        if each.text("type").lower() != "depends-on":
            others.append(each.value)
            continue
        for target in each.mappings("destinations", "{tag: orders-api}"):
            draft.want("dependsOn", "component", target.scalar("tag", needed="Write the other entity's tag."))
    draft.custom({"relationships": [dict(each) for each in others]})


def _family(info: Judged, draft: Draft) -> None:
    """Take what it is a part of. A parent is a domain, or a team of a team."""
    parents = [
        each.scalar("tag", needed="Write the parent's tag.")
        for key in (f"{_X}parents", f"{_X}domain-parents")
        for each in info.mappings(key, "{tag: payments}")
    ]
    field, kind = {"Group": ("parent", "group"), "Domain": ("subdomainOf", "domain")}.get(
        draft.kind, ("domain", "domain")
    )
    for each in parents:
        draft.want(field, kind, each)
    if len(parents) > 1:
        draft.put("custom.parents", parents)
    children = [
        each.scalar("tag", needed="Write the child's tag.")
        for each in info.mappings(f"{_X}children", "{tag: payments}")
    ]
    if draft.kind == "Group":
        for each in children:
            draft.want("children", "group", each)
    else:
        draft.put("custom.children", children)


FORMAT = Format(
    SOURCE, "a Cortex descriptor", _SHAPE, ("cortex.yaml", "cortex.yml"), _is_one, _drafts,
    {"service": "component", "team": "group", "domain": "domain"},
)  # fmt: skip
