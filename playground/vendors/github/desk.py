"""The page on which the person at the demo renames, archives, deletes and restores repositories.

Plain HTML from here: no script, nothing from another host, every text escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from playground.vendors.github.changes import Changes
from playground.vendors.github.state import Organization, Repository

STYLE = Path(__file__).with_name("desk.css")


class Desk:
    """The page and its forms."""

    def __init__(self, organization: Organization, changes: Changes) -> None:
        self._organization, self._changes = organization, changes

    def routes(self) -> Sequence[Route]:
        """Return the page, its style and where its forms go."""
        return [
            Route("/", self._page, methods=["GET"]),
            Route("/desk.css", self._style, methods=["GET"]),
            Route("/desk/{act}", self._act, methods=["POST"]),
        ]

    async def _style(self, _request: Request) -> Response:
        return FileResponse(STYLE, media_type="text/css")

    async def _page(self, request: Request) -> Response:
        here = request.url.path
        with self._organization.lock:
            rows = [_row(here, each) for each in self._organization.own()]
            gone = [_gone(here, each) for each in self._organization.deleted.values()]
        return HTMLResponse(
            _document(here, self._organization.login, request.query_params.get("told", ""), rows, gone)
        )

    async def _act(self, request: Request) -> Response:
        form = await request.form()
        name, to = str(form.get("name", "")), str(form.get("to", "")).strip()
        acts: dict[str, tuple[Callable[[], object], str]] = {
            "rename": (lambda: self._changes.rename(name, to), f"{name} is now called {to}."),
            "archive": (lambda: self._changes.archive(name), f"{name} is archived."),
            "unarchive": (lambda: self._changes.archive(name, back=True), f"{name} can be written to again."),
            "delete": (lambda: self._changes.delete(name), f"{name} is deleted."),
            "restore": (lambda: self._changes.restore(name), f"{name} is back."),
        }
        act, told = acts.get(request.path_params["act"], (None, "There is no such button."))
        if request.path_params["act"] == "rename" and not _good_name(to):
            act, told = None, "A name has letters, digits, '-', '_' and '.', at most 100 of them."
        if act is not None:
            try:
                act()
            except (LookupError, ValueError) as error:
                told = f"Not done: {error.args[0]}."
        here = request.url.path.rsplit("/desk/", 1)[0] + "/"
        return RedirectResponse(f"{here}?told={quote(told)}", 303)


def _good_name(name: str) -> bool:
    plain = name.replace("-", "").replace("_", "").replace(".", "")
    return 0 < len(name) <= 100 and plain.isascii() and plain.isalnum()


def _document(here: str, login: str, told: str, rows: Sequence[str], gone: Sequence[str]) -> str:
    deleted = f"<h2>Deleted</h2><table><tbody>{''.join(gone)}</tbody></table>" if gone else ""
    said = f'<p class="told" role="status">{escape(told)}</p>' if told else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(login)} on GitHub</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="stylesheet" href="/page/css/theme.css">'
        f'<link rel="stylesheet" href="{escape(here)}desk.css"></head><body><main>'
        f"<h1>{escape(login)}</h1>"
        '<p class="muted">This machine&#8217;s GitHub. What you change here reaches the portal by webhook: '
        "ask for it in Slack.</p>"
        f"{said}<table><thead><tr><th>Repository</th><th>Pushed</th><th>Files</th><th></th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>{deleted}</main></body></html>"
    )


def _row(here: str, each: Repository) -> str:
    marks = [each.visibility, *(name for name in ("archived", "fork", "template") if getattr(each, name))]
    pushed = f"{each.pushed_at:%Y-%m-%d %H:%M}" if each.pushed_at else "never"
    name = escape(each.name)
    rename = (
        f'<input name="to" value="{name}" aria-label="New name of {name}" maxlength="100" required>'
        f"<button>Rename</button>"
    )
    forms = (
        _form(here, "rename", each.name, rename)
        + _form(here, *(("unarchive", each.name, "<button>Unarchive</button>") if each.archived
                        else ("archive", each.name, "<button>Archive</button>")))
        + _form(here, "delete", each.name, '<button class="danger">Delete</button>')
    )  # fmt: skip
    return (
        f'<tr><td><b>{name}</b> <span class="muted small">{escape(", ".join(marks))}</span><br>'
        f'<span class="muted small">{escape(each.description)}</span></td>'
        f'<td class="small">{pushed}</td><td class="small">{len(each.files)}</td>'
        f'<td class="acts">{forms}</td></tr>'
    )


def _gone(here: str, each: Repository) -> str:
    form = _form(here, "restore", each.name, "<button>Restore</button>")
    return f'<tr><td><b>{escape(each.name)}</b></td><td class="acts">{form}</td></tr>'


def _form(here: str, act: str, name: str, inside: str) -> str:
    return (
        f'<form method="post" action="{escape(here)}desk/{act}">'
        f'<input type="hidden" name="name" value="{escape(name)}">{inside}</form>'
    )
