"""One rule as the company writes it in `idp.yaml`, judged while it is read.

Says what is wrong in words; which line that is, `bot.portal_file` knows.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, field_validator

from domain.entities import RELATION_FIELDS, Json
from domain.errors import BadRef
from domain.refs import parse_ref
from domain.visibility import INTERNAL, MARK, PUBLIC, canonical, marks_of
from workflows.deriving.conditions import BadCondition, Condition

SETTABLE = (
    "type",
    "lifecycle",
    "tier",
    "language",
    "framework",
    "system",
    "domain",
    "owner",
    "channel",
    "tags",
    MARK,
)
"""The fields that rules decide, `custom.<name>` besides. What sources observe is not for rules to say."""

_CUSTOM = "custom."


class RuleBlock(BaseModel):
    """Fields that things get where a condition holds. The first rule that sets a field decides it."""

    model_config = ConfigDict(extra="forbid")

    set: dict[str, Json] = Field(
        min_length=1, description=f"The fields and their values: {', '.join(SETTABLE)}, or `custom.<name>`."
    )
    when: str = Field(description="A condition in CEL on one thing, such as `'kafka' in entity.tags`.")
    because: str = Field(
        min_length=1, description="Why, in words for people; `{entity.repo.language}` is filled in."
    )
    kinds: list[str] = Field(
        default=["Component"], description="Kinds that the rule is for; all of them when it is an empty list."
    )
    confidence: float = Field(default=0.8, ge=0, le=1, description="How sure it is, from 0 to 1.")

    @field_validator("when")
    @classmethod
    def _is_condition(cls, text: str) -> str:
        try:
            Condition(text)
        except BadCondition as error:
            raise ValueError(f"this condition can hold of nothing: {error}") from error
        return text

    @field_validator("set")
    @classmethod
    def _is_settable(cls, fields: dict[str, Json]) -> dict[str, Json]:
        return {name: _value(name, value) for name, value in fields.items()}


def _value(name: str, value: Json) -> Json:
    """Return a value as the catalog holds it. Raises ValueError for what no rule may set."""
    if name.startswith(_CUSTOM) and name != _CUSTOM:
        if value is None:
            raise ValueError(f"{name} has no value; write one, or leave it out")
        return value
    if name not in SETTABLE:
        raise ValueError(
            f"a rule cannot set {name}, but {', '.join(SETTABLE)}, or a field of yours: {_CUSTOM}{name}"
        )
    if name == "tags":
        if (
            not isinstance(value, list)
            or not value
            or not all(isinstance(each, str) and each for each in value)
        ):
            raise ValueError("tags must be a list of texts")
        return value
    if name == MARK:
        return _marks(value)
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{name} must be a text")
    relation = RELATION_FIELDS.get(name)
    if relation is None:
        return text.strip()
    try:
        return str(parse_ref(text, relation.kind))
    except BadRef as error:
        raise ValueError(f"{name}: {error}; {error.hint}") from error


def _marks(value: Json) -> list[Json]:
    """Return marks as the catalog holds them. Raises ValueError for what is none."""
    marks = {each: canonical(each) for each in marks_of(value)}
    wrong = [each for each, mark in marks.items() if mark is None]
    if wrong or not marks:
        said = f", not {wrong[0]}" if wrong else ""
        raise ValueError(
            f"{MARK} is {PUBLIC}, {INTERNAL}, or a list of groups such as group:default/secops{said}"
        )
    return list(marks.values())
