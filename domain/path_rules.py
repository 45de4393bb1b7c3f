"""The CODEOWNERS rules of one repository as the catalog keeps them, ready to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.codeowners.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class PathRules:
    """What one source read."""

    rulebook: Rulebook
    """Its owners are refs as text, or roles as written."""
    source: str
    seen_at: datetime
    """When the source last read the file."""
    repository: str = ""
    """`owner/name`, lower case; empty when its entity does not say."""
    folder: str = ""
    """Where its entity is in the repository; empty at the top."""
    default_branch: str = ""
    """The branch that the repository is read at; empty when unknown."""
    file: str = ""
    """Where the file is: an address or a path; empty when unknown."""
    whole: bool = True
    """Whether it has all rules of the file, and not only those that may cover something in `folder`."""

    def speaks_of(self, path: str) -> bool:
        """Tell whether what it says of a path, from the repository's top, is all that the file says."""
        return self.whole or not self.folder or path.lower().startswith(f"{self.folder.lower()}/")
