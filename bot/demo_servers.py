"""The vendors that a demo can have: their servers, their credentials, and the blocks that look at them.

The integrations are the real ones; only addresses and credentials differ. Opens nothing but the playground.
"""

from __future__ import annotations

import importlib.util
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playground.vendors.cmdb.seed import load_cmdb
from playground.vendors.cmdb.server import Cmdb
from playground.vendors.datadog import Datadog
from playground.vendors.github.server import TOKEN as GITHUB_TOKEN
from playground.vendors.github.server import GitHub
from playground.vendors.gitlab.seed import load as load_gitlab
from playground.vendors.gitlab.server import GitLab, Token
from playground.vendors.jira import Jira, load_jira
from playground.vendors.kubernetes.server import Kubernetes
from playground.vendors.pagerduty import PagerDuty
from playground.vendors.sentry import Sentry, load_sentry
from playground.vendors.vendor import Vendor

REPOSITORIES = Path("catalog") / "repos"
"""Below the company's folder: the files of its repositories, which come from their hosts in the demo."""

Block = Mapping[str, Any]
"""A source's block of `idp.yaml`; `{url}` in its texts stands for the playground's address."""


@dataclass(frozen=True, slots=True)
class DemoServer:
    """One vendor of the demo."""

    server: Vendor
    environment: Mapping[str, str]
    """Its credentials, as the bot's environment is to hold them."""
    blocks: Mapping[str, Block]
    """By the source's name."""
    tell: Mapping[str, Callable[[str], object]] = field(default_factory=dict)
    """By the source's name, what has the vendor tell an address of what changes."""


def _github(seed: Path, company: Path) -> DemoServer:
    github = GitHub.seeded(seed, company / REPOSITORIES)
    secret = secrets.token_hex(16)
    block = {"organization": github.organization.login, "url": "{url}/vendors/github/api/v3"}
    return DemoServer(
        github,
        {"GITHUB_TOKEN": GITHUB_TOKEN, "GITHUB_WEBHOOK_SECRET": secret},
        {"github": block},
        {"github": lambda address: github.hooks.add(address, secret)},
    )


def _gitlab(seed: Path, company: Path) -> DemoServer:
    token = secrets.token_hex(16)
    gitlab = GitLab(load_gitlab(seed, company / REPOSITORIES), {token: Token("idp", ("read_api",))})
    groups = [each.path for each in gitlab.state.groups.values() if each.parent is None]
    block = {"url": "{url}/vendors/gitlab", "group": groups}
    return DemoServer(gitlab, {"GITLAB_TOKEN": token}, {"gitlab": block})


def _kubernetes(seed: Path, _company: Path) -> DemoServer:
    kubernetes = Kubernetes.from_file(seed)
    environment, blocks = {}, {}
    for name, cluster in kubernetes.clusters.items():
        variable = f"KUBERNETES_TOKEN_{name.upper()}"
        environment[variable] = cluster.token
        blocks[name] = {
            "type": "kubernetes",
            "server": f"{{url}}/vendors/kubernetes/{name}",
            "token_env": variable,
        }
    return DemoServer(kubernetes, environment, blocks)


def _cmdb(seed: Path, _company: Path) -> DemoServer:
    read = load_cmdb(seed)
    fields = {"custom.cost_centre": "finance.costCentre", "custom.data_class": "classification.data"}
    mapping = {
        "standing": "remark",
        "name": "name",
        "id": "id",
        "when": "status == 'in service'",
        "same_as": ["name"],
        "fields": fields,
    }
    block = {
        "type": "http",
        "url": "{url}/vendors/cmdb/api/assets",
        "auth": {"value": "Bearer $CMDB_TOKEN"},
        "pagination": {"style": "page", "size_param": "per_page", "size": 100, "total": "total"},
        "items": "data",
        "mapping": mapping,
    }
    return DemoServer(Cmdb(read), {"CMDB_TOKEN": read.token}, {"cmdb": block})


def _sentry(seed: Path, _company: Path) -> DemoServer:
    read = load_sentry(seed)
    sentry = Sentry(read)

    def tell(address: str) -> None:
        sentry.hook.url = address

    return DemoServer(
        sentry,
        {"SENTRY_TOKEN": read.token, "SENTRY_WEBHOOK_SECRET": read.client_secret},
        {"sentry": {"organization": read.organization, "url": "{url}/vendors/sentry"}},
        {"sentry": tell},
    )


def _datadog(seed: Path, _company: Path) -> DemoServer:
    datadog = Datadog.seeded(seed)
    return DemoServer(
        datadog,
        {"DD_API_KEY": datadog.api_key, "DD_APP_KEY": datadog.app_key},
        {"datadog": {"url": "{url}/vendors/datadog", "site": "datadoghq.eu", "environments": ["prod"]}},
    )


def _jira(seed: Path, _company: Path) -> DemoServer:
    read = load_jira(seed)
    return DemoServer(
        Jira(read),
        {"JIRA_EMAIL": read.email, "JIRA_TOKEN": read.token},
        {"jira": {"url": "{url}/vendors/jira"}},
    )


def _pagerduty(seed: Path, _company: Path) -> DemoServer:
    pagerduty = PagerDuty.seeded(seed)
    secret = secrets.token_hex(16)
    return DemoServer(
        pagerduty,
        {"PAGERDUTY_TOKEN": pagerduty.account.token, "PAGERDUTY_WEBHOOK_SECRET": secret},
        {"pagerduty": {"url": "{url}/vendors/pagerduty"}},
        {"pagerduty": lambda address: pagerduty.hooks.add(address, secret)},
    )


SERVERS: Mapping[str, Callable[[Path, Path], DemoServer]] = {
    "github": _github,
    "gitlab": _gitlab,
    "kubernetes": _kubernetes,
    "cmdb": _cmdb,
    "pagerduty": _pagerduty,
    "datadog": _datadog,
    "jira": _jira,
    "sentry": _sentry,
}
"""By the name of the seed's file, what makes a server of it and the folder; in the order of looks."""


def is_installed(vendor: str) -> bool:
    """Tell whether the client of a vendor that is an extra is here."""
    return vendor not in ("gitlab", "kubernetes") or importlib.util.find_spec(vendor) is not None
