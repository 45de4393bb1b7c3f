"""The command line: what each command takes, and the outer edge where every error becomes words.

The work itself is in `bot.commands`, one module a command, loaded when that command is called: `idp ask`
must not pay for Slack's SDK, nor `idp --help` for the catalog.

Exit codes: 0 done or answered; 1 no such thing, or findings; 2 bad usage or configuration; 3 an outside
system (the database, Slack) failed; 70 a defect of ours, with a code that the log holds.
"""

from __future__ import annotations

import errno
import gc
import importlib
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.defects import record_defect
from domain.errors import BadInput, IdpError
from domain.redaction import redacted

app = typer.Typer(
    name="idp",
    help="An internal developer portal that lives in Slack: who owns what, with the evidence, at once.",
    epilog="New here? Try: idp demo",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
database = typer.Typer(help="Create or upgrade the catalog's database.", no_args_is_help=True)
app.add_typer(database, name="db")

PortalOption = Annotated[
    Path | None,
    typer.Option(
        "--portal", metavar="DIR", help="The portal's folder; by default $IDP_PORTAL, else the current one."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]

COLLECTIONS = (50_000, 20, 50)
"""How many new objects there are before the garbage collector looks at the young ones, and how often it looks
at older ones. Python's own are (700, 10, 10)."""

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What a write ends in where the disk, the quota or the permitted size of a file is used up."""

_chosen: dict[str, Path] = {}
"""The folder of `idp --portal DIR COMMAND`, for the command that follows."""


def _work(module: str) -> Any:
    """Load a command's module, whose `run` has a shape of its own; no command pays for another's imports."""
    # Modules and catalogs are many small objects and hardly a cycle: Python's defaults walk all of them again
    # and again, which took a third of the time of an import of 10,000 components and saved no memory.
    gc.set_threshold(*COLLECTIONS)
    loaded = importlib.import_module(f"bot.commands.{module}")
    gc.freeze()
    return loaded


def _portal(here: Path | None) -> Path | None:
    return here or _chosen.get("portal")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(_work("version").current())
        raise typer.Exit


@app.callback()
def common(
    portal: PortalOption = None,
    version: Annotated[  # noqa: ARG001 - its callback prints it
        bool,
        typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version and exit."),
    ] = False,
) -> None:
    """Take the options that stand before the command."""
    _chosen.clear()
    if portal:
        _chosen["portal"] = portal


@app.command(epilog="Example: idp init my-portal")
def init(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="Where to make it; if it exists, nothing in it is overwritten."),
    ],
) -> None:
    """Make a portal's folder: idp.yaml and a first catalog to edit."""
    raise typer.Exit(_work("init").run(folder))


@app.command(epilog="Example: idp demo --port 8420")
def demo(
    portal: Annotated[
        Path | None,
        typer.Option("--portal", metavar="DIR", help="Another company's folder, with a playground.yaml."),
    ] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="The page's port on this machine; 0 takes a free one.")
    ] = 8420,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser, where there is one.")] = True,
) -> None:
    """Start a Slack workspace on this machine with the bot and a demo company in it. No token needed."""
    raise typer.Exit(_work("demo").run(_portal(portal), port=port, browser=browser))


@app.command(epilog="Example: SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… idp run --portal my-portal")
def run(
    portal: PortalOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log what the SDKs do, too.")] = False,
) -> None:
    """Serve Slack over Socket Mode until stopped (Ctrl-C or SIGTERM)."""
    raise typer.Exit(_work("run").run(_portal(portal), verbose=verbose))


@app.command("import", epilog="Examples: idp import catalog/ · idp import services.csv --dry-run")
def import_(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Files and folders; without any, those that idp.yaml names."),
    ] = None,
    portal: PortalOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the change set and change nothing.")
    ] = False,
    json_: JsonOption = False,
) -> None:
    """Read catalog files (Backstage YAML, CSV, CODEOWNERS) into the catalog."""
    raise typer.Exit(_work("importing").run(_portal(portal), paths or [], dry_run=dry_run, as_json=json_))


@app.command(
    epilog="Examples: idp sync · idp sync github --dry-run · idp sync github --full · idp sync status"
    " · idp sync check github · idp sync undo 12"
)
def sync(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE…] | status [SOURCE…] | check [SOURCE…] | undo NUMBER",
            help="Sources of idp.yaml, all without any; `status` says how they stand; `check` tries what they"
            " need; `undo` takes back a change set and pauses its source.",
        ),
    ] = None,
    portal: PortalOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the change set and change nothing.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Look at everything, not only at what changed since the last look.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Apply it even if much of a source would vanish.")
    ] = False,
    json_: JsonOption = False,
) -> None:
    """Look at sources (GitHub, Kubernetes, …) now and take over what they know."""
    ran = _work("sync").run(
        _portal(portal), words or [], dry_run=dry_run, full=full, force=force, as_json=json_
    )
    raise typer.Exit(ran)


