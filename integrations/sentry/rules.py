"""Reads ownership rules as people write them, by the grammar of Sentry's own reader.

Pure. Matches no event: of interest is only whether a rule covers everything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_RULE = re.compile(
    r"""
    (?:(?P<kind>url|path|module|codeowners|tags\.[^:\s]+):)?
    (?P<pattern>"[^"\\]*(?:\\.[^"\\]*)*"|\S+)
    (?P<owners>.*)
    """,
    re.VERBOSE,
)
_EVERYTHING = frozenset({"*", "**", "**/*", "/*", "/**"})
"""Patterns that cover every path; in Sentry's rules a star goes over slashes, too."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: what it is about, and whose that is."""

    line: int
    """The first line is 1."""
    kind: str
    """`path`, `url`, `module`, `codeowners` or `tags.<name>`."""
    pattern: str
    owners: tuple[str, ...]
    """`#team` or an address, as written; an address in lower case."""
    text: str
    """As written, on one line."""

    @property
    def covers_everything(self) -> bool:
        """Whether it is about every error of the project. A tag's or an address's rule is not: not every
        error has the tag, or comes of a request.
        """
        return self.kind in ("path", "codeowners") and self.pattern in _EVERYTHING


def rules_in(raw: str) -> tuple[Rule, ...]:
    """Return the rules of a text, in order; comments and empty lines are none."""
    return tuple(
        rule
        for number, line in enumerate(raw.splitlines(), 1)
        if (rule := _rule(number, line.strip())) is not None
    )


def deciding(rules: tuple[Rule, ...]) -> Rule | None:
    """Return the rule on a project as a whole: of those that cover everything the last, as in Sentry.

    One without owners says that nobody has it.
    """
    return next((each for each in reversed(rules) if each.covers_everything), None)


def _rule(number: int, line: str) -> Rule | None:
    found = None if not line or line.startswith("#") else _RULE.fullmatch(line)
    if found is None:
        return None
    pattern = found["pattern"]
    if len(pattern) > 1 and pattern.startswith('"') and pattern.endswith('"'):
        pattern = re.sub(r"\\(.)", r"\1", pattern[1:-1])
    owners = tuple(each if each.startswith("#") else each.lower() for each in found["owners"].split())
    return Rule(number, found["kind"] or "path", pattern, owners, " ".join(line.split()))
