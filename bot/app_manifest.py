"""Finds the Slack app's manifest and reads what it declares."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

MANIFEST = "app_manifest.yml"
_BEFORE_UNFURLS = "  agent_view:\n"

Manifest = dict[str, Any]
"""The manifest as Slack's schema has it (app manifest v2)."""


def manifest_path() -> Path:
    """Return the manifest's file: at the top of the checkout, else where the wheel put it."""
    here = Path(__file__).resolve().parent
    beside = here.parent / MANIFEST
    return beside if beside.exists() else here / MANIFEST


def load_manifest() -> Manifest:
    """Return the manifest that ships with this version."""
    loaded: Manifest = yaml.safe_load(manifest_path().read_text(encoding="utf-8"))
    return loaded


def with_unfurls(manifest: Manifest, domains: Sequence[str]) -> Manifest:
    """Return the manifest with the domains whose links Slack is to tell the app of."""
    if not domains:
        return manifest
    return {**manifest, "features": {**manifest["features"], "unfurl_domains": [*domains]}}


def manifest_text(domains: Sequence[str]) -> str:
    """Return the manifest's file with those domains, its comments kept."""
    text = manifest_path().read_text(encoding="utf-8")
    lines = "".join(f"    - {domain}\n" for domain in domains)
    return text.replace(_BEFORE_UNFURLS, f"  unfurl_domains:\n{lines}{_BEFORE_UNFURLS}", 1) if lines else text


def scopes_of(manifest: Manifest) -> frozenset[str]:
    """Return the bot scopes that the app cannot do without; optional ones may be refused at installation."""
    scopes = manifest["oauth_config"]["scopes"]
    return frozenset(scopes.get("bot", [])) - frozenset(scopes.get("bot_optional", []))


LIMITS = {
    ("display_information", "name"): 35,
    ("display_information", "description"): 140,
    ("display_information", "long_description"): 4_000,
    ("features", "bot_user", "display_name"): 80,
    ("features", "slash_commands", "*", "command"): 32,
    ("features", "slash_commands", "*", "description"): 2_000,
    ("features", "slash_commands", "*", "usage_hint"): 1_000,
    ("features", "shortcuts", "*", "name"): 24,
    ("features", "shortcuts", "*", "description"): 150,
    ("features", "shortcuts", "*", "callback_id"): 255,
    ("features", "agent_view", "agent_description"): 300,
}
"""The longest text, in characters, that Slack's manifest schema (v2) takes at each place."""


def beyond_limits(manifest: Manifest) -> list[str]:
    """Return one line for each text of the manifest that Slack would refuse for its length."""
    found = []
    for path, limit in LIMITS.items():
        for where, text in _texts(manifest, path):
            if len(text) > limit:
                found.append(f"{where}: {len(text)} characters, and Slack takes {limit}")
    return found


def _texts(value: Any, path: tuple[str, ...], where: str = "") -> list[tuple[str, str]]:
    if not path:
        return [(where.lstrip("."), value)] if isinstance(value, str) else []
    step, *rest = path
    if step == "*":
        return [
            found
            for at, each in enumerate(value or [])
            for found in _texts(each, tuple(rest), f"{where}[{at}]")
        ]
    return _texts(value.get(step), tuple(rest), f"{where}.{step}") if isinstance(value, dict) else []
