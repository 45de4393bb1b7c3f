"""Parses a CODEOWNERS file in GitHub's or GitLab's dialect, and says which of its rules decide on a path.

Pure: text in, rules and complaints out. Who the owners are in the catalog is `claims`' to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.codeowners.pattern import matches

GITHUB, GITLAB = "github", "gitlab"

_HEADER = re.compile(
    r"(?P<optional>\^)?\[(?P<name>[^\]]+)\](?:\[(?P<approvals>[0-9]+)\])?(?P<owners>(?:\s+\S.*)?)\s*"
)
_TOKEN = re.compile(r"(?:\\.|[^\s\\]|\\\Z)+")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_GITHUB_OWNER = re.compile(r"@[A-Za-z0-9][A-Za-z0-9_-]*(?:/[A-Za-z0-9_.-]+)?")
_LONGEST = 255
"""Characters of an owner: GitLab's longest path of groups; GitHub's are shorter."""
_GITLAB_OWNER = re.compile(r"@@?[A-Za-z0-9_.][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_.-]+)*")


@dataclass(frozen=True, slots=True)
class Section:
    """A GitLab section. The rules before the first header are in the one without a name."""

    name: str = ""
    optional: bool = False
    approvals: int = 1
    owners: tuple[str, ...] = ()
    """Whom a rule without owners falls to."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: a pattern and who owns what it covers; nobody does when `owners` is empty."""

    pattern: str
    owners: tuple[str, ...]
    line: int
    section: Section = Section()
    excludes: bool = False
    """GitLab's `!pattern`: what it covers needs no approval in its section, whatever else matches."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A line that the forge would skip or read in another way than its writer meant."""

    line: int
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Codeowners:
    """A parsed file."""

    dialect: str
    rules: tuple[Rule, ...]
    complaints: tuple[Complaint, ...] = field(default=(), compare=False)

    @classmethod
    def parse(cls, text: str, dialect: str | None = None) -> Codeowners:
        """Parse a file's text. Without a dialect its marks decide: sections, say, are GitLab's."""
        lines = re.split(r"\r\n|\r|\n", text)
        chosen = dialect or dialect_of(lines)
        parser = _Parser(chosen == GITLAB)
        for number, line in enumerate(lines, 1):
            parser.take(number, line.strip())
        return cls(chosen, tuple(parser.rules), tuple(parser.complaints))

    def rules_for(self, path: str) -> tuple[Rule, ...]:
        """Return the deciding rule of each section that has one: the last match, unless excluded."""
        gitlab = self.dialect == GITLAB
        deciding: dict[str, Rule] = {}
        excluded: set[str] = set()
        for rule in self.rules:
            section = rule.section.name.casefold()
            if matches(rule.pattern, path, gitlab):
                if rule.excludes:
                    excluded.add(section)
                else:
                    deciding[section] = rule
        return tuple(rule for section, rule in deciding.items() if section not in excluded)

    def owners_of(self, path: str) -> tuple[str, ...]:
        """Return whoever owns a file, as written, sections in order; empty when nobody does."""
        return tuple(dict.fromkeys(owner for rule in self.rules_for(path) for owner in rule.owners))


def dialect_of(lines: list[str]) -> str:
    """Tell by its lines which forge a file is written for."""
    for line in lines:
        text = line.strip()
        if text.startswith(("!", "^[")) or _HEADER.fullmatch(text) or re.search(r"\s@@[a-z]", text):
            return GITLAB
    return GITHUB


class _Parser:
    """Takes line after line."""

    def __init__(self, gitlab: bool) -> None:
        self.rules: list[Rule] = []
        self.complaints: list[Complaint] = []
        self._gitlab = gitlab
        self._section = Section()
        self._sections: dict[str, Section] = {}

    def take(self, number: int, line: str) -> None:
        if not line or line.startswith("#"):
            return
        header = _HEADER.fullmatch(line) if self._gitlab else None
        if header is not None:
            self._open(number, header)
            return
        if self._gitlab and line.startswith(("[", "^[")):
            self._complain(number, f"{line} is no section header", "Write [Name] or ^[Name][2] @owner.")
        pattern, *words = _TOKEN.findall(line)
        excludes = pattern.startswith("!")
        if excludes and not self._gitlab:
            self._complain(
                number, f"GitHub skips {pattern}: it knows no exclusion", "Write a rule without owners."
            )
            return
        owners = self._owners(number, words)
        if owners is None:
            return
        default = () if excludes else self._section.owners
        self.rules.append(Rule(pattern.lstrip("!"), owners or default, number, self._section, excludes))

    def _open(self, number: int, header: re.Match[str]) -> None:
        """Begin a section; one that was there before goes on under its first name."""
        owners = self._owners(number, header["owners"].split()) or ()
        name = header["name"].strip()
        first = self._sections.setdefault(name.casefold(), Section(name))
        approvals = int(header["approvals"] or 1)
        self._section = Section(first.name, header["optional"] is not None, approvals, owners)

    def _owners(self, number: int, words: list[str]) -> tuple[str, ...] | None:
        """Return the owners of a line; None when GitHub skips the line for one that is none."""
        good = []
        fits = _GITLAB_OWNER if self._gitlab else _GITHUB_OWNER
        for word in _until_comment(words):
            if len(word) <= _LONGEST and (fits.fullmatch(word) or _EMAIL.fullmatch(word)):
                good.append(word)
                continue
            effect = "GitLab ignores it" if self._gitlab else "GitHub skips the line"
            shown = word if len(word) <= _LONGEST else f"{word[:60]}…"
            self._complain(
                number, f"`{shown}` is no owner: {effect}", "Write @user, @organisation/team or an e-mail."
            )
            if not self._gitlab:
                return None
        return tuple(dict.fromkeys(good))

    def _complain(self, number: int, problem: str, remedy: str) -> None:
        self.complaints.append(Complaint(number, problem, remedy))


def _until_comment(words: list[str]) -> Iterator[str]:
    for word in words:
        if word.startswith("#"):
            return
        yield word
