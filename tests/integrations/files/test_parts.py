"""A repository is one thing, or a monorepo of parts."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.files.manifests.parts import Part, parts_of


def parts(*paths: str, **files: str) -> dict[str, Part]:
    texts: Mapping[str, str] = {name.replace("__", "/"): text for name, text in files.items()}
    return {each.folder: each for each in parts_of(paths, texts)}


@pytest.mark.parametrize(
    "paths",
    [
        (),
        ("README.md",),
        ("package.json", "Dockerfile", "src/index.js"),
        ("pyproject.toml", "docs/requirements.txt", "tests/package.json", "examples/a/Dockerfile"),
        ("src/package.json",),
        ("go.mod", "docker/Dockerfile", "deploy/web/Dockerfile", "charts/pay/Chart.yaml"),
        ("package.json", "node_modules/a/package.json", "node_modules/b/package.json", ".cache/x/go.mod"),
        ("Gemfile", "client/package.json"),
    ],
)
def test_a_plain_repository_is_one_part(paths: tuple[str, ...]) -> None:
    assert list(parts(*paths)) == [""]


def test_the_part_of_a_plain_repository() -> None:
    files = {"app/package.json": '{"name": "@acme/pay"}', "chart/Chart.yaml": ""}
    (part,) = parts_of(["app/package.json", "docker/pay.Dockerfile"], files)
    assert (part.folder, part.name) == ("", "")
    assert [each.path for each in part.manifests] == ["app/package.json"]
    assert (part.dockerfile, part.chart, part.application) == (True, True, True)


def test_a_monorepo_has_its_folders_as_parts() -> None:
    found = parts_of(
        [
            "package.json",
            "services/pay/Dockerfile",
            "services/pay/package.json",
            "services/pay/client/package.json",
            "services/pay/worker/Dockerfile",
            "services/ledger/go.mod",
            "libs/ui/package.json",
            "charts/ledger/Chart.yaml",
            "infra/base/Dockerfile",
        ],
        {
            "package.json": '{"private": true, "workspaces": ["libs/*"]}',
            "services/pay/package.json": '{"name": "@acme/payments", "dependencies": {"express": "4"}}',
            "services/ledger/go.mod": "module github.com/acme/mono/ledger\n",
            "libs/ui/package.json": '{"name": "@acme/ui", "main": "index.js"}',
        },
    )
    assert {each.folder: (each.name, each.dockerfile, each.chart, each.application) for each in found} == {
        "libs/ui": ("ui", False, False, False),
        "services/ledger": ("ledger", False, True, True),
        "services/pay": ("payments", True, False, True),
        "services/pay/worker": ("worker", True, False, True),
    }
    pay = next(each for each in found if each.folder == "services/pay")
    assert [each.path for each in pay.manifests] == [
        "services/pay/client/package.json",
        "services/pay/package.json",
    ]


def test_a_catalog_file_makes_a_part_by_itself() -> None:
    assert list(parts("Dockerfile", "go.mod", "jobs/nightly/catalog-info.yaml")) == ["", "jobs/nightly"]
    assert list(parts("deploy/pay/opslevel.yml", "README.md")) == ["deploy/pay"]


def test_the_top_is_a_part_when_it_is_something_itself() -> None:
    web = {"package.json": '{"dependencies": {"next": "14"}}'}
    inner = ["a/Dockerfile", "b/Dockerfile"]
    assert [each.folder for each in parts_of(inner, web)] == ["", "a", "b"]
    assert [each.folder for each in parts_of([*inner, "pnpm-workspace.yaml"], web)] == ["a", "b"]
    assert [each.folder for each in parts_of([*inner, "package.json"], {})] == ["a", "b"]
    assert [each.folder for each in parts_of([*inner, "Dockerfile"], {})] == ["", "a", "b"]


@pytest.mark.parametrize(
    ("path", "text"),
    [("Cargo.toml", '[workspace]\nmembers = ["a", "b"]\n'), ("go.work", "use ./a\n"), ("go.work", "")],
)
def test_a_workspace_is_no_part(path: str, text: str) -> None:
    assert [each.folder for each in parts_of(["a/Cargo.toml", "b/go.mod"], {path: text})] == ["a", "b"]


SEGMENTS = st.lists(st.sampled_from(["a", "b", "docs", "charts", "services"]), max_size=3)
NAMES = st.sampled_from(["Dockerfile", "package.json", "go.mod", "catalog-info.yaml", "Chart.yaml", "x.py"])


@given(st.lists(st.tuples(SEGMENTS, NAMES).map(lambda pair: "/".join([*pair[0], pair[1]])), max_size=8))
def test_every_part_is_there_once_and_every_manifest_in_one_at_most(paths: list[str]) -> None:
    found = parts_of(paths, {})
    assert found
    folders = [each.folder for each in found]
    assert folders == sorted(set(folders))
    manifests = [each.path for part in found for each in part.manifests]
    assert len(manifests) == len(set(manifests))
    assert all(path.startswith(f"{part.folder}/" if part.folder else "") for part in found for path in [
        each.path for each in part.manifests
    ])  # fmt: skip
    assert parts_of(reversed(paths), {}) == found
