"""The endpoints that change something, and those of webhooks. A token that may only read is refused.

Tells the webhooks when the answer is out.
"""

from __future__ import annotations

from starlette.responses import Response

from playground.vendors.gitlab import shapes
from playground.vendors.gitlab.calls import Call, Refusal, Table
from playground.vendors.gitlab.changes import Changes
from playground.vendors.gitlab.hooks import allowed
from playground.vendors.gitlab.paging import answered, listed
from playground.vendors.gitlab.state import Hook, Project


def _edit(call: Call) -> Response:
    project, given = call.project(), call.given()
    if path := given.get("path") or given.get("name"):
        call.tell(Changes(call.state).rename(project, str(path), call.now))
    return _shown(call, project)


def _archive(call: Call) -> Response:
    call.tell(Changes(call.state).archive(call.project(), True, call.now))
    return _shown(call, call.project(), 201)


def _unarchive(call: Call) -> Response:
    call.tell(Changes(call.state).archive(call.project(), False, call.now))
    return _shown(call, call.project(), 201)


def _transfer(call: Call) -> Response:
    group = call.state.group_named(str(call.given().get("namespace", "")))
    if group is None:
        raise Refusal(404, "404 Namespace Not Found")
    call.tell(Changes(call.state).transfer(call.project(), group.id, call.now))
    return _shown(call, call.project())


def _delete(call: Call) -> Response:
    call.tell(Changes(call.state).delete(call.project()))
    return answered({"message": "202 Accepted"}, status=202)


def _commit(call: Call) -> Response:
    """GitLab's commit with several actions; the files' texts are in `content`."""
    project, given = call.project(), call.given()
    files: dict[str, bytes | None] = {}
    for action in given.get("actions", ()):
        path, kind = str(action.get("file_path", "")), action.get("action")
        if kind not in ("create", "update", "delete") or not path:
            raise Refusal(400, "actions[action] does not have a valid value")
        files[path] = None if kind == "delete" else str(action.get("content", "")).encode()
    call.tell(Changes(call.state).push(project, files, call.now, str(given.get("branch", ""))))
    message = given.get("commit_message", "")
    return answered({"id": f"{len(project.files):040x}", "message": message}, status=201)


def _shown(call: Call, project: Project, status: int = 200) -> Response:
    return answered(shapes.project(call.state, project), status=status)


def _hooks(call: Call) -> Response:
    group, project = _owner(call)
    mine = [h for h in call.state.hooks.values() if (h.group, h.project) == (group, project)]
    return listed(call.request, [shapes.hook(each) for each in mine])


def _add_hook(call: Call) -> Response:
    group, project = _owner(call)
    given = call.given()
    url = str(given.get("url", ""))
    if not allowed(url):
        raise Refusal(422, "Invalid url given: the playground delivers to this machine alone")
    hook = Hook(call.state.number("hook"), url, str(given.get("token", "")), group, project)
    call.state.hooks[hook.id] = hook
    return answered(shapes.hook(hook), status=201)


def _remove_hook(call: Call) -> Response:
    if call.state.hooks.pop(int(call.parts[-1]) if call.parts[-1].isdigit() else 0, None) is None:
        raise Refusal(404, "404 Not found")
    return Response(status_code=204)


def _owner(call: Call) -> tuple[int | None, int | None]:
    if "/groups/" in call.request.url.path:
        return call.group().id, None
    return (None, call.project().id) if call.parts else (None, None)


WRITING: Table = {
    "PUT projects/:id": _edit,
    "POST projects/:id/archive": _archive,
    "POST projects/:id/unarchive": _unarchive,
    "PUT projects/:id/transfer": _transfer,
    "DELETE projects/:id": _delete,
    "POST projects/:id/repository/commits": _commit,
    "GET hooks": _hooks,
    "POST hooks": _add_hook,
    "DELETE hooks/:hook": _remove_hook,
    "GET groups/:id/hooks": _hooks,
    "POST groups/:id/hooks": _add_hook,
    "DELETE groups/:id/hooks/:hook": _remove_hook,
    "GET projects/:id/hooks": _hooks,
    "POST projects/:id/hooks": _add_hook,
    "DELETE projects/:id/hooks/:hook": _remove_hook,
}
