"""Answers of `api …` to render."""

from __future__ import annotations

from domain.apis import (
    Described,
    Description,
    Flaw,
    Operation,
    OperationPart,
    Operations,
    Served,
    Source,
)
from tests.blocks.samples import OWNER, PAYMENTS, thing

OPENAPI = Source(PAYMENTS, "openapi.yaml", "https://github.com/acme/payments-api/blob/main/openapi.yaml")
REFUND = Operation(
    "createRefund", "POST", "/v1/refunds", "Refund a payment", "Refunds", line=12, takes=("id", "limit?"),
    request="NewRefund", response="Refund",
)  # fmt: skip
DESCRIBED = Described(
    1,
    OPENAPI,
    Description(
        "OpenAPI 3.0.3",
        "Payments",
        "2.11.0",
        ("https://api.acme.example",),
        (),
        (Flaw(31, "paths./v1/x.get.responses is missing", "Add responses."),),
    ),
    41,
)
OPERATIONS = Operations(
    "payments",
    "",
    thing("payments-api", "Payments API"),
    OWNER,
    (DESCRIBED,),
    (OperationPart("Refunds", (Served(REFUND, thing("payments-api", "Payments API"), OPENAPI),)),),
    41,
    2,
    3,
    "api component:default/payments-api",
    (thing("payments", "Payments", "API"),),
)
NO_OPERATIONS = Operations("ledger", "", thing("ledger", "Ledger"), OWNER, (), (), 0, format="AsyncAPI")
