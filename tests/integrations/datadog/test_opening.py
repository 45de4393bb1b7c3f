"""The block in idp.yaml, the keys, and the page that documents them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from domain.errors import BadConfiguration
from integrations.datadog import INTEGRATION
from integrations.datadog.options import DatadogOptions
from integrations.registry import load
from playground.vendors.datadog import PERMISSIONS
from workflows.ports import Opening

PAGE = (Path(__file__).parents[3] / "docs" / "sources.md").read_text("utf-8")
KEYS = {"DD_API_KEY": "one", "DD_APP_KEY": "two"}


class Other(BaseModel):
    """The options of something else."""


def options(**block: Any) -> DatadogOptions:
    return DatadogOptions.model_validate(block)


def test_it_is_in_the_table() -> None:
    assert load("datadog") is INTEGRATION


@pytest.mark.parametrize(
    ("site", "api", "web"),
    [
        ("datadoghq.com", "https://api.datadoghq.com", "https://app.datadoghq.com"),
        ("datadoghq.eu", "https://api.datadoghq.eu", "https://app.datadoghq.eu"),
        ("us3.datadoghq.com", "https://api.us3.datadoghq.com", "https://us3.datadoghq.com"),
        ("https://app.datadoghq.eu/", "https://api.datadoghq.eu", "https://app.datadoghq.eu"),
        ("ddog-gov.com", "https://api.ddog-gov.com", "https://app.ddog-gov.com"),
    ],
)
def test_a_site_says_where_the_api_and_its_pages_are(site: str, api: str, web: str) -> None:
    assert (options(site=site).api, options(site=site).web) == (api, web)


def test_lengths_of_time_are_written_as_people_do() -> None:
    assert options(structure_every="90m", traces_of="7d").structure_every == timedelta(minutes=90)
    assert options(environments="prod").environments == ("prod",)


@pytest.mark.parametrize(
    "block",
    [
        {"url": "https://ana:secret@api.datadoghq.eu"}, {"url": "http://api.datadoghq.eu"}, {"url": "api"},
        {"url": "https://api.datadoghq.eu?api_key=x"}, {"site": "data dog"}, {"site": "datadoghq"},
        {"structure_every": "often"}, {"structure_every": "0s"}, {"traces_of": "5m"}, {"timeout_seconds": 0},
        {"api_key": "x"},
    ],
)  # fmt: skip
def test_what_a_block_may_not_say(block: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        options(**block)


@pytest.mark.parametrize("missing", sorted(KEYS))
def test_a_missing_key_is_named(missing: str) -> None:
    left = {name: value for name, value in KEYS.items() if name != missing}
    with pytest.raises(BadConfiguration, match=f"{missing} is not set") as failure:
        INTEGRATION.open(Opening("datadog", options(), left.get))
    assert f"{missing}_FILE" in failure.value.hint


def test_a_key_that_cannot_be_one_is_not_shown() -> None:
    with pytest.raises(BadConfiguration, match="holds characters that no key has") as failure:
        INTEGRATION.open(Opening("datadog", options(), {**KEYS, "DD_APP_KEY": "se\ncret"}.get))
    assert "cret" not in f"{failure.value!r} {failure.value.hint}"


def test_options_of_another_integration_are_refused() -> None:
    with pytest.raises(BadConfiguration, match="not Datadog's"):
        INTEGRATION.open(Opening("datadog", Other(), KEYS.get))


def part() -> str:
    return PAGE.partition("\n## Datadog\n")[2].partition("\n## ")[0]


def test_the_page_has_every_option_permission_and_key() -> None:
    for name, field in DatadogOptions.model_fields.items():
        assert field.description
        assert f"| `{name}` |" in part(), name
    for word in (*PERMISSIONS, *KEYS):
        assert f"`{word}`" in part(), word
