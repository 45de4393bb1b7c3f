"""Settings: what the environment and `idp.yaml` say. Reads nothing else and starts nothing.

The environment holds addresses and secrets, `idp.yaml` what the company decides; a secret in `idp.yaml` is
refused. Each secret may also come from a file, named by the same variable with `_FILE` behind it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.errors import BadConfiguration
from integrations.files.text import Unreadable, read_text
from integrations.files.yaml_documents import Document, documents

PORTAL_FILE = "idp.yaml"
DATA_FOLDER = ".idp"


class Environment(BaseSettings):
    """The environment's variables that idp reads, all optional."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True)

    idp_portal: Path = Field(Path(), description="The portal's folder; the current one unless set.")
    idp_data: Path | None = Field(
        None, description="Where idp keeps its own files; `.idp` in the portal's folder unless set."
    )
    idp_database_url: SecretStr | None = Field(
        None, description="postgresql://… for PostgreSQL; unset, a SQLite file in the data folder."
    )
    slack_bot_token: SecretStr | None = Field(None, description="The bot's token, xoxb-….")
    slack_app_token: SecretStr | None = Field(
        None, description="The app-level token for Socket Mode, xapp-… with connections:write."
    )
    slack_api_base_url: str = Field(
        "https://slack.com/api/", description="Where the Web API is; the playground sets it to itself."
    )
    idp_log_format: str = Field(
        "auto", description="`json`, `text`, or `auto`: text on a terminal, else JSON."
    )


class PortalFile(BaseModel):
    """`idp.yaml`: what the company decides about its portal. Every key may be left out."""

    model_config = ConfigDict(extra="forbid")

    company: str = Field("", description="The company's name, used in greetings.")
    catalog: list[str] = Field(
        default=["catalog"], description="Files and folders to import, relative to the portal's folder."
    )


class Settings(BaseModel):
    """Everything that the wiring needs to know, read once at the start."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    environment: Environment
    file: PortalFile
    folder: Path
    """The portal's folder, absolute."""

    @property
    def data(self) -> Path:
        """The folder of idp's own files, absolute; it may not exist yet."""
        return (self.environment.idp_data or self.folder / DATA_FOLDER).absolute()

    @property
    def catalog_paths(self) -> list[Path]:
        """The files and folders of the portal's own catalog, absolute; those that exist."""
        paths = [self.folder / each for each in self.file.catalog]
        return [path for path in paths if path.exists()]


def load_settings(portal: Path | None = None) -> Settings:
    """Read the environment and the portal's `idp.yaml`; `portal` goes before `IDP_PORTAL`.

    Raises BadConfiguration, naming the variable or the file and line, when either is wrong.
    """
    environment = _environment()
    folder = (portal or environment.idp_portal).expanduser().absolute()
    if not folder.is_dir():
        raise BadConfiguration(
            f"the portal's folder {folder} does not exist", f"Make one with: idp init {portal or folder}"
        )
    return Settings(environment=environment, file=_portal_file(folder / PORTAL_FILE), folder=folder)


def _environment() -> Environment:
    given: dict[str, Any] = {}
    for name in ("idp_database_url", "slack_bot_token", "slack_app_token"):
        variable = f"{name.upper()}_FILE"
        if path := os.environ.get(variable):
            try:
                given[name] = Path(path).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise BadConfiguration(
                    f"{variable} names {path}, which cannot be read", "Name a readable text file."
                ) from error
    try:
        return Environment(**given)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise BadConfiguration(f"{str(first['loc'][0]).upper()}: {first['msg']}") from error


def _portal_file(path: Path) -> PortalFile:
    if not path.exists():
        return PortalFile()
    try:
        found = list(documents(read_text(path))) or [Document("", 1)]
        value = found[0].value()
    except Unreadable as error:
        raise BadConfiguration(f"{path}:{error.line}: {error.problem}", error.remedy) from error
    if len(found) > 1:
        raise BadConfiguration(
            f"{path}:{found[1].start}: a second document starts here", "Keep one document."
        )
    try:
        return PortalFile.model_validate(value or {})
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        line = found[0].line(first["loc"])
        field = ".".join(str(part) for part in first["loc"]) or "the document"
        known = ", ".join(sorted(PortalFile.model_fields))
        raise BadConfiguration(
            f"{path}:{line}: {field}: {first['msg']}", f"Keys of {path.name}: {known}"
        ) from error
