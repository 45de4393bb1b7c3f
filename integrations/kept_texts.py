"""Which files of a repository the catalog keeps the text of, and how much: documents and API descriptions.

Reads and fetches none of them.
"""

from __future__ import annotations

import re

from domain.apis import LONGEST, is_description

TEXT_LIMIT = 400_000
"""Characters of a text that is kept; a longer file counts as there, without its text."""

MOST_TEXTS = 60
"""Documents and API descriptions of one repository that are fetched, the uppermost first."""

_DOCUMENTS = re.compile(
    r"(?:.*/)?(?:readme(?:\.(?:md|rst|txt|adoc))?|mkdocs\.ya?ml|runbook[^/]*\.md"
    r"|(?:docs|runbooks?)/.*\.(?:md|rst|adoc))",
    re.IGNORECASE,
)


def is_text_to_keep(path: str) -> bool:
    """Tell documentation, API descriptions and runbooks from files that are only read."""
    return _DOCUMENTS.fullmatch(path) is not None or is_description(path)


def limit_of(path: str) -> int:
    """Return how many characters of a file's text are kept: a description of an API may be long."""
    return LONGEST if is_description(path) else TEXT_LIMIT
