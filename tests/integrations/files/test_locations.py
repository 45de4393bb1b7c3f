"""Locations are followed below the root, once each, and nothing leads out of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from domain.errors import BadInput
from integrations.files.source import FilesSource
from tests.integrations.files.looking import Reads, claims, component, said

LOCATION = "apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: all}\nspec:\n"


def test_targets_patterns_and_further_locations_are_followed_once(reads: Reads) -> None:
    look = reads(
        {
            "all.yaml": LOCATION + "  targets: [./teams/*.yaml, deep/next.yml, ./teams/a.yaml]\n",
            "teams/a.yaml": component("a"),
            "teams/b.yaml": component("b"),
            "teams/readme.md": "no entity",
            "deep/next.yml": LOCATION + "  type: file\n  target: ../all.yaml\n---\n" + component("c"),
            "other.yaml": component("never-named"),
        },
        "all.yaml",
    )
    assert said(look) == []
    assert sorted(claims(look)) == ["component:a", "component:b", "component:c"]
    assert claims(look)["component:c"].origin == "catalog/deep/next.yml:8"
    assert look.read == 4


def test_a_folder_reads_each_file_once_whoever_names_it(reads: Reads) -> None:
    look = reads({"a.yaml": component("a"), "all.yaml": LOCATION + "  target: ./a.yaml\n"})
    assert said(look) == []
    assert list(claims(look)) == ["component:a"]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("./gone.yaml", "error: the target ./gone.yaml does not exist"),
        ("./none/*.yaml", "warning: the target ./none/*.yaml matches no YAML file"),
        ("../outside.yaml", "error: the target ../outside.yaml leads out of the imported folder"),
        ("/etc/*", "error: the target /etc/* leads out of the imported folder"),
        ("../*/*.yaml", "error: the target ../*/*.yaml leads out of the imported folder"),
        ("./*/../../*.yaml", "error: the target ./*/../../*.yaml leads out of the imported folder"),
        ("./sub", "error: the target ./sub is a folder"),
        ("https://example.com/all.yaml", "warning: not followed: https://example.com/all.yaml"),
        ("link.yaml", "error: the target link.yaml leads out of the imported folder"),
    ],
)
def test_targets_that_are_not_followed_are_named(reads: Reads, folder: Path, target: str, words: str) -> None:
    (folder.parent / "outside.yaml").write_text(component("outside"))
    (folder / "link.yaml").symlink_to(folder.parent / "outside.yaml")
    (folder / "sub").mkdir()
    look = reads({"all.yaml": LOCATION + f"  targets:\n    - {target}\n"}, "all.yaml")
    assert said(look)[0].startswith(f"all.yaml:6: {words}")
    assert not look.snapshots


def test_a_file_in_a_checkout_may_reach_all_of_it(reads: Reads) -> None:
    files = {".git/HEAD": "", "a/all.yaml": LOCATION + "  target: ../b/c.yaml\n", "b/c.yaml": component("c")}
    look = reads(files, "a/all.yaml")
    assert said(look) == []
    assert claims(look)["component:c"].origin == "catalog/b/c.yaml:1"


def test_placeholders_are_filled_in(reads: Reads) -> None:
    extra = (
        "  text: {$text: ./a/n.txt}\n  json: {$json: a/x.json}\n  list: [{$yaml: a/y.yaml}, {$ref: '#/x'}]\n"
    )
    more = "  both: {$text: a, x: 1}\n  number: {$text: 5}\n"
    look = reads(
        {
            "c.yaml": component() + extra + more,
            "a/n.txt": "l1\nl2\n",
            "a/x.json": '{"a": [1]}',
            "a/y.yaml": "k: v\n",
        }
    )
    assert said(look) == []
    fields = claims(look)["component:pay"].fields
    assert fields["custom.text"] == "l1\nl2\n"
    assert fields["custom.json"] == {"a": [1]}
    assert fields["custom.list"] == [{"k": "v"}, {"$ref": "#/x"}]
    assert fields["custom.both"] == {"$text": "a", "x": 1}
    assert fields["custom.number"] == {"$text": 5}


@pytest.mark.parametrize(
    ("placeholder", "words"),
    [
        ("{$text: ./gone}", "$text names a file that does not exist: ./gone"),
        ("{$text: ../../../../../../etc/passwd}", "$text leads out of the imported folder"),
        ("{$text: link}", "$text leads out of the imported folder: link"),
        ("{$text: binary}", "$text cannot use binary:1: the file is binary"),
        ("{$json: words}", "$json cannot use words:1: it is not JSON"),
        ("{$json: deep}", "nested more than 100 deep"),
        ("{$json: nan}", "it is not JSON that a catalog can hold: NaN"),
        ("{$yaml: many}", "$yaml cannot use many: it holds 2 YAML documents"),
        ("{$yaml: twice}", "$yaml cannot use twice:2: the key a stands here for the second time"),
    ],
)
def test_placeholders_that_cannot_be_filled_stop_their_document(
    reads: Reads, folder: Path, placeholder: str, words: str
) -> None:
    (folder / "link").symlink_to("/etc/hostname")
    look = reads(
        {
            "c.yaml": component("a") + f"  x: {placeholder}\n---\n{component('b')}",
            "binary": b"\0",
            "words": "words",
            "nan": "[NaN]",
            "deep": "[" * 500 + "]" * 500,
            "many": "1\n---\n2\n",
            "twice": "a: 1\na: 2\n",
        },
        "c.yaml",
    )
    assert any(each.startswith("c.yaml:9: error: ") and words in each for each in said(look)), said(look)
    assert list(claims(look)) == ["component:b"]


def test_an_address_in_a_placeholder_is_kept_with_a_warning(reads: Reads) -> None:
    look = reads({"c.yaml": component() + "  x: {$text: 'https://example.com/a'}\n"})
    assert "warning: $text was not followed to https://example.com/a" in said(look)[0]
    assert claims(look)["component:pay"].fields["custom.x"] == "https://example.com/a"


def test_what_tools_keep_and_links_out_of_the_folder_are_not_read(reads: Reads, folder: Path) -> None:
    away = folder.parent / "away"
    away.mkdir()
    (away / "catalog-info.yaml").write_text(component("away"))
    (folder / "out").symlink_to(away)
    (folder / "again.yaml").symlink_to(folder / "a.yaml")
    kept = {
        f"{each}/catalog-info.yaml": component("x") for each in (".git", "node_modules", ".venv", ".cache")
    }
    look = reads({"a.yaml": component("a"), **kept})
    assert list(claims(look)) == ["component:a"]
    assert said(look)[0].startswith("out: warning: a link out of the folder was not followed")
    assert len(look.findings) == 1


def test_a_named_file_must_be_one_that_a_reader_takes(reads: Reads) -> None:
    look = reads({"opslevel.toml": "x"}, "opslevel.toml")
    assert said(look)[0].startswith("opslevel.toml: error: no reader takes this file. Accepted are Backstage")
    assert said(reads({"cortex.yaml": "openapi: 3.0.1\n"}, "cortex.yaml")) != []
    assert said(reads({"empty.yaml": "# nothing\n"}, "empty.yaml"))[0].startswith("empty.yaml: warning")


def test_a_path_that_does_not_exist_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="does not exist"):
        FilesSource([tmp_path / "gone"]).fetch()


def test_limits_and_kinds_of_files(reads: Reads, folder: Path) -> None:
    big = component("big") + "#" * 10_000_000
    look = reads({"big.yaml": big, "ok.yaml": component("ok")})
    assert said(look) == [
        "big.yaml: error: the file is larger than 10 MB. Split it, or leave out what it need not hold."
    ]
    assert list(claims(look)) == ["component:ok"]
    assert look.snapshots[0].observed_at.tzinfo is not None
    assert folder.exists()


def test_a_file_of_blank_lines_does_not_stall(reads: Reads) -> None:
    look = reads({"blank.yaml": "\n" * 1_000_000, "spaces.yml": " \t" * 500_000})
    assert (look.findings, look.read) == ((), 0)


def test_progress_is_told_each_file(reads: Reads, folder: Path) -> None:
    reads({"a.yaml": component("a"), "b.csv": "name\nb\n"})
    told: list[tuple[str, int]] = []
    FilesSource([folder], progress=lambda name, before: told.append((Path(name).name, before))).fetch()
    assert told == [("a.yaml", 0), ("b.csv", 1)]


def test_a_folder_in_a_checkout_refers_to_all_of_the_checkout_and_no_further(
    reads: Reads, folder: Path
) -> None:
    (folder.parent / "far.yaml").write_text(component("far"))
    (folder / ".git").mkdir()
    look = reads(
        {
            "sub/all.yaml": LOCATION + "  targets: [../near.yaml, ../../far.yaml]\n",
            "near.yaml": component("near", note="{$text: sub/note.txt}"),
            "sub/note.txt": "n",
        },
        "sub",
    )
    assert said(look)[0].startswith("sub/all.yaml:5: error: the target ../../far.yaml leads out")
    near = claims(look)["component:near"]
    assert (near.origin, near.fields["custom.note"]) == ("near.yaml:1", "n")


def test_links_in_a_circle_and_to_nowhere_are_passed_over(reads: Reads, folder: Path) -> None:
    (folder / "self.yaml").symlink_to("self.yaml")
    (folder / "a").symlink_to("b")
    (folder / "b").symlink_to("a")
    (folder / "gone.yaml").symlink_to("nowhere.yaml")
    (folder / "around").symlink_to(".")
    look = reads({"all.yaml": LOCATION + "  target: ./*.yaml\n", "ok.yaml": component("ok")})
    assert said(look) == []
    assert list(claims(look)) == ["component:ok"]


def test_only_links_that_would_have_been_read_are_reported(reads: Reads, folder: Path) -> None:
    (folder.parent / "far").mkdir()
    (folder.parent / "note.txt").write_text("n")
    (folder.parent / "far.yaml").write_text(component("far"))
    for name in ("far", "note.txt", "far.yaml"):
        (folder / name).symlink_to(folder.parent / name)
    reported = [each.path.rpartition("/")[2] for each in reads({}).findings]
    assert reported == ["far", "far.yaml"]


def test_a_file_name_that_is_no_utf_8_spoils_nothing(reads: Reads, folder: Path) -> None:
    try:
        (folder / os.fsdecode(b"caf\xe9.yaml")).write_text(component("cafe"))
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    claim = claims(reads({"bad\xe9.yaml": "apiVersion: backstage.io/v1alpha1\n"}))["component:cafe"]
    assert claim.origin == "catalog/caf\ufffd.yaml:1"


def test_placeholders_do_not_multiply_a_file_without_end(reads: Reads) -> None:
    parts = [component(f"c{number}", definition="{$text: big.txt}") for number in range(8)]
    look = reads({"all.yaml": "---\n".join(parts), "big.txt": "x" * 9_000_000})
    assert len(claims(look)) == 5
    assert "the placeholders of this file bring in more than 50 MB" in said(look)[0]
