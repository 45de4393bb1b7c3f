"""The company's own fields: what each may hold, and claims whose values are made so where that is certain.

Guesses nothing: a value that could mean two things is left out, and a field that nobody defined is free.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError, SchemaError

from domain import custom_values
from domain.custom_values import Unfit
from domain.entities import Claim, Entity, Finding, Json, Snapshot

PREFIX = "custom."
PATTERN_LIMIT = 500
"""Characters of a pattern."""
MATCHED_LIMIT = 10_000
"""Characters of a text that is held against a pattern."""
_SHOWN = 60


@lru_cache(maxsize=512)
def _matcher(pattern: str) -> TypeAdapter[str]:
    """Return what takes texts that match as a whole.

    pydantic's own engine takes time that grows with the text alone, whatever the pattern; Python's may hang.
    """
    return TypeAdapter(Annotated[str, StringConstraints(pattern=rf"\A(?:{pattern})\z")])


def _pattern(pattern: str) -> str:
    try:
        TypeAdapter(Annotated[str, StringConstraints(pattern=pattern)])
        _matcher(pattern)
    except SchemaError as error:
        reason = str(error).strip().rpartition("\n")[2].removeprefix("error: ").strip()
        raise PydanticCustomError(
            "pattern", "it is no regular expression that can be used: {reason}", {"reason": reason}
        ) from None
    return pattern


class CustomField(BaseModel):
    """One field of the company's own, as `idp.yaml` defines it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Literal["text", "number", "integer", "boolean", "date", "url", "email", "choice", "list", "ref"] = (
        Field("text", description="What its values are.")
    )
    title: str = Field("", max_length=80, description="What people call it; its name unless set.")
    description: str = Field("", max_length=500, description="What it says.")
    pattern: Annotated[str, Field(max_length=PATTERN_LIMIT), AfterValidator(_pattern)] = Field(
        "", description="A regular expression that a text, or each text of a list, matches as a whole."
    )
    kinds: tuple[str, ...] = Field((), description="The kinds that have it; all unless set.")
    required: bool = Field(False, description="Whether `idp doctor` asks for it where it is missing.")
    values: tuple[str, ...] = Field((), description="What a choice, or each text of a list, may be.")
    kind: str = Field("", description="The kind that a ref leads to; any unless set.")

    @model_validator(mode="after")
    def _agree(self) -> CustomField:
        if self.type == "choice" and not self.values:
            raise PydanticCustomError("no_values", "a choice needs `values`: a list of what it may be")
        for key, types in _FOR_TYPES.items():
            if getattr(self, key) and self.type not in types:
                raise PydanticCustomError(
                    "out_of_place",
                    "`{key}` is for fields of type {types}, and this is {type}",
                    {"key": key, "types": " or ".join(types), "type": self.type},
                )
        return self

    def on(self, kind: str) -> bool:
        """Tell whether things of a kind have the field."""
        return not self.kinds or kind.casefold() in {each.casefold() for each in self.kinds}

    def read(self, value: Json) -> Json:
        """Return what a value means. Raises Unfit when it is none, or when that is not certain."""
        match self.type:
            case "choice":
                return custom_values.choice(value, self.values)
            case "ref":
                return custom_values.ref(value, self.kind)
            case "text":
                return self._matching(custom_values.text(value))
            case "list":
                read = [self._matching(each) for each in custom_values.texts(value)]
                return [custom_values.choice(each, self.values) for each in read] if self.values else read
        return _READ[self.type](value)

    def _matching(self, text: str) -> str:
        if not self.pattern:
            return text
        wanted = f"Write what matches {self.pattern}."
        if len(text) > MATCHED_LIMIT:
            raise Unfit(f"is longer than {MATCHED_LIMIT} characters", wanted)
        try:
            return _matcher(self.pattern).validate_python(text)
        except ValidationError:
            raise Unfit("does not match", wanted) from None


_FOR_TYPES = {"pattern": ("text", "list"), "values": ("choice", "list"), "kind": ("ref",)}
_READ = {
    "number": custom_values.number,
    "integer": custom_values.integer,
    "boolean": custom_values.boolean,
    "date": custom_values.day,
    "url": custom_values.url,
    "email": custom_values.email,
}

Fields = Mapping[str, CustomField]
"""By name, without `custom.`."""

NO_FIELDS: Fields = {}


def checked(
    snapshots: Iterable[Snapshot], fields: Fields
) -> tuple[tuple[Snapshot, ...], tuple[Finding, ...]]:
    """Return snapshots whose custom fields are of their types, and a warning for each value left out.

    Custom fields that nobody defined, or not for the claim's kind, stay as they are.
    """
    defined = {PREFIX + name: field for name, field in fields.items()}
    findings: list[Finding] = []
    if not defined:
        return tuple(snapshots), ()
    return tuple(_snapshot(each, defined, findings) for each in snapshots), tuple(findings)


def _snapshot(snapshot: Snapshot, defined: Fields, findings: list[Finding]) -> Snapshot:
    claims = tuple(_claim(each, defined, findings, snapshot.source) for each in snapshot.claims)
    same = all(new is old for new, old in zip(claims, snapshot.claims, strict=True))
    return snapshot if same else replace(snapshot, claims=claims)


def _claim(claim: Claim, defined: Fields, findings: list[Finding], source: str) -> Claim:
    values: dict[str, Json] = {}
    for name in claim.fields:
        field = defined.get(name) if name.startswith(PREFIX) else None
        if field is None or not field.on(claim.kind):
            continue
        try:
            values[name] = field.read(claim.fields[name])
        except Unfit as unfit:
            values[name] = None
            findings.append(_finding(claim, name, unfit, source))
    if all(_same(claim.fields[name], value) for name, value in values.items()):
        return claim
    merged = {name: values.get(name, value) for name, value in claim.fields.items()}
    kept = {name: value for name, value in merged.items() if value is not None}
    return replace(
        claim, fields=kept, grounds={name: each for name, each in claim.grounds.items() if name in kept}
    )


def _same(one: Json, other: Json) -> bool:
    """Tell whether two values are equal and of one type: 1 is no True."""
    return type(one) is type(other) and one == other


def _finding(claim: Claim, name: str, unfit: Unfit, source: str) -> Finding:
    grounds = claim.grounds.get(name)
    origin = (grounds.origin if grounds else "") or claim.origin or source
    path, colon, line = origin.rpartition(":")
    at_line = bool(colon) and line.isascii() and line.isdigit() and len(line) < 10
    value = str(claim.fields[name])
    shown = value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
    return Finding(
        path if at_line else origin,
        int(line) if at_line else 0,
        f'{name} of {claim.ref.short} was left out: "{shown}" {unfit}',
        unfit.remedy,
        "warning",
    )


def lacking(entity: Entity, fields: Fields) -> tuple[str, ...]:
    """Return the names of the required fields that an entity should have and has not."""
    return tuple(
        name
        for name, field in fields.items()
        if field.required and field.on(entity.kind) and PREFIX + name not in entity.fields
    )


def titles(fields: Fields) -> Mapping[str, str]:
    """Return what people call each field that has a title, by `custom.` and its name."""
    return {PREFIX + name: field.title for name, field in fields.items() if field.title}
