"""Maps Datadog's service definitions, v1 and v2 to v2.2, which describe one service each."""

from __future__ import annotations

from integrations.files.datadog.shared import contacts, extensions, languages, links, pagerduty
from integrations.files.descriptors.draft import Draft
from integrations.files.descriptors.judged import Judged

_TYPES = {each: each for each in ("web", "db", "cache", "function", "browser", "mobile", "custom")}
_NAME = "Write the service's name."


def first_definition(document: Judged) -> Draft:
    """Map a definition of v1."""
    document.raw("schema-version")
    info = document.mapping("info")
    draft = Draft("Component", info.scalar("dd-service", needed=_NAME))
    draft.put("type", "service")
    draft.put("title", info.text("display-name"))
    draft.put("description", info.text("description"))
    draft.tier(info.scalar("service-tier"))
    organization = document.mapping("org")
    draft.want("owner", "group", organization.text("team"))
    draft.want("system", "system", organization.text("application"))
    contact = document.mapping("contact")
    if (channel := contact.text("slack")) and not draft.slack(channel):
        contact.doubt(("slack",), f'"{channel}" is no Slack channel', "Write its URL.")
    email = contact.text("email")
    draft.custom({"contacts": [{"type": "email", "contact": email}] if email else []})
    links(document, draft, "external-resources")
    draft.tags(document.texts("tags"))
    integrations = document.mapping("integrations")
    pagerduty(integrations, draft, "pagerduty", integrations.text("pagerduty"))
    draft.repository(integrations.text("github"))
    extensions(document, draft)
    draft.custom({**info.rest(), **organization.rest(), **document.rest()})
    return draft


def later_definition(document: Judged, version: str) -> Draft:
    """Map a definition of v2, v2.1 or v2.2."""
    draft = Draft("Component", document.scalar("dd-service", needed=_NAME))
    draft.put("description", document.text("description"))
    draft.tier(document.text("tier"))
    draft.put("lifecycle", document.text("lifecycle"))
    type_ = document.choice("type", _TYPES) if version == "v2.2" else ""
    draft.put("type", type_ or "service")
    draft.want("owner", "group", document.text("team") or document.text("dd-team"))
    draft.want("system", "system", document.text("application"))
    contacts(document, draft)
    links(document, draft, "repos", "repo")
    links(document, draft, "docs", "doc")
    links(document, draft, "links")
    languages(document, draft)
    draft.tags(document.texts("tags"))
    integrations = document.mapping("integrations")
    if version == "v2":
        pagerduty(integrations, draft, "pagerduty", integrations.text("pagerduty"))
    else:
        at = integrations.mapping("pagerduty")
        if at.value:
            pagerduty(at, draft, "service-url", at.text("service-url", needed="Write the service's URL."))
    draft.custom({"integrations": integrations.rest()})
    extensions(document, draft)
    draft.custom(document.rest())
    return draft
