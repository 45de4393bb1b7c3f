"""Descriptions of APIs of things that may be seen, and of one that may not; and what is asked about them."""

from __future__ import annotations

from domain.entities import FileText

PLANT = "xanthophobia"
"""What no answer may hold, unless it was typed."""
API = """openapi: 3.0.3
info: {title: Payments, version: "1"}
paths: {/v1/pay: {post: {operationId: createPay, responses: {200: {description: ok}}}}}
"""
"""Of a thing that may be seen and, to the letter, of one that may not."""
MANY = "openapi: 3.0.3\ninfo: {title: Much, version: '1'}\npaths:\n" + "".join(
    f"  /v1/pay/{n}: {{get: {{operationId: createOther{n}, tags: [{PLANT}], "
    "responses: {200: {description: ok}}}}\n"
    for n in range(110)
)
"""More below the same path, and of names that begin alike, than an answer looks at."""
BROKEN = f"openapi: 3.0.3\ninfo: {{title: {PLANT}}}\npaths: {{/v1/{PLANT}: {{get: {{}}}}}}\n"
SHOWN_FILES = (FileText("component:default/payments", "openapi.yaml", API),)
HIDDEN_FILES = tuple(
    FileText(f"component:default/{PLANT}", path, text)
    for path, text in (
        ("z/openapi.yaml", API), ("y/openapi.yaml", MANY), ("x/openapi.yaml", BROKEN),
        ("w/s.graphql", f"type Query {{ {PLANT}: Int, status: Int }}"),
    )
)  # fmt: skip
ABOUT_APIS = (
    "api payments", "api payments pay", "who serves /v1/pay", "who serves /v1", "GET /v1/pay", "POST /v1/pay",
    f"who serves /v1/{PLANT}", f"who serves {PLANT}", "who serves createPay", "find createPay",
    "find create pay", "find create", f"find {PLANT}", "find status", f"api pay {PLANT}",
    f"api payments {PLANT}", f"api hidden-{PLANT}", "gaps broken descriptions", "gaps of pay",
)  # fmt: skip
