"""A Jira on this machine, in the cloud or in a data center: REST 3 or 2, over projects that can be changed.

Understands the JQL that tools send to count and to find issues, and refuses the rest in Jira's words.
"""

from __future__ import annotations

from playground.vendors.jira.seed import JiraSeed, load_jira
from playground.vendors.jira.server import Jira

__all__ = ["Jira", "JiraSeed", "load_jira"]
