"""Reads `precedence:` of `idp.yaml`: a list for all fields, or lists by field.

Ranks nobody; `catalog_store.trust` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from domain.entities import RELATION_FIELDS
from domain.vocabulary import OBSERVED

EVERY_FIELD = "default"
"""The key of the list that holds for all fields that have none of their own."""

FIELDS = frozenset((
    *("title", "description", "type", "lifecycle", "tier", "language", "channel", "repository", "email"),
    *("tags", "links", "labels", "annotations", "definition"),
    *("slack_channel_id", "slack_user_id", "slack_usergroup_id"),
    *RELATION_FIELDS,
    *OBSERVED,
))  # fmt: skip
"""What everybody's catalog knows of a thing. Any field with a dot in its name may be ordered as well."""

REMEDY = (
    "Write a list of sources such as [github, codeowners], or a list for each field, such as owner: [csv], "
    f"and `{EVERY_FIELD}` for the others."
)


def _by_field(value: object) -> object:
    """Return a list as the mapping that means the same."""
    if value is None or isinstance(value, Mapping):
        return value or {}
    if not isinstance(value, list):
        raise PydanticCustomError("precedence", "it must be a list of sources, or hold one for each field")
    for number, each in enumerate(value, start=1):
        if not isinstance(each, str):
            raise PydanticCustomError("precedence", "its item {number} must be text", {"number": number})
    return {EVERY_FIELD: value}


def _known(field: str) -> str:
    if field != EVERY_FIELD and field not in FIELDS and "." not in field:
        raise PydanticCustomError(
            "precedence_field",
            "there is no field of this name (fields are {fields}, and custom.…)",
            {"fields": ", ".join(sorted(FIELDS))},
        )
    return field


Trust = Annotated[dict[Annotated[str, AfterValidator(_known)], list[str]], BeforeValidator(_by_field)]
"""By field, the most trusted sources first; EVERY_FIELD for those that are not named."""
