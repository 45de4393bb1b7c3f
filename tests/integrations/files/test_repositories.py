"""Catalog files of repositories that a host lists are read as those on disk, and tied to their place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.entities import Claim, Standing
from domain.refs import Ref
from integrations.files.checkouts import Checkout, Declared, ReadCheckouts
from integrations.files.repositories import read_checkouts
from integrations.files.trees import Texts
from tests.integrations.files.looking import component

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def checkout(repository: str, files: Mapping[str, str], host: str = "github") -> Checkout:
    def url(path: str, line: int | None) -> str:
        return f"https://{host}.com/{repository}/blob/main/{path}" + (f"#L{line}" if line else "")

    return Checkout(f"id-{repository.rpartition('/')[2].lower()}", repository, host, files, url)


def reading(
    *checkouts: Checkout, known: Mapping[str, Ref] | None = None, source: str = "github"
) -> ReadCheckouts:
    return read_checkouts(checkouts, source=source, observed_at=NOW, known=known)


def claims(read: ReadCheckouts, source: str = "github/backstage") -> dict[str, Claim]:
    return {
        each.key: each for snapshot in read.snapshots if snapshot.source == source for each in snapshot.claims
    }


def said(read: ReadCheckouts) -> list[str]:
    return [str(each) for each in read.findings]


def test_a_claim_is_tied_to_its_repository() -> None:
    files = {
        "catalog-info.yaml": "# ours\n" + component("pay"),
        "jobs/nightly/catalog-info.yml": component("nightly"),
    }
    read = reading(checkout("Acme/Pay", files))
    top, job = claims(read).values()
    assert (top.id, job.id) == ("id-pay#component:default/pay", "id-pay#component:default/nightly")
    assert top.origin == "https://github.com/Acme/Pay/blob/main/catalog-info.yaml#L2"
    assert (top.fields["repository"], job.fields["repository"]) == ("acme/pay", "acme/pay")
    assert "repository_path" not in top.fields
    assert job.fields["repository_path"] == "jobs/nightly"
    assert (top.aliases, top.standing) == (("github:acme/pay",), Standing.DECLARED)
    assert read.declared == {
        "id-pay": (
            Declared(top.ref, "", "backstage"),
            Declared(job.ref, "jobs/nightly", "backstage"),
        )
    }
    assert (read.findings, read.missing, read.read) == ((), {}, 2)


def test_what_the_file_says_of_its_repository_counts() -> None:
    said_so = component("pay").replace(
        "  name: pay\n", "  name: pay\n  annotations: {github.com/project-slug: acme/other}\n"
    )
    org = (
        "apiVersion: backstage.io/v1alpha1\nkind: Group\n"
        "metadata: {name: team}\nspec: {type: team, children: []}\n"
    )
    read = reading(checkout("acme/pay", {"x/catalog-info.yaml": said_so, "catalog-info.yaml": org}))
    group, pay = claims(read).values()
    assert (pay.fields["repository"], pay.aliases) == ("acme/other", ("github:acme/other",))
    assert "repository_path" not in pay.fields
    assert (group.aliases, "repository" in group.fields) == ((), False)


def test_every_format_answers_for_the_repositories_that_were_read_whole() -> None:
    broken = checkout("acme/broken", {"catalog-info.yaml": component("a") + "---\nkind: [\n"})
    read = reading(checkout("acme/bare", {"README.md": "# hi"}), broken)
    within = {each.source: each.within for each in read.snapshots}
    assert within["github/backstage"] == ("id-bare",)
    assert within["github/codeowners"] == ("id-bare", "id-broken")
    assert all(snapshot.observed_at == NOW and not snapshot.complete for snapshot in read.snapshots)
    assert list(claims(read)) == ["id-broken#component:default/a"]
    assert [(each.path, each.line) for each in read.findings] == [("acme/broken/catalog-info.yaml", 11)]


def test_one_ref_in_two_repositories_is_a_finding_and_the_first_wins() -> None:
    read = reading(
        checkout("acme/one", {"catalog-info.yaml": component("pay")}),
        checkout("acme/two", {"catalog-info.yaml": component("pay")}),
    )
    assert list(claims(read)) == ["id-one#component:default/pay"]
    assert said(read) == [
        (
            "acme/two/catalog-info.yaml:1: error: component:pay is declared for the second time. "
            "Keep one, or give one another name; the first is at acme/one/catalog-info.yaml:1."
        )
    ]
    assert read.snapshots[0].within == ("id-one", "id-two")


def location(*targets: str) -> str:
    listed = "".join(f"    - {each}\n" for each in targets)
    head = "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: all}\n"
    return f"{head}spec:\n  targets:\n{listed}"


def test_locations_stay_in_their_repository() -> None:
    files = {
        "catalog-info.yaml": location(
            "./services/*.yaml", "./**/deep.yaml", "../../two/catalog-info.yaml", "gone/x.yaml"
        ),
        "services/a.yaml": component("a"),
        "services/in/deep.yaml": component("deep"),
        "services/in/other.yaml": component("other"),
    }
    read = reading(checkout("acme/one", files), checkout("acme/two", {"catalog-info.yaml": component("two")}))
    assert list(claims(read)) == [
        "id-two#component:default/two",
        "id-one#component:default/a",
        "id-one#component:default/deep",
    ]
    outside, missing = said(read)
    assert "acme/one/catalog-info.yaml:8: error: the target ../../two/catalog-info.yaml leads out" in outside
    assert "acme/one/catalog-info.yaml:9: warning: the target gone/x.yaml is not among the files" in missing
    assert read.missing == {"id-one": ("gone/x.yaml",)}


def test_a_definition_that_was_not_fetched_does_not_cost_the_api() -> None:
    api = (
        "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {{name: {0}}}\n"
        "spec: {{type: openapi, lifecycle: production, owner: x, definition: {{$text: {1}}}}}\n"
    )
    files = {
        "catalog-info.yaml": api.format("here", "./openapi.yaml")
        + "---\n"
        + api.format("there", "docs/api.yaml"),
        "openapi.yaml": "openapi: 3.1.0\n",
    }
    read = reading(checkout("acme/pay", files))
    here, there = claims(read).values()
    assert (here.fields["definition"], there.fields["definition"]) == ("openapi: 3.1.0\n", "docs/api.yaml")
    assert read.missing == {"id-pay": ("docs/api.yaml",)}
    assert [each.severity for each in read.findings] == ["warning"]


RULES = "* @acme/pay\n/jobs/ @ana\n/jobs/quiet/\n"
TEAM = Ref("group", "default", "payments-team")


def test_codeowners_are_evidence_on_the_repository_when_nothing_is_declared() -> None:
    read = reading(
        checkout("Acme/Pay.API", {".github/CODEOWNERS": RULES, "CODEOWNERS": "* @x\n"}),
        known={"github-team:acme/pay": TEAM},
    )
    (claim,) = claims(read, "github/codeowners").values()
    assert (claim.id, claim.same_as, claim.standing) == (
        "id-pay.api",
        ("github:acme/pay.api",),
        Standing.REMARK,
    )
    assert (claim.kind, claim.name, str(claim.ref)) == ("Component", "Pay.API", "component:default/pay.api")
    assert claim.fields["owner"] == "group:default/payments-team"
    assert claim.grounds["owner"].reason == "CODEOWNERS:1 names @acme/pay"
    assert (
        claim.origin
        == claim.grounds["owner"].origin
        == "https://github.com/Acme/Pay.API/blob/main/.github/CODEOWNERS#L1"
    )
    rules = claim.fields["codeowners"]
    assert isinstance(rules, list)
    assert [each["pattern"] for each in rules] == ["*", "/jobs/", "/jobs/quiet/"]


def test_codeowners_are_evidence_on_what_is_declared_and_rules_are_kept_once() -> None:
    files = {
        "CODEOWNERS": RULES,
        "catalog-info.yaml": component("pay"),
        "jobs/nightly/catalog-info.yaml": component("nightly"),
        "jobs/quiet/catalog-info.yaml": component("quiet"),
    }
    read = reading(checkout("acme/pay", files))
    found = claims(read, "github/codeowners")
    assert {id_: claim.fields.get("owner") for id_, claim in found.items()} == {
        "id-pay#component:default/pay": "group:default/pay",
        "id-pay#component:default/nightly": "user:default/ana",
    }
    assert all(claim.standing is Standing.REMARK for claim in found.values())
    assert found["id-pay#component:default/nightly"].same_as == ("component:default/nightly",)
    assert [id_ for id_, claim in found.items() if "codeowners" in claim.fields] == [
        "id-pay#component:default/pay"
    ]
    files.pop("catalog-info.yaml")
    found = claims(reading(checkout("acme/pay", files)), "github/codeowners")
    assert [id_ for id_, claim in found.items() if "codeowners" in claim.fields] == [
        "id-pay", "id-pay#component:default/nightly",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("host", "path", "owner"),
    [
        ("github", ".github/CODEOWNERS", "group:default/a"),
        ("gitlab", "CODEOWNERS", "group:default/b"),
    ],
)
def test_each_host_reads_its_own_file(host: str, path: str, owner: str) -> None:
    files = {
        ".github/CODEOWNERS": "* @acme/a\n",
        "CODEOWNERS": "[Docs]\n* @acme/money/b\n" if host == "gitlab" else "* @acme/b\n",
        ".gitlab/CODEOWNERS": "* @acme/c\n",
        "deep/CODEOWNERS": "* @acme/d\n",
    }
    read = reading(checkout("acme/money/pay", files, host), source="cloud")
    (claim,) = claims(read, "cloud/codeowners").values()
    assert claim.fields["owner"] == owner
    assert f"/{path}#L" in claim.origin
    assert claim.same_as == (f"{host}:acme/money/pay",)


def test_handles_are_those_of_the_host() -> None:
    known = {"gitlab-team:acme/money": TEAM, "github-team:acme/money": Ref("group", "default", "other")}
    read = reading(checkout("acme/pay", {"CODEOWNERS": "* @acme/money\n"}, "gitlab"), known=known)
    (claim,) = claims(read, "github/codeowners").values()
    assert claim.fields["owner"] == "group:default/payments-team"


def test_doubts_about_rules_name_the_repository() -> None:
    read = reading(
        checkout("acme/pay", {"CODEOWNERS": "* nobody\n"}), checkout("acme/zero", {"CODEOWNERS": "\0"})
    )
    assert [each.partition(": ")[0] for each in said(read)] == [
        "acme/pay/CODEOWNERS:1",
        "acme/pay/CODEOWNERS",
        "acme/zero/CODEOWNERS:1",
    ]
    assert read.snapshots[-1].within == ("id-pay",)


def test_text_from_a_host_is_judged_as_bytes_are() -> None:
    read = reading(
        checkout("acme/bom", {"catalog-info.yaml": "\ufeff" + component("bom").replace("\n", "\r\n")}),
        checkout("acme/half", {"catalog-info.yaml": component("half") + "# \ud800\n"}),
        checkout("acme/large", {"catalog-info.yaml": component("large") + "#" * 10_000_000}),
    )
    assert list(claims(read)) == ["id-bom#component:default/bom"]
    assert [each.problem for each in read.findings] == [
        "byte 0xED at offset 139 is not UTF-8",
        "the file is larger than 10 MB",
    ]


def test_paths_that_lead_out_or_aside_are_not_read() -> None:
    files = {
        "../catalog-info.yaml": component("a"),
        "/etc/catalog-info.yaml": component("b"),
        "node_modules/x/catalog-info.yaml": component("c"),
        ".cache/catalog-info.yaml": component("d"),
    }
    read = reading(checkout("acme/pay", files))
    assert (claims(read), read.findings) == ({}, ())


def test_many_components_in_one_file_share_one_set_of_rules() -> None:
    many = "---\n".join(component(f"c{number}") for number in range(300))
    rules = "".join(f"*.x{number} @acme/t{number}\n" for number in range(300))
    read = reading(checkout("acme/mono", {"catalog-info.yaml": many, "CODEOWNERS": f"* @acme/x\n{rules}"}))
    found = claims(read, "github/codeowners")
    assert len(found) == 300
    assert sum("codeowners" in claim.fields for claim in found.values()) == 1


SEGMENT = st.sampled_from(["a", "ab", "b.yaml", "*", "**", "?", "a*", "[ab]"])


@given(
    st.lists(SEGMENT, min_size=1, max_size=4),
    st.sets(st.sampled_from(["a/b.yaml", "ab/a/b.yaml", "b.yaml", "a/ab/a/b.yaml"])),
)
def test_patterns_among_texts_match_as_on_disk(
    tmp_path_factory: pytest.TempPathFactory, pattern: list[str], files: set[str]
) -> None:
    assume(pattern[-1] != "**")  # of which versions of Python think differently
    folder = tmp_path_factory.mktemp("tree")
    for each in files:
        (folder / each).parent.mkdir(parents=True, exist_ok=True)
        (folder / each).write_text("")
    written = "/".join(pattern)
    here = Texts(Path("/1"), dict.fromkeys(files, ""))
    found = {each.relative_to("/1").as_posix() for each in here.matching(Path("/1"), written)}
    assert found == {each.relative_to(folder).as_posix() for each in folder.glob(written) if each.is_file()}
