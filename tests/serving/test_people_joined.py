"""`people:` in `idp.yaml` is heeded by whatever source looks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.portal_file import read_portal_file
from bot.syncs import Syncs
from catalog_store.catalog import Catalog
from playground.seed import Seed
from playground.server import Playground
from playground.vendors.vendor import Faults
from tests.catalog_store.sightings import employee, people, sees
from workflows.sync_report import Order, Outcome

PORTAL = """\
sources:
  hr:
    type: http
    url: {url}/vendors/hr/people
    mapping:
      kind: User
      name: login
      id: id
      aliases: ["join('', ['hr-user:', id])"]
{people}
"""


class Directory:
    name = "hr"

    def __init__(self) -> None:
        self.faults = Faults()

    def routes(self) -> list[Route]:
        return [Route("/people", self._list)]

    def _list(self, _request: Request) -> Response:
        return JSONResponse([{"id": "E7", "login": "silva"}])


@pytest.fixture
def address() -> Iterator[str]:
    with Playground(Seed(), vendors=[Directory()]) as playground:
        yield playground.url


def test_what_is_written_there_holds_from_the_next_look_on(
    address: str, tmp_path: Path, sqlite_catalog: Catalog
) -> None:
    def look(mapping: str) -> list[str]:
        path = tmp_path / "idp.yaml"
        path.write_text(PORTAL.format(url=address, people=mapping), encoding="utf-8")
        report = Syncs(read_portal_file(path), sqlite_catalog).look("hr", Order("ana"))
        assert report.outcome is Outcome.APPLIED, report
        return people(sqlite_catalog)

    sees(sqlite_catalog, "file", employee("ana", "mailto:ana@acme.example"))
    assert look("") == ["file:ana", "hr:e7"]
    assert look("people:\n  ana@acme.example: [hr:E7]\n") == ["file:ana hr:e7"]
    assert look("") == ["file:ana", "hr:e7"]
