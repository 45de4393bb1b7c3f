"""The vendors of the demo: their servers in the playground, and the blocks by which the bot looks at them.

The integrations are the real ones; only addresses and credentials differ. Opens nothing but the playground.
"""

from __future__ import annotations

import importlib.util
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.portal_file import PortalFile, SourceBlock
from playground.vendors.cmdb.seed import load_cmdb
from playground.vendors.cmdb.server import Cmdb
from playground.vendors.github.server import TOKEN as GITHUB_TOKEN
from playground.vendors.github.server import GitHub
from playground.vendors.gitlab.seed import load as load_gitlab
from playground.vendors.gitlab.server import GitLab, Token
from playground.vendors.kubernetes.server import Kubernetes
from playground.vendors.vendor import Vendor

FOLDER = "vendors"
"""Below the company's folder: one file for each vendor that it uses."""
REPOSITORIES = Path("catalog") / "repos"
"""Below the company's folder: the files of its repositories, which come from their hosts in the demo."""
EVERY = timedelta(minutes=1)
"""How often the demo looks at sources: what changes without a webhook shows within that."""


@dataclass(slots=True)
class DemoVendors:
    """The servers that a company's folder asks for, and what the bot needs to look at them."""

    company: Path
    servers: list[Vendor] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    """Credentials, as the bot's environment is to hold them."""
    _blocks: dict[str, dict[str, Any]] = field(default_factory=dict)
    _hooked: dict[str, GitHub] = field(default_factory=dict)

    @classmethod
    def of(cls, company: Path) -> DemoVendors:
        """Read the seeds of a company; one that has none uses no vendors."""
        vendors = cls(company)
        for name, add in (
            ("github", vendors._github),
            ("gitlab", vendors._gitlab),
            ("kubernetes", vendors._kubernetes),
            ("cmdb", vendors._cmdb),
        ):
            seed = company / FOLDER / f"{name}.yaml"
            if seed.exists() and _is_installed(name):
                add(seed)
        return vendors

    def configured(self, file: PortalFile, url: str, webhooks: str) -> PortalFile:
        """Return the portal's file with its sources at the playground's `url`, telling `webhooks` of changes.

        What the hosts of repositories bring is not read from the folder a second time.
        """
        for name, github in self._hooked.items():
            github.hooks.add(f"{webhooks}/webhooks/{name}", self.environment["GITHUB_WEBHOOK_SECRET"])
        sources = {name: _block(block, url) for name, block in self._blocks.items()}
        catalog = self._without_repositories(file) if self._hooked else file.catalog
        return file.model_copy(update={"sources": sources, "catalog": catalog})

    def _without_repositories(self, file: PortalFile) -> list[str]:
        kept: list[str] = []
        for name in file.catalog:
            folder = self.company / name
            if folder / "repos" != self.company / REPOSITORIES:
                kept.append(name)
            else:
                kept += [f"{name}/{each.name}" for each in sorted(folder.iterdir()) if each.name != "repos"]
        return kept

    def _github(self, seed: Path) -> None:
        github = GitHub.seeded(seed, self.company / REPOSITORIES)
        self.servers.append(github)
        self._hooked["github"] = github
        self.environment["GITHUB_TOKEN"] = GITHUB_TOKEN
        self.environment["GITHUB_WEBHOOK_SECRET"] = secrets.token_hex(16)
        self._blocks["github"] = {
            "organization": github.organization.login,
            "url": "{url}/vendors/github/api/v3",
        }

    def _gitlab(self, seed: Path) -> None:
        token = secrets.token_hex(16)
        gitlab = GitLab(load_gitlab(seed, self.company / REPOSITORIES), {token: Token("idp", ("read_api",))})
        self.servers.append(gitlab)
        self.environment["GITLAB_TOKEN"] = token
        groups = [each.path for each in gitlab.state.groups.values() if each.parent is None]
        self._blocks["gitlab"] = {"group": groups, "url": "{url}/vendors/gitlab"}

    def _kubernetes(self, seed: Path) -> None:
        kubernetes = Kubernetes.from_file(seed)
        self.servers.append(kubernetes)
        for name, cluster in kubernetes.clusters.items():
            variable = f"KUBERNETES_TOKEN_{name.upper()}"
            self.environment[variable] = cluster.token
            self._blocks[name] = {
                "type": "kubernetes",
                "server": f"{{url}}/vendors/kubernetes/{name}",
                "token_env": variable,
            }

    def _cmdb(self, seed: Path) -> None:
        read = load_cmdb(seed)
        self.servers.append(Cmdb(read))
        self.environment["CMDB_TOKEN"] = read.token
        self._blocks["cmdb"] = {
            "type": "http",
            "url": "{url}/vendors/cmdb/api/assets",
            "auth": {"value": "Bearer $CMDB_TOKEN"},
            "pagination": {"style": "page", "size_param": "per_page", "size": 100, "total": "total"},
            "items": "data",
            "mapping": {
                "standing": "remark",
                "name": "name",
                "id": "id",
                "when": "status == 'in service'",
                "same_as": ["name"],
                "fields": {
                    "custom.cost_centre": "finance.costCentre",
                    "custom.data_class": "classification.data",
                },
            },
        }


def _is_installed(vendor: str) -> bool:
    """Tell whether the client of a vendor that is an extra is here."""
    return vendor not in ("gitlab", "kubernetes") or importlib.util.find_spec(vendor) is not None


def _block(block: Mapping[str, Any], url: str) -> SourceBlock:
    filled = {
        key: value.replace("{url}", url) if isinstance(value, str) else value for key, value in block.items()
    }
    return SourceBlock.model_validate({"every": EVERY, **filled})
