"""`idp.yaml`: what it may hold, and how it is read. Secrets have no place in it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from bot.portal_secrets import Place, held_credential
from bot.precedence import REMEDY, Trust
from bot.unfurl_domains import Domains
from bot.validation import in_words
from bot.visibility import REMEDY as VISIBILITY_REMEDY
from bot.visibility import VisibilityBlock
from domain.custom_fields import CustomField
from domain.durations import Duration
from domain.errors import BadConfiguration
from domain.people_mapping import REMEDY as PEOPLE_REMEDY
from domain.people_mapping import mistake_in
from integrations.files.text import Unreadable, read_text
from integrations.files.yaml_documents import Document, documents
from workflows.deriving.blocks import RuleBlock

PORTAL_FILE = "idp.yaml"
_FIELD_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")
RESERVED = ("undo", "status", "check", "idp")
"""Words that `idp sync` understands otherwise."""


def _source_name(name: str) -> str:
    if name in RESERVED or not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,62}", name):
        taken = f" ({' and '.join(RESERVED)} mean something else)" if name in RESERVED else ""
        raise PydanticCustomError(
            "source_name",
            "a source's name is made of lower-case letters, digits, - and _{taken}",
            {"taken": taken},
        )
    return name


def _share(value: object) -> object:
    written = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]+)?) ?%?", str(value).strip())
    if written is None or float(written[1]) > 100:
        raise PydanticCustomError("percentage", "it must be a percentage such as 10%")
    return float(written[1]) / 100


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
    enabled: bool = Field(True, description="Whether it is looked at on schedule and with `idp sync`.")
    every: Duration | None = Field(None, description="How often it is looked at; 15m unless cron is set.")
    cron: str | None = Field(None, description="Or when, as the five fields of a crontab.")
    timezone: str = Field("UTC", description="The time zone of cron and sweep.")
    jitter: Annotated[float, BeforeValidator(_share)] = Field(
        0.1, description="By how much of the interval a look may begin later, at most 10 minutes."
    )
    grace: Duration = Field(
        timedelta(days=7), description="How long what vanished from it is kept before it is retired."
    )
    sweep: str = Field(
        "0 3 * * *",
        description="When a complete look is due, as a crontab or a duration; nightly unless set.",
    )


class PortalFile(BaseModel):
    """What the company decides about its portal. Every key may be left out."""

    model_config = ConfigDict(extra="forbid")

    company: str = Field("", description="The company's name, for `idp doctor`.")
    catalog: list[str] = Field(
        default=["catalog"], description="Files and folders to import, relative to the portal's folder."
    )
    sources: dict[Annotated[str, AfterValidator(_source_name)], SourceBlock] = Field(
        default={}, description="The tools that the catalog discovers itself from, by a name of your choice."
    )
    fields: dict[Annotated[str, AfterValidator(_field_name)], CustomField] = Field(
        default={}, description="The company's own fields by name, and what each may hold."
    )
    rules: list[RuleBlock] = Field(
        default=[], description="What the company says of things by their facts; the first rule decides."
    )
    administrators: list[str] = Field(
        default=[], description="Who may sync, undo and merge: refs, names or Slack ids. Nobody unless set."
    )
    people: dict[str, list[str]] = Field(
        default={},
        description="Whose accounts are one person's: by e-mail address or ref, handles (`github:ana`) and "
        "further addresses.",
    )
    visibility: VisibilityBlock = Field(
        default=VisibilityBlock(), description="Who sees what: guests, other organizations, groups."
    )
    unfurl: Domains = Field(
        default=[],
        description="Domains whose links get a card with the owner, at most 5; none unless set. "
        "`idp manifest` prints them for Slack.",
    )
    precedence: Trust = Field(
        default={},
        description="Whom to believe where sources disagree: sources or kinds of evidence, the surest first; "
        "for all fields as a list, or by field, and `default` for the others.",
    )

    _path: Path = PrivateAttr(Path(PORTAL_FILE))
    _document: Document = PrivateAttr(Document("", 1))

    def wrong(self, place: Place, problem: str, remedy: str) -> BadConfiguration:
        """Return the error that says what is wrong with the value at a place, and on which line it stands."""
        return BadConfiguration(f"{self._path}:{self._document.line(place)}: {problem}", remedy)


def read_portal_file(path: Path) -> PortalFile:
    """Return what the file says, or the defaults when there is none.

    Raises BadConfiguration, naming the file and the line, when it cannot be used. The keys that are an
    integration's are `source_blocks`'s to judge.
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
        file = PortalFile.model_validate({} if value is None else value)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        key = ".".join(str(each) for each in first["loc"] if each != "[key]")
        raise BadConfiguration(
            f"{path}:{found[0].line(first['loc'])}: {in_words(first, key)}", _known(path.name, first["loc"])
        ) from error
    file._path, file._document = path, found[0]
    if (held := held_credential(value)) is not None:
        raise file.wrong(held.place, held.problem, held.remedy)
    if mistake := mistake_in(file.people):
        raise file.wrong(mistake.place, mistake.problem, mistake.remedy)
    return file


def _known(file: str, place: Place) -> str:
    if place[:1] == ("fields",) and len(place) > 2:
        return f"Keys of a field: {', '.join(sorted(CustomField.model_fields))}"
    if place and place[0] == "rules":
        return f"Keys of a rule: {', '.join(RuleBlock.model_fields)}"
    if place and place[0] == "sources":
        return f"Keys of every source: {', '.join(sorted(SourceBlock.model_fields))}"
    if place and place[0] == "precedence":
        return REMEDY
    if place and place[0] == "visibility":
        return VISIBILITY_REMEDY
    if place and place[0] == "people":
        return PEOPLE_REMEDY
    return f"Keys of {file}: {', '.join(sorted(PortalFile.model_fields))}"
