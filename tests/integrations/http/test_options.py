"""What a block of type `http` may say, and what is refused before anybody is asked."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from bot.validation import in_words
from integrations.http import INTEGRATION
from integrations.http.addresses import same_place
from integrations.http.options import HttpOptions
from integrations.http.secrets import filled
from integrations.registry import load

URL = "https://cmdb.acme.example/assets"
BLOCK: dict[str, Any] = {"url": URL, "mapping": {"name": "name"}}


def refused(**block: Any) -> str:
    """Return what a person is told of a block."""
    with pytest.raises(ValidationError) as error:
        HttpOptions.model_validate({**BLOCK, **block})
    first = error.value.errors(include_input=False)[0]
    return in_words(first, ".".join(map(str, first["loc"])))


def test_the_integration_is_found_by_its_name() -> None:
    assert load("http") is INTEGRATION


def test_every_key_has_words() -> None:
    schema = HttpOptions.model_json_schema()
    blocks = {"": schema, **schema["$defs"]}
    assert {"Auth", "ItemMapping", "Cursor", "Offset"} < blocks.keys()
    bare = [
        f"{block}.{key}"
        for block, spec in blocks.items()
        for key, value in spec.get("properties", {}).items()
        if "description" not in value and key != "style"
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ({"items": "data["}, "items: it is no JMESPath expression"),
        ({"mapping": {"name": "a ||"}}, "mapping.name: it is no JMESPath expression"),
        ({"mapping": {"name": "n", "fields": {"tier": "@@"}}}, "mapping.fields.tier: it is no JMESPath"),
        ({"mapping": {"name": "n", "same_as": ["x", "]"]}}, "mapping.same_as.1: it is no JMESPath"),
        ({"mapping": {"name": "upper(n)"}}, "mapping.name: JMESPath has no function upper()"),
        ({"mapping": {"name": "a" * 2_001}}, "mapping.name: String should have at most 2000"),
        (
            {"pagination": {"style": "cursor", "next": "("}},
            "pagination.cursor.next: it is no JMESPath expression",
        ),
        ({"pagination": {"style": "cursor"}}, "pagination.cursor.next is missing"),
        ({"pagination": "pages"}, "pagination: Input tag 'pages'"),
        ({"pagination": {"style": "page", "max_pages": 0}}, "pagination.page.max_pages"),
        ({"mapping": {}}, "mapping.name is missing"),
        ({"mapping": {"name": "n", "kind": "a.b"}}, "mapping.kind: it must be a kind such as Component"),
        ({"mapping": {"name": "n", "standing": "sure"}}, "mapping.standing"),
        ({"mapping": {"name": "n", "confidence": 2}}, "mapping.confidence"),
        (
            {"mapping": {"name": "n", "fields": {"cost_centre": "c"}}},
            "the catalog has no field cost_centre; a field of your own is custom.cost_centre",
        ),
        ({"url": "cmdb.acme.example"}, "url: it must be an address"),
        ({"url": "ftp://cmdb.acme.example"}, "url: it must be an address"),
        ({"url": "https://ana:pw@cmdb.acme.example/"}, "url: it holds a user or password"),
        ({"url": f"{URL}?api_key=x"}, "url: its parameter api_key looks like a credential"),
        ({"url": "http://cmdb.acme.example/"}, "`url` must be https, unless `insecure: true` says so"),
        ({"body": {"q": 1}}, "`body` is for `method: POST`"),
        ({"method": "DELETE"}, "method must be 'GET' or 'POST'"),
        ({"headers": {"Authorization": "Bearer abc"}}, "the header Authorization must name a variable"),
        ({"headers": {"X-Api-Key": "abc"}}, "the header X-Api-Key must name a variable"),
        ({"headers": {"x-auth-token": "a$$b"}}, "the header x-auth-token must name a variable"),
        ({"headers": {"Bad Header": "x"}}, "headers.Bad Header"),
        ({"auth": {"value": "Bearer abc"}}, "auth: its value must name a variable: Bearer $CMDB_TOKEN"),
        ({"token": "x"}, "there is no key token"),
    ],
)
def test_what_cannot_be_used_is_named_by_its_key(block: dict[str, Any], said: str) -> None:
    assert said in refused(**block)


@pytest.mark.parametrize(
    "block",
    [
        {"url": "http://localhost:8080/"},
        {"url": "http://127.0.0.1/"},
        {"url": "http://[::1]/"},
        {"url": "http://cmdb.corp.acme.example/", "insecure": True},
        {"url": f"{URL}?type=service&sort_key=name"},
        {"headers": {"X-Team": "portal", "X-Author": "ana"}},
        {"headers": {"Authorization": "Basic ${CMDB_BASIC}"}},
        {"pagination": "link"},
        {"mapping": {"name": "join('-', [a, b])", "fields": {"custom.x": "x", "repo.topics": "t"}}},
    ],
)
def test_what_can_be_used(block: dict[str, Any]) -> None:
    HttpOptions.model_validate({**BLOCK, **block})


def test_the_variables_that_are_needed_are_listed_once() -> None:
    block = {"auth": {"value": "Bearer $A"}, "headers": {"X-A": "$A", "X-B": "${B}C", "X-C": "5$$"}}
    assert HttpOptions.model_validate({**BLOCK, **block}).secrets == ("A", "B")


def test_secrets_come_in_the_places_of_their_names() -> None:
    assert filled("cmdb", "Bearer $A/${B}x $$C", {"A": " one\n", "B": "two"}.get) == "Bearer one/twox $C"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/x", "https://a.example/y", True),
        ("https://a.example/x", "https://a.example:443/y", True),
        ("http://a.example/x", "https://a.example/y", True),
        ("https://a.example/x", "http://a.example/y", False),
        ("https://a.example/x", "https://a.example:8443/y", False),
        ("https://a.example/x", "https://b.a.example/y", False),
        ("https://a.example/x", "https://u:p@a.example/y", False),
        ("https://a.example/x", "/y", False),
    ],
)
def test_credentials_go_to_one_place_alone(one: str, other: str, same: bool) -> None:
    assert same_place(httpx.URL(one), httpx.URL(other)) is same
