"""What a look brings: people and how their accounts stand, user groups, channels."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from domain.entities import Channel, Claim, Standing
from integrations.slack.failures import ScopeMissing
from playground.workspace import Json
from tests.integrations.described import SPECS
from tests.integrations.slack.stage import SCOPES, SlackStage
from workflows.ports import Look, Task


def look_of(stage: SlackStage, **block: Any) -> Look:
    return stage.open(**block).fetch(Task())


def claims_of(look: Look) -> dict[str, Claim]:
    return {claim.key: claim for snapshot in look.snapshots for claim in snapshot.claims}


def test_full_members_are_people(stage: SlackStage) -> None:
    look = look_of(stage)
    assert [each.source for each in look.snapshots] == ["slack", "slack/groups"]
    assert all(each.complete for each in look.snapshots)
    assert (look.findings, look.notes) == ((), ())
    ana = claims_of(look)["user/U0ANA"]
    assert ana.standing is Standing.SEEN
    assert ana.aliases == ("slack-user:u0ana", "slack:u0ana", "mailto:ana@acme.example")
    assert ana.origin == "https://acme.slack.com/team/U0ANA"
    assert ana.fields == {
        "title": "Ana Silva",
        "email": "ana@acme.example",
        "slack_user_id": "U0ANA",
        "time_zone": "Europe/Lisbon",
        "accounts": {"slack": "active"},
    }


def test_of_everybody_else_is_only_told(stage: SlackStage) -> None:
    people = [each for each in look_of(stage).snapshots[0].claims if each.kind == "User"]
    accounts = {each.key: (each.standing, each.fields["accounts"]) for each in people}
    assert accounts == {
        "user/U0ANA": (Standing.SEEN, {"slack": "active"}),
        "user/U0BO": (Standing.SEEN, {"slack": "active"}),
        "user/U0NEW": (Standing.SEEN, {"slack": "invited"}),
        "account/U0GONE": (Standing.REMARK, {"slack": "deactivated"}),
        "account/U0GUEST": (Standing.REMARK, {"slack": "guest"}),
        "account/U0ONE": (Standing.REMARK, {"slack": "guest"}),
    }
    known = [each for each in look_of(stage, people="known").snapshots[0].claims if each.kind == "User"]
    assert {each.standing for each in known} == {Standing.REMARK}
    assert len(known) == len(people)


def test_nobody_is_called_what_another_could_be_called(stage: SlackStage) -> None:
    def without_addresses(method: str, answer: Json) -> None:
        for member in answer.get("members", ()) if method == "users.list" else ():
            member["profile"].pop("email", None)

    assert claims_of(look_of(stage))["user/U0ANA"].ref.short == "user:ana-acme.example"
    stage.directory.edit = without_addresses
    ana = claims_of(look_of(stage))["user/U0ANA"]
    assert (ana.ref.short, ana.name) == ("user:slack-u0ana", "slack-u0ana")
    assert ana.aliases == ("slack-user:u0ana", "slack:u0ana")


def test_an_address_that_nobody_confirmed_is_nobodys(stage: SlackStage) -> None:
    def changed(method: str, answer: Json) -> None:
        for member in answer.get("members", ()) if method == "users.list" else ():
            member["is_email_confirmed"] = member["id"] != "U0ANA" and member["is_email_confirmed"]

    stage.directory.edit = changed
    claims = claims_of(look_of(stage))
    assert "mailto:ana@acme.example" not in claims["user/U0ANA"].aliases
    assert "email" not in claims["user/U0ANA"].fields
    assert "mailto:new@acme.example" in claims["user/U0NEW"].aliases


def test_people_of_other_organizations_are_left_out(stage: SlackStage) -> None:
    def moved(method: str, answer: Json) -> None:
        if method == "auth.test":
            answer["enterprise_id"] = "E0ACME"
        for member in answer.get("members", ()):
            homes = {"U0ANA": "E0ACME", "U0BO": "T0BANK", "U0NEW": "T0SISTER"}
            member["team_id"] = homes.get(member["id"], "T0ACME")
            if member["id"] == "U0NEW":
                member["enterprise_user"] = {"enterprise_id": "E0ACME", "teams": ["T0SISTER", "T0ACME"]}
            member["is_stranger"] = member["id"] == "U0ONE"

    stage.directory.edit = moved
    look = look_of(stage)
    keys = {each.key for each in look.snapshots[0].claims}
    assert keys == {"user/U0ANA", "user/U0NEW", "account/U0GONE", "account/U0GUEST"}
    assert look.notes == ("slack: people of other organizations left out: 2",)


def test_user_groups_are_evidence_on_teams(stage: SlackStage) -> None:
    groups = {each.key: each for each in look_of(stage).snapshots[1].claims}
    assert set(groups) == {"team/S0PAY", "team/S0ALL", "disabled/S0OLD"}
    assert {each.standing for each in groups.values()} == {Standing.REMARK}
    pay, old = groups["team/S0PAY"], groups["disabled/S0OLD"]
    assert pay.same_as == ("slack:s0pay", "group:default/team-payments")
    about = {"name": "Payments", "handle": "team-payments", "enabled": True, "people": 2}
    assert pay.fields == {"slack_usergroup_id": "S0PAY", "usergroups": {"slack:S0PAY": about}}
    assert "slack_usergroup_id" not in old.fields
    assert old.fields["usergroups"]["slack:S0OLD"]["enabled"] is False  # type: ignore[index]
    assert old.aliases == ()


def test_who_is_in_a_user_group_is_in_a_team_where_that_is_said(stage: SlackStage) -> None:
    silent = [each for each in claims_of(look_of(stage)).values() if "memberOf" in each.fields]
    assert silent == []
    claims = claims_of(look_of(stage, teams="@Team-*"))
    members = {key: each.fields["memberOf"] for key, each in claims.items() if "memberOf" in each.fields}
    assert members == {"user/U0ANA": ["group:slack/s0pay"], "account/U0GUEST": ["group:slack/s0pay"]}
    assert "group:slack/s0pay" in claims["team/S0PAY"].aliases
    assert claims["team/S0PAY"].standing is Standing.REMARK


def test_user_groups_become_teams_where_that_is_wanted(stage: SlackStage) -> None:
    groups = {
        each.key: each.standing
        for each in look_of(stage, usergroups="all", teams=["team-*"]).snapshots[1].claims
    }
    assert groups == {
        "team/S0PAY": Standing.SEEN,
        "team/S0ALL": Standing.REMARK,
        "disabled/S0OLD": Standing.REMARK,
    }


def test_channels_that_the_bot_sees(stage: SlackStage) -> None:
    channels = look_of(stage).snapshots[0].channels or ()
    assert set(channels) == {
        Channel("C0GENERAL", "general", member=True),
        Channel("C0OLD", "old", archived=True, member=True),
        Channel("C0BANK", "bank", shared=True),
        Channel("C0IN", "embargo", private=True, member=True),
    }


def test_all_channels_are_read_page_by_page(stage: SlackStage) -> None:
    stage.channels(2_000)
    channels = look_of(stage).snapshots[0].channels or ()
    assert len(channels) == 2_004
    asked = [each.args for each in stage.directory.calls if each.method == "conversations.list"]
    assert [each["types"] for each in asked] == ["public_channel"] * 3 + ["private_channel"]


@pytest.mark.parametrize("lacking", ["usergroups:read", "channels:read", "groups:read", "users:read.email"])
def test_what_an_optional_scope_brings_is_left_out_with_a_note(stage: SlackStage, lacking: str) -> None:
    stage.directory.grant(*(each for each in SCOPES if each != lacking))
    look = look_of(stage)
    people, *groups = look.snapshots
    assert people.complete
    assert (not groups) == (lacking == "usergroups:read")
    assert (people.channels is None) == (lacking == "channels:read")
    private = [each for each in people.channels or () if each.private]
    assert bool(private) == (lacking not in ("channels:read", "groups:read"))
    emails = [each for each in people.claims if "email" in each.fields]
    assert bool(emails) == (lacking != "users:read.email")
    (note,) = look.notes
    assert lacking in note


def test_people_and_teams_that_may_not_be_listed_are_a_failure(stage: SlackStage) -> None:
    stage.directory.grant("channels:read", "users:read")
    with pytest.raises(ScopeMissing, match="usergroups:read") as missing:
        look_of(stage, teams="team-*")
    assert "bot scope usergroups:read" in missing.value.hint
    stage.directory.grant("channels:read")
    with pytest.raises(ScopeMissing, match="users:read; the token has channels:read"):
        look_of(stage)


def test_each_call_is_one_that_slack_describes(stage: SlackStage) -> None:
    file = SPECS / "slack-web-api.args.schemas.json"
    if not file.exists():
        pytest.skip(f"the arguments are not described at {file}")
    described = json.loads(file.read_text("utf-8"))
    stage.channels(1_000)
    source = stage.open(teams="team-*")
    source.fetch(Task())
    source.validate()
    seen = set()
    for call in stage.directory.calls:
        args = {name: _decoded(name, value) for name, value in call.args.items()}
        jsonschema.Draft7Validator(described[call.method]["schema"]).validate(args)
        seen.add(call.method)
    assert seen == {"auth.test", "users.list", "usergroups.list", "conversations.list"}


def _decoded(name: str, value: str) -> object:
    if name == "limit":
        return int(value)
    return {"1": True, "0": False, "true": True, "false": False}.get(value, value)
