"""How the rules of a CODEOWNERS file are kept in the catalog: the field `codeowners`, a list of rules.

A rule is {pattern, owners, line}, and of GitLab's also {dialect, section, optional}. Owners are refs as text;
a role (`@@developer`) stays as written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from domain.codeowners.rules import GITHUB, GITLAB, Codeowners, Rule, Section
from domain.entities import Json

FIELD = "codeowners"


def as_kept(rule: Rule, dialect: str, called: Callable[[str], str]) -> dict[str, Json]:
    """Return a rule as it is kept; `called` gives the ref of an owner as written, or the words themselves."""
    kept: dict[str, Json] = {
        "pattern": f"!{rule.pattern}" if rule.excludes else rule.pattern,
        "owners": [each if is_role(each) else called(each) for each in rule.owners],
        "line": rule.line,
    }
    if dialect == GITLAB:
        kept["dialect"] = GITLAB
    if rule.section.name:
        kept["section"] = rule.section.name
        if rule.section.optional:
            kept["optional"] = True
    return kept


def from_kept(value: Json) -> Codeowners:
    """Read the field; what is no rule is left out. Rules kept without a dialect tell it by their marks."""
    found = [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []
    gitlab = any(
        each.get("dialect") == GITLAB or each.get("section") or str(each.get("pattern", "")).startswith("!")
        for each in found
    )
    rules = tuple(rule for each in found if (rule := _rule(each, gitlab)) is not None)
    return Codeowners(GITLAB if gitlab else GITHUB, rules)


def is_role(owner: str) -> bool:
    """Tell GitLab's `@@role` from a person or team."""
    return owner.startswith("@@")


def _rule(kept: Mapping[str, Json], gitlab: bool) -> Rule | None:
    pattern, owners, line = kept.get("pattern"), kept.get("owners"), kept.get("line")
    if not isinstance(pattern, str) or not pattern.strip("!"):
        return None
    excludes = gitlab and pattern.startswith("!")
    return Rule(
        pattern[1:] if excludes else pattern,
        tuple(each for each in owners if isinstance(each, str)) if isinstance(owners, Sequence) else (),
        line if isinstance(line, int) else 0,
        Section(str(kept.get("section") or ""), kept.get("optional") is True),
        excludes,
    )
