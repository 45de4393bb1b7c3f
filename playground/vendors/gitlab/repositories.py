"""The endpoints that show what is in a project: its repository, pipelines, releases, protection.

A repository has one branch and no history.
"""

from __future__ import annotations

import base64
import hashlib

from starlette.responses import Response

from playground.vendors.gitlab import shapes
from playground.vendors.gitlab.calls import Call, Refusal, Table
from playground.vendors.gitlab.paging import answered, listed


def _project(call: Call) -> Response:
    return answered(shapes.project(call.state, call.project()))


def _languages(call: Call) -> Response:
    return answered(call.project().languages)


def _releases(call: Call) -> Response:
    project = call.project()
    newest = sorted(project.releases, key=lambda each: each.at, reverse=True)
    return listed(call.request, [shapes.release(call.state, project, each) for each in newest])


def _pipelines(call: Call) -> Response:
    ref = call.query("ref")
    found = [each for each in call.project().pipelines if ref in ("", each.ref)]
    found.sort(key=lambda each: each.id, reverse=call.query("sort", "desc") == "desc")
    return listed(call.request, [shapes.pipeline(call.state, each) for each in found])


def _protected_branches(call: Call) -> Response:
    names = enumerate(call.project().protected, start=1)
    return listed(call.request, [shapes.protected_branch(number, name) for number, name in names])


def _approval_rules(call: Call) -> Response:
    project = call.project()
    if not call.state.enterprise:
        raise Refusal(404, "404 Not Found")
    return listed(call.request, [shapes.approval_rule(project)] if project.approvals else [])


def _tree(call: Call) -> Response:
    """Entries in Git's order; a folder is named by an id of its path, as a blob by one of its content."""
    project = call.project()
    folder = call.query("path").strip("/")
    if not project.files or call.query("ref", project.default_branch) != project.default_branch:
        raise Refusal(404, "404 Tree Not Found")
    entries: dict[str, str] = {}
    for path in project.files:
        if folder and not path.startswith(f"{folder}/"):
            continue
        below = path.removeprefix(f"{folder}/" if folder else "").split("/")
        for depth in range(1, len(below) + 1 if call.flag("recursive") else 2):
            inner = "/".join(below[:depth])
            entries[f"{folder}/{inner}" if folder else inner] = "tree" if depth < len(below) else "blob"
    return listed(call.request, [_entry(path, entries[path]) for path in sorted(entries)])


def _entry(path: str, type_: str) -> shapes.Shape:
    number = hashlib.sha1(path.encode(), usedforsecurity=False).hexdigest()
    mode = "100644" if type_ == "blob" else "040000"
    return {"id": number, "name": path.rpartition("/")[2], "type": type_, "path": path, "mode": mode}


def _content(call: Call) -> bytes:
    project = call.project()
    content = project.files.get(call.parts[1])
    if content is None or call.query("ref", project.default_branch) not in (project.default_branch, "HEAD"):
        raise Refusal(404, "404 File Not Found")
    return content


def _file(call: Call) -> Response:
    content = _content(call)
    path = call.parts[1]
    return answered(
        {
            "file_name": path.rpartition("/")[2],
            "file_path": path,
            "size": len(content),
            "encoding": "base64",
            "content": base64.b64encode(content).decode("ascii"),
            "ref": call.query("ref"),
        }
    )


def _raw(call: Call) -> Response:
    return Response(_content(call), media_type="text/plain; charset=utf-8")


REPOSITORIES: Table = {
    "GET projects/:id": _project,
    "GET projects/:id/languages": _languages,
    "GET projects/:id/releases": _releases,
    "GET projects/:id/pipelines": _pipelines,
    "GET projects/:id/protected_branches": _protected_branches,
    "GET projects/:id/approval_rules": _approval_rules,
    "GET projects/:id/repository/tree": _tree,
    "GET projects/:id/repository/files/:path": _file,
    "GET projects/:id/repository/files/:path/raw": _raw,
}
