"""`unfurl:` of idp.yaml: the domains whose links get a card."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

MOST = 5
"""How many Slack's manifest takes (its schema v2, `unfurl_domains`)."""
_DOMAIN = re.compile(r"(?=.{1,255}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")


def _domain(text: str) -> str:
    domain = text.strip().lower()
    if _DOMAIN.fullmatch(domain):
        return domain
    raise PydanticCustomError(
        "domain", "a domain is written as github.com: without https://, a port, a path or *"
    )


def _each_once(domains: list[str]) -> list[str]:
    return [*dict.fromkeys(domains)]


Domains = Annotated[
    list[Annotated[str, AfterValidator(_domain)]], Field(max_length=MOST), AfterValidator(_each_once)
]
"""At most five, each once; links to what is below them count as theirs."""
