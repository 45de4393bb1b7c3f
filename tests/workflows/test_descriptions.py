"""What waits is read once, again when it changes, and goes with its thing; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from catalog_store.catalog import Catalog
from domain.apis import READER
from domain.entities import EVERYTHING, FileText, Snapshot
from domain.refs import Ref
from tests.catalog_builder import SEEN, api, service
from tests.workflows.describing.test_formats import OPENAPI, PROTO
from workflows.descriptions import read_descriptions

PAY = Ref("component", "default", "payments")
FILE = FileText(str(PAY), "api/openapi.yaml", OPENAPI, "https://git.acme.example/pay/api/openapi.yaml")
SNAPSHOT = Snapshot("git", SEEN, (service("payments"),), (EVERYTHING,), (FILE,))


def names(catalog: Catalog, ref: Ref = PAY) -> list[str]:
    return [each.name for found in catalog.described([ref]) for each in catalog.operations(found, 0, 99)]


def test_a_file_is_read_once_and_again_when_it_changes(catalog: Catalog) -> None:
    catalog.apply(SNAPSHOT, actor="test")
    assert catalog.described([PAY]) == []
    assert (read_descriptions(catalog), read_descriptions(catalog)) == (1, 0)
    (found,) = catalog.described([PAY])
    assert (found.source.ref, found.source.path, found.source.url) == (PAY, FILE.path, FILE.url)
    assert (found.description.title, found.count) == ("Payments", 2)
    catalog.apply(replace(SNAPSHOT, observed_at=SEEN + timedelta(hours=1)), actor="test")
    assert read_descriptions(catalog) == 0
    changed = replace(FILE, text=OPENAPI.replace("createRefund", "refund"))
    catalog.apply(replace(SNAPSHOT, files=(changed,)), actor="test")
    assert read_descriptions(catalog) == 1
    assert names(catalog)[0] == "refund"


def test_the_description_goes_with_its_file_and_with_its_thing(catalog: Catalog) -> None:
    catalog.apply(SNAPSHOT, actor="test")
    read_descriptions(catalog)
    catalog.apply(replace(SNAPSHOT, files=()), actor="test")
    assert catalog.described([PAY]) == []
    catalog.apply(SNAPSHOT, actor="test")
    read_descriptions(catalog)
    later = SEEN + timedelta(days=40)
    catalog.apply(Snapshot("git", later, (service("other"),), (EVERYTHING,)), actor="test")
    assert names(catalog)
    catalog.retire("git", later + timedelta(days=1), actor="test")
    assert catalog.described([PAY]) == []
    assert catalog.serving("/v1/refunds", "", 9) == []


def test_the_definition_of_an_api_is_read_and_the_same_text_told_once(catalog: Catalog) -> None:
    entity = api("payments-api", type="openapi", definition=OPENAPI)
    catalog.apply(SNAPSHOT, actor="test")
    catalog.apply(Snapshot("backstage", SEEN, (entity,)), actor="test")
    assert read_descriptions(catalog) == 2
    both = catalog.described([PAY, entity.ref])
    assert [(each.source.ref, each.source.path) for each in both] == [(PAY, FILE.path)]
    assert names(catalog, entity.ref) == names(catalog)


def test_what_describes_no_api_is_not_asked_about_again(catalog: Catalog) -> None:
    nothing = FileText(str(PAY), "client/q.graphql", "query { a }")
    catalog.apply(replace(SNAPSHOT, files=(nothing,)), actor="test")
    assert (read_descriptions(catalog), read_descriptions(catalog)) == (1, 0)
    assert catalog.described([PAY]) == []
    assert READER >= 1


def test_broken_ones_are_told_with_file_and_line(catalog: Catalog) -> None:
    broken = FileText(str(PAY), "l.proto", PROTO.replace("(Entry) returns", "(Entry) return"))
    catalog.apply(replace(SNAPSHOT, files=(FILE, broken)), actor="test")
    read_descriptions(catalog)
    (ref,) = catalog.having_broken_descriptions()
    (one,) = catalog.broken_descriptions([ref], 9)
    assert (one.source.ref, one.source.path, one.flaw.line) == (PAY, "l.proto", 6)
    assert catalog.broken_descriptions([PAY], 9) == [one]
    assert catalog.broken_descriptions([Ref("component", "default", "x")], 9) == []


def test_a_path_is_found_by_its_templates_and_by_what_is_below_it(catalog: Catalog) -> None:
    catalog.apply(SNAPSHOT, actor="test")
    read_descriptions(catalog)

    def serving(address: str, verb: str = "") -> list[str]:
        return [each.name for each, source in catalog.serving(address, verb, 9) if source.ref == PAY]

    assert serving("/v1/refunds") == ["createRefund"]
    assert serving("/V1/refunds/42/") == serving("/v1/refunds/:id") == ["GET /v1/refunds/{id}"]
    assert serving("/v1") == ["createRefund", "GET /v1/refunds/{id}"]
    assert serving("createrefund") == ["createRefund"]
    assert serving("/v1/refunds", "GET") == ["GET /v1/refunds/{id}"]
    assert serving("/v2") == serving("/") == serving("%") == []
