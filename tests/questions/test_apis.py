"""Conversations on APIs: their operations, one of them, who serves a path, and what is broken."""

from __future__ import annotations

import pytest

from blocks.as_json import json_for
from blocks.plain import text_for
from catalog_store.catalog import Catalog
from domain.answers import Ambiguous, Listing, Missing, Unclear
from domain.apis import Operations
from domain.entities import EVERYTHING, FileText, Snapshot
from domain.finding import Search
from domain.gaps import Gaps
from tests.catalog_builder import SEEN, api, service, team
from tests.questions.conversation import Conversation, rows
from tests.workflows.describing.test_formats import ASYNC2, GRAPHQL, OPENAPI, PROTO
from workflows.descriptions import read_descriptions

MANY = "openapi: 3.0.0\ninfo: {title: Ledger, version: 2.0.0}\npaths:\n" + "".join(
    f"  /v1/books/{n}:\n    get: {{operationId: getBook{n}, tags: [Books{n // 30}], "
    "responses: {200: {description: ok}}}\n"
    for n in range(45)
)


CLAIMS = (
    team("pay", title="Payments team", channel="team-pay"),
    team("other"),
    service("payments", owner="pay", providesApis=["payments-events", "payments-graph"]),
    api("payments-events", owner="pay", type="asyncapi", definition=ASYNC2),
    api("payments-graph", owner="pay", type="graphql", definition=GRAPHQL),
    service("ledger", owner="pay"),
    service("flags", owner="pay"),
    service("bare", owner="pay", providesApis=["bare-api"]),
    api("bare-api", owner="pay", type="openapi", definition="https://acme.example/openapi.json"),
)
FILES = (
    FileText("component:default/payments", "api/openapi.yaml", OPENAPI, "https://git.acme.example/o.yaml"),
    FileText("component:default/ledger", "openapi.yaml", MANY),
    FileText("component:default/flags", "flags.proto", PROTO.replace("(Entry) returns", "(Entry) return")),
)


@pytest.fixture
def shop(catalog: Catalog) -> Conversation:
    chat = Conversation(catalog)
    catalog.apply(Snapshot("git", SEEN, CLAIMS, (EVERYTHING,), FILES), actor="test")
    read_descriptions(catalog)
    chat.index.refresh()
    return chat


def ask(shop: Conversation, words: str) -> Operations:
    answer = shop.ask(words)
    assert isinstance(answer, Operations), f"{words!r} came to {answer}"
    return answer


def names(answer: Operations) -> list[str]:
    return [each.operation.name for part in answer.parts for each in part.operations]


def test_the_operations_of_a_service_are_those_of_its_files_and_its_apis(shop: Conversation) -> None:
    found = ask(shop, "api payments")
    assert found.answered
    assert names(found) == [
        "createRefund", "GET /v1/refunds/{id}", "receive orders.changed", "onChanged", "product", "old",
        "more",
    ]  # fmt: skip
    assert [each.name for each in found.apis] == ["payments-events", "payments-graph"]
    assert found.owner is not None
    assert found.owner.title == "Payments team"
    text = text_for(found, now=SEEN)
    assert text.startswith("payments has 7 operations in 3 descriptions")
    assert "POST /v1/refunds · createRefund · Refund a payment · ⚠ deprecated" in text
    assert "Owner: Payments team in #team-pay" in text


@pytest.mark.parametrize(
    "words",
    ["api payments refund", "which endpoint of payments refunds", "endpoints of payments for refunding",
     "api payments createRefund", "does payments have an endpoint for refunds"],
)  # fmt: skip
def test_one_operation_is_found_by_words(shop: Conversation, words: str) -> None:
    found = ask(shop, words)
    assert "createRefund" in names(found)
    assert set(names(found)) <= {"createRefund", "GET /v1/refunds/{id}"}
    text = text_for(found, now=SEEN)
    assert "takes limit?, NewRefund · gives Refund[]" in text
    assert "https://git.acme.example/o.yaml#L7" in text


def test_a_misspelt_one_is_found_and_nonsense_is_not(shop: Conversation) -> None:
    assert names(ask(shop, "api payments creatrefnud")) == ["createRefund"]
    nothing = ask(shop, "api payments zebra")
    assert not nothing.answered
    text = text_for(nothing, now=SEEN)
    assert text.startswith("No operation of payments is about “zebra”")
    assert "Ask Payments team in #team-pay" in text


@pytest.mark.parametrize("words", ["who serves /v1/refunds/42", "GET /v1/refunds/42", "api /v1/refunds/42",
                                   "who serves https://api.acme.example/pay/v1/refunds/42"])  # fmt: skip
def test_a_path_leads_to_who_serves_it(shop: Conversation, words: str) -> None:
    found = ask(shop, words)
    assert names(found) == ["GET /v1/refunds/{id}"]
    assert text_for(found, now=SEEN).startswith("payments serves “")


def test_a_verb_narrows_and_an_unknown_path_says_so(shop: Conversation) -> None:
    assert names(ask(shop, "POST /v1/refunds")) == ["createRefund"]
    assert names(ask(shop, "who serves createRefund")) == ["createRefund"]
    nothing = ask(shop, "DELETE /v9/nothing")
    assert not nothing.answered
    assert text_for(nothing, now=SEEN).startswith("No API that is described serves “DELETE /v9/nothing”")


