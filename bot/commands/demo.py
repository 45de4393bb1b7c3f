"""`idp demo`: a Slack workspace on this machine, with the bot and a demo company in it.

The bot is the one that `idp run` serves; only `SLACK_API_BASE_URL` and the tokens differ.
"""

from __future__ import annotations

import gc
import os
import socket
import tempfile
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from pydantic import SecretStr

from bot.app_manifest import load_manifest, with_unfurls
from bot.commands.change_report import warn_of_left_out
from bot.commands.run import stop_signal
from bot.demo_vendors import DemoVendors
from bot.journal import open_journal
from bot.portal import Portal, open_portal
from bot.serving import serving
from bot.settings import Settings, load_settings
from domain.errors import BadConfiguration, OutsideFailure
from playground.seed import Seed, SeedError, load_seed
from playground.server import Playground
from workflows.sync_report import Order

SEED_FILE = "playground.yaml"


def run(portal: Path | None, *, port: int, browser: bool) -> int:
    """Serve the demo until Ctrl-C. Its catalog is read anew at each start and thrown away at the end."""
    folder = portal or demo_company()
    open_journal("auto", quiet=True)
    wait_for_stop = stop_signal()
    gc.disable()  # almost all that is made until the workspace is open stays: looking for the rest took 15 %
    vendors = DemoVendors.of(folder)
    with (
        tempfile.TemporaryDirectory(prefix="idp-demo-") as data,
        _workspace(folder, port, vendors) as workspace,
    ):
        # Whatever credentials the person has for the real vendors: the demo's own are used, and only there.
        os.environ.update({**vendors.environment, "SLACK_BOT_TOKEN": workspace.bot_token})
        settings = _settings(folder, Path(data), workspace, vendors)
        with open_portal(settings, told=warn_of_left_out) as wired:
            _look_at_once(wired)
            with serving(wired):
                gc.enable()
                _welcome(workspace.url, vendors)
                _until_stopped(workspace.url, wait_for_stop, browser=browser)
    return 0


def _until_stopped(url: str, wait_for_stop: Callable[[], None], *, browser: bool) -> None:
    if browser:
        webbrowser.open(url)
    wait_for_stop()


def _look_at_once(portal: Portal) -> None:
    """Look at every source before anybody can ask: the demo's vendors answer within a second."""
    reports = []
    for source in portal.syncs.enabled:
        reports.append(portal.syncs.look(source.name, Order("demo"), categorized=False))
        if problem := reports[-1].problem:
            typer.secho(f"idp: {source.name}: {problem}", fg="yellow", err=True)
    portal.syncs.categorize()
    for report in reports:
        portal.syncs.follow_up(report)


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
def _workspace(folder: Path, port: int, vendors: DemoVendors) -> Iterator[Playground]:
    seed = folder / SEED_FILE
    if not seed.exists():
        raise BadConfiguration(
            f"{folder} holds no {SEED_FILE}", "Leave --portal out to see the demo company."
        )
    manifest = with_unfurls(load_manifest(), load_settings(folder).file.unfurl)
    workspace = Playground(_seed(seed), port=port, manifest=manifest, vendors=vendors.servers)
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


def _settings(folder: Path, data: Path, workspace: Playground, vendors: DemoVendors) -> Settings:
    settings = load_settings(folder)
    http_port = _free_port()
    file = vendors.configured(settings.file, workspace.url, f"http://127.0.0.1:{http_port}")
    environment = settings.environment.model_copy(
        update={
            "idp_data": data,
            "idp_database_url": None,
            "idp_http_host": "127.0.0.1",
            "idp_http_port": http_port,
            "slack_api_base_url": workspace.api_url,
            "slack_bot_token": SecretStr(workspace.bot_token),
            "slack_app_token": SecretStr(workspace.app_token),
        }
    )
    return settings.model_copy(update={"environment": environment, "file": file})


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


def _welcome(url: str, vendors: DemoVendors) -> None:
    typer.echo("")
    typer.secho(f"  The workspace is open: {url}", bold=True)
    typer.echo("  Type into it:  /idp who owns payments")
    if any(each.name == "github" for each in vendors.servers):
        typer.echo(f"  Its GitHub, to rename and delete repositories: {url}/vendors/github/")
    typer.echo("  Stop with Ctrl-C; nothing is kept.")
    typer.echo("")
