"""What an API says of its items, as the catalog understands it."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.responses import JSONResponse

from domain.entities import EVERYTHING, Claim, Json, Standing
from domain.errors import OutsideFailure
from tests.integrations.http.conftest import Odd, Opens
from workflows.ports import Look

PAY: dict[str, Any] = {
    "id": 17,
    "name": "Payments API",
    "team": {"slug": "team-payments"},
    "tier": "Tier 1",
    "status": "Production",
    "repo": "https://github.com/Acme/Pay.git",
    "uses": ["ledger", "resource:shared-kafka", None],
    "cost": {"centre": "CC-3110", "share": 0.5},
    "tags": "PCI, Public API",
    "docs": ["https://wiki.acme.example/pay", {"url": "https://wiki.acme.example/run", "title": "Runbook"}],
    "annotations": {"github.com/project-slug": "acme/pay", "size": 3},
    "page": "https://cmdb.acme.example/assets/17",
}
MAPPING: dict[str, Any] = {
    "name": "name",
    "id": "id",
    "link": "page",
    "aliases": ["code", "names[]"],
    "fields": {
        "owner": "team.slug",
        "tier": "tier",
        "lifecycle": "status",
        "repository": "repo",
        "dependsOn": "uses",
        "tags": "tags",
        "links": "docs",
        "annotations": "annotations",
        "custom.cost_centre": "cost.centre",
        "custom.cost": "cost",
        "description": "summary",
        "hosts": "hosts",
    },
}


@pytest.fixture
def looks(opens: Opens, odd: Odd) -> Any:
    """Look at items with a mapping; keys are added to or replace those of MAPPING."""

    def looking(*items: Json, **mapping: Any) -> Look:
        odd.answer = lambda _request: JSONResponse(list(items))
        return opens("odd/", mapping={**MAPPING, **mapping}).fetch()

    return looking


def only(look: Look) -> Claim:
    (claim,) = look.snapshots[0].claims
    return claim


def test_an_item_becomes_a_claim(looks: Any) -> None:
    look = looks(PAY)
    assert look.findings == ()
    assert only(look).fields == {
        "title": "Payments API",
        "owner": "group:default/team-payments",
        "tier": "1",
        "lifecycle": "production",
        "repository": "acme/pay",
        "dependsOn": ["component:default/ledger", "resource:default/shared-kafka"],
        "tags": ["pci", "public-api"],
        "links": [
            {"url": "https://wiki.acme.example/pay"},
            {"url": "https://wiki.acme.example/run", "title": "Runbook"},
        ],
        "annotations": {"github.com/project-slug": "acme/pay", "size": "3"},
        "custom.cost_centre": "CC-3110",
        "custom.cost": {"centre": "CC-3110", "share": 0.5},
    }


def test_a_claim_knows_its_name_its_id_and_where_it_was_read(looks: Any) -> None:
    claim = only(looks({**PAY, "code": "PAY", "names": ["Pay", 7, ""]}))
    assert (str(claim.ref), claim.name, claim.kind) == (
        "component:default/payments-api",
        "payments-api",
        "Component",
    )
    assert (claim.id, claim.origin) == ("17", "https://cmdb.acme.example/assets/17")
    assert claim.aliases == ("pay", "7", "cmdb:17", "github:acme/pay")
    assert (claim.standing, claim.confidence) == (Standing.SEEN, 0.8)


def test_evidence_is_a_remark_on_what_it_names(looks: Any) -> None:
    claim = only(
        looks(
            PAY,
            standing="remark",
            confidence=0.6,
            same_as=["repo_slug", "'Payments API'", "'system:pay'", "'github:Acme/Pay'", "'ops/pay'"],
        )
    )
    assert (claim.standing, claim.confidence) == (Standing.REMARK, 0.6)
    assert "title" not in claim.fields  # its name is how it calls what others have named
    assert claim.same_as == (
        "component:default/payments-api",
        "system:default/pay",
        "github:acme/pay",
        "component:ops/pay",
    )


@pytest.mark.parametrize(
    ("said", "kind", "type_"),
    [
        ("Gadget", "Gadget", None),
        ("resource", "Resource", None),
        ("team", "Group", None),
        ("Microservice", "Component", "microservice"),
        (None, "Component", None),
    ],
)
def test_an_item_says_its_kind(looks: Any, said: str | None, kind: str, type_: str | None) -> None:
    claim = only(looks({"name": "a", "id": 1, "class": said}, kind_from="class"))
    assert (claim.kind, claim.fields.get("type")) == (kind, type_)


def test_items_that_are_not_meant_are_passed_over(looks: Any) -> None:
    items = [{"name": n, "id": n, "live": live} for n, live in (("a", True), ("b", False), ("c", None))]
    look = looks(*items, when="live")
    assert [claim.name for claim in look.snapshots[0].claims] == ["a"]
    assert look.snapshots[0].within == (EVERYTHING,)
    assert look.findings == ()


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        ({"id": 1}, "it has no name (`name`)"),
        ({"name": "", "id": 1}, "it has no name (`name`)"),
        ({"name": {"first": "a"}, "id": 1}, "its name (`name`) is no text"),
        ({"name": "???", "id": 1}, 'no name can be made of "???"'),
        ({"name": "a"}, "it has no id (`id`)"),
        ({"name": "a", "id": 0.5}, "its id (`id`) is no text"),
        ({"name": "b", "id": "first"}, "first came before in this look"),
        ("a", "it has no name (`name`)"),
        (None, "it has no name (`name`)"),
    ],
)
def test_an_item_that_does_not_map_is_named_and_stops_itself_alone(
    looks: Any, item: Json, problem: str
) -> None:
    look = looks({"name": "good", "id": "first"}, item)
    assert only(look).name == "good"
    (finding,) = look.findings
    assert (finding.path, finding.severity, finding.problem) == ("cmdb: page 1, item 2", "error", problem)
    assert finding.remedy
    # What was left out may be something that the catalog knows: it is not gone.
    assert look.snapshots[0].within == ()
    assert look.notes == ("cmdb: items left out: 1; so nothing is taken for gone",)


def test_when_nothing_maps_the_look_fails(looks: Any) -> None:
    with pytest.raises(
        OutsideFailure, match=r"none of 2 items can be mapped; cmdb: page 1, item 1: it has no"
    ):
        looks({"label": "a"}, {"label": "b"})


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("owner", "group:", "owner: 'group:' is not an entity reference"),
        ("owner", ["team-a", "team-b"], "owner names 2 things, and group:default/team-a was taken"),
        ("title", {"en": "Pay"}, "title was left out: what `it` finds is not a text"),
        ("title", 1.5, "title was left out: what `it` finds is not a text"),
        ("tags", [["a"], {}], "tags was left out"),
        ("labels", ["a"], "labels was left out: what `it` finds is not a mapping of texts"),
        ("links", "wiki", "links was left out: what `it` finds is not addresses"),
        ("repository", "pay", "repository was left out: what `it` finds is not owner/name"),
    ],
)
def test_a_field_that_cannot_be_held_is_left_out_alone(
    looks: Any, field: str, value: Json, problem: str
) -> None:
    look = looks({"name": "a", "id": 1, "it": value}, fields={field: "it", "custom.x": "name"})
    assert only(look).fields["custom.x"] == "a"
    (finding,) = look.findings
    assert finding.severity == "warning"
    assert finding.problem.startswith(problem)
    assert look.snapshots[0].within == (EVERYTHING,)


@pytest.mark.parametrize(
    ("written", "repository"),
    [
        ("git@gitlab.acme.example:Money/Ledger.git", "money/ledger"),
        ("ssh://git@github.com:22/acme/pay", "acme/pay"),
        ("https://user@github.com/acme/pay/", "acme/pay"),
        ("https://gitlab.acme.example/money/ledger/-/tree/main", "money/ledger"),
        ("money/core/ledger", "money/core/ledger"),
    ],
)
def test_repositories_are_named_as_everywhere(looks: Any, written: str, repository: str) -> None:
    assert only(looks({"name": "a", "id": 1, "repo": written})).fields["repository"] == repository


def test_nothing_found_is_nothing_claimed(looks: Any) -> None:
    item = {"name": "a", "id": 1, "summary": "", "uses": [], "docs": None, "annotations": {}, "tags": " , "}
    assert only(looks(item)).fields == {}


def test_an_expression_that_cannot_be_asked_of_an_item_is_a_finding(looks: Any) -> None:
    look = looks(
        {"name": "a", "id": 1, "n": "x"},
        fields={"custom.sum": "sum(n)"},
        aliases=["join(',', n)"],
    )
    assert [each.problem.split(":")[0] for each in look.findings] == [
        "custom.sum was left out",
        "`join(',', n)` finds no text",
    ]


def test_a_thousand_findings_are_counted_and_not_shown(looks: Any) -> None:
    look = looks({"name": "good", "id": "g"}, *[{"id": n} for n in range(1_000)])
    assert len(look.findings) == 101
    assert look.findings[-1].problem == "900 more findings of this look are not shown"


def test_an_address_of_no_web_is_no_origin(looks: Any) -> None:
    assert only(looks({**PAY, "page": "javascript:alert(1)"})).origin == ""


def test_the_first_page_tells_whether_a_look_will_work(opens: Opens, odd: Odd) -> None:
    odd.answer = lambda _request: JSONResponse([PAY, {"id": 2}])
    reachable, credential, found, named, _clock = opens("odd/", mapping=MAPPING).validate()
    assert (reachable.name.partition(":")[0], reachable.granted) == ("reachable", True)
    assert (credential.name, credential.granted) == ("credential CMDB_TOKEN", True)
    assert (found.name, found.granted) == ("items on the first page: 2", True)
    assert (named.name, named.granted, named.optional) == ("items that map: 1 of 2", False, True)
    assert named.problem == "cmdb: page 1, item 2: it has no name (`name`)"


def test_a_mapping_that_finds_no_names_is_told_before_a_look(opens: Opens, odd: Odd) -> None:
    odd.answer = lambda _request: JSONResponse([{"id": 1}])
    *_, named, _clock = opens("odd/", mapping={"name": "label"}, auth=None).validate()
    assert (named.name, named.granted, named.optional) == ("items that map: 0 of 1", False, False)


def test_no_credential_is_said_so(opens: Opens, odd: Odd) -> None:
    odd.answer = lambda _request: JSONResponse([PAY])
    rows = opens("odd/", mapping=MAPPING, auth=None).validate()
    assert [(each.name, each.granted) for each in rows[1:-1]] == [
        ("no credential", True),
        ("items on the first page: 1", True),
        ("items that map: 1 of 1", True),
    ]
