"""The playground's GitLab, used by python-gitlab as anybody would use a real one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gitlab
import pytest
from gitlab.exceptions import GitlabAuthenticationError, GitlabError

from playground.vendors.gitlab.planting import planted
from playground.vendors.gitlab.seed import GitLabSeed, Seeded
from playground.vendors.gitlab.server import Token
from tests.integrations.gitlab.gitlab_on_loopback import NOW, SMALL, TOKEN, Server, acme, serve, server

__all__ = ["acme", "serve", "server"]


@pytest.fixture
def client(server: Server) -> Iterator[gitlab.Gitlab]:
    with gitlab.Gitlab(server.url, private_token=TOKEN, keep_base_url=True) as connected:
        yield connected


def test_who_is_asking(client: gitlab.Gitlab) -> None:
    client.auth()
    assert client.user is not None
    assert client.user.username == "idp"
    assert client.version() == ("18.5.1-ee", "playground")


def test_a_wrong_token(server: Server) -> None:
    with (
        gitlab.Gitlab(server.url, private_token="glpat-wrong") as stranger,
        pytest.raises(GitlabAuthenticationError, match="401 Unauthorized"),
    ):
        stranger.auth()


def test_an_oauth_token(server: Server) -> None:
    with gitlab.Gitlab(server.url, oauth_token=TOKEN, keep_base_url=True) as client:
        client.auth()


def test_groups_by_path_and_number(client: gitlab.Gitlab) -> None:
    cards = client.groups.get("acme/pay/cards")
    assert client.groups.get(cards.id).full_path == "acme/pay/cards"
    pay = client.groups.get("ACME/pay")
    assert [each.full_path for each in pay.subgroups.list(get_all=True)] == ["acme/pay/cards"]
    below = client.groups.get("acme").descendant_groups.list(get_all=True)
    assert {each.full_path for each in below} == {"acme/pay", "acme/pay/cards"}
    assert {each.username: each.access_level for each in pay.members.list(get_all=True)} == {
        "ana": 50,
        "gone": 30,
    }
    assert len(client.groups.list(get_all=True)) == 4


def test_lists_are_paged_to_their_end(client: gitlab.Gitlab) -> None:
    pages = client.projects.list(iterator=True, per_page=2, order_by="id", sort="asc")
    assert (pages.total, pages.total_pages, pages.next_page) == (4, 2, 2)
    assert [each.id for each in pages] == [1, 2, 3, 4]
    tree = client.projects.get(1).repository_tree(pagination="keyset", per_page=1, get_all=True)
    assert [each["path"] for each in tree] == ["CODEOWNERS", "README.md"]


def test_only_those_of_the_group_or_also_those_below(client: gitlab.Gitlab) -> None:
    group = client.groups.get("acme")
    assert [each.path for each in group.projects.list(get_all=True)] == ["site"]
    assert len(group.projects.list(include_subgroups=True, get_all=True)) == 3


def test_what_is_in_a_project(acme: Server) -> None:
    with gitlab.Gitlab(acme.url, private_token=TOKEN, keep_base_url=True) as client:
        ledger = client.projects.get("money/ledger")
        assert client.http_get(f"/projects/{ledger.id}/languages") == {
            "Java": 88.1,
            "Python": 10.4,
            "PLSQL": 1.5,
        }
        assert [each.tag_name for each in ledger.releases.list(get_all=True)] == ["v8.13.0", "v8.12.2"]
        assert [each.status for each in ledger.pipelines.list(get_all=True)] == ["success", "failed"]
        assert len(ledger.mergerequests.list(state="merged", get_all=True)) == 6
        assert [each.name for each in ledger.protectedbranches.list(get_all=True)] == ["main", "release/*"]
        assert ledger.files.get("docs/index.md", ref="main").decode().startswith(b"# Ledger")
        assert ledger.files.raw("proto/ledger.proto", ref="main").startswith(b'syntax = "proto3"')
        tops = {each["path"]: each["type"] for each in ledger.repository_tree(get_all=True)}
        assert (tops["docs"], tops["README.md"]) == ("tree", "blob")
        inner = ledger.repository_tree("docs", get_all=True)
        assert [each["path"] for each in inner] == ["docs/index.md"]


def test_what_people_do(client: gitlab.Gitlab) -> None:
    site = client.projects.get("acme/site")
    site.path = "web"
    site.save()
    assert client.projects.get(site.id).path_with_namespace == "acme/web"
    site.archive()
    assert client.projects.get(site.id).archived
    site.unarchive()
    site.transfer("other")
    site.commits.create(
        {
            "branch": "main",
            "commit_message": "Say more",
            "actions": [
                {"action": "create", "file_path": "docs/a.md", "content": "A"},
                {"action": "delete", "file_path": "package.json"},
            ],
        }
    )
    moved = client.projects.get("other/web")
    assert [each["path"] for each in moved.repository_tree(recursive=True, get_all=True)] == [
        "docs",
        "docs/a.md",
    ]
    moved.delete()
    with pytest.raises(GitlabError, match="404 Project Not Found"):
        client.projects.get(site.id)


def test_a_token_that_may_only_read(server: Server) -> None:
    server.gitlab.tokens["glpat-reader"] = Token("idp", ("read_api",))
    with gitlab.Gitlab(server.url, private_token="glpat-reader") as reader:
        site = reader.projects.get("acme/site")
        with pytest.raises(GitlabError, match="insufficient_scope"):
            site.delete()


def test_hooks_stay_on_this_machine(client: gitlab.Gitlab) -> None:
    hooks = client.groups.get("acme").hooks
    with pytest.raises(GitlabError, match="this machine alone"):
        hooks.create({"url": "https://hooks.acme.example/", "token": "s"})
    made = hooks.create({"url": "http://127.0.0.1:9/", "token": "s"})
    assert "token" not in made.attributes
    assert len(hooks.list(get_all=True)) == 1
    made.delete()
    assert hooks.list(get_all=True) == []
    assert client.hooks.list(get_all=True) == []


def test_things_that_are_not_there(client: gitlab.Gitlab) -> None:
    for path in (
        "/groups/nowhere",
        "/projects/99",
        "/projects/1/repository/files/nothing/raw",
        "/of_next_year",
    ):
        with pytest.raises(GitlabError, match="404"):
            client.http_get(path)
    with pytest.raises(GitlabError, match="valid value"):
        client.http_list("/projects", query_data={"order_by": "mood"}, get_all=True)


def test_graphql_answers_what_it_knows_and_refuses_the_rest(server: Server) -> None:
    def ask(query: str) -> Any:
        with gitlab.Gitlab(server.url, private_token=TOKEN) as client:
            return client.http_post(f"{server.url}/api/graphql", post_data={"query": query})

    found = ask('{ project(fullPath: "acme/site") { id repository { blobs(paths: ["package.json", "x"]) '
                "{ nodes { path rawTextBlob } } } } }")  # fmt: skip
    assert found["data"]["project"] == {
        "id": "gid://gitlab/Project/3",
        "repository": {"blobs": {"nodes": [{"path": "package.json", "rawTextBlob": "{}\n"}]}},
    }
    assert "errors" in ask("{ currentUser { mood } }")
    assert ask('{ project(fullPath: "acme/nothing") { id } }')["data"] == {"project": None}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"groups": [{"path": "acme/pay"}]}, "'acme'"),
        ({"groups": [{"path": "acme", "members": {"nobody": "owner"}}]}, "'nobody'"),
        ({"projects": [{"path": "nowhere/it"}]}, "'nowhere'"),
        ({"projects": [{"path": "acme/it", "folder": "no-such-folder"}]}, "no-such-folder"),
    ],
)
def test_a_seed_that_does_not_fit_together(tmp_path: Any, wrong: dict[str, Any], said: str) -> None:
    seed = GitLabSeed.model_validate({**SMALL, **wrong})
    with pytest.raises(ValueError, match=said):
        planted(Seeded(seed=seed, folder=tmp_path), NOW)
