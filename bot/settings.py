"""Settings: what the environment says, beside what `idp.yaml` does. Reads nothing else and starts nothing.

The environment holds addresses and secrets, `idp.yaml` what the company decides. Each secret may also come
from a file, named by the same variable with `_FILE` behind it.
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.portal_file import PORTAL_FILE, PortalFile, read_portal_file
from bot.secrets import secret
from bot.validation import in_words
from domain.errors import BadConfiguration

DATA_FOLDER = ".idp"


def _web_address(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise PydanticCustomError("web_address", "it must be an address such as https://slack.com/api/")
    return url


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
    slack_api_base_url: Annotated[str, AfterValidator(_web_address)] = Field(
        "https://slack.com/api/", description="Where the Web API is; the playground sets it to itself."
    )
    idp_log_format: Literal["auto", "json", "text"] = Field(
        "auto", description="`json`, `text`, or `auto`: text on a terminal, else JSON."
    )
    idp_http_port: int | None = Field(
        None, ge=0, le=65_535, description="Where `idp run` takes webhooks; unset, it takes none."
    )
    idp_http_host: str = Field("127.0.0.1", description="The address that it listens on for them.")


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
        return [path for path in paths if os.path.exists(path)]  # unlike Path's, it never raises


def load_settings(portal: Path | None = None) -> Settings:
    """Read the environment and the portal's `idp.yaml`; `portal` goes before `IDP_PORTAL`.

    Raises BadConfiguration, naming the variable or the file and line, when either is wrong.
    """
    environment = _environment()
    folder = _existing(portal or environment.idp_portal)
    return Settings(environment=environment, file=read_portal_file(folder / PORTAL_FILE), folder=folder)


def _existing(given: Path) -> Path:
    """Return the portal's folder, absolute."""
    try:
        folder = Path(os.path.expanduser(given)).absolute()
    except FileNotFoundError as error:
        raise BadConfiguration(
            "the current folder is gone", "Change to a folder that exists, or name one with --portal."
        ) from error
    if os.path.isdir(folder):
        return folder
    if os.path.exists(folder):
        raise BadConfiguration(f"{folder} is not a folder", f"Name the folder that holds {PORTAL_FILE}.")
    raise BadConfiguration(
        f"the portal's folder {folder} does not exist", f"Make one with: idp init {shlex.quote(str(given))}"
    )


def _environment() -> Environment:
    names = ("idp_database_url", "slack_bot_token", "slack_app_token")
    given: dict[str, Any] = {name: value for name in names if (value := secret(name.upper()))}
    try:
        return Environment(**given)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        raise BadConfiguration(
            in_words(first, str(first["loc"][0]).upper()), "See docs/settings.md."
        ) from error
