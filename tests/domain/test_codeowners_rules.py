"""CODEOWNERS decides as GitHub and GitLab decide."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.codeowners.pattern import matches, stem
from domain.codeowners.rules import GITHUB, GITLAB, Codeowners

SPECS = Path(os.environ.get("IDP_SPECS", Path(__file__).parents[4] / "shared" / "specs"))
VERDICTS = SPECS / "codeowners-patterns.hmarr.json"


@pytest.mark.skipif(not VERDICTS.exists(), reason="the shared verdicts are not on this machine")
def test_all_shared_verdicts_hold() -> None:
    cases = json.loads(VERDICTS.read_text())
    wrong = [
        (case["pattern"], path, verdict)
        for case in cases
        for path, verdict in case["paths"].items()
        if matches(case["pattern"], path) is not verdict
    ]
    assert wrong == []
    assert len(cases) >= 30


@pytest.mark.parametrize(
    ("pattern", "path", "github", "gitlab"),
    [
        ("internal/README.md", "docs/internal/README.md", False, True),
        ("README.md", "a/b/README.md", True, True),
        ("/docs", "docs/a.md", True, False),
        ("/docs/", "docs/a/b.md", True, True),
        ("/docs/*", "docs/a/b.md", False, False),
        ("/docs/**/x.md", "docs/x.md", True, True),
        ("*", "a/b/c", True, True),
        ("/*", "a", True, True),
        ("/*", "a/b", False, False),
        ("a\\ b/", "a b/c", True, True),
        ("/[x]/y", "[x]/y", True, True),
        ("/[x]/y", "x/y", False, False),
        ("/a\\", "a\\", True, True),
        ("**/*.{js,ts}", "a/b.{js,ts}", True, True),
    ],
)
def test_where_the_forges_agree_and_where_not(pattern: str, path: str, github: bool, gitlab: bool) -> None:
    assert matches(pattern, path) is github
    assert matches(pattern, path, gitlab=True) is gitlab


def _slowly(pattern: list[str], path: list[str]) -> bool:
    """Whole-path matching by trying everything, segment by segment: slow, and plainly right."""
    if not pattern:
        return not path
    if pattern[0] == "**":
        return any(_slowly(pattern[1:], path[skip:]) for skip in range(len(path) + 1))
    return bool(path) and _fits(pattern[0], path[0]) and _slowly(pattern[1:], path[1:])


def _fits(pattern: str, text: str) -> bool:
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(_fits(pattern[1:], text[skip:]) for skip in range(len(text) + 1))
    return bool(text) and pattern[0] in ("?", text[0]) and _fits(pattern[1:], text[1:])


_SEGMENTS = st.lists(
    st.one_of(st.just("**"), st.text(st.sampled_from("ab*?"), min_size=1, max_size=5)), min_size=1, max_size=5
)
_PATHS = st.lists(st.text(st.sampled_from("ab"), min_size=1, max_size=4), min_size=1, max_size=6)


@given(_SEGMENTS, _PATHS)
@example(["**", "a", "**", "b", "a"], ["a", "b", "b", "a"])
@example(["*a*b"], ["abab"])
def test_settling_wildcards_early_changes_no_verdict(segments: list[str], path: list[str]) -> None:
    segments = [each if set(each) != {"*"} else "**" if each == "**" else "*" for each in segments]
    if segments[-1] == "**":
        segments.append("a")
    expected = _slowly(segments, path)
    assert matches("/" + "/".join(segments), "/".join(path), gitlab=True) is expected


def test_no_pattern_stalls() -> None:
    began = time.perf_counter()
    assert not matches("*a" * 40 + "b", "a" * 10_000)
    assert not matches("**/a*/" * 30 + "b", "a/" * 3_000)
    assert time.perf_counter() - began < 5


def test_last_match_wins_and_a_rule_without_owners_disowns() -> None:
    text = "* @acme/all # everything\n/docs/ @writer docs@acme.example\n/docs/api/\n"
    text += "\\#notes @acme/n\nmy\\ file @acme/m\n"
    parsed = Codeowners.parse(text)
    assert parsed.dialect == GITHUB
    assert parsed.owners_of("src/a.go") == ("@acme/all",)
    assert parsed.owners_of("docs/a.md") == ("@writer", "docs@acme.example")
    assert parsed.owners_of("docs/api/a.md") == ()
    assert parsed.owners_of("x/#notes") == ("@acme/n",)
    assert parsed.owners_of("my file") == ("@acme/m",)
    assert [rule.line for rule in parsed.rules] == [1, 2, 3, 4, 5]


def test_github_skips_a_line_with_what_is_no_owner_or_an_exclusion() -> None:
    parsed = Codeowners.parse("* @acme/all\n/a nobody\n!/b @acme/b\n/c @@developer\n", GITHUB)
    assert [(each.line, each.problem.split(":")[0]) for each in parsed.complaints] == [
        (2, "`nobody` is no owner"),
        (3, "GitHub skips !/b"),
        (4, "`@@developer` is no owner"),
    ]
    assert parsed.owners_of("a") == ("@acme/all",)


def test_gitlab_sections_decide_each_for_itself() -> None:
    text = (
        "* @all\n[Database][2] @dba\n/db/\n/db/seed/ @seeder\n"
        "^[Docs]\n*.md @@developer @group/sub/docs\n[DATABASE] @other\n/more-db/\n"
        "[Ruby]\n*.rb @ruby\n!/config/**/*.rb\n/config/routes.rb @ops\n[broken\n"
    )
    parsed = Codeowners.parse(text)
    assert parsed.dialect == GITLAB
    assert parsed.owners_of("db/a.sql") == ("@all", "@dba")
    assert parsed.owners_of("db/seed/a.sql") == ("@all", "@seeder")
    assert parsed.owners_of("more-db/x") == ("@all", "@other")
    assert parsed.owners_of("README.md") == ("@all", "@@developer", "@group/sub/docs")
    assert parsed.owners_of("a.rb") == ("@all", "@ruby")
    assert parsed.owners_of("config/routes.rb") == ("@all",)
    sections = {rule.section.name: rule.section for rule in parsed.rules}
    assert list(sections) == ["", "Database", "Docs", "Ruby"]
    assert sections["Docs"].optional
    assert parsed.rules[1].section.approvals == 2
    assert parsed.complaints[0].problem == "[broken is no section header"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems_count(ends: str) -> None:
    assert [rule.line for rule in Codeowners.parse(f"# c{ends}{ends}/a @b{ends}").rules] == [3]


@given(st.text(), st.text(min_size=1), st.sampled_from([None, GITHUB, GITLAB]))
def test_no_text_raises(text: str, path: str, dialect: str | None) -> None:
    Codeowners.parse(text, dialect).owners_of(path)


_SEGMENT = st.sampled_from(["a", "b", "*", "**", "a*", "?", "a\\ b", "a b", "[a]"])


@given(
    st.lists(_SEGMENT, min_size=1, max_size=4),
    st.lists(st.sampled_from(["a", "b", "a b", "[a]"]), min_size=1, max_size=5),
    st.sampled_from(["", "/"]),
    st.sampled_from(["", "/"]),
    st.booleans(),
)
def test_what_a_pattern_covers_lies_below_its_stem(
    segments: list[str], path: list[str], before: str, after: str, gitlab: bool
) -> None:
    pattern = before + "/".join(segments) + after
    if matches(pattern, "/".join(path), gitlab):
        own = stem(pattern, gitlab)
        assert tuple(path[: len(own)]) == own