@app.command(epilog="Examples: idp suggestions · idp suggestions merge 3 · idp suggestions apart 4")
def suggestions(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[merge|apart|ignore NUMBER]",
            help="What to decide; without it, the open ones are listed.",
        ),
    ] = None,
    portal: PortalOption = None,
    json_: JsonOption = False,
) -> None:
    """List things that may be one, and merge them, keep them apart or ignore the question."""
    raise typer.Exit(_work("suggestions").run(_portal(portal), words or [], as_json=json_))


@app.command(epilog="Examples: idp people · idp people --unjoined · idp people --json")
def people(
    portal: PortalOption = None,
    unjoined: Annotated[
        bool, typer.Option("--unjoined", help="Only those whom one tool alone knows, with what to write.")
    ] = False,
    json_: JsonOption = False,
) -> None:
    """List people with their accounts in all tools, and who could not be joined."""
    raise typer.Exit(_work("people").run(_portal(portal), unjoined=unjoined, as_json=json_))


@app.command(epilog="Examples: idp export > catalog.yaml · idp export --format csv --output services.csv")
def export(
    portal: PortalOption = None,
    format_: Annotated[
        str, typer.Option("--format", "-f", metavar="backstage|csv", help="The format.")
    ] = "backstage",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file instead of standard output.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind: Component, Group, ….")] = None,
) -> None:
    """Write the catalog as Backstage YAML or CSV, which imports again without loss."""
    raise typer.Exit(_work("export").run(_portal(portal), format_, output, kind))


@app.command(epilog='Examples: idp ask "who owns payments" · idp ask list services tier 1 --json')
def ask(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="The question, as in Slack.")],
    portal: PortalOption = None,
    as_person: Annotated[
        str, typer.Option("--as", metavar="PERSON", help="Ask as this person: a ref, name or e-mail.")
    ] = "",
    json_: JsonOption = False,
) -> None:
    """Ask the catalog what you would ask in Slack."""
    raise typer.Exit(_work("ask").run(_portal(portal), " ".join(words), as_person, as_json=json_))


@database.command("upgrade", epilog="Example: IDP_DATABASE_URL=postgresql://… idp db upgrade")
def db_upgrade(portal: PortalOption = None) -> None:
    """Create the database or bring its schema to this version; harmless to repeat."""
    raise typer.Exit(_work("db").run(_portal(portal)))


@app.command(epilog="Example: idp manifest > app_manifest.yml")
def manifest(
    portal: PortalOption = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Hold the manifest to the listeners and to Slack's limits instead."),
    ] = False,
) -> None:
    """Print the Slack app's manifest, to paste at api.slack.com/apps."""
    raise typer.Exit(_work("manifest").run(_portal(portal), check=check))


@app.command(epilog="Example: idp doctor --json")
def doctor(portal: PortalOption = None, json_: JsonOption = False) -> None:
    """Check the portal's folder, database, catalog and Slack connection, and say what to mend."""
    raise typer.Exit(_work("doctor").run(_portal(portal), as_json=json_))


def main() -> None:
    """Run the command line; every error leaves as words on standard error and an exit code."""
    try:
        try:
            app()
        finally:
            if sys.stdout:  # None when the caller closed it
                sys.stdout.flush()  # Python's own, at its end, would drop the error
    except IdpError as error:
        _say(str(error), error.hint)
        sys.exit(2 if isinstance(error, BadInput) else 3)
    except BrokenPipeError:
        _drop_output()  # the reader of our output (head, less) has left: nothing is wrong
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the outer edge: nobody sees a traceback
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            _drop_output()
            _say(f"not all could be written: {error.strerror}", "Make room on the disk, then try again.")
            sys.exit(3)
        _tell_defect(error)
        sys.exit(70)


def _tell_defect(error: Exception) -> None:
    code, log = record_defect(error)
    _say(
        f"something broke on our side (code {code})",
        f"Please report the code with what {log} says of it."
        if log
        else f"Please report {redacted(f'{type(error).__name__}: {error}')} (its log could not be kept).",
    )


def _say(problem: str, remedy: str) -> None:
    typer.secho(f"idp: {problem}", fg="red", err=True)
    if remedy:
        typer.echo(f"     {remedy}", err=True)


def _drop_output() -> None:
    """Let what is still in the buffers go nowhere, else Python complains of it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    main()
