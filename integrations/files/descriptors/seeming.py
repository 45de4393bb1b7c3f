"""Says what a document seems to be that stands under the name of something else.

Only for words to a person: nothing is read because of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from domain.entities import Json


def _is_backstage(value: Mapping[str, Json]) -> bool:
    version = value.get("apiVersion")
    return isinstance(version, str) and "backstage.io/" in version


def _is_datadog(value: Mapping[str, Json]) -> bool:
    return value.get("apiVersion") == "v3" and "kind" in value


def _is_cortex(value: Mapping[str, Json]) -> bool:
    info = value.get("info")
    return isinstance(info, dict) and any(key.startswith("x-cortex-") for key in info)


_SEEMS: tuple[tuple[Callable[[Mapping[str, Json]], bool], str], ...] = (
    (_is_backstage, "a Backstage entity, which belongs into catalog-info.yaml"),
    (_is_datadog, "a Datadog entity, which belongs into entity.datadog.yaml"),
    (lambda it: "apiVersion" in it and "kind" in it, "a Kubernetes manifest"),
    (
        lambda it: "schema-version" in it or "dd-service" in it,
        "a Datadog service definition, which belongs into service.datadog.yaml",
    ),
    (_is_cortex, "a Cortex descriptor, which belongs into cortex.yaml"),
    (
        lambda it: "typeId" in it or "configVersion" in it,
        "a Compass component, which belongs into compass.yml",
    ),
    (lambda it: "openapi" in it or "swagger" in it, "an OpenAPI description"),
    (lambda it: "asyncapi" in it, "an AsyncAPI description"),
    (
        lambda it: "version" in it and bool({"service", "component", "repository"} & it.keys()),
        "an OpsLevel descriptor, which belongs into opslevel.yml",
    ),
    (lambda it: isinstance(it.get("services"), dict), "a Compose file"),
)  # fmt: skip


def seeming(value: Json) -> str:
    """Return what a document seems to be, with an article."""
    if isinstance(value, list):
        return "a list"
    if not isinstance(value, dict):
        return "a single value"
    known = next((words for fits, words in _SEEMS if fits(value)), None)
    if known is not None:
        return known
    keys = list(value)
    more = ", …" if len(keys) > 4 else ""
    return f"a file of another program, with {', '.join(each[:40] for each in keys[:4])}{more} at its top"
