"""The page of sources says of Sentry what its code says."""

from __future__ import annotations

import re
from pathlib import Path

from integrations.sentry.options import SentryOptions
from playground.vendors.sentry import SCOPES

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("\n## Sentry\n")[2].partition("\n## ")[0]


def test_every_option_is_described() -> None:
    rows = re.findall(r"^\| (`.*?`) \|", SECTION, flags=re.M)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert SentryOptions.model_fields.keys() <= named
    assert all(each.description for each in SentryOptions.model_fields.values())


def test_defaults_are_as_they_stand_there() -> None:
    for name in ("url", "projects", "ownership_rules", "token_env", "webhook_secret_env"):
        assert f"| `{name}` | `{SentryOptions.model_fields[name].default}` |" in SECTION
    for name in ("seen_within_days", "timeout_seconds"):
        assert f"| `{name}` | {SentryOptions.model_fields[name].default} |" in SECTION


def test_every_scope_is_named() -> None:
    assert {scope for scope in SCOPES if f"`{scope}`" in SECTION} == SCOPES