def test_one_kind_of_description_is_asked_for(shop: Conversation) -> None:
    assert names(ask(shop, "events of payments")) == ["receive orders.changed", "onChanged"]
    assert names(ask(shop, "openapi of payments")) == ["createRefund", "GET /v1/refunds/{id}"]
    assert names(ask(shop, "graphql schema of payments")) == ["product", "old", "more"]
    none = ask(shop, "events of ledger")
    assert text_for(none, now=SEEN).startswith("No AsyncAPI description of an API of ledger is known")


def test_many_operations_have_pages_group_by_group(shop: Conversation) -> None:
    first, last = ask(shop, "api ledger"), ask(shop, "operations of ledger page 3")
    assert (first.total, first.pages, len(names(first)), len(names(last))) == (45, 3, 20, 5)
    assert [part.heading for part in first.parts] == ["Books0"]
    assert [part.heading for part in ask(shop, "api ledger page 2").parts] == ["Books0", "Books1"]
    assert names(last)[-1] == "getBook44"
    assert first.ask == "api component:default/ledger"
    assert names(ask(shop, f"{first.ask} page 2"))[0] == "getBook20"


def test_a_broken_description_says_where_and_why(shop: Conversation) -> None:
    found = ask(shop, "api flags")
    assert not found.answered
    text = text_for(found, now=SEEN)
    assert text.startswith("No operation of flags can be read: its description is broken")
    assert "⚠ flags.proto:6: it is not protobuf" in text
    shown = json_for(found, now=SEEN)
    assert shown["descriptions"][0]["flaws"][0]["line"] == 6  # type: ignore[index]


def test_nothing_known_says_which_apis_there_are_and_whom_to_ask(shop: Conversation) -> None:
    text = text_for(ask(shop, "api bare"), now=SEEN)
    assert text.startswith("No description of an API of bare is known")
    assert "Provides bare-api" in text
    assert "Ask Payments team in #team-pay" in text


def test_what_led_to_no_operation_is_counted_as_not_answered(shop: Conversation) -> None:
    for words in ("api payments", "api payments refund", "api payments zebra", "DELETE /v9/nothing"):
        shop.ask(words)
    assert shop.questions.tally.take() == {"api payments zebra": 1, "delete /v9/nothing": 1}


@pytest.mark.parametrize("words", ["gaps", "gaps pay", "gaps of payments team"])
def test_a_broken_description_is_a_gap_of_its_owner(shop: Conversation, words: str) -> None:
    answer = shop.expect(Gaps, words)
    (gap,) = (each for each in answer.gaps if each.broken)
    assert [thing.name for thing in gap.first] == ["flags"]
    assert "    ⚠ flags.proto:6: it is not protobuf" in text_for(answer, now=SEEN)
    assert rows(shop.expect(Listing, gap.ask)) == ["flags"]
    assert not any(each.broken for each in shop.expect(Gaps, "gaps of other").gaps)


def test_a_mended_description_is_no_gap(shop: Conversation) -> None:
    mended = FileText("component:default/flags", "flags.proto", PROTO)
    files = (*FILES[:-1], mended)
    shop.catalog.apply(Snapshot("git", SEEN, CLAIMS, (EVERYTHING,), files), actor="test")
    assert read_descriptions(shop.catalog) == 1
    shop.index.refresh()
    assert not any(gap.broken for gap in shop.expect(Gaps, "gaps").gaps)


def test_an_operation_leads_a_search_to_what_has_it(shop: Conversation) -> None:
    def hits(words: str) -> list[tuple[str, str]]:
        return [(hit.thing.name, hit.said) for hit in shop.expect(Search, words).hits if hit.said]

    assert hits("find createRefund") == [("payments", "operation createRefund")]
    assert hits("search for create refund") == hits("find createref") == hits("find createRefund")
    assert hits("find getbook") == [("ledger", "operation getBook0 and 44 more")]
    assert hits("find product apis") == [("payments-graph", "operation product")]
    assert text_for(shop.ask("find createRefund"), now=SEEN).startswith("1 thing for “createRefund”.")


def test_of_very_many_operations_it_is_said_that_there_are_more(shop: Conversation) -> None:
    many = "type Query {" + "".join(f" bulk{n}: Int" for n in range(120)) + "}"
    file = FileText("component:default/bulky", "a.graphql", many)
    shop.catalog.apply(Snapshot("other", SEEN, (service("bulky"),), files=(file,)), actor="test")
    read_descriptions(shop.catalog)
    shop.index.refresh()
    answer = shop.expect(Search, "find bulk")
    assert answer.more
    assert "and more for “bulk”" in text_for(answer, now=SEEN)


def test_what_is_no_thing_or_several_is_said(shop: Conversation) -> None:
    assert shop.expect(Unclear, "api").suggestions
    assert shop.expect(Missing, "api zebra").remedy
    shop.knows(service("shop-web", owner="pay"), service("shop-job", owner="pay"))
    assert "createRefund" in names(ask(shop, "api pay refund"))
    picked = shop.expect(Ambiguous, "api shop refund")
    assert "api component:default/shop-web refund" in [each.ask for each in picked.candidates]
