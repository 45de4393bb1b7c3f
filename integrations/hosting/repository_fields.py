"""The fields that a repository gives its components, as `domain.vocabulary` promises them.

Says nothing on owners and categories: `evidence` and rules do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache

from domain.entities import Json
from integrations.files.backstage.formats import is_url
from integrations.hosting.facts import RepositoryFacts

_NO_TAG = re.compile(r"[^a-z0-9+#:]+")
LONGEST_TAG = 63


def shared_fields(repository: RepositoryFacts) -> dict[str, Json]:
    """Return what holds for every part of a repository; what the host does not tell is left out."""
    fields: dict[str, Json] = {
        "repository": repository.slug.lower(),
        "repository_url": repository.web_url,
        "repo.visibility": repository.visibility,
        "repo.archived": repository.archived,
        "repo.fork": repository.fork,
        "repo.template": repository.template,
    }
    optional: Mapping[str, Json] = {
        "repo.topics": list(repository.topics),
        "repo.language": repository.language,
        "repo.languages": dict(repository.languages),
        "repo.default_branch": repository.default_branch,
        "repo.created_at": _iso(repository.created_at),
        "repo.pushed_at": _iso(repository.pushed_at),
        "repo.release": _release(repository),
        "repo.ci": _ci(repository),
        "repo.protection": _protection(repository),
    }
    fields.update({name: value for name, value in optional.items() if value})
    if repository.open_pull_requests is not None:
        fields["repo.open_pull_requests"] = repository.open_pull_requests
    if repository.alerts is not None:
        fields["repo.alerts"] = dict(repository.alerts)
    return fields


def own_fields(repository: RepositoryFacts) -> dict[str, Json]:
    """Return what the host tells of the repository as a whole, and not of a part of it."""
    fields: dict[str, Json] = {}
    if description := repository.description.strip():
        fields["description"] = description
    if tags := tags_of(repository.topics):
        fields["tags"] = tags
    return fields


def links_of(repository: RepositoryFacts, folder: str, host: str) -> list[Json]:
    """Return the links of a part: to its folder, and for the part at the top to the homepage."""
    links: list[Json] = [{"url": url_of(repository, folder, host), "title": "Repository"}]
    homepage = repository.homepage.strip()
    if homepage and not folder:
        whole = homepage if "://" in homepage else f"https://{homepage}"
        if is_url(whole) and whole != repository.web_url:
            links.append({"url": whole, "title": "Homepage"})
    return links


def url_of(repository: RepositoryFacts, path: str, host: str, *, file: bool = False) -> str:
    """Return where a person sees a folder or file of the default branch."""
    if not path or not repository.default_branch:
        return repository.web_url
    between = "/-/" if host == "gitlab" else "/"
    kind = "blob" if file else "tree"
    return f"{repository.web_url}{between}{kind}/{repository.default_branch}/{path}".replace(" ", "%20")


def tags_of(topics: Iterable[str]) -> list[Json]:
    """Return topics as Backstage's tags: `Data Science` is `data-science`; each once, in their order."""
    return list(dict.fromkeys(tag for topic in topics if (tag := _tag(topic))))


@lru_cache(maxsize=4096)
def _tag(topic: str) -> str:
    return _NO_TAG.sub("-", topic.lower()).strip("-")[:LONGEST_TAG].strip("-")


def _iso(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else ""


def _release(repository: RepositoryFacts) -> Json:
    release = repository.release
    if release is None:
        return None
    said: dict[str, Json] = {"tag": release.tag, "at": _iso(release.at)}
    return {**said, "url": release.url} if release.url else said


def _ci(repository: RepositoryFacts) -> Json:
    checks = repository.checks
    if checks is None:
        return None
    optional = {"at": _iso(checks.at), "url": checks.url}
    return {"state": checks.state, **{name: value for name, value in optional.items() if value}}


def _protection(repository: RepositoryFacts) -> Json:
    guard = repository.protection
    if guard is None:
        return None
    said: dict[str, Json] = {
        "protected": guard.protected,
        "reviews": guard.reviews,
        "checks": list(guard.checks),
        "force_push": guard.force_push,
    }
    return {**said, "by": guard.by} if guard.by else said
