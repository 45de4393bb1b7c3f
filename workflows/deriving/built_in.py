"""The built-in rules for components, as a table: of each field's rows the first that holds decides.

Data alone. Language, framework, system and domain are copied rather than judged, and are in `readings`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from workflows.deriving.sight import Sight


class Row(NamedTuple):
    """One rule."""

    field: str
    value: str
    holds: Callable[[Sight], object]
    """Whether it holds of a thing: anything that is true."""
    confidence: float
    because: str
    """In words for people; what stands in braces is filled in."""


_STATIC = ("netlify.toml", "vercel.json", "firebase.json", "CNAME")
_BOOKS = ("mkdocs.yml", "mkdocs.yaml")
_DOCUSAURUS = ("docusaurus.config.js", "docusaurus.config.ts")
_DEPLOYING = (
    "Chart.yaml",
    "helmfile.yaml",
    "kustomization.yaml",
    "terragrunt.hcl",
    "Pulumi.yaml",
    "cdk.json",
)
_ALONE = ("serverless.yml", "Procfile")
_ONCE = frozenset({"CronJob", "Job"})
_END = ("deprecated", "legacy", "end-of-life", "eol", "sunset")
_YOUNG = timedelta(days=90)


def _among(found: Iterable[str], wanted: Iterable[str]) -> bool:
    return not frozenset(wanted).isdisjoint(found)


def _has_image(it: Sight) -> bool:
    return any(name.startswith(("Dockerfile", "Containerfile")) for name in it.files)


def _topics(it: Sight) -> Iterable[str]:
    topics = it.field("repo.topics")
    return [str(topic).lower() for topic in topics] if isinstance(topics, list) else ()


def _release(it: Sight) -> str:
    return str(it.field("repo.release.tag") or "").lower().removeprefix("v")


def _is_young(it: Sight) -> bool:
    created = it.field("repo.created_at")
    try:
        born = datetime.fromisoformat(str(created)) if created else None
    except ValueError:
        return False
    return born is not None and it.now - (born if born.tzinfo else born.replace(tzinfo=UTC)) < _YOUNG


BUILT_IN: tuple[Row, ...] = (
    # type: what runs says more than how it is to be run, and that more than what is merely written
    Row("type", "template", lambda it: it.field("repo.template") is True, 0.9,
        "its repository is a template for others"),
    Row("type", "job", lambda it: it.runs and _ONCE.issuperset(it.runs), 0.9,
        "it runs as {runs}, and then ends"),
    Row("type", "website", lambda it: it.runs and it.frontends and not it.servers, 0.8,
        "it runs as {runs}, built with {frontends} and no framework of servers"),
    Row("type", "service", lambda it: it.runs and _has_image(it), 0.95,
        "it has a Dockerfile and runs as {runs}"),
    Row("type", "service", lambda it: it.runs, 0.85,
        "it runs as {runs}"),
    Row("type", "documentation", lambda it: not it.ecosystems and _among(it.files, _BOOKS), 0.7,
        "it is set up to become pages of documentation, and holds no package"),
    Row("type", "documentation", lambda it: it.ecosystems == ["npm"] and _among(it.files, _DOCUSAURUS), 0.6,
        "it is set up to become pages of documentation"),
    Row("type", "website", lambda it: _among(it.files, _STATIC) and not it.servers, 0.8,
        "it is set up for a host of static pages, and has no framework of servers"),
    Row("type", "service", lambda it: _among(it.files, _ALONE), 0.7,
        "it is set up to be deployed by itself"),
    Row("type", "service", lambda it: it.servers and _has_image(it), 0.8,
        "it has a Dockerfile and uses {servers}"),
    Row("type", "website", lambda it: it.frontends and not it.servers, 0.65,
        "it is built with {frontends} and no framework of servers"),
    Row("type", "service", lambda it: it.servers, 0.65,
        "it uses {servers}"),
    Row("type", "service", _has_image, 0.6,
        "it has a Dockerfile"),
    Row("type", "infrastructure", lambda it: not it.ecosystems and (
        _among(it.files, _DEPLOYING) or any(name.endswith(".tf") for name in it.files)), 0.8,
        "it holds Terraform, Helm or the like, and no package"),
    Row("type", "infrastructure",
        lambda it: not it.ecosystems and it.field("repo.language") in ("HCL", "Bicep", "Nix"), 0.7,
        "most of its code is {entity.repo.language}"),
    Row("type", "service", lambda it: it.application, 0.55,
        "it is a package ({ecosystems}) that is run"),
    Row("type", "library", lambda it: it.application is False, 0.75,
        "it is a package ({ecosystems}) for others to use"),
    Row("type", "library", lambda it: it.ecosystems, 0.6,
        "it is a package ({ecosystems}) without a Dockerfile, and nothing of it runs"),
    Row("type", "documentation", lambda it: not it.field("repo.language") and any(
        name.startswith("README") for name in it.files), 0.4,
        "it holds texts, and no code that its host knows"),

    # lifecycle: the end says more than the beginning
    Row("lifecycle", "deprecated", lambda it: it.field("repo.archived") is True and it.production, 0.8,
        "its repository is archived, and it still runs in {environments}"),
    Row("lifecycle", "archived", lambda it: it.field("repo.archived") is True, 0.9,
        "its repository is archived"),
    Row("lifecycle", "deprecated", lambda it: _among(_topics(it), _END), 0.85,
        "a topic of its repository says so"),
    Row("lifecycle", "production", lambda it: it.production, 0.9,
        "it runs in {environments}"),
    Row("lifecycle", "deprecated", lambda it: it.left_production, 0.5,
        "it ran in production, and does so no more"),
    Row("lifecycle", "experimental", lambda it: it.environments, 0.7,
        "it runs in {environments}, and not in production"),
    Row("lifecycle", "experimental", lambda it: _release(it).startswith("0."), 0.5,
        "its newest release is {entity.repo.release.tag}"),
    Row("lifecycle", "production", _release, 0.6,
        "its newest release is {entity.repo.release.tag}"),
    Row("lifecycle", "experimental", lambda it: not it.runs and _is_young(it), 0.5,
        "its repository is less than 90 days old, and nothing of it runs"),

    # tier: a guess for as long as nobody says
    Row("tier", "1", lambda it: it.production and it.paged and it.field("public") is True, 0.6,
        "it is reachable from outside in {environments}, and somebody is called when it fails"),
    Row("tier", "2", lambda it: it.production and it.paged, 0.5,
        "it runs in {environments}, and somebody is called when it fails"),
    Row("tier", "2", lambda it: it.production and it.field("public") is True, 0.4,
        "it is reachable from outside in {environments}"),
    Row("tier", "3", lambda it: it.production, 0.3,
        "it runs in {environments}"),
    Row("tier", "4", lambda it: it.environments, 0.3,
        "it runs in {environments}, and not in production"),
)  # fmt: skip
