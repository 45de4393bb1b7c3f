"""Who owns a file: what CODEOWNERS says of a path, and whose the component around it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.things import Owner, Thing


@dataclass(frozen=True, slots=True)
class DecidingRule:
    """The line of a CODEOWNERS file that decides on a path; of GitLab's files, one for each section."""

    pattern: str
    line: int
    """The first line is 1; 0 when it is not known."""
    owners: tuple[Owner, ...]
    """Empty where the rule gives the path to nobody, or to roles alone."""
    roles: tuple[str, ...] = ()
    """GitLab's roles, as written: `@@developer`."""
    section: str = ""
    optional: bool = False
    """Whether nobody has to approve: those who must come first."""


@dataclass(frozen=True, slots=True)
class OwnedPath:
    """`who owns <file>`: the rules that decide, and the component that the file is in. Kind `path`."""

    words: str
    path: str
    """From the repository's top."""
    repository: str
    """`owner/name`; empty when the thing that was named tells no repository."""
    rules: tuple[DecidingRule, ...]
    """Empty where no rule covers the path."""
    component: Thing | None
    """The innermost component that the path is in; None when that is none, or several."""
    owner: Owner | None
    """The component's owner, who counts where the rules name nobody."""
    file: str = ""
    """Where the CODEOWNERS file is; empty when unknown."""
    source: str = ""
    """Which source read it; empty when the catalog has no CODEOWNERS file of the repository."""
    seen_at: datetime | None = None
    """When it was read last."""
    branch: str = ""
    """The branch that was asked for, where it is another than the one that was read."""

    @property
    def owners(self) -> tuple[Owner, ...]:
        """Everybody whom the rules name, each once, those first who must approve."""
        ordered = sorted(self.rules, key=lambda rule: rule.optional)
        return tuple({owner.ref: owner for rule in ordered for owner in rule.owners}.values())
