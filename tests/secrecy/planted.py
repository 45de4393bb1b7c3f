"""The sources that are tried, a row each: their block, their credential, and the vendor that takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from playground.vendors.cmdb import Cmdb, load_cmdb
from playground.vendors.datadog import Datadog
from playground.vendors.datadog.seed import load_datadog
from playground.vendors.github import GitHub
from playground.vendors.github.seed import organization_of
from playground.vendors.gitlab.seed import GitLabSeed, Seeded
from playground.vendors.gitlab.server import GitLab, Token
from playground.vendors.jira import Jira, load_jira
from playground.vendors.kubernetes.seed import SeedCluster, cluster_of
from playground.vendors.kubernetes.server import Kubernetes
from playground.vendors.pagerduty import PagerDuty, load_pagerduty
from playground.vendors.sentry import Sentry, load_sentry
from playground.vendors.vendor import Faults, Vendor
from tests.integrations.github.stage import ACME as SMALL_GITHUB
from tests.integrations.github.stage import NOW
from tests.integrations.gitlab.gitlab_on_loopback import SMALL as SMALL_GITLAB
from tests.integrations.slack.stage import Directory

VENDORS = Path(__file__).parents[2] / "examples" / "acme" / "vendors"
SPACES = {"pay": {"apps": [{"name": "pay-api", "image": "api:1"}]}}


@dataclass(frozen=True, slots=True)
class Planted:
    """One kind of source."""

    name: str
    block: Mapping[str, Any]
    """What `idp.yaml` says of it; `{base}` is where its vendor is."""
    secrets: Mapping[str, str]
    """Its variables, with the credentials that its vendor takes. None looks like any vendor's."""
    vendor: Callable[[Mapping[str, str]], Vendor]
    """Makes the vendor that takes these."""

    @property
    def wrong(self) -> Mapping[str, str]:
        """Return credentials that it does not take."""
        return {name: f"{value}-wrong" for name, value in self.secrets.items()}


def _github(secrets: Mapping[str, str]) -> Vendor:
    return GitHub(organization_of(SMALL_GITHUB, None, NOW), tokens={secrets["GITHUB_TOKEN"]: None})


def _gitlab(secrets: Mapping[str, str]) -> Vendor:
    seeded = Seeded(seed=GitLabSeed.model_validate(SMALL_GITLAB))
    return GitLab(seeded, {secrets["GITLAB_TOKEN"]: Token("idp")}, now=lambda: NOW)


def _kubernetes(secrets: Mapping[str, str]) -> Vendor:
    seed = SeedCluster.model_validate({"token": secrets["KUBERNETES_TOKEN"], "namespaces": SPACES})
    return Kubernetes([cluster_of("prod", seed)])


def _cmdb(secrets: Mapping[str, str]) -> Vendor:
    cmdb = Cmdb(load_cmdb(VENDORS / "cmdb.yaml"))
    cmdb.token = secrets["CMDB_TOKEN"]
    return cmdb


def _pagerduty(secrets: Mapping[str, str]) -> Vendor:
    account = load_pagerduty(VENDORS / "pagerduty.yaml")
    return PagerDuty(account.model_copy(update={"token": secrets["PAGERDUTY_TOKEN"]}))


def _datadog(secrets: Mapping[str, str]) -> Vendor:
    keys = {"api_key": secrets["DD_API_KEY"], "app_key": secrets["DD_APP_KEY"]}
    return Datadog(load_datadog(VENDORS / "datadog.yaml").model_copy(update=keys))


def _jira(secrets: Mapping[str, str]) -> Vendor:
    account = {"email": secrets["JIRA_EMAIL"], "token": secrets["JIRA_TOKEN"]}
    return Jira(load_jira(VENDORS / "jira.yaml").model_copy(update=account))


def _sentry(secrets: Mapping[str, str]) -> Vendor:
    return Sentry(load_sentry(VENDORS / "sentry.yaml").model_copy(update={"token": secrets["SENTRY_TOKEN"]}))


PLANTED = (
    Planted(
        "github",
        {"organization": "acme", "url": "{base}/api/v3"},
        {"GITHUB_TOKEN": "planted-and-never-to-be-seen-1"},
        _github,
    ),
    Planted(
        "gitlab",
        {"group": "acme", "url": "{base}"},
        {"GITLAB_TOKEN": "planted-and-never-to-be-seen-2"},
        _gitlab,
    ),
    Planted(
        "kubernetes",
        {"server": "{base}/prod"},
        {"KUBERNETES_TOKEN": "planted-and-never-to-be-seen-3"},
        _kubernetes,
    ),
    Planted(
        "cmdb",
        {
            "type": "http",
            "url": "{base}/api/assets?per_page=100",
            "auth": {"value": "Bearer $CMDB_TOKEN"},
            "items": "data",
            "mapping": {"name": "name", "id": "id"},
        },
        {"CMDB_TOKEN": "planted-and-never-to-be-seen-4"},
        _cmdb,
    ),
    Planted(
        "pagerduty",
        {"url": "{base}"},
        {"PAGERDUTY_TOKEN": "planted-and-never-to-be-seen-5"},
        _pagerduty,
    ),
    Planted(
        "datadog",
        {"url": "{base}"},
        {"DD_API_KEY": "planted-and-never-to-be-seen-6", "DD_APP_KEY": "planted-and-never-to-be-seen-7"},
        _datadog,
    ),
    Planted(
        "jira",
        {"url": "{base}"},
        {"JIRA_EMAIL": "idp@planted.example", "JIRA_TOKEN": "planted-and-never-to-be-seen-8"},
        _jira,
    ),
    Planted(
        "sentry",
        {"url": "{base}", "organization": "acme"},
        {"SENTRY_TOKEN": "planted-and-never-to-be-seen-9"},
        _sentry,
    ),
    Planted(
        "slack",
        {"url": "{base}/api/"},
        {"SLACK_BOT_TOKEN": "xoxb-planted-and-never-to-be-seen-10"},
        lambda secrets: Directory(token=secrets["SLACK_BOT_TOKEN"]),
    ),
)
"""Add a row for each further kind of source."""


class Echo:
    """A vendor that repeats in its refusals all that it was sent, and in every way that vendors have."""

    name = "echo"

    def __init__(self) -> None:
        self.faults = Faults()
        self.status = 401
        self.asked = 0

    def routes(self) -> Sequence[BaseRoute]:
        """Return the one route."""
        return [Route("/{path:path}", self._serve, methods=["GET", "POST"])]

    async def _serve(self, request: Request) -> Response:
        self.asked += 1
        sent = " ".join(f"{name}: {value}" for name, value in request.headers.items())
        words = f"bad credentials in {sent}"
        body = {
            "message": words,
            "error": words,
            "errors": [{"message": words, "detail": words}],
            "detail": words,
        }
        return JSONResponse(body, self.status, {"x-you-sent": sent.replace("\n", " ")})
