"""How sure each kind of evidence is, in one table; 1 is a declaration.

Decides no field: the store weighs the claimants, these numbers tell people how much to trust a value and
order what has the same rank.
"""

from __future__ import annotations

SEEN = 0.95
"""What the host says of a repository, a team or a person. It does not err, but nobody chose the name."""

CODEOWNERS = 0.7
"""A rule of CODEOWNERS, as `integrations.files.codeowners` has it: whoever must review mostly owns."""

PERMISSION_ONE_TEAM = 0.65
"""One team alone administers the repository: somebody gave it that right, though perhaps long ago."""
PERMISSION_MOST_SPECIFIC = 0.45
"""Several teams do, and one of them does so in fewer repositories than the others."""
PERMISSION_TIE = 0.3
"""Several teams do, in equally many repositories: one of them owns it, and which is a guess."""

TOPIC_KNOWN_TEAM = 0.7
"""A topic such as `team-payments` names a team that there is: written down for just this purpose."""
TOPIC_UNKNOWN_TEAM = 0.4
"""The host did not tell its teams; `team-building` may be about buildings."""

MERGES_TEAM = 0.6
"""Times the share of merged pull requests: who does the work mostly owns it, but nobody said so."""
MERGES_PERSON = 0.4
"""Times the share: one person who merges is a maintainer today, and may have changed teams tomorrow."""
