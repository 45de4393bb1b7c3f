"""`idp.yaml`: what it may hold, and how it is read. Secrets have no place in it."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.validation import in_words
from domain.errors import BadConfiguration
from integrations.files.text import Unreadable, read_text
from integrations.files.yaml_documents import Document, documents
from workflows.deriving.blocks import RuleBlock

PORTAL_FILE = "idp.yaml"


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
    rules: list[RuleBlock] = Field(
        default=[], description="What the company says of things by their facts; the first rule decides."
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
        problem = in_words(first, ".".join(map(str, first["loc"])))
        raise BadConfiguration(
            f"{path}:{found[0].line(first['loc'])}: {problem}", _known(path, first["loc"])
        ) from error


def _known(path: Path, loc: tuple[int | str, ...]) -> str:
    """Return which keys there are where something is wrong."""
    if loc and loc[0] == "rules":
        return f"Keys of a rule: {', '.join(RuleBlock.model_fields)}"
    return f"Keys of {path.name}: {', '.join(sorted(PortalFile.model_fields))}"
