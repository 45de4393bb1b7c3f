"""Maps Datadog's entities v3, of its own kinds and of the company's."""

from __future__ import annotations

import re

from integrations.files.backstage.wording import shown
from integrations.files.datadog.shared import contacts, extensions, languages, links, pagerduty
from integrations.files.descriptors.draft import Draft
from integrations.files.descriptors.judged import Judged

KINDS = {
    "service": "Component", "library": "Component", "datastore": "Resource", "queue": "Resource",
    "api": "API", "system": "System", "application": "System", "repository": "Resource",
}  # fmt: skip
"""The catalog's kinds by Datadog's; `application` is what systems were called before."""

_KIND = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def entity(document: Judged) -> Draft:
    """Map an entity."""
    kind = document.text("kind", needed="Write a kind, such as service.")
    if kind and not _KIND.fullmatch(kind):
        document.refuse(("kind",), f"kind is {shown(kind)}", "Use lower-case letters, digits and single -.")
    metadata = document.mapping("metadata")
    name = metadata.scalar("name", needed="Write the entity's name.")
    draft = Draft(KINDS.get(kind) or _own_kind(kind), name)
    draft.put("title", metadata.text("displayName"))
    draft.put("description", metadata.text("description"))
    draft.want("owner", "group", metadata.text("owner"))
    _spec(document.mapping("spec"), draft, kind)  # before the tags: what it says of the tier counts
    draft.tags(metadata.texts("tags"))
    contacts(metadata, draft)
    links(metadata, draft, "links")
    for each in ("id", "managed"):  # Datadog's own, and ignored by it when they are written
        metadata.raw(each)
    _integrations(document.mapping("integrations"), draft)
    _code(document.mapping("datadog"), draft)
    extensions(document, draft)
    draft.custom(metadata.rest())
    draft.custom(document.rest())
    return draft


def _own_kind(kind: str) -> str:
    """Return a kind of the company's own as the catalog writes it: `mobile-app` is `MobileApp`."""
    return "".join(part[:1].upper() + part[1:] for part in kind.split("-")) or "Component"


def _spec(spec: Judged, draft: Draft, kind: str) -> None:
    draft.put("lifecycle", spec.text("lifecycle"))
    draft.tier(spec.text("tier"))
    type_ = spec.text("type") or ("" if draft.kind == "System" else kind)
    draft.put("type", type_)
    languages(spec, draft)
    for field in ("dependsOn", "dependencyOf"):
        for each in spec.texts(field):
            draft.want(field, "component", each)
    parents = spec.texts("componentOf")
    for each in parents:
        prefix = each.partition(":")[0].lower()
        if prefix == "domain":
            draft.want("domain", "domain", each.partition(":")[2])
        elif KINDS.get(prefix, "System") == "System" and draft.kind != "System":
            draft.want("system", "system", each)
        elif draft.kind == "Component":
            draft.want("subcomponentOf", "component", each)
    if len(parents) > 1 or draft.kind == "System":
        draft.put("custom.componentOf", list(parents))
    if draft.kind == "API":
        interface = spec.mapping("interface")
        draft.put("definition", interface.text("fileRef"))
        if interface.has("definition"):
            interface.mapping("definition")
            draft.put("custom.definition", interface.raw("definition"))
    draft.custom(spec.rest())


def _integrations(integrations: Judged, draft: Draft) -> None:
    at = integrations.mapping("pagerduty")
    if at.value:
        pagerduty(at, draft, "serviceURL", at.text("serviceURL", needed="Write the service's URL."))
    draft.custom({"integrations": integrations.rest()})


def _code(datadog: Judged, draft: Draft) -> None:
    """Take the first repository that the code is said to be in."""
    for each in datadog.mappings("codeLocations", "{repositoryURL: 'https://github.com/acme/pay'}"):
        draft.repository(each.text("repositoryURL"))
    draft.put("custom.codeLocations", datadog.raw("codeLocations"))
    draft.custom({"datadog": datadog.rest()})
