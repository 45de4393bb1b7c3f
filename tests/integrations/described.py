"""Holds what was asked and answered to a vendor's own API description, where it is on this machine."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest, MockResponse

from playground.vendors.vendor import Exchange

SPECS = Path(os.environ.get("IDP_SPECS", Path(__file__).parents[3] / "shared" / "specs"))


@cache
def description(file: str) -> OpenAPI:
    """Return a vendor's description; skips the test where it is not on this machine."""
    path = SPECS / file
    if not path.exists():
        pytest.skip(f"the API description is not at {path}; name its folder in IDP_SPECS")
    return OpenAPI.from_dict(
        json.loads(path.read_text("utf-8")),
        config=Config(spec_validator_cls=None),  # type: ignore[arg-type] # None: not checked
    )


def hold(
    file: str, host: str, exchanges: Iterable[Exchange], *, headers: Mapping[str, str] | None = None
) -> int:
    """Validate each request and its answer; return how many. `host` is where the description has the API.

    `headers` are what the description wants with every request beside what a test need not repeat.
    """
    described, count = description(file), 0
    for each in exchanges:
        request = MockRequest(
            host,
            each.method.lower(),
            each.path,
            args=parse_qsl(each.query, keep_blank_values=True),  # type: ignore[arg-type] # a key may repeat
            headers={**each.headers, **(headers or {})},
            data=each.body or None,
            content_type=each.headers.get("content-type", "application/json").partition(";")[0],
        )
        described.validate_request(request)
        answer = MockResponse(each.answer, each.status, {}, each.content_type.partition(";")[0])
        described.validate_response(request, answer)
        count += 1
    return count
