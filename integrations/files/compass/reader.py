"""Reads compass.yml, which describes one component of Atlassian Compass.

Compass names teams and other components by ids that say nothing to people: where nobody else in the catalog
has such an id as an alias, it stays a custom field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from domain.entities import Json
from integrations.files.descriptors.draft import Draft
from integrations.files.descriptors.judged import Judged
from integrations.files.descriptors.reading import Format

SOURCE = "compass"

_SHAPE = "Write name and typeId, such as `name: pay` and `typeId: SERVICE`."
_KEYS = frozenset({"id", "typeId", "ownerId", "fields", "relationships", "customFields", "configVersion"})
_LIFECYCLES = {"pre-release": "pre-release", "active": "active", "deprecated": "deprecated"}
_TIERS = {"1": "1", "2": "2", "3": "3", "4": "4"}
_TYPES = {
    each.lower(): each.lower().replace("_", "-")
    for each in (
        "SERVICE", "LIBRARY", "APPLICATION", "CAPABILITY", "CLOUD_RESOURCE", "DATA_PIPELINE",
        "MACHINE_LEARNING_MODEL", "UI_ELEMENT", "WEBSITE", "TEMPLATE", "OTHER",
    )
}  # fmt: skip
_COMPONENT, _TEAM = "compass:", "compass-team:"


def _is_one(value: Mapping[str, Json]) -> bool:
    vendors = value.keys() & _KEYS
    return "apiVersion" not in value and bool(
        {"typeId", "configVersion"} & vendors or ("name" in value and vendors)
    )


def _drafts(document: Judged, _repository: Callable[[], str]) -> Iterator[Draft]:
    if document.scalar("configVersion") not in ("", "1"):
        written = document.scalar("configVersion")
        document.refuse(
            ("configVersion",), f"configVersion is {written}, which is not known", "Write configVersion: 1."
        )
    draft = Draft("Component", document.scalar("name", needed="Write the component's name."))
    _type(document, draft)
    draft.put("description", document.text("description"))
    if (id_ := _last(document.text("id"))) != "":
        draft.aliases.append(f"{_COMPONENT}{id_}")
    _owner(document, draft)
    fields = document.mapping("fields")
    draft.tier(fields.choice("tier", _TIERS))
    draft.put("lifecycle", fields.choice("lifecycle", _LIFECYCLES))
    draft.custom(fields.rest())
    draft.tags(document.texts("labels"))
    _links(document, draft)
    _relationships(document, draft)
    for each in document.mappings("customFields", "{name: platform, type: text, value: web}"):
        value = each.raw("value")
        draft.custom({each.text("name", needed="Write the field's name."): value})
    draft.custom(document.rest())
    yield draft


def _type(document: Judged, draft: Draft) -> None:
    """Take one of Compass's own types, or the id of a type that the company made."""
    written = document.text("typeId")
    if written.lower().startswith("ari:"):
        draft.put("custom.typeId", written)
        draft.put("type", "other")
        return
    type_ = document.choice("typeId", _TYPES) or "other"
    draft.put("type", type_)
    if type_ == "cloud-resource":
        draft.kind = "Resource"


def _owner(document: Judged, draft: Draft) -> None:
    written = document.text("ownerId")
    if written:
        draft.want("owner", "", f"{_TEAM}{_last(written)}")
        draft.put("custom.ownerId", written)


def _links(document: Judged, draft: Draft) -> None:
    for each in document.mappings("links", "{name: Runbook, type: DOCUMENT, url: 'https://…'}"):
        url, type_ = each.text("url", needed="Write the link's URL."), each.text("type").lower()
        if url and not draft.link(url, each.text("name"), type_.removesuffix("_link").replace("_", "-")):
            each.doubt(("url",), f'the link was left out: "{url}" is no URL', "Write a whole URL.")
        if type_ == "repository":
            draft.linked_repository(url)
        elif type_ == "chat_channel" and "slack.com/" in url:
            draft.slack(url)
        elif type_ == "on_call":
            draft.pagerduty(url)


def _relationships(document: Judged, draft: Draft) -> None:
    relationships = document.mapping("relationships")
    for each in relationships.texts("DEPENDS_ON"):
        if each.lower().startswith("ari:"):
            draft.want("dependsOn", "", f"{_COMPONENT}{_last(each)}")
        else:
            draft.want("dependsOn", "component", each)
    if relationships.has("DEPENDS_ON") and relationships.raw("DEPENDS_ON"):
        draft.put("custom.dependsOn", relationships.raw("DEPENDS_ON"))
    draft.custom(relationships.rest())


def _last(ari: str) -> str:
    """Return the id at the end of an Atlassian resource identifier, lower case."""
    return ari.rpartition("/")[2].lower()


FORMAT = Format(SOURCE, "a Compass component", _SHAPE, ("compass.yml", "compass.yaml"), _is_one, _drafts, {})
