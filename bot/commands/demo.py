"""`idp demo`: a Slack workspace on this machine, with the bot and a demo company in it.

The bot is the one that `idp run` serves; only `SLACK_API_BASE_URL` and the tokens differ.
"""

from __future__ import annotations

import os
import tempfile
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from pydantic import SecretStr

from bot.app_manifest import load_manifest
from bot.commands.change_report import warn_of_left_out
from bot.commands.run import stop_signal
from bot.journal import open_journal
from bot.portal import open_portal
from bot.serving import serving
from bot.settings import Settings, load_settings
from domain.errors import BadConfiguration, OutsideFailure
from playground.seed import Seed, SeedError, load_seed
from playground.server import Playground

SEED_FILE = "playground.yaml"


def run(portal: Path | None, *, port: int, browser: bool) -> int:
    """Serve the demo until Ctrl-C. Its catalog is read anew at each start and thrown away at the end."""
    folder = portal or demo_company()
    open_journal("auto", quiet=True)
    wait_for_stop = stop_signal()
    with tempfile.TemporaryDirectory(prefix="idp-demo-") as data, _workspace(folder, port) as workspace:
        settings = _settings(folder, Path(data), workspace)
        with open_portal(settings, told=warn_of_left_out) as wired, serving(wired):
            _welcome(workspace.url)
            if browser:
                webbrowser.open(workspace.url)
            wait_for_stop()
    return 0


def demo_company() -> Path:
    """Return the folder of the demo company: in the checkout, else where the wheel put it."""
    rooms = Path(__file__).resolve().parents[2]
    for folder in (rooms / "examples" / "acme", rooms / "bot" / "acme"):
        if (folder / SEED_FILE).exists():
            return folder
    raise BadConfiguration(
        "the demo company is not installed", "Name a folder with a playground.yaml: --portal DIR"
    )


@contextmanager
def _workspace(folder: Path, port: int) -> Iterator[Playground]:
    seed = folder / SEED_FILE
    if not seed.exists():
        raise BadConfiguration(
            f"{folder} holds no {SEED_FILE}", "Leave --portal out to see the demo company."
        )
    workspace = Playground(_seed(seed), port=port, manifest=load_manifest())
    try:
        workspace.start()
    except OSError as error:
        raise OutsideFailure(
            f"port {port} cannot be had: {os.strerror(error.errno or 0)}", "Take another: idp demo --port 0"
        ) from error
    try:
        yield workspace
    finally:
        workspace.stop()


def _seed(file: Path) -> Seed:
    try:
        return load_seed(file)
    except SeedError as error:
        raise BadConfiguration(str(error), "Mend the file, or leave --portal out.") from error


def _settings(folder: Path, data: Path, workspace: Playground) -> Settings:
    settings = load_settings(folder)
    environment = settings.environment.model_copy(
        update={
            "idp_data": data,
            "idp_database_url": None,
            "slack_api_base_url": workspace.api_url,
            "slack_bot_token": SecretStr(workspace.bot_token),
            "slack_app_token": SecretStr(workspace.app_token),
        }
    )
    return settings.model_copy(update={"environment": environment})


def _welcome(url: str) -> None:
    typer.echo("")
    typer.secho(f"  The workspace is open: {url}", bold=True)
    typer.echo("  Type into it:  /idp who owns payments")
    typer.echo("  Stop with Ctrl-C; nothing is kept.")
    typer.echo("")
