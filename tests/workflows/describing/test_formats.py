"""Each format's operations, in the words of its description, and what is wrong with a broken one."""

from __future__ import annotations

import json

import pytest

from domain.apis import Description
from workflows.describing.reading import describe

OPENAPI = """\
openapi: 3.0.3
info: {title: Payments, version: 1.10}
servers: [{url: https://api.acme.example}]
paths:
  /v1/refunds:
    parameters: [{$ref: '#/components/parameters/Limit'}]
    post:
      operationId: createRefund
      summary: Refund a payment
      tags: [Refunds]
      deprecated: true
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/NewRefund'}}}}
      responses:
        '201': {description: made, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Refund'}}}}}
  /v1/refunds/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {200: {description: one}}
components:
  parameters: {Limit: {name: limit, in: query, schema: {type: integer}}}
  schemas: {NewRefund: {type: object}, Refund: {type: object}}
"""  # noqa: E501 -- a line of YAML as people write it
SWAGGER = """\
swagger: "2.0"
info: {title: Old, version: "1"}
host: old.acme.example
basePath: /v1
paths:
  /things:
    post:
      operationId: make
      parameters: [{in: body, name: body, schema: {$ref: '#/definitions/Thing'}}]
      responses: {200: {description: ok, schema: {$ref: '#/definitions/Thing'}}}
definitions: {Thing: {type: object}}
"""
ASYNC2 = """\
asyncapi: 2.6.0
info: {title: Orders, version: 1.0.0}
servers: {prod: {url: kafka.acme.example:9092, protocol: kafka}}
channels:
  orders.changed:
    subscribe: {operationId: onChanged, message: {$ref: '#/components/messages/Changed'}}
    publish: {message: {name: Command}}
components: {messages: {Changed: {summary: An order has changed, payload: {type: object}}}}
"""
ASYNC3 = """\
asyncapi: 3.0.0
info: {title: Orders, version: 1.0.0}
channels:
  changed: {address: orders.changed, messages: {Changed: {payload: {type: object}}}}
operations:
  tell: {action: send, channel: {$ref: '#/channels/changed'}, summary: Tells of changes}
"""
GRAPHQL = """\
schema { query: Root }
type Root {
  "One product"
  product(sku: ID!, locale: String = "en"): Product!
  old: [Product!] @deprecated
}
extend type Root { more: Int }
type Product @key(fields: "sku") { sku: ID! }
"""
BILLION = "openapi: 3.0.0\n" + "".join(
    f"a{n}: &a{n} [{f'*a{n - 1},' * 9 if n else ''}x]\n" for n in range(40)
)
CIRCLE = """\
openapi: 3.0.0
info: {title: a, version: b}
paths:
  /a: {$ref: '#/paths/~1b'}
  /b: {$ref: '#/paths/~1a'}
"""
PROTO = """\
syntax = "proto3";
package acme.ledger;
// Books things.
service Ledger {
  // Books one entry. rpc Fake (A) returns (B);
  rpc Book (Entry) returns (stream Receipt) { option deprecated = true; }
  rpc Get (.acme.Id) returns (Entry);
}
message Entry { string id = 1; }
"""


def read(text: str, path: str = "", type_: str = "") -> Description:
    found = describe(text, path, type_)
    assert found is not None
    return found


def without(text: str, part: str) -> str:
    return text.replace(part, "")


def told(description: Description) -> list[tuple[str, str, str, int]]:
    return [(each.verb, each.address, each.name, each.line) for each in description.operations]


def test_openapi_3() -> None:
    found = read(OPENAPI, "api/openapi.yaml")
    assert (found.format, found.title, found.version) == ("OpenAPI 3.0.3", "Payments", "1.10")
    assert (found.servers, found.flaws) == (("https://api.acme.example",), ())
    assert told(found) == [
        ("POST", "/v1/refunds", "createRefund", 7),
        ("GET", "/v1/refunds/{id}", "GET /v1/refunds/{id}", 16),
    ]
    refund, one = found.operations
    assert (refund.summary, refund.group, refund.deprecated) == ("Refund a payment", "Refunds", True)
    assert (refund.takes, refund.request, refund.response) == (("limit?",), "NewRefund", "Refund[]")
    assert one.takes == ("id",)


def test_swagger_2() -> None:
    found = read(SWAGGER, "swagger.yaml")
    assert (found.format, found.servers) == ("OpenAPI 2.0", ("https://old.acme.example/v1",))
    (make,) = found.operations
    assert (make.request, make.response, make.takes, found.flaws) == ("Thing", "Thing", (), ())


def test_asyncapi_2_is_told_from_the_services_side() -> None:
    found = read(ASYNC2, type_="asyncapi")
    assert told(found) == [
        ("RECEIVE", "orders.changed", "receive orders.changed", 7),
        ("SEND", "orders.changed", "onChanged", 6),
    ]
    command, changed = found.operations
    assert (command.request, changed.response, changed.summary) == (
        "Command", "Changed", "An order has changed",
    )  # fmt: skip
    assert (found.servers, found.flaws) == (("kafka://kafka.acme.example:9092",), ())


