"""Reads opslevel.yml: components (or services, as they were called before), and what it says of a repository.

Field names are OpsLevel's, of its reference for config as code; what it holds beyond the catalog's own
fields becomes custom fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.entities import Json
from integrations.files.descriptors.draft import Draft
from integrations.files.descriptors.judged import Judged
from integrations.files.descriptors.reading import Format

SOURCE = "opslevel"

_SHAPE = "Write `version: 1` and a mapping `component` with a name, or `repository` with an owner."
_TOPS = ("component", "service", "repository")
_LISTS = ("components", "services")


def _is_one(value: Mapping[str, Json]) -> bool:
    version = value.get("version")
    tops = [value[key] for key in _TOPS if key in value]
    lists = [value[key] for key in _LISTS if isinstance(value.get(key), list)]
    return (
        "apiVersion" not in value
        and bool(tops or lists)
        and (version is not None or any(map(_is_filled, tops)))
    )


def _is_filled(value: Json) -> bool:
    return isinstance(value, dict) and bool({"name", "owner"} & value.keys())


def _drafts(document: Judged, repository: Callable[[], str]) -> list[Draft]:
    if document.scalar("version") not in ("", "1"):
        document.refuse(
            ("version",), f"version is {document.scalar('version')}, which is not known", "Write version: 1."
        )
    components = [document.mapping(key) for key in ("component", "service") if document.has(key)]
    for key in _LISTS:
        components += document.mappings(key, "{name: Payments API, owner: payments}")
    drafts = [_component(each) for each in components]
    if "repository" in document.value:
        drafts.append(_repository(document.mapping("repository"), repository()))
    if not drafts:
        document.refuse((), "it says nothing of a component or repository", _SHAPE)
    rest = document.rest()
    for draft in drafts:
        draft.custom(rest)
    return drafts


def _component(document: Judged) -> Draft:
    draft = Draft("Component", document.scalar("name", needed="Write the component's name."))
    draft.put("type", document.text("type").lower() or "service")
    draft.put("description", document.text("description"))
    draft.put("lifecycle", document.scalar("lifecycle"))
    draft.put("language", document.text("language"))
    draft.want("system", "system", document.text("system"))
    draft.want("domain", "domain", document.text("domain"))
    aliases = [each.lower() for each in document.texts("aliases")]
    given = draft.words.lower().replace(" ", "_")  # OpsLevel makes one of the name
    draft.aliases = list(dict.fromkeys([*aliases, given] if given != draft.words.lower() else aliases))
    _owned(document, draft)
    for each in document.mappings("dependencies", "{alias: order_api}"):
        draft.want(
            "dependsOn", "component", each.scalar("alias", needed="Write the other component's alias.")
        )
    for each in document.mappings("dependents", "{alias: order_api}"):
        draft.want(
            "dependencyOf", "component", each.scalar("alias", needed="Write the other component's alias.")
        )
    _repositories(document, draft)
    _alert_sources(document, draft)
    _tools(document, draft)
    draft.custom(document.mapping("properties").rest())
    draft.custom(document.rest())
    return draft


def _repository(document: Judged, name: str) -> Draft:
    draft = Draft("Resource", name or "repository", of_repository=True)
    draft.put("type", "repository")
    _owned(document, draft)
    draft.put("description", document.text("description"))
    draft.custom(document.rest())
    return draft


def _owned(document: Judged, draft: Draft) -> None:
    draft.want("owner", "group", document.scalar("owner"))
    draft.tier(document.scalar("tier"))
    tags = []
    for each in document.mappings("tags", "{key: language, value: go}"):
        key, value = each.scalar("key", needed="Write the tag's key."), each.scalar("value")
        tags.append(f"{key}:{value}" if value else key)
    draft.tags(tags)


def _repositories(document: Judged, draft: Draft) -> None:
    """Take the first repository; further ones stay as they are."""
    found = list(document.mappings("repositories", "{name: acme/pay, provider: github}"))
    for number, each in enumerate(found):
        name = each.scalar("name", needed="Write owner/name.")
        provider = each.text("provider").lower() or "github"
        for prefix in ("github.com:", "gitlab.com:"):
            if name.lower().startswith(prefix):
                name, provider = name[len(prefix) :], prefix.partition(".")[0]
        if number == 0 and draft.repository(name, provider):
            draft.folder(each.scalar("path"))
    if len(found) > 1 or (found and not draft.annotations):
        draft.put("custom.repositories", document.raw("repositories"))


def _alert_sources(document: Judged, draft: Draft) -> None:
    for each in document.mappings("alert_sources", "{type: pagerduty, external_id: P123ABC}"):
        if each.text("type").lower() == "pagerduty":
            draft.annotate("pagerduty.com/service-id", each.scalar("external_id"))
    draft.put("custom.alert_sources", document.raw("alert_sources"))


def _tools(document: Judged, draft: Draft) -> None:
    for each in document.mappings("tools", "{name: Datadog, category: metrics, url: 'https://…'}"):
        url = each.text("url", needed="Write the tool's URL.")
        name, category = each.scalar("name"), each.text("category")
        environment = each.scalar("environment")
        title = f"{name} ({environment})" if environment else name
        if url and not draft.link(url, title, category):
            each.doubt(
                ("url",),
                f'the tool {name or "without a name"} was left out: "{url}" is no URL',
                "Write a whole URL.",
            )
        if category.lower() == "incidents":
            draft.pagerduty(url)
        elif category.lower() == "code":
            draft.linked_repository(url)


FORMAT = Format(
    SOURCE, "an OpsLevel descriptor", _SHAPE, ("opslevel.yml", "opslevel.yaml"), _is_one, _drafts,
    {"service": "component", "component": "component"},
)  # fmt: skip
