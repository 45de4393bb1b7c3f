"""Reads `visibility:` of `idp.yaml`: what is public, and which fields are for members or groups alone.

Hides nothing; `domain.visibility` decides, and views of the catalog carry it out.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from bot.precedence import FIELDS
from domain.visibility import INTERNAL, PUBLIC, PUBLIC_FIELDS, Visibility, canonical

REMEDY = (
    f"Keys of visibility: entities ({PUBLIC} or {INTERNAL}), public_fields (a list of fields), and fields "
    f"(by field: {PUBLIC}, {INTERNAL}, or groups such as [group:default/finance])."
)


def _field(name: str) -> str:
    if name not in FIELDS and "." not in name:
        raise PydanticCustomError(
            "visibility_field",
            "there is no field of this name (fields are {fields}, and custom.…)",
            {"fields": ", ".join(sorted(FIELDS))},
        )
    return name


def _mark(text: str) -> str:
    mark = canonical(text)
    if mark is None:
        raise PydanticCustomError("visibility_mark", "it must be public, internal, or a group's ref")
    return mark


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


_Field = Annotated[str, AfterValidator(_field)]
_Marks = Annotated[list[Annotated[str, AfterValidator(_mark)]], BeforeValidator(_listed), Field(min_length=1)]


class VisibilityBlock(BaseModel):
    """Who sees what. Things and fields without a mark are for the members of the workspace."""

    model_config = ConfigDict(extra="forbid")

    entities: Literal["public", "internal"] = Field(
        "internal", description="Who sees a thing that has no mark of its own."
    )
    public_fields: list[_Field] = Field(
        default=sorted(PUBLIC_FIELDS),
        description="What guests and people of other organizations see of a public thing.",
    )
    fields: dict[_Field, _Marks] = Field(
        default={}, description="Fields that fewer people see than the thing itself, by name."
    )

    def rules(self) -> Visibility:
        """Return what it comes to."""
        fields = {name: tuple(marks) for name, marks in self.fields.items()}
        return Visibility(self.entities, frozenset(self.public_fields), fields)
