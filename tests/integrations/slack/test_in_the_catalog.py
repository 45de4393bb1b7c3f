"""What the catalog makes of a directory, and what it then answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from catalog_store.catalog import Catalog
from domain.answers import Asker, Found, Listing, Missing
from domain.refs import parse_ref
from playground.workspace import Member
from questions.channels import OwnersChannel, channel_of
from tests.catalog_builder import entity, person, service, team
from tests.integrations.slack.stage import SlackStage
from tests.questions.conversation import Conversation, rows
from workflows.permissions import identity_of
from workflows.ports import Task


class Company:
    """A catalog that looks at the workspace, and answers."""

    def __init__(self, stage: SlackStage, catalog: Catalog) -> None:
        self.stage, self.catalog = stage, catalog
        self.chat = Conversation(catalog)
        self.workspace = stage.directory.workspace

    def look(self, **block: Any) -> datetime:
        snapshots = self.stage.open(**block).fetch(Task()).snapshots
        self.catalog.apply_all(snapshots, actor="test", allow_shrink=True)
        self.chat.index.refresh()
        return snapshots[0].observed_at

    def fields(self, ref: str) -> Any:
        record = self.catalog.record(parse_ref(ref))
        assert record is not None, ref
        return record.entity.fields

    def known_as(self, alias: str) -> list[str]:
        return [each.short for each in self.catalog.known_as(alias)]

    def refs(self, kind: str) -> set[str]:
        return {each.ref.name for each in self.catalog.entities(kind)}


@pytest.fixture
def acme(stage: SlackStage, sqlite_catalog: Catalog) -> Company:
    return Company(stage, sqlite_catalog)


def test_an_account_shows_on_whoever_the_catalog_knows(acme: Company) -> None:
    acme.chat.knows(
        person("ana", "slack:u0ana", slack_user_id="U0ANA"),
        person("long-gone", "mailto:gone@acme.example", email="gone@acme.example"),
        person("agent", "mailto:one@agency.example"),
    )
    acme.look()
    assert acme.fields("user:ana")["accounts"] == {"slack": "active"}
    assert acme.fields("user:ana")["time_zone"] == "Europe/Lisbon"
    assert acme.fields("user:long-gone")["accounts"] == {"slack": "deactivated"}
    assert acme.fields("user:agent")["accounts"] == {"slack": "guest"}
    assert acme.known_as("slack:u0one") == ["user:agent"]
    assert acme.refs("user") == {"ana", "long-gone", "agent", "bo-acme.example", "new-acme.example"}


def test_only_who_is_known_is_told_of_where_that_is_wanted(acme: Company) -> None:
    acme.chat.knows(person("ana", "mailto:ana@acme.example"))
    acme.look(people="known")
    assert acme.refs("user") == {"ana"}
    assert acme.fields("user:ana")["slack_user_id"] == "U0ANA"


@pytest.mark.parametrize("first", ["slack", "files"])
def test_nobody_becomes_somebody_else_by_a_name(acme: Company, first: str) -> None:
    """A Slack id decides who may do what: an `ana` of another address is no administrator called ana."""
    impostor = Member("U0EVIL", "ana", "ana", "ana@contractor.example")
    nameless = Member("U0NOBODY", "ana.silva", "ana", "")
    for each in (impostor, nameless):
        acme.workspace.members[each.id] = each
    del acme.workspace.members["U0ANA"]
    if first == "slack":
        acme.look()
    acme.chat.knows(person("ana"), person("ana.silva", email="ana@acme.example"))
    acme.look()
    assert acme.known_as("slack:u0evil") == ["user:ana-contractor.example"]
    assert acme.known_as("slack:u0nobody") == ["user:slack-u0nobody"]
    for id_ in ("U0EVIL", "U0NOBODY"):
        refs = identity_of(Asker(slack_user_id=id_), acme.chat.index.current).refs
        assert not {ref.name for ref in refs} & {"ana", "ana.silva"}


def test_who_leaves_is_marked_and_told_of_until_nobody_knows_them(acme: Company) -> None:
    acme.look()
    acme.workspace.members["U0BO"].deleted = True
    acme.look()
    bo = acme.catalog.record(parse_ref("user:bo-acme.example"))
    assert bo is not None
    assert bo.entity.vanished_at is not None
    assert bo.entity.fields["accounts"] == {"slack": "deactivated"}
    later = acme.look()
    acme.catalog.retire("slack", later, actor="test")
    assert "bo-acme.example" not in acme.refs("user")
    acme.look()
    assert "bo-acme.example" not in acme.refs("user")
    acme.workspace.members["U0BO"].deleted = False
    acme.look()
    assert acme.fields("user:bo-acme.example")["accounts"] == {"slack": "active"}


def test_a_guest_who_is_taken_on_becomes_a_person(acme: Company) -> None:
    acme.chat.knows(person("agent", "mailto:one@agency.example"))
    acme.look()
    for id_ in ("U0ONE", "U0GUEST"):
        member = acme.workspace.members[id_]
        member.is_ultra_restricted = member.is_restricted = False
    acme.look()
    assert acme.fields("user:agent")["accounts"] == {"slack": "active"}
    assert acme.fields("user:g-agency.example")["accounts"] == {"slack": "active"}


def members_of(acme: Company, name: str) -> list[str]:
    answer = acme.chat.ask(f"who is in {name}")
    assert isinstance(answer, Listing | Missing), answer
    return rows(answer) if isinstance(answer, Listing) else ["nobody of that name"]


def test_a_user_group_makes_no_team_and_nobody_a_member_by_itself(acme: Company) -> None:
    acme.chat.knows(team("team-payments"), person("ana", "slack:u0ana"))
    acme.look()
    assert acme.refs("group") == {"team-payments"}
    assert acme.fields("group:team-payments")["slack_usergroup_id"] == "S0PAY"
    assert members_of(acme, "team-payments") == []
    assert members_of(acme, "everyone") == ["nobody of that name"]


def test_who_is_in_a_team_is_who_is_in_its_user_group_where_that_is_said(acme: Company) -> None:
    acme.chat.knows(
        team("team-payments"), person("ana", "slack:u0ana"), service("pay", owner="team-payments")
    )
    acme.look(teams="team-*")
    assert members_of(acme, "team-payments") == ["ana"]
    found = acme.chat.expect(Found, "who owns pay")
    assert found.owner is not None
    assert [(each.ref.name, each.slack_user_id) for each in found.owner.people] == [("ana", "U0ANA")]
    assert found.owner.slack_usergroup_id == "S0PAY"
    assert members_of(acme, "everyone") == ["nobody of that name"]


def test_the_declared_id_of_a_user_group_goes_before_its_handle(acme: Company) -> None:
    acme.chat.knows(
        team("money", "slack:s0pay", slack_usergroup_id="S0PAY"),
        team("team-payments"),
        person("ana", "slack:u0ana"),
    )
    acme.look(teams="*")
    assert members_of(acme, "money") == ["ana"]
    assert members_of(acme, "team-payments") == []
    assert "usergroups" not in acme.fields("group:team-payments")


def test_a_handle_that_another_user_group_takes_over_moves_nobody(acme: Company) -> None:
    acme.chat.knows(team("money", "slack:s0pay", slack_usergroup_id="S0PAY"), person("ana", "slack:u0ana"))
    acme.look(teams="*")
    groups = acme.workspace.usergroups
    groups["S0PAY"].handle, groups["S0ALL"].handle = "money-matters", "team-payments"
    acme.look(teams="*")
    assert members_of(acme, "money") == ["ana"]
    assert set(acme.fields("group:money")["usergroups"]) == {"slack:S0PAY"}


def test_user_groups_become_teams_where_that_is_wanted(acme: Company) -> None:
    acme.look(usergroups="all", teams="team-*")
    assert acme.refs("group") == {"team-payments"}
    assert members_of(acme, "team-payments") == ["ana-acme.example"]
    acme.workspace.usergroups["S0PAY"].deleted = True
    acme.look(usergroups="all", teams="team-*")
    gone = acme.catalog.record(parse_ref("group:team-payments"))
    assert gone is not None
    assert gone.entity.vanished_at is not None
    assert gone.entity.fields["usergroups"]["slack:S0PAY"]["enabled"] is False  # type: ignore[index]


def test_a_disabled_user_group_is_told_of_on_the_team_that_declares_it(acme: Company) -> None:
    acme.chat.knows(team("old", "slack:s0old", slack_usergroup_id="S0OLD"))
    acme.look()
    assert acme.fields("group:old")["usergroups"]["slack:S0OLD"]["enabled"] is False


def test_how_an_owners_channel_stands(acme: Company) -> None:
    acme.chat.knows(
        team("by-id", slack_channel_id="C0OLD", channel="bank"),
        team("by-name", channel="#Bank"),
        team("elsewhere", channel="board"),
        team("silent"),
        entity("User", "ana"),
    )
    acme.look()

    def stands(name: str) -> OwnersChannel:
        owner = acme.chat.index.current.owner(parse_ref(name, "group"))
        return channel_of(owner, acme.catalog)

    old, bank, board, none = map(stands, ("by-id", "by-name", "elsewhere", "silent"))
    assert (old.known, old.archived, old.shared) == (True, True, False)
    assert (bank.known, bank.archived, bank.shared) == (True, False, True)
    assert board == OwnersChannel("board", None)
    assert (board.known, board.archived, board.shared) == (False, False, False)
    assert none == OwnersChannel("", None)


def test_a_second_look_at_the_same_changes_nothing(acme: Company) -> None:
    acme.chat.knows(team("team-payments"), person("ana", "slack:u0ana"))
    acme.look(teams="team-*")
    before = acme.catalog.version()
    acme.look(teams="team-*")
    assert acme.catalog.version() == before
