"""Looks at Acme's workspace with the real source, beside its catalog: both are one company."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog_store.catalog import Catalog
from domain.answers import Found
from integrations.files.source import FilesSource
from playground.seed import Seed, load_seed
from playground.server import Playground
from questions.channels import OwnersChannel, channel_of
from tests.integrations.slack.stage import Directory, SlackStage
from tests.questions.conversation import Conversation
from workflows.importing import import_files
from workflows.ports import Task

ACME = Path(__file__).parents[2] / "examples" / "acme"


@pytest.fixture(scope="module")
def stage() -> Iterator[SlackStage]:
    directory = Directory(load_seed(ACME / "playground.yaml"))
    with Playground(Seed(), vendors=[directory]) as playground:
        yield SlackStage(playground.url, directory)


@pytest.fixture
def acme(stage: SlackStage, sqlite_catalog: Catalog) -> Conversation:
    import_files(sqlite_catalog, FilesSource([ACME / "catalog"]), actor="test")
    before = {each.ref for each in sqlite_catalog.entities()}
    look = stage.open().fetch(Task())
    assert (look.findings, look.notes) == ((), ())
    sqlite_catalog.apply_all(look.snapshots, actor="test")
    assert {each.ref for each in sqlite_catalog.entities()} == before
    chat = Conversation(sqlite_catalog)
    chat.index.refresh()
    return chat


def test_everybody_has_an_account_and_how_it_stands(acme: Conversation) -> None:
    accounts = {each.ref.name: each.fields["accounts"] for each in acme.catalog.entities("user")}
    odd = {name: account for name, account in accounts.items() if account != {"slack": "active"}}
    assert odd == {"hendrik": {"slack": "deactivated"}, "takumi": {"slack": "guest"}}
    assert len(accounts) == 80


def test_every_team_has_its_user_group_and_its_channel(acme: Conversation) -> None:
    channels: dict[str, OwnersChannel] = {}
    for group in acme.catalog.entities("group"):
        if group.fields.get("type") == "team":
            assert "usergroups" in group.fields, group.ref
            channels[group.ref.name] = channel_of(acme.index.current.owner(group.ref), acme.catalog)
    assert all(each.known for each in channels.values())
    assert [name for name, each in channels.items() if each.archived] == ["team-loyalty"]
    assert [name for name, each in channels.items() if each.shared] == ["team-payouts"]


@pytest.mark.parametrize(
    ("words", "team", "shared"),
    [("who owns gift-cards", "team-loyalty", False), ("who owns payouts-api", "team-payouts", True)],
)
def test_the_questions_of_the_readme_lead_to_the_rot(
    acme: Conversation, words: str, team: str, shared: bool
) -> None:
    owner = acme.expect(Found, words).owner
    assert owner is not None
    assert owner.ref.name == team
    channel = channel_of(owner, acme.catalog)
    assert (channel.shared, channel.archived) == (shared, not shared)
    assert words in (ACME / "README.md").read_text("utf-8")
