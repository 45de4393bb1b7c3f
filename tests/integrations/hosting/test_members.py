"""Teams and people of a host, and how far a look speaks for them."""

from __future__ import annotations

from domain.entities import EVERYTHING, Standing
from tests.integrations.hosting.looking import claims, facts, look, person, repository, snapshot, team


def test_a_team_is_a_group_and_its_members_say_so_themselves() -> None:
    found = claims(
        look(
            facts(
                team("acme/money", "ana"),
                team("acme/payments", "Ana", "bo", "zoe", parent="acme/money"),
                person("ana", "Ana Silva", "Ana@Acme.example"),
                person("bo", active=False),
            )
        ),
        "github/teams",
    )
    pay, ana = found["T_acme/payments"], found["U_ana"]
    assert (str(pay.ref), pay.kind, pay.standing) == ("group:default/payments", "Group", Standing.SEEN)
    assert pay.aliases == ("github-team:acme/payments",)
    assert pay.fields == {
        "type": "team",
        "title": "Payments",
        "parent": "group:default/money",
        "members": ["user:default/zoe"],
    }
    assert (str(ana.ref), ana.aliases) == (
        "user:default/ana", ("github-user:ana", "mailto:ana@acme.example"),
    )  # fmt: skip
    assert ana.fields == {
        "title": "Ana Silva",
        "email": "ana@acme.example",
        "memberOf": ["group:default/money", "group:default/payments"],
    }
    assert "U_bo" not in found


def test_a_team_that_a_file_declares_is_known_by_the_name_it_chose() -> None:
    org = "{kind: Group, name: team-pay, aliases: ['github-team:acme/payments']}"
    seen = look(
        facts(
            team("acme/payments", "ana"),
            person("ana"),
            repository("acme/org", files={"catalog-info.yaml": org}),
            repository("acme/pay", teams={"acme/payments": "admin"}),
        )
    )
    members = claims(seen, "github/teams")
    assert members["T_acme/payments"].same_as == ("group:default/team-pay",)
    assert members["U_ana"].fields["memberOf"] == ["group:default/team-pay"]
    assert claims(seen, "github/permissions")["R_acme/pay"].fields["owner"] == "group:default/team-pay"


def test_teams_of_one_name_are_told_apart_by_their_groups() -> None:
    seen = look(facts(team("acme/money/core"), team("acme/shop/core"), team("acme/shop"), host="gitlab"))
    assert [str(claim.ref) for claim in claims(seen, "github/teams").values()] == [
        "group:acme-money/core", "group:acme-shop/core", "group:default/shop",
    ]  # fmt: skip


def test_a_look_retires_as_far_as_it_was_complete() -> None:
    every = look(facts(repository("acme/pay"), team("acme/payments")))
    assert {each.source: each.within for each in every.snapshots} == {
        "github/teams": (EVERYTHING,),
        "github": (EVERYTHING,),
        "github/permissions": (EVERYTHING,),
        "github/topics": (EVERYTHING,),
        "github/merges": (EVERYTHING,),
    }


def test_a_look_at_some_repositories_speaks_for_these_alone() -> None:
    some = look(facts(repository("acme/pay"), within=("R_acme/pay", "R_gone"), teams_complete=False))
    assert {each.source: each.within for each in some.snapshots} == {
        "github": ("R_acme/pay", "R_gone"),
        "github/permissions": ("R_gone",),
        "github/topics": ("R_acme/pay", "R_gone"),
        "github/merges": ("R_gone",),
    }


def test_a_look_that_knows_no_teams_does_not_guess_which_one_a_topic_names() -> None:
    pay = repository("acme/pay", topics=("team-payments",))
    within = ("R_acme/pay", "R_acme/cart")
    some = look(facts(pay, repository("acme/cart"), within=within, teams_complete=False))
    topics = snapshot(some, "github/topics")
    assert topics is not None
    assert (topics.claims, topics.within) == ((), ("R_acme/cart",))


def test_no_team_at_all_is_news_where_the_look_asked() -> None:
    seen = snapshot(look(facts(repository("acme/pay"))), "github/teams")
    assert seen is not None
    assert (seen.claims, seen.complete) == ((), True)
