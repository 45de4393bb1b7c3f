"""CODEOWNERS beside git itself: the verdicts are gitignore's wherever GitHub says that they are.

By GitHub's documentation the syntax is gitignore's, without `!` and `[ ]`, and `dir/*` does not reach below
`dir`. Every pattern stands alone in the .gitignore of a folder of its own, so that one call of git judges
thousands of pairs.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.codeowners.kept import as_kept, from_kept
from domain.codeowners.pattern import matches
from domain.codeowners.rulebook import Rulebook
from domain.codeowners.rules import GITHUB, GITLAB, Codeowners, Rule, Section

CORPUS = Path(os.environ.get("IDP_SPECS", Path(__file__).parents[3] / "shared" / "specs")).parent / "corpus"
GIT = shutil.which("git")
needs_git = pytest.mark.skipif(GIT is None, reason="git is not on this machine")
OFTEN_WRITTEN = """
* *.js /build/logs/ docs/ apps/ /docs/ **/logs /scripts docs/** a/**/b **/a/** /a a/b a/b/ ** /**
foo/**/bar/*.js *.* **/*.js /a/**/ **/ /**/ a/**/b/ */a/
"""
THEIR_PATHS = """
x.js a/x.js build/logs/a x/build/logs/a docs/a docs/a/b x/docs/a logs x/logs/y scripts/a a a/b
a/x/b x/scripts/a x/a x/a/b/c foo/bar/x.js foo/a/bar/x.js docs README a/x/y/b/c
"""
Pairs = Sequence[tuple[str, Sequence[str]]]


def git_says(pairs: Pairs) -> list[list[bool]]:
    """Return for each pattern whether git would ignore each of its paths."""
    assert GIT is not None
    quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    with TemporaryDirectory() as folder:
        subprocess.run([GIT, "init", "-q", folder], check=True, env=quiet)  # noqa: S603 -- git, in a folder of ours
        for number, (pattern, _) in enumerate(pairs):
            place = Path(folder) / f"n{number}"
            place.mkdir()
            (place / ".gitignore").write_text(f"{pattern}\n", encoding="utf-8")
        asked = [f"n{number}/{path}" for number, (_, paths) in enumerate(pairs) for path in paths]
        done = subprocess.run(  # noqa: S603 -- git, in a folder of ours
            [GIT, "-C", folder, "check-ignore", "--no-index", "-z", "--stdin"],
            input="\0".join(asked), capture_output=True, text=True, check=False, env=quiet,
        )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    ignored = set(done.stdout.split("\0"))
    return [[f"n{number}/{path}" in ignored for path in paths] for number, (_, paths) in enumerate(pairs)]


def disagreements(pairs: Pairs) -> list[tuple[str, str, bool]]:
    """Return (pattern, path, what git says) wherever we say something else."""
    kept = [(pattern, paths) for pattern, paths in pairs if not differs_by_design(pattern)]
    return [
        (pattern, path, verdict)
        for (pattern, paths), verdicts in zip(kept, git_says(kept), strict=True)
        for path, verdict in zip(paths, verdicts, strict=True)
        if matches(pattern, path) is not verdict
    ]


def differs_by_design(pattern: str) -> bool:
    """Tell whether GitHub documents another meaning than gitignore's."""
    return pattern.endswith("/*") or "[" in pattern


_LITERAL = st.text(st.sampled_from("ab.-_"), min_size=1, max_size=3).filter(lambda each: each.strip("."))
_WILD = st.sampled_from(["*", "**", "?", "*.a", "a*", "?b", "a*b", "*a*", "a?", "b.*", "\\a", "\\*a"])
_PATHS = st.lists(_LITERAL, min_size=1, max_size=5).map("/".join)
_PATTERNS = st.tuples(
    st.sampled_from(["", "/"]),
    st.lists(_LITERAL | _WILD, min_size=1, max_size=4).map("/".join),
    st.sampled_from(["", "", "/"]),
).map("".join)


@needs_git
@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(_PATTERNS, st.lists(_PATHS, min_size=1, max_size=8)), min_size=1, max_size=60))
def test_git_gives_the_same_verdicts(pairs: Pairs) -> None:
    assert disagreements(pairs) == []


@needs_git
def test_git_gives_the_same_verdicts_on_what_is_often_written() -> None:
    paths = THEIR_PATHS.split()
    assert disagreements([(pattern, paths) for pattern in OFTEN_WRITTEN.split()]) == []


def _corpus() -> list[Path]:
    return sorted(path for path in CORPUS.rglob("CODEOWNERS") if path.is_file()) if CORPUS.exists() else []


def _paths_of(patterns: Sequence[str]) -> Iterator[str]:
    """Yield paths that patterns cover, and their neighbours."""
    for pattern in patterns:
        literal = re.sub(r"\*+", "x", pattern.replace("\\", "").replace("?", "q")).strip("/")
        yield from (literal, f"{literal}/in/it.py", f"above/{literal}", f"{literal}.txt")


@needs_git
@pytest.mark.skipif(not _corpus(), reason="the shared corpus is not on this machine")
def test_git_gives_the_same_verdicts_on_real_files() -> None:
    checked = 0
    for path in _corpus():
        parsed = Codeowners.parse(path.read_text("utf-8", "replace"))
        if parsed.dialect != GITHUB:
            continue
        patterns = list(dict.fromkeys(rule.pattern for rule in parsed.rules))[:60]
        paths = [each for each in dict.fromkeys(_paths_of(patterns)) if each and "//" not in each][:120]
        assert disagreements([(pattern, paths) for pattern in patterns]) == [], path
        checked += len(patterns)
    assert checked > 20


_RULES = st.lists(
    st.tuples(_PATTERNS, st.sampled_from(["", "Core", "Docs"]), st.booleans(), st.booleans()), max_size=12
)


@settings(max_examples=100, deadline=None)
@given(_RULES, _PATHS, st.booleans())
def test_looking_rules_up_by_folder_and_keeping_them_changes_no_verdict(
    lines: list[tuple[str, str, bool, bool]], path: str, gitlab: bool
) -> None:
    rules = tuple(
        Rule(pattern, ("group:default/a",), line, Section(name, optional) if gitlab and name else Section(),
             excludes=gitlab and excludes)
        for line, (pattern, name, optional, excludes) in enumerate(lines, 1)
    )  # fmt: skip
    parsed = Codeowners(GITLAB if gitlab else GITHUB, rules)
    expected = parsed.rules_for(path)
    assert set(Rulebook(parsed).deciding(path)) == set(expected)
    kept = from_kept([as_kept(rule, parsed.dialect, lambda owner: owner) for rule in rules])
    assert kept.rules == rules
    assert set(Rulebook(kept).deciding(path)) == set(expected)
