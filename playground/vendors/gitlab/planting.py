"""Makes the state that a seed describes.

Refuses a seed that names somebody or something which it does not hold.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from playground.vendors.gitlab.seed import ACCESS_LEVELS, GitLabSeed, Seeded, SeedProject
from playground.vendors.gitlab.state import Group, MergeRequest, Pipeline, Project, Release, State, User


def planted(seeded: Seeded, now: datetime) -> State:
    """Return the state at a start. Raises ValueError for a seed that does not fit together."""
    seed = seeded.seed
    state = State(seed.url.rstrip("/"), seed.version, seed.enterprise)
    try:
        _people_and_groups(state, seed)
        for each in seed.projects:
            _project(state, each, seeded.folder, now)
        for each in seed.projects:
            _later(state, each, now)
    except KeyError as error:
        raise ValueError(f"the seed of GitLab names {error.args[0]!r}, which it does not hold") from error
    return state


def _people_and_groups(state: State, seed: GitLabSeed) -> None:
    for user in seed.users:
        number = state.number("user")
        state.users[number] = User(number, user.username, user.name or user.username, user.email, user.state)
    for group in seed.groups:
        above, _, path = group.path.rpartition("/")
        parent = _group(state, above).id if above else None
        number = state.number("group")
        members = {state.user_named(name).id: ACCESS_LEVELS[role] for name, role in group.members.items()}
        state.groups[number] = Group(number, path, group.name or path, parent, group.description, members)


def _group(state: State, path: str) -> Group:
    found = state.group_named(path)
    if found is None:
        raise KeyError(path)
    return found


def _project(state: State, seed: SeedProject, folder: Path | None, now: datetime) -> None:
    above, _, path = seed.path.rpartition("/")
    active = now - timedelta(days=seed.active_days_ago)
    files = _files(folder / seed.folder) if folder is not None and seed.folder else {}
    files |= {name: content.encode() for name, content in seed.files.items()}
    number = state.number("project")
    state.projects[number] = Project(
        number,
        path,
        seed.name or path,
        _group(state, above).id,
        created_at=now - timedelta(days=seed.created_days_ago),
        last_activity_at=active,
        updated_at=active,
        description=seed.description,
        topics=list(seed.topics),
        languages=dict(seed.languages),
        visibility=seed.visibility,
        archived=seed.archived,
        default_branch=seed.default_branch,
        files=files,
        shared_with={_group(state, name).id: ACCESS_LEVELS[role] for name, role in seed.shared_with.items()},
        protected=list(seed.protected),
        approvals=seed.approvals,
        must_pass=seed.must_pass,
        releases=[Release(each.tag, now - timedelta(days=each.days_ago)) for each in seed.releases],
        vulnerabilities=None
        if seed.vulnerabilities is None
        else {str(name): count for name, count in seed.vulnerabilities.items()},
    )


def _files(folder: Path) -> dict[str, bytes]:
    """Return a folder's files by path. Raises ValueError when it holds none: a slip in the seed."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    if not found:
        raise ValueError(f"the seed of GitLab names the folder {folder}, which holds no file")
    return found


def _later(state: State, seed: SeedProject, now: datetime) -> None:
    """Add what names other projects and people."""
    project = state.project_named(seed.path)
    if project is None:
        raise KeyError(seed.path)
    if seed.forked_from:
        origin = state.project_named(seed.forked_from)
        if origin is None:
            raise KeyError(seed.forked_from)
        project.forked_from = origin.id
    for iid, each in enumerate(seed.merge_requests, start=1):
        at = now - timedelta(days=each.days_ago)
        merger = state.user_named(each.merged_by).id if each.merged_by else None
        state.merge_requests.append(
            MergeRequest(
                state.number("merge request"),
                iid,
                project.id,
                each.title,
                state.user_named(each.author).id,
                "merged" if merger else "opened",
                at - timedelta(days=1),
                at,
                merger,
                at if merger else None,
            )
        )
    for pipeline in seed.pipelines:
        at = now - timedelta(days=pipeline.days_ago)
        project.pipelines.append(
            Pipeline(state.number("pipeline"), project.id, project.default_branch, pipeline.status, at)
        )
