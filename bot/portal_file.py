"""`idp.yaml`: what it may hold, and how it is read. Secrets have no place in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from bot.validation import in_words
from domain.custom_fields import CustomField
from domain.errors import BadConfiguration
from integrations.files.text import Unreadable, read_text
from integrations.files.yaml_documents import Document, documents

PORTAL_FILE = "idp.yaml"
_FIELD_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")


def _field_name(name: str) -> str:
    if _FIELD_NAME.fullmatch(name):
        return name
    raise PydanticCustomError(
        "field_name", "a field's name is 1 to 63 letters, digits, _, - and ., without custom. before it"
    )


class SourceBlock(BaseModel):
    """One source. The keys that are not here are its integration's."""

    model_config = ConfigDict(extra="allow")

    type: str = Field("", description="The integration; by default the source's own name.")


class PortalFile(BaseModel):
    """What the company decides about its portal. Every key may be left out."""

    model_config = ConfigDict(extra="forbid")

    company: str = Field("", description="The company's name, for `idp doctor`.")
    catalog: list[str] = Field(
        default=["catalog"], description="Files and folders to import, relative to the portal's folder."
    )
    sources: dict[str, SourceBlock] = Field(
        default={}, description="The tools that the catalog discovers itself from, by a name of your choice."
    )
    fields: dict[Annotated[str, AfterValidator(_field_name)], CustomField] = Field(
        default={}, description="The company's own fields by name, and what each may hold."
    )


def read_portal_file(path: Path) -> PortalFile:
    """Return what the file says, or the defaults when there is none.

    Raises BadConfiguration, naming the file and the line, when it cannot be used.
    """
    if not path.exists():
        return PortalFile()
    try:
        found = list(documents(read_text(path))) or [Document("", 1)]
        value = found[0].value()
    except Unreadable as error:
        where = f"{path}:{error.line}" if error.line else str(path)
        raise BadConfiguration(f"{where}: {error.problem}", error.remedy) from error
    if len(found) > 1:
        raise BadConfiguration(
            f"{path}:{found[1].start}: a second document starts here", "Keep one document."
        )
    try:
        return PortalFile.model_validate({} if value is None else value)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        key = ".".join(str(each) for each in first["loc"] if each != "[key]")
        of_field = first["loc"][:1] == ("fields",) and len(first["loc"]) > 2
        known = ", ".join(sorted(CustomField.model_fields if of_field else PortalFile.model_fields))
        raise BadConfiguration(
            f"{path}:{found[0].line(first['loc'])}: {in_words(first, key)}",
            f"Keys of {'a field' if of_field else path.name}: {known}",
        ) from error
