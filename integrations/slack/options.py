"""What a Slack source's block in `idp.yaml` may hold. Holds no credential."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from integrations.calling.options import Texts, plain_address


class SlackOptions(BaseModel):
    """One workspace, and what of it the catalog takes over."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(
        "https://slack.com/api/",
        description="Where the Web API is: the value of SLACK_API_BASE_URL where that is set.",
    )
    people: Literal["all", "known"] = Field(
        "all",
        description="`all`: full members become people of the catalog. `known`: they are only told of where "
        "the catalog knows them. Guests and deactivated accounts are never more than told of.",
    )
    usergroups: Literal["known", "all"] = Field(
        "known",
        description="`known`: user groups are told of where they are a team that the catalog knows. `all`: "
        "those that match `teams` become teams.",
    )
    teams: Texts = Field(
        (),
        description="Handles, or patterns of them (`team-*`), of the user groups that are teams: who is in "
        "one is a member of the team. None unless set, since everybody in @everyone is no team.",
        examples=[["team-*", "oncall-*"]],
    )
    timeout_seconds: float = Field(20, ge=0.1, le=300, description="How long Slack may be silent.")

    @field_validator("url")
    @classmethod
    def _address(cls, value: str) -> str:
        write, token = "an address such as https://slack.com/api/", "the token is SLACK_BOT_TOKEN"
        return plain_address(value, write, token) + "/"

    @model_validator(mode="after")
    def _agree(self) -> SlackOptions:
        if self.usergroups == "all" and not self.teams:
            raise PydanticCustomError(
                "teams", '`usergroups: all` needs `teams`, the handles that are teams; ["*"] for every one'
            )
        return self

    def is_team(self, handle: str) -> bool:
        """Tell whether a user group is said to be a team; case and the @ do not count."""
        plain = handle.lower()
        return any(fnmatchcase(plain, each.lower().removeprefix("@")) for each in self.teams)
