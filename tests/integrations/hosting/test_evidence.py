"""Who owns a repository: by permissions, by topics, by who merges. Each says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from domain.entities import Claim, Snapshot, Standing
from domain.refs import Ref
from integrations.hosting.facts import HostFacts
from integrations.hosting.looks import look_of
from integrations.hosting.reading import FilesRead
from tests.integrations.hosting.looking import (
    NOW,
    claims,
    facts,
    look,
    opinion,
    person,
    read_files,
    repository,
    team,
)

PAYMENTS, PLATFORM = "acme/payments", "acme/platform"


def test_the_only_team_with_the_right_owns_it() -> None:
    teams = {PAYMENTS: "admin", "acme/all": "write"}
    assert opinion(look(facts(repository("acme/pay", teams=teams))), "permissions", "acme/pay") == (
        "group:payments", 0.65, "@acme/payments is the only team with admin rights",
    )  # fmt: skip


def test_of_several_teams_the_most_specific_owns_it() -> None:
    seen = look(
        facts(
            repository("acme/pay", teams={PLATFORM: "admin", PAYMENTS: "maintain"}),
            repository("acme/web", teams={PLATFORM: "admin"}),
        )
    )
    assert opinion(seen, "permissions", "acme/pay") == (
        "group:payments",
        0.45,
        (
            "@acme/payments has maintain rights, and in the fewest repositories (this alone); "
            "@acme/platform has such rights, too"
        ),
    )


def test_two_teams_that_reach_as_far_are_a_guess() -> None:
    seen = look(facts(repository("acme/pay", teams={"acme/b": "admin", "acme/a": "admin"})))
    owner, confidence, reason = opinion(seen, "permissions", "acme/pay") or ("", 0, "")
    assert (owner, confidence) == ("group:a", 0.3)
    assert reason == "@acme/a has admin rights; @acme/b has such rights, too, and reaches as far"


def test_a_team_with_rights_nearly_everywhere_is_no_evidence() -> None:
    others = [repository(f"acme/r{number}", teams={PLATFORM: "admin"}) for number in range(9)]
    both = repository("acme/pay", teams={PLATFORM: "admin", PAYMENTS: "admin"})
    seen = look(facts(*others, both))
    assert claims(seen, "github/permissions").keys() == {"R_acme/pay"}
    assert opinion(seen, "permissions", "acme/pay") == (
        "group:payments",
        0.65,
        "@acme/payments is the only team with admin rights, but for teams with rights nearly everywhere",
    )


@pytest.mark.parametrize(
    ("topic", "owner"),
    [
        ("team-payments", "group:payments"), ("owner-payments", "group:payments"),
        ("Owned-By-Payments", "group:payments"),
        ("team-search", "group:team-search"), ("team-building", None), ("payments", None), ("team-", None),
    ],
)  # fmt: skip
def test_a_topic_names_a_team(topic: str, owner: str | None) -> None:
    seen = look(facts(repository("acme/pay", topics=(topic,)), team(PAYMENTS), team("acme/team-search")))
    said = opinion(seen, "topics", "acme/pay")
    assert said == (owner and (owner, 0.7, f"the topic {topic} names the team"))


def test_where_teams_are_unknown_a_topic_is_believed_less() -> None:
    seen = look(facts(repository("acme/pay", topics=("team-payments",)), teams_complete=False))
    assert opinion(seen, "topics", "acme/pay") == (
        "group:payments", 0.4, "the topic team-payments names the team",
    )  # fmt: skip


def test_a_company_has_its_own_words_for_owners() -> None:
    pay = repository("acme/pay", topics=("team-payments", "tribe-money"))
    seen = look(facts(pay, team("acme/money"), team(PAYMENTS)), topic_prefixes=("tribe-",))
    assert (opinion(seen, "topics", "acme/pay") or ("",))[0] == "group:money"


def merged(**counts: int) -> dict[str, int]:
    return {login.replace("_", "-"): count for login, count in counts.items()}


def test_the_team_whose_members_merge_most_owns_it() -> None:
    seen = look(
        facts(
            repository("acme/pay", mergers=merged(Ana=8, bo=6, eve=6)),
            team(PAYMENTS, "ana", "bo"),
            team(PLATFORM, "eve", "fay"),
        )
    )
    assert opinion(seen, "merges", "acme/pay") == (
        "group:payments", 0.42, "members of @acme/payments merged 14 of 20 pull requests in 90 days",
    )  # fmt: skip


def test_a_department_does_not_own_what_one_of_its_teams_does() -> None:
    seen = look(
        facts(
            repository("acme/pay", mergers=merged(ana=10, bo=5, eve=2)),
            team("acme/money", "ana", "bo", "cy", "eve"),
            team(PAYMENTS, "ana", "bo", "cy"),
            team("acme/leads", "ana", "zed"),
        )
    )
    assert (opinion(seen, "merges", "acme/pay") or ("",))[0] == "group:payments"


def test_the_person_owns_it_whose_team_nobody_knows() -> None:
    seen = look(facts(repository("acme/pay", mergers=merged(ana=9, bo=1)), teams_complete=False))
    assert opinion(seen, "merges", "acme/pay") == (
        "user:ana", 0.36, "@ana merged 9 of 10 pull requests in 90 days",
    )  # fmt: skip


def test_a_team_of_nearly_everybody_does_not_own_all() -> None:
    crowd = [f"p{number}" for number in range(12)]
    seen = look(
        facts(
            repository("acme/pay", mergers=merged(p1=3, p2=3, p3=3)),
            team("acme/engineering", *crowd),
            *map(person, crowd),
        )
    )
    assert opinion(seen, "merges", "acme/pay") is None


@pytest.mark.parametrize(
    "mergers",
    [
        merged(ana=4), {"dependabot[bot]": 40, "ana": 4}, merged(renovate_bot=40),
        merged(ana=3, bo=3, cy=3), {},
    ],
)  # fmt: skip
def test_too_little_tells_nothing(mergers: dict[str, int]) -> None:
    assert opinion(look(facts(repository("acme/pay", mergers=mergers))), "merges", "acme/pay") is None


def test_codeowners_speak_for_each_part_that_nobody_declares() -> None:
    rules = "* @acme/everyone\n/cart/ @bo @acme/payments\n/web/ @acme/web\n/job/ ana@acme.example\n/none/\n"
    mono = repository(
        "acme/shop",
        paths=("cart/Dockerfile", "lib/Dockerfile", "job/Dockerfile", "none/Dockerfile"),
        files={"web/catalog-info.yaml": "{kind: Component, name: web}", ".github/CODEOWNERS": rules},
    )
    plain = repository("acme/pay", files={"CODEOWNERS": rules})
    found = claims(look(facts(mono, plain, person("ana", email="Ana@acme.example"))), "github/codeowners")
    assert {key: (claim.fields["owner"], claim.grounds["owner"].reason) for key, claim in found.items()} == {
        "R_acme/shop#cart": ("group:default/payments", ".github/CODEOWNERS:2 names @acme/payments"),
        "R_acme/shop#lib": ("group:default/everyone", ".github/CODEOWNERS:1 names @acme/everyone"),
        "R_acme/shop#job": ("user:default/ana", ".github/CODEOWNERS:4 names ana@acme.example"),
    }
    assert found["R_acme/shop#cart"].same_as == ("github:acme/shop#cart",)


def test_the_first_part_keeps_the_rules_where_nothing_is_at_the_top() -> None:
    rules = "* @acme/everyone\n/lib/ @bo\n"
    paths = ("cart/Dockerfile", "lib/Dockerfile")
    mono = repository("acme/shop", paths=paths, files={"CODEOWNERS": rules})
    found = claims(look(facts(mono)), "github/codeowners")
    assert {key: claim.fields.get("codeowners") for key, claim in found.items()} == {
        "R_acme/shop#cart": [
            {"pattern": "*", "owners": ["group:default/everyone"], "line": 1},
            {"pattern": "/lib/", "owners": ["user:default/bo"], "line": 2},
        ],
        "R_acme/shop#lib": None,
    }
    quiet = repository("acme/quiet", paths=("a/Dockerfile",), files={"CODEOWNERS": "/b/ @bo\n"})
    [kept] = claims(look(facts(quiet)), "github/codeowners").values()
    assert [*kept.fields] == ["codeowners"]
    assert kept.same_as == ("github:acme/quiet#a",)


def test_what_codeowners_say_of_parts_is_with_what_they_say_of_the_rest() -> None:
    def read(found: HostFacts, source: str, observed_at: datetime) -> FilesRead:
        claim = Claim(Ref("component", "default", "x"), "x", "Component", {}, standing=Standing.REMARK)
        files = read_files(found, source, observed_at)
        return replace(files, snapshots=(Snapshot(f"{source}/codeowners", observed_at, (claim,), ("R",)),))

    mono = repository("acme/shop", paths=("cart/Dockerfile",), files={"CODEOWNERS": "* @acme/shop\n"})
    seen = look_of(facts(mono), source="github", observed_at=NOW, read=read)
    [said] = [each for each in seen.snapshots if each.source == "github/codeowners"]
    assert [claim.key for claim in said.claims] == ["component:default/x", "R_acme/shop#cart"]


def test_evidence_binds_to_every_part_of_the_repository_and_creates_nothing() -> None:
    text = "{kind: Component, name: storefront}"
    mono = repository(
        "acme/shop",
        teams={"acme/shop": "admin"},
        paths=("cart/Dockerfile",),
        files={"web/catalog-info.yaml": text},
    )
    found = claims(look(facts(mono)), "github/permissions")
    assert {key: claim.same_as for key, claim in found.items()} == {
        "R_acme/shop#web": ("component:default/storefront", "github:acme/shop#web"),
        "R_acme/shop#cart": ("github:acme/shop#cart",),
    }
    assert {claim.standing for claim in found.values()} == {Standing.REMARK}
