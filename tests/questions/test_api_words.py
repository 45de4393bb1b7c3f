"""The ways of asking what an API can do, and words that ask something else."""

from __future__ import annotations

import pytest

from questions.grammar import PATTERNS
from questions.wording import read, without_courtesies

API = """
api X|api X refund|api of X|api docs X|api docs of X|api spec of X|api endpoints of X|show me the api of X
openapi of X|openapi X|swagger of X|openapi spec of X|show the openapi of X|show me the swagger file for X
asyncapi of X|graphql of X|graphql schema of X|proto of X|grpc api of X|rest api of X|X openapi|X's api spec
endpoints of X|the endpoints of X|show endpoints of X|list the operations of X|what are the endpoints of X
operations of X|routes of X|which endpoint of X refunds|what endpoints does X have|which rpcs does X expose
does X have an endpoint for refunds|events of X|events from X|what events does X publish|X endpoints
who serves /v1/refunds|what serves /v1/refunds|which service handles POST /v1/refunds|POST /refunds
GET /refunds|who implements createRefund|api GET /v1/refunds|endpoint /v1/refunds
please, who serves /v1/refunds?
"""
OTHERS = {
    "list apis": "list",
    "apis of X": "list",
    "who owns api:orders": "owner",
    "who owns the payments api": "owner",
    "show api-gateway": "show",
    "get payments": "show",
    "what depends on api:orders": "dependents",
    "which apis does X consume": "dependencies",
    "who is on call for the api": "on call",
    "help api": "help",
    "who owns https://github.com/acme/pay": "owner",
}


@pytest.mark.parametrize("words", [each for row in API.strip().split("\n") for each in row.split("|")])
def test_it_asks_for_an_api(words: str) -> None:
    found = PATTERNS.match(without_courtesies(read(words)))
    assert found is not None
    assert found[0].leads_to == "api"


@pytest.mark.parametrize(("words", "leads_to"), OTHERS.items())
def test_it_asks_something_else(words: str, leads_to: str) -> None:
    found = PATTERNS.match(without_courtesies(read(words)))
    assert found is not None
    assert found[0].leads_to == leads_to
