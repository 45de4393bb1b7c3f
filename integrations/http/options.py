"""What a source of type `http` may say in `idp.yaml`. Asks nobody and holds no secret."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import httpx
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from domain.entities import RELATION_FIELDS, Standing
from domain.vocabulary import OBSERVED
from integrations.calling.options import is_loopback
from integrations.files.backstage.formats import is_kind
from integrations.files.sheets.headers import EXACT
from integrations.http.expressions import Expression
from integrations.http.pagination import Pagination, Single, by_name
from integrations.http.secrets import is_secret_header, is_secret_parameter, names_in

_OWN_KEYS = frozenset({"kind", "namespace", "name", "apiVersion", "aliases", "codeowners"})
"""What a mapping says by keys of its own, or cannot say."""
FIELDS = (EXACT | OBSERVED.keys() | RELATION_FIELDS.keys()) - _OWN_KEYS


def _url(text: str) -> str:
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in ("http", "https") or not url.host:
        raise PydanticCustomError("url", "it must be an address such as https://cmdb.acme.example/api/assets")
    if url.userinfo:
        raise PydanticCustomError("url", "it holds a user or password; write them as `auth`")
    if secret := next((name for name in url.params if is_secret_parameter(name)), None):
        raise PydanticCustomError(
            "url", "its parameter {name} looks like a credential; write it as `auth`", {"name": secret}
        )
    return text


def _kind(text: str) -> str:
    if is_kind(text):
        return text
    raise PydanticCustomError("kind", "it must be a kind such as Component; `kind_from` takes an expression")


def _field(name: str) -> str:
    if name in FIELDS or (name.startswith("custom.") and len(name) > len("custom.")):
        return name
    raise PydanticCustomError(
        "field", "the catalog has no field {name}; a field of your own is custom.{name}", {"name": name}
    )


class _Block(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Auth(_Block):
    """The header that carries the credential."""

    header: str = Field("Authorization", pattern=r"^[A-Za-z0-9-]+$", description="The header's name.")
    value: str = Field(description="What it says, with $NAME in the place of a secret: Bearer $CMDB_TOKEN.")

    @model_validator(mode="after")
    def _names_a_secret(self) -> Auth:
        if not names_in(self.value):
            raise PydanticCustomError("literal", "its value must name a variable: Bearer $CMDB_TOKEN")
        return self


class ItemMapping(_Block):
    """What each item says of what."""

    kind: Annotated[str, AfterValidator(_kind)] = Field("Component", description="The kind of the items.")
    kind_from: Expression = Field("", description="Where an item says its kind; `kind` where it does not.")
    name: Expression = Field(description="The thing's name.")
    id: Expression = Field("", description="The API's own id of the thing, which stays when it is renamed.")
    when: Expression = Field(
        "", description="Items for which this is false, empty or nothing are passed over."
    )
    fields: dict[Annotated[str, AfterValidator(_field)], Expression] = Field(
        default={}, description="Where an item says each field: `owner: team.slug`."
    )
    aliases: tuple[Expression, ...] = Field((), description="Other names that lead to the thing.")
    same_as: tuple[Expression, ...] = Field(
        (), description="Refs or aliases of what the thing is in the catalog already, the surest first."
    )
    link: Expression = Field("", description="Where a person can read the item: an address.")
    standing: Standing = Field(
        Standing.SEEN, description="`seen`, `remark` for mere evidence on what others know, or `declared`."
    )
    confidence: float = Field(0.8, ge=0, le=1, description="How sure the API is, from 0 to 1.")


class HttpOptions(_Block):
    """A JSON API, and how its items are things of the catalog."""

    url: Annotated[str, AfterValidator(_url)] = Field(description="The address of the items.")
    method: Literal["GET", "POST"] = Field("GET", description="How it is asked.")
    body: dict[str, object] | list[object] | None = Field(None, description="What a POST sends, as JSON.")
    headers: dict[Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$")], str] = Field(
        default={}, description="Further headers; $NAME stands for a secret."
    )
    auth: Auth | None = Field(None, description="The credential; none unless set.")
    pagination: Annotated[Pagination, BeforeValidator(by_name)] = Field(
        default=Single(), description="How the pages go on; there is one page unless set."
    )
    items: Expression = Field("@", description="Where an answer has its items: a list.")
    mapping: ItemMapping = Field(description="What each item says.")
    insecure: bool = Field(False, description="Whether http:// may be used with another machine.")
    ca_file: Path | None = Field(None, description="Certificates to trust instead of the public ones (PEM).")
    timeout_seconds: float = Field(30, ge=0.1, le=300, description="How long the API may be silent.")

    @model_validator(mode="after")
    def _agree(self) -> HttpOptions:
        url = httpx.URL(self.url)
        if url.scheme == "http" and not (self.insecure or is_loopback(url.host)):
            raise PydanticCustomError("insecure", "`url` must be https, unless `insecure: true` says so")
        if self.body is not None and self.method != "POST":
            raise PydanticCustomError("body", "`body` is for `method: POST`")
        for name, value in self.headers.items():
            if is_secret_header(name) and not names_in(value):
                raise PydanticCustomError(
                    "literal",
                    "the header {name} must name a variable ($NAME), not hold a secret",
                    {"name": name},
                )
        return self

    @property
    def secrets(self) -> tuple[str, ...]:
        """The names of the variables that are needed, each once."""
        values = (*self.headers.values(), self.auth.value if self.auth else "")
        return tuple(dict.fromkeys(name for value in values for name in names_in(value)))
