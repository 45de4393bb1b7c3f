"""The demo's tools together: which the company's folder asks for, and the portal's file that names them.

What each tool needs is in `demo_servers`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.demo_servers import REPOSITORIES, SERVERS, Block, DemoServer, is_installed
from bot.portal_file import PortalFile, SourceBlock
from playground.vendors.vendor import Vendor

SLACK: Block = {"url": "{url}/api/"}
"""The workspace of the demo is its directory, too."""
FOLDER = "vendors"
"""Below the company's folder: one file for each vendor that it uses."""
EVERY = timedelta(minutes=1)
"""How often the demo looks at sources: what changes without a webhook shows within that."""


@dataclass(slots=True)
class DemoVendors:
    """The servers that a company's folder asks for, and what the bot needs to look at them."""

    company: Path
    servers: list[Vendor] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    """Credentials, as the bot's environment is to hold them."""
    _blocks: dict[str, Block] = field(default_factory=dict)
    _tell: dict[str, Callable[[str], object]] = field(default_factory=dict)

    @classmethod
    def of(cls, company: Path) -> DemoVendors:
        """Read the seeds of a company; one that has none uses no vendors."""
        vendors = cls(company)
        for name, make in SERVERS.items():
            seed = company / FOLDER / f"{name}.yaml"
            if seed.exists() and is_installed(name):
                vendors._add(make(seed, company))
        return vendors

    def configured(self, file: PortalFile, url: str, webhooks: str) -> PortalFile:
        """Return the portal's file with its sources at the playground's `url`, telling `webhooks` of changes.

        What the hosts of repositories bring is not read from the folder a second time.
        """
        for name, tell in self._tell.items():
            tell(f"{webhooks}/webhooks/{name}")
        blocks = {"slack": SLACK, **self._blocks}
        sources = {name: _block(block, url) for name, block in blocks.items()}
        catalog = self._without_repositories(file) if "github" in self._blocks else file.catalog
        return file.model_copy(update={"sources": sources, "catalog": catalog})

    def _add(self, made: DemoServer) -> None:
        self.servers.append(made.server)
        self.environment.update(made.environment)
        self._blocks.update(made.blocks)
        self._tell.update(made.tell)

    def _without_repositories(self, file: PortalFile) -> list[str]:
        kept: list[str] = []
        for name in file.catalog:
            folder = self.company / name
            if folder / "repos" != self.company / REPOSITORIES:
                kept.append(name)
            else:
                kept += [f"{name}/{each.name}" for each in sorted(folder.iterdir()) if each.name != "repos"]
        return kept


def _block(block: Block, url: str) -> SourceBlock:
    filled = {
        key: value.replace("{url}", url) if isinstance(value, str) else value for key, value in block.items()
    }
    return SourceBlock.model_validate({"every": EVERY, **filled})
