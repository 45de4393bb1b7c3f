"""REST on repositories: as they are, their files, topics and teams; create, change, delete, write a file.

Answers from the state; changes go through `changes`.
"""

from __future__ import annotations

import base64
import binascii

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from playground.vendors.github import shapes
from playground.vendors.github.changes import Changes
from playground.vendors.github.state import Organization, Repository
from playground.vendors.github.wire import Table, api, json_of, paged, refusal, repository_named

EDITABLE = ("description", "homepage", "default_branch")


class RepositoryRest:
    """Handlers over one organization's repositories."""

    def __init__(self, organization: Organization, changes: Changes) -> None:
        self._organization, self._changes = organization, changes

    def table(self) -> Table:
        """Return what is answered here."""
        one = "/repos/{owner}/{repo}"
        return (
            ("POST", "/orgs/{org}/repos", self._create),
            ("GET", one, self._repo),
            ("PATCH", one, self._patch),
            ("DELETE", one, self._delete),
            ("GET", f"{one}/topics", self._topics),
            ("PUT", f"{one}/topics", self._set_topics),
            ("GET", f"{one}/languages", self._languages),
            ("GET", f"{one}/teams", self._repo_teams),
            ("GET", f"{one}/contents", self._contents),
            ("GET", f"{one}/contents/{{path:path}}", self._contents),
            ("PUT", f"{one}/contents/{{path:path}}", self._write),
        )

    async def _repo(self, request: Request) -> Response:
        one = repository_named(self._organization, request)
        return one if isinstance(one, Response) else self._shown(one, request)

    async def _create(self, request: Request) -> Response:
        asked = await json_of(request)
        visibility = str(asked.get("visibility") or ("private" if asked.get("private", True) else "public"))
        texts = {key: str(asked.get(key) or "") for key in ("description", "homepage")}
        start = {"README.md": f"# {asked.get('name')}\n"} if asked.get("auto_init") else {}
        more = {"visibility": visibility, "template": bool(asked.get("is_template")), "files": start}
        try:
            one = self._changes.create(str(asked["name"]), **texts, **more)
        except (KeyError, ValueError):
            return refusal(422, "Repository creation failed.")
        return self._shown(one, request, 201)

    async def _patch(self, request: Request) -> Response:
        one = repository_named(self._organization, request)
        if isinstance(one, Response):
            return one
        asked = await json_of(request)
        if asked.get("archived") is not None and asked["archived"] != one.archived:
            self._changes.archive(one.name, back=not asked["archived"])
        if asked.get("private") is not None or asked.get("visibility"):
            self._changes.publish(
                one.name, asked.get("visibility") or ("private" if asked["private"] else "public")
            )
        edited = {key: asked[key] or "" for key in EDITABLE if key in asked}
        if edited:
            self._changes.edit(one.name, **edited)
        if asked.get("name") and asked["name"] != one.name:
            try:
                self._changes.rename(one.name, str(asked["name"]))
            except ValueError as error:
                return refusal(422, str(error))
        return self._shown(one, request)

    async def _delete(self, request: Request) -> Response:
        one = repository_named(self._organization, request)
        if isinstance(one, Response):
            return one
        self._changes.delete(one.name)
        return Response(status_code=204)

    async def _topics(self, request: Request) -> Response:
        one = repository_named(self._organization, request)
        return one if isinstance(one, Response) else JSONResponse({"names": list(one.topics)})

    async def _set_topics(self, request: Request) -> Response:
        one = repository_named(self._organization, request)
        if isinstance(one, Response):
            return one
        self._changes.edit(one.name, topics=tuple((await json_of(request)).get("names", ())))
        return JSONResponse({"names": list(one.topics)})

    async def _languages(self, request: Request) -> Response:
        one = repository_named(self._organization, request)
        return one if isinstance(one, Response) else JSONResponse(one.languages)

    async def _repo_teams(self, request: Request) -> Response:
        one = repository_named(self._organization, request)
        if isinstance(one, Response):
            return one
        pairs = [(self._organization.teams[slug], may) for slug, may in one.teams.items()]
        return paged(
            request,
            [shapes.team(each, self._organization, api(request), permission=may) for each, may in pairs],
        )

    async def _contents(self, request: Request) -> Response:
        one = repository_named(self._organization, request)
        if isinstance(one, Response):
            return one
        path = request.path_params.get("path", "").strip("/")
        if path in one.files:
            return JSONResponse(shapes.content_file(one, path, api(request)))
        prefix = f"{path}/" if path else ""
        below = {each[len(prefix) :].partition("/")[::2] for each in one.files if each.startswith(prefix)}
        if not below:
            return refusal(404, "Not Found")
        names = sorted({(name, "dir" if rest else "file") for name, rest in below})
        return JSONResponse(
            [shapes.content_entry(one, prefix + name, kind, api(request)) for name, kind in names]
        )

    async def _write(self, request: Request) -> Response:
        one = repository_named(self._organization, request)
        if isinstance(one, Response):
            return one
        asked, path = await json_of(request), request.path_params["path"]
        try:
            text = base64.b64decode(str(asked.get("content", "")), validate=False).decode()
        except (binascii.Error, UnicodeDecodeError):
            return refusal(422, "content is not valid Base64")
        fresh = path not in one.files
        self._changes.push(one.name, {path: text}, request.state.viewer.login)
        commit = {
            "sha": one.head,
            "message": asked.get("message", ""),
            "html_url": f"{shapes.WEB}/{one.slug}/commit/{one.head}",
        }
        shown = shapes.content_entry(one, path, "file", api(request))
        return JSONResponse({"content": shown, "commit": commit}, 201 if fresh else 200)

    def _shown(self, one: Repository, request: Request, status: int = 200) -> Response:
        return JSONResponse(shapes.repository(one, self._organization, api(request)), status)
