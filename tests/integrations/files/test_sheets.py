"""Spreadsheets are read by their headers' names, and every doubt names its row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.files.sheets.grid import records
from integrations.files.text import Unreadable
from tests.integrations.files.looking import Reads, claims, component, said

TEAM = """\
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: t-pay, title: Team Payments}
spec: {type: team, children: []}
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: {name: ana}
spec: {profile: {email: Ana.Silva@acme.example}}
"""


def test_headers_mean_what_people_mean_by_them(reads: Reads) -> None:
    look = reads(
        {
            "org.yaml": TEAM,
            "s.csv": (
                "Service Name,Owned by,Criticality,Life cycle,Repo URL,Slack channel,Tags,Depends on,"
                "Runbook,Cost centre\n"
                '"Label Printer",team payments,Tier 2,Production,https://github.com/Acme/Label.git,#labels,'
                '"Public API; go","pay, resource:db",https://r.example,007\n'
            ),
        }
    )
    assert said(look) == []
    (note,) = look.notes
    assert note.endswith(
        "s.csv: “Service Name” → name, “Owned by” → owner, “Criticality” → tier, “Life cycle” → lifecycle, "
        "“Repo URL” → repository, “Slack channel” → channel, “Tags” → tags, “Depends on” → dependsOn, "
        "“Runbook” → link, “Cost centre” → custom field cost_centre"
    )
    claim = claims(look, "csv")["component:label-printer"]
    assert (claim.name, claim.kind, claim.origin) == ("label-printer", "Component", "catalog/s.csv:2")
    assert claim.aliases == ("github:acme/label",)
    assert claim.fields == {
        "title": "Label Printer",
        "owner": "group:default/t-pay",
        "tier": "2",
        "lifecycle": "production",
        "repository": "acme/label",
        "channel": "labels",
        "tags": ["public-api", "go"],
        "dependsOn": ["component:default/pay", "resource:default/db"],
        "links": [{"url": "https://r.example", "title": "Runbook"}],
        "custom.cost_centre": "007",
    }


@pytest.mark.parametrize(
    ("cell", "ref"),
    [
        ("Team Payments", "group:default/t-pay"),
        ("t-pay", "group:default/t-pay"),
        ("Team Unknown", "group:default/team-unknown"),
        ("group:other/x", "group:other/x"),
        ("user:ana", "user:default/ana"),
        ("ana", "user:default/ana"),
        ("ana.silva@acme.example", "user:default/ana"),
        ("bo@acme.example", "user:default/bo"),
        ("@bo", "user:default/bo"),
        ("@acme/t-pay", "group:default/t-pay"),
    ],
)
def test_an_owner_may_be_written_in_many_ways(reads: Reads, cell: str, ref: str) -> None:
    look = reads({"org.yaml": TEAM, "s.csv": f"name,owner\na,{cell}\n"})
    assert claims(look, "csv")["component:a"].fields == {"owner": ref}


def test_teams_of_the_sheet_itself_may_own(reads: Reads) -> None:
    look = reads({"s.csv": "name,kind,owner,title\npay,service,The Payers,\npp,Group,,The Payers\n"})
    found = claims(look, "csv")
    assert found["component:pay"].fields == {"type": "service", "owner": "group:default/pp"}
    assert found["group:pp"].kind == "Group"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_exports_of_all_programs_are_read(reads: Reads, delimiter: str, encoding: str, end: str) -> None:
    rows = [
        ["name", "description", "Größe"],
        ["a", '"two\nlines, or; more"', "é"],
        ["", "", ""],
        ["b", "", ""],
    ]
    text = end.join(delimiter.join(row) for row in rows) + end
    look = reads({"s.csv": text.encode(encoding)}, "s.csv")
    assert said(look) == []
    found = claims(look, "csv")
    assert found["component:a"].fields == {"description": "two\nlines, or; more", "custom.grosse": "é"}
    assert found["component:b"].origin.endswith(":5")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "s.csv: warning: the file is empty"),
        (
            "owner,tier\nx,1\n",
            "s.csv:1: error: no header says which column holds the names (found: owner, tier)",
        ),
        ("name,service\na,b\n", "s.csv:1: warning: the header service means the same as name"),
        ("name,owner\na,b\n,c\n", "s.csv:3: error: the name is empty"),
        ("name\n!!!\n", 's.csv:2: error: no name can be made of "!!!"'),
        ("name\na\nA\n", "s.csv:3: error: component:a is declared for the second time"),
        ("name,owner\na,b,c\n", "s.csv:2: error: the row has 3 cells under 2 headers"),
        ('name,owner\na,"b\nc,d\n', 's.csv:2: error: the quote " that opens in this row is never closed'),
        ('name,owner\na,"b"c\n', 's.csv:2: error: text follows the closing quote "'),
        ("name,tier\na,banana\n", 's.csv:2: warning: the tier is "banana"'),
        ("name,lifecycle\na,banana\n", 's.csv:2: warning: the lifecycle is "banana"'),
        ("name,repo\na,what is this\n", 's.csv:2: warning: "what is this" under repo is no repository'),
        ("name,runbook\na,see wiki\n", 's.csv:2: warning: "see wiki" under runbook is no address'),
        ("name,owner\na,x:y:z\n", "s.csv:2: warning: the owner was left out"),
        ("name,namespace\na,A B\n", 's.csv:2: error: the namespace is "A B"'),
        ("name,labels\na,x\n", "s.csv:2: warning: the cell under labels was left out: it is no JSON mapping"),
        (
            'name,labels\na,"{""a b"": ""c""}"\n',
            "s.csv:2: warning: the cell under labels was left out: the key a b",
        ),
        (
            'name,links\na,"[{""url"": ""x""}]"\n',
            's.csv:2: warning: the cell under links was left out: links[0].url is "x"',
        ),
        ("name,apiVersion\na,a b\n", 's.csv:2: warning: the apiVersion "a b" was left out'),
        ("name,kind\na,Location\n", "s.csv:2: error: a Location in a sheet leads nowhere"),
        ("name,owner\na,b;c\n", 's.csv:2: warning: "b, c" is more than one owner; b was taken'),
        ('name,custom.x\na,"""\\ud800"""\nb,"[1"\n,\n,c\n', "s.csv:5: error: the name is empty"),
        ("name\na\x00\n", "s.csv:2: error: the file is binary"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(reads: Reads, text: str, expected: str) -> None:
    look = reads({"s.csv": text}, "s.csv")
    assert said(look)[0].startswith(expected), said(look)


@pytest.mark.parametrize("cell", ["none", "N/A", "-", "???", "TBD", " No owner "])
def test_words_for_nobody_name_no_team(reads: Reads, cell: str) -> None:
    look = reads({"s.csv": f"name,owner,depends on\na,{cell},{cell}\n"})
    assert claims(look, "csv")["component:a"].fields == {}


def test_sheets_of_another_purpose_are_passed_over_in_a_folder(reads: Reads) -> None:
    files: dict[str, str | bytes] = {
        "rates.csv": "date,amount\n1,2\n",
        "users.csv": "id,name,email\n1,Ana,a@b\n",
        "latin.csv": "word,größe\nä,1\n".encode("latin-1"),
        "open.csv": '"name,owner\n',
        "empty.csv": "",
        "services.csv": "service;team;größe\na;t;1\n".encode("utf-16"),
        "broken.csv": "service,team\nä,t\n".encode("latin-1"),
    }
    look = reads(files)
    assert said(look) == [
        "broken.csv:2: error: byte 0xE4 at offset 13 is not UTF-8. Save the file with the encoding UTF-8."
    ]
    assert list(claims(look, "csv")) == ["component:a"]
    assert look.read == 2
    (passed,) = [note.partition("/catalog/")[2] for note in look.notes if "passed over" in note]
    assert passed.startswith("users.csv: passed over: no column says owner or kind; name the file")
    assert list(claims(reads(files, "users.csv"), "csv")) == ["component:ana"]


def test_numbers_name_services_only_where_nothing_else_does(reads: Reads) -> None:
    look = reads({"a.csv": "id,application name,owner\n1,Shop,t\n", "b.csv": "id,owner\nledger,t\n"})
    found = claims(look, "csv")
    assert found["component:shop"].fields["custom.id"] == "1"
    assert "component:ledger" in found


def test_the_delimiter_may_be_said_in_the_first_line(reads: Reads) -> None:
    look = reads({"s.csv": "sep=;\r\nname;owner\r\na,b;t\r\n;x\r\n"})
    assert claims(look, "csv")["component:a-b"].origin == "catalog/s.csv:3"
    assert said(look)[0].startswith("s.csv:4: error: the name is empty")


def test_an_error_stops_its_row_only(reads: Reads) -> None:
    look = reads({"s.csv": "name,owner\na,x\n,y\nb,z,too much\nc,w\n"})
    assert list(claims(look, "csv")) == ["component:a", "component:c"]


def test_a_repository_on_gitlab_is_known_there(reads: Reads) -> None:
    look = reads({"s.csv": "name,repo\na,git@gitlab.acme.example:group/sub/a.git\n"}, "s.csv")
    claim = claims(look, "csv")["component:a"]
    assert claim.fields["repository"] == "group/sub/a"
    assert claim.aliases == ("gitlab:group/sub/a",)


def test_a_sheet_and_a_catalog_file_may_speak_of_the_same(reads: Reads) -> None:
    look = reads({"c.yaml": component("pay"), "s.csv": "name,tier,repo\nPAY,1,a/b\n"})
    assert said(look) == []
    assert [snapshot.source for snapshot in look.snapshots] == ["backstage", "csv"]


@given(st.text(st.sampled_from('a,;\t"\n\r é='), max_size=60))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        lines = [record.line for record in records(text)]
    except Unreadable as error:
        lines = [error.line]
    assert lines == sorted(lines)
    assert all(0 < line <= text.count("\n") + text.count("\r") + 1 for line in lines)
