"""What a repository becomes: one component, or one for each of its parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from domain.entities import Standing
from domain.vocabulary import OBSERVED
from integrations.hosting.facts import Checks, Protection, Release
from tests.integrations.hosting.looking import NOW, claims, facts, look, repository, texts

PAY = repository(
    "Acme/Pay-API",
    description=" Takes the money ",
    homepage="pay.acme.example",
    topics=("Go", "data science", "team-payments", "???"),
    language="Go",
    languages={"Go": 900, "Shell": 10},
    visibility="internal",
    created_at=datetime(2020, 1, 1, 2, tzinfo=timezone(timedelta(hours=2))),
    pushed_at=NOW,
    release=Release("v1.2", NOW, "https://host.example/r/1"),
    open_pull_requests=0,
    checks=Checks("success", NOW),
    protection=Protection(protected=True, reviews=2, checks=("ci",), by="ruleset"),
    alerts={"critical": 1, "high": 0, "moderate": 0, "low": 0},
    paths=("README.md", "src/main.go", "docs/guide.md", "go.mod"),
    files={"README.md": "# Pay", "docs/guide.md": "Read me", "go.mod": "module pay"},
)


def test_a_plain_repository_is_one_component() -> None:
    [claim] = claims(look(facts(PAY))).values()
    assert (str(claim.ref), claim.name, claim.kind) == ("component:default/pay-api", "Pay-API", "Component")
    assert (claim.id, claim.standing, claim.scope) == ("R_Acme/Pay-API", Standing.SEEN, "acme")
    assert (claim.aliases, claim.same_as) == (("github:acme/pay-api",), ())
    assert claim.fields == {
        "description": "Takes the money",
        "tags": ["go", "data-science", "team-payments"],
        "links": [
            {"url": "https://host.example/Acme/Pay-API", "title": "Repository"},
            {"url": "https://pay.acme.example", "title": "Homepage"},
        ],
        "repository": "acme/pay-api",
        "repository_url": "https://host.example/Acme/Pay-API",
        "repo.visibility": "internal",
        "repo.archived": False,
        "repo.fork": False,
        "repo.template": False,
        "repo.topics": ["Go", "data science", "team-payments", "???"],
        "repo.language": "Go",
        "repo.languages": {"Go": 900, "Shell": 10},
        "repo.default_branch": "main",
        "repo.created_at": "2020-01-01T00:00:00Z",
        "repo.pushed_at": "2026-03-04T12:00:00Z",
        "repo.release": {"tag": "v1.2", "at": "2026-03-04T12:00:00Z", "url": "https://host.example/r/1"},
        "repo.open_pull_requests": 0,
        "repo.ci": {"state": "success", "at": "2026-03-04T12:00:00Z"},
        "repo.protection": {
            "protected": True, "reviews": 2, "checks": ["ci"], "force_push": False, "by": "ruleset",
        },
        "repo.alerts": {"critical": 1, "high": 0, "moderate": 0, "low": 0},
        "repo.files": ["README.md", "go.mod", "docs/guide.md"],
    }  # fmt: skip
    assert {name for name in claim.fields if name.startswith("repo")} - OBSERVED.keys() == {"repository"}


def test_a_fact_that_the_host_does_not_tell_is_not_claimed() -> None:
    [claim] = claims(look(facts(repository("acme/empty", default_branch="", archived=True)))).values()
    assert claim.fields.keys() == {
        "links", "repository", "repository_url",
        "repo.visibility", "repo.archived", "repo.fork", "repo.template",
    }  # fmt: skip
    assert claim.fields["repo.archived"] is True
    assert None not in claim.fields.values()


def test_a_file_says_which_component_the_repository_is() -> None:
    declared = replace(PAY, files={"catalog-info.yaml": "{kind: Component, name: payments}"})
    seen = look(facts(declared))
    assert [each.source for each in seen.snapshots][:2] == ["github/backstage", "github/teams"]
    [claim] = claims(seen).values()
    assert (claim.id, claim.same_as) == ("R_Acme/Pay-API", ("component:default/payments",))
    assert claim.aliases == ("github:acme/pay-api",)
    assert seen.read == 1


def test_of_two_components_in_one_file_the_namesake_is_the_repository() -> None:
    text = "\n---\n".join(
        f"{{kind: {kind}, name: {name}}}"
        for kind, name in (("System", "money"), ("Component", "worker"), ("Component", "pay-api"))
    )
    found = claims(look(facts(replace(PAY, files={"catalog-info.yaml": text}))))
    assert {key: claim.same_as for key, claim in found.items()} == {
        "R_Acme/Pay-API": ("component:default/pay-api",),
        "R_Acme/Pay-API#@worker": ("component:default/worker",),
    }
    assert found["R_Acme/Pay-API#@worker"].aliases == ("github:acme/pay-api#@worker",)


MONO = repository(
    "acme/shop",
    description="Everything",
    topics=("shop",),
    paths=(
        "README.md", "services/cart/Dockerfile", "services/cart/README.md", "services/cart/deep/docs/run.md",
        "services/api/Dockerfile", "jobs/cart/Dockerfile", "libs/money/x.go",
    ),
    files={
        "README.md": "# Shop",
        "services/cart/README.md": "# Cart",
        "services/cart/deep/docs/run.md": "Run",
        "services/api/catalog-info.yaml": "{kind: Component, name: storefront-api}",
    },
)  # fmt: skip


def test_a_monorepo_is_as_many_components_as_it_has_parts() -> None:
    found = claims(look(facts(MONO)))
    assert {key: (str(claim.ref.short), claim.same_as) for key, claim in found.items()} == {
        "R_acme/shop#services/api": ("component:storefront-api", ("component:default/storefront-api",)),
        "R_acme/shop#services/cart": ("component:shop-services-cart", ()),
        "R_acme/shop#jobs/cart": ("component:shop-jobs-cart", ()),
    }
    cart = found["R_acme/shop#services/cart"]
    assert cart.aliases == ("github:acme/shop#services/cart",)
    assert cart.fields["repository_path"] == "services/cart"
    assert cart.fields["repo.files"] == [
        "services/cart/Dockerfile", "services/cart/README.md", "services/cart/deep/docs/run.md",
    ]  # fmt: skip
    assert cart.fields["links"] == [
        {"url": "https://host.example/acme/shop/tree/main/services/cart", "title": "Repository"}
    ]
    assert cart.fields["repo.topics"] == ["shop"]
    assert not {"description", "tags"} & cart.fields.keys()


def test_a_part_with_a_name_of_its_own_keeps_it_and_a_generic_one_is_called_after_the_repository() -> None:
    paths = ("svc/ledger/Dockerfile", "api/Dockerfile", "x/Dockerfile")
    shop = repository("acme/shop", paths=paths, files={"x/Dockerfile": "# Rates"})
    assert [str(claim.ref.short) for claim in claims(look(facts(shop))).values()] == [
        "component:ledger", "component:shop-api", "component:rates",
    ]  # fmt: skip


def test_texts_go_with_the_part_that_they_are_in() -> None:
    files = texts(look(facts(MONO, PAY)))
    assert [(each.claim, each.path) for each in files] == [
        ("R_acme/shop#services/cart", "services/cart/README.md"),
        ("R_acme/shop#services/cart", "services/cart/deep/docs/run.md"),
        ("R_Acme/Pay-API", "README.md"),
        ("R_Acme/Pay-API", "docs/guide.md"),
    ]
    assert files[0].text == "# Cart"
    assert files[0].url == "https://host.example/acme/shop/blob/main/services/cart/README.md"


def test_gitlab_has_groups_in_groups_and_other_addresses() -> None:
    project = repository("acme/money/api", files={"README.md": "x"})
    seen = look(facts(project, host="gitlab"))
    [claim] = claims(seen).values()
    assert (str(claim.ref.short), claim.scope, claim.aliases) == (
        "component:api", "acme-money", ("gitlab:acme/money/api",),
    )  # fmt: skip
    [readme] = texts(seen)
    assert readme.url == "https://host.example/acme/money/api/-/blob/main/README.md"


def test_names_that_no_catalog_can_carry_become_such_that_it_can() -> None:
    slugs = ("acme/.github", "acme/_", f"acme/{'x' * 80}", "acme/a.b_C")
    found = claims(look(facts(*map(repository, slugs))))
    assert [(str(each.ref.name), each.name) for each in found.values()] == [
        ("github", "github"), ("unnamed", "unnamed"), ("x" * 63, "x" * 63), ("a.b_c", "a.b_C"),
    ]  # fmt: skip


def test_what_could_not_be_read_of_a_repository_is_a_finding() -> None:
    [finding] = look(facts(repository("acme/pay", problems=("its alerts may not be read",)))).findings
    assert str(finding).startswith("acme/pay: warning: its alerts may not be read.")
