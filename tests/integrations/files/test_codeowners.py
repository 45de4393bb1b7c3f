"""The rules of a repository speak of the components that it declares."""

from __future__ import annotations

from domain.entities import Claim
from tests.integrations.files.looking import Reads, claims, component, said

ORG = """\
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: payments-team, annotations: {github.com/team-slug: acme/pay}}
spec: {type: team, children: []}
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: {name: ana, annotations: {github.com/user-login: anas}}
spec: {profile: {email: ana.silva@acme.example}}
"""


RULES = "* @anas @acme/pay\n/worker/ ana.silva@acme.example\n/none/\n*.yaml @acme/docs\n"


def owners(found: dict[str, Claim]) -> dict[str, object]:
    return {ref: claim.fields.get("owner") for ref, claim in found.items()}


def test_the_deciding_rule_names_the_owner(reads: Reads) -> None:
    look = reads(
        {
            "org.yaml": ORG,
            "repo/.github/CODEOWNERS": RULES,
            "repo/catalog-info.yaml": component("api"),
            "repo/worker/catalog-info.yaml": component("worker"),
            "repo/none/catalog-info.yaml": component("none"),
            "elsewhere/catalog-info.yaml": component("elsewhere"),
        }
    )
    assert said(look) == []
    found = claims(look, "codeowners")
    assert owners(found) == {
        "component:api": "group:default/payments-team",
        "component:none": None,
        "component:worker": "user:default/ana",
    }
    api = found["component:api"]
    assert (api.origin, api.confidence) == ("catalog/repo/.github/CODEOWNERS:1", 0.7)
    assert found["component:worker"].origin.endswith(":2")
    assert api.fields["codeowners"] == [
        {"pattern": "*", "owners": ["user:default/ana", "group:default/payments-team"], "line": 1},
        {"pattern": "/worker/", "owners": ["user:default/ana"], "line": 2},
        {"pattern": "/none/", "owners": [], "line": 3},
        {"pattern": "*.yaml", "owners": ["group:default/docs"], "line": 4},
    ]


def test_a_repository_without_components_is_a_resource(reads: Reads) -> None:
    look = reads({"My Repo!/CODEOWNERS": "/src/ @x\n* @acme/some-team\n", "b_2/docs/CODEOWNERS": "/a @y\n"})
    found = claims(look, "codeowners")
    assert owners(found) == {"resource:my-repo": "group:default/some-team", "resource:b_2": None}
    assert found["resource:my-repo"].fields["type"] == "repository"
    assert found["resource:my-repo"].origin == "catalog/My Repo!/CODEOWNERS:2"


def test_the_nearest_repository_counts_and_one_file_in_it(reads: Reads) -> None:
    look = reads(
        {
            "CODEOWNERS": "* @outer\n",
            "in/CODEOWNERS": "* @inner\n",
            "in/docs/CODEOWNERS": "* @late\n",
            "in/.github/workflows/CODEOWNERS": "* @nobody-reads-this\n",
            "in/catalog-info.yaml": component("in"),
            "catalog-info.yaml": component("out"),
        }
    )
    assert owners(claims(look, "codeowners")) == {
        "component:in": "user:default/inner",
        "component:out": "user:default/outer",
    }
    assert len(look.findings) == 1
    assert "in/docs/CODEOWNERS: warning: this CODEOWNERS is not used" in said(look)[0]


def test_a_section_that_must_approve_goes_first_and_roles_own_nothing(reads: Reads) -> None:
    text = "^[Docs] @acme/docs\n*\n[Code]\n* @@maintainer @acme/code\n"
    look = reads({"r/.gitlab/CODEOWNERS": text, "r/catalog-info.yaml": component("c")})
    claim = claims(look, "codeowners")["component:c"]
    assert claim.fields["owner"] == "group:default/code"
    kept, code = {"pattern": "*", "dialect": "gitlab"}, ["@@maintainer", "group:default/code"]
    assert claim.fields["codeowners"] == [
        {**kept, "owners": ["group:default/docs"], "line": 2, "section": "Docs", "optional": True},
        {**kept, "owners": code, "line": 4, "section": "Code"},
    ]


def test_malformed_files_are_findings(reads: Reads) -> None:
    look = reads(
        {
            "a/CODEOWNERS": b"* @\xff\n",
            "b/CODEOWNERS": b"\x00",
            "c/CODEOWNERS": "kevin\n",
            "d/CODEOWNERS": "* @a b\n* @c\n",
            "e/CODEOWNERS": "",
        }
    )
    assert [each.partition(". ")[0] for each in said(look)] == [
        "a/CODEOWNERS:1: error: byte 0xFF at offset 3 is not UTF-8",
        "b/CODEOWNERS:1: error: the file is binary: it holds a zero byte",
        "c/CODEOWNERS: warning: no rule of this file names an owner",
        "d/CODEOWNERS:1: warning: `b` is no owner: GitHub skips the line",
        "e/CODEOWNERS: warning: no rule of this file names an owner",
    ]


def patterns(claim: Claim) -> list[object]:
    rules = claim.fields["codeowners"]
    assert isinstance(rules, list)
    return [rule["pattern"] for rule in rules]


def test_a_component_keeps_only_the_rules_that_speak_of_its_folder(reads: Reads) -> None:
    rules = "* @all\n*.js @web\n/a/ @a\n/a/docs/ @docs\n/b/ @b\n/a*/x @star\n/ab/ @ab\n/a\\ b/ @space\n"
    look = reads(
        {
            "CODEOWNERS": rules,
            "a/src/catalog-info.yaml": component("a"),
            "b/catalog-info.yaml": component("b"),
        }
    )
    kept = {ref: patterns(claim) for ref, claim in claims(look, "codeowners").items()}
    assert kept == {
        "component:a": ["*", "*.js", "/a/", "/a*/x", "/a\\ b/"],
        "component:b": ["*", "*.js", "/b/", "/a*/x", "/a\\ b/"],
    }


def test_an_owner_that_no_index_holds_is_named_and_left_out(reads: Reads) -> None:
    look = reads({"CODEOWNERS": f"* @{'x' * 3_000}\n/a @b\n"})
    assert said(look)[0].startswith("CODEOWNERS:1: warning: `@xxx")
    assert len(said(look)[0]) < 200
