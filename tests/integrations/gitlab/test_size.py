"""Large groups, large repositories, large files: read to the end or told where not, and what that costs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from integrations.gitlab.contents import FOLDERS, WANTED_FILES
from integrations.kept_texts import TEXT_LIMIT
from tests.integrations.gitlab.gitlab_on_loopback import SMALL, Server, one, slugs, source_at
from workflows.ports import Task

Serve = Callable[..., Server]


def test_three_pages(serve: Serve) -> None:
    projects = [{"path": f"acme/p{number:03}"} for number in range(250)]
    server = serve({**SMALL, "projects": projects})
    seen = source_at(server.url).facts(Task())
    assert slugs(seen) == [f"acme/p{number:03}" for number in range(250)]
    lists = [each for each in server.gitlab.faults.requests if "/groups/1/projects?" in each]
    assert len(lists) == 3


def test_a_thousand_projects_and_what_they_cost(serve: Serve) -> None:
    """Requests are what GitLab limits. Of twenty projects 19 are empty, which spares time alone."""
    files = {"README.md": "# It\n", "go.mod": "module it\n", "CODEOWNERS": "* @acme/pay\n"}
    merged = [{"title": "One", "author": "ana", "merged_by": "ana"}]
    projects = [
        {"path": f"acme/pay/p{number:04}", "files": {} if number % 20 else files, "merge_requests": merged}
        for number in range(1_000)
    ]
    server = serve({**SMALL, "projects": projects})
    seen = source_at(server.url).facts(Task())
    assert len(seen.facts.repositories) == 1_000
    assert seen.facts.repositories[980].mergers == {"ana": 1}
    assert seen.requests == len(server.gitlab.faults.requests)
    # Its tree, its texts, languages, releases, pipelines, protected branches, approval rules.
    of_one = 7
    lists, merges, alerts, teams, others = 10, 10 + 6, 20, 1 + 3, 2
    expected = 50 * of_one + lists + merges + alerts + teams + others
    assert seen.requests == expected, dict(Counter(map(_kind, server.gitlab.faults.requests)))


def _kind(request: str) -> str:
    return re.sub(r"\d+", "N", request.split("?")[0])


def test_a_repository_of_very_many_files_is_read_folder_by_folder(serve: Serve) -> None:
    deep = {f"vendor/lib/mod{number:04}/a/b/c/file.txt": "" for number in range(400)}
    server = one(
        serve, files={**deep, "services/pay/Dockerfile": "FROM scratch\n", "zz/go.mod": "module zz\n"}
    )
    it = source_at(server.url).facts(Task()).facts.repositories[0]
    assert set(it.files) == {"services/pay/Dockerfile", "zz/go.mod"}
    assert it.problems == (f"it has more than {FOLDERS} folders: those on level 3 were not all read",)


def test_a_monorepo_of_very_many_packages_gives_its_first_texts(serve: Serve) -> None:
    packages = {f"p{number:03}/package.json": "{}" for number in range(WANTED_FILES + 5)}
    it = source_at(one(serve, files=packages).url).facts(Task()).facts.repositories[0]
    assert len(it.files) == WANTED_FILES
    assert it.problems == ("5 of its 205 files of interest were not read",)


def test_texts_that_are_none(serve: Serve) -> None:
    server = one(serve, files={"README.md": "x" * (TEXT_LIMIT + 1), "CODEOWNERS": "* @acme/pay\n"})
    it = next(iter(server.gitlab.state.projects.values()))
    it.files["Dockerfile"] = b"\xff\xfe\x00"
    it.files["mkdocs.yml"] = "\ufeffsite_name: It\n".encode()
    facts = source_at(server.url).facts(Task()).facts.repositories[0]
    assert facts.files == {"CODEOWNERS": "* @acme/pay\n", "mkdocs.yml": "site_name: It\n"}
    assert set(facts.paths) == {"README.md", "CODEOWNERS", "Dockerfile", "mkdocs.yml"}
    assert facts.problems == (
        "Dockerfile is longer than 400,000 characters, or no UTF-8 text",
        "README.md is longer than 400,000 characters, or no UTF-8 text",
    )


def test_without_graphql_texts_come_one_by_one(serve: Serve) -> None:
    server = one(serve, files={"README.md": "# It\n", "docs/index.md": "Docs\n", "docs/big": ""})
    next(iter(server.gitlab.state.projects.values())).files["Dockerfile"] = b"\xff\xfe\x00"
    server.gitlab.denied.add("graphql")
    it = source_at(server.url).facts(Task()).facts.repositories[0]
    assert it.files == {"README.md": "# It\n", "docs/index.md": "Docs\n"}
    assert it.problems == ("Dockerfile is longer than 400,000 characters, or no UTF-8 text",)
    assert it.alerts is None
    assert sum("/graphql" in each for each in server.gitlab.faults.requests) == 1