def test_asyncapi_3() -> None:
    found = read(ASYNC3, "docs/asyncapi.yml")
    assert told(found) == [("SEND", "orders.changed", "tell", 6)]
    assert (found.operations[0].summary, found.flaws) == ("Tells of changes", ())


def test_graphql() -> None:
    found = read(GRAPHQL, "schema.graphqls")
    assert [(each.verb, each.name, each.line) for each in found.operations] == [
        ("QUERY", "product", 4), ("QUERY", "old", 5), ("QUERY", "more", 7),
    ]  # fmt: skip
    product, old, _ = found.operations
    assert (product.takes, product.response, product.summary) == (
        ("sku", "locale?"),
        "Product!",
        "One product",
    )
    assert (old.deprecated, old.response) == (True, "[Product!]")


def test_protobuf() -> None:
    found = read(PROTO, "ledger.proto")
    assert told(found) == [
        ("RPC", "acme.ledger.Ledger/Book", "Ledger.Book", 6),
        ("RPC", "acme.ledger.Ledger/Get", "Ledger.Get", 7),
    ]
    book = found.operations[0]
    assert (book.request, book.response, book.deprecated) == ("Entry", "stream Receipt", True)
    assert book.summary == "Books one entry. rpc Fake (A) returns (B);"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("query { product { sku } }", "client/products.graphql"),
        ('syntax = "proto3";\nmessage A { string service = 1; }', "types.proto"),
        ("swaggerUi: true\nport: 80\n", "swagger.yaml"),
        ("https://api.acme.example/openapi.json", ""),
        ("", "openapi.yaml"),
    ],
)
def test_what_describes_no_api_is_none(text: str, path: str) -> None:
    assert describe(text, path) is None


@pytest.mark.parametrize(
    ("text", "path", "line", "words"),
    [
        (without(OPENAPI, "      responses: {200: {description: one}}\n"), "openapi.yaml", 16, "responses"),
        (without(OPENAPI, "NewRefund: {type: object}, "), "openapi.yaml", 12, "schemas/NewRefund"),
        (OPENAPI.replace("title: Payments, ", ""), "openapi.yaml", 2, "info.title is missing"),
        (OPENAPI.replace("3.0.3", "4.0.0"), "openapi.yaml", 1, "no known version"),
        ("openapi: 3.0.3\npaths:\n  /a: [\n", "openapi.yaml", 4, "not YAML"),
        ('{\n "openapi": "3.0.0",\n "paths": }\n', "openapi.json", 3, "not JSON"),
        (SWAGGER.replace("      responses:", "      answers:"), "swagger.yaml", 7, "responses is missing"),
        (ASYNC3.replace("action: send, ", ""), "asyncapi.yaml", 6, "action"),
        (ASYNC2.replace("channels:", "chanels:"), "asyncapi.yaml", 1, "channels is missing"),
        (GRAPHQL.replace("sku: ID!, ", "sku ID!, "), "schema.graphql", 4, "not GraphQL"),
        (PROTO.replace("(Entry) returns", "(Entry) return"), "ledger.proto", 6, "not protobuf"),
    ],
)  # fmt: skip
def test_a_broken_one_says_where_and_why(text: str, path: str, line: int, words: str) -> None:
    first = read(text, path).flaws[0]
    assert words in first.problem
    assert first.line == line


def test_the_definition_of_an_api_that_is_none_of_its_type_is_broken() -> None:
    (flaw,) = read("title: Payments\npaths: {}\n", type_="openapi").flaws
    assert flaw.problem == "the key openapi is missing"


def test_what_can_be_read_of_a_flawed_one_is_read() -> None:
    found = read(OPENAPI.replace("title: Payments, ", ""), "openapi.yaml")
    assert len(found.operations) == 2


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("[" * 100_000, "openapi.yaml"),
        ('{"openapi": "3.0.0", "a": ' + "[" * 100_000, "openapi.json"),
        (BILLION, "openapi.yaml"),
        ("openapi: 3.0.0\npaths: &p\n  /a: *p\n", "openapi.yaml"),
        (CIRCLE, "openapi.yaml"),
        ("type Query { a: " + "[" * 50_000, "schema.graphql"),
        ("type Query { " + "a: Int " * 70_000 + "}", "schema.graphql"),
        ("service A { " * 5_000, "a.proto"),
        ("service A { rpc B (" + "." * 5_000, "a.proto"),
        ("openapi: 3.0.0\n? [a]\n: b\n", "openapi.yaml"),
        ("openapi: 3.0.0\npaths: 7\ninfo: []\nservers: x\n", "openapi.yaml"),
        (json.dumps({"asyncapi": "2.0.0", "info": 3, "channels": [1]}), "asyncapi.json"),
        ("x" * 3_000_001, "openapi.yaml"),
    ],
)  # fmt: skip
def test_hostile_texts_come_to_nothing_and_soon(text: str, path: str) -> None:
    found = describe(text, path)
    assert found is None or not found.operations
