"""No statement reads a whole table: what is quick with ten entities stays quick with 100,000."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Engine, event

from catalog_store.catalog import Catalog
from catalog_store.database import Database
from domain.refs import Ref
from tests.catalog_store.test_apply import PAY, TUESDAY, claim, look
from tests.databases import Sqlite

WHOLE = re.compile(r"^SCAN (?!change_set$)[a-z](?!.*USING (COVERING )?INDEX)")
"""A table read without an index; change_set is read backwards by its row ids, up to the limit."""


def test_every_statement_goes_by_an_index(sqlite: Sqlite) -> None:
    url = sqlite.migrated()
    ran: list[tuple[str, Any]] = []

    def note(
        _connection: object, _cursor: object, statement: str, given: Any, _context: object, many: bool
    ) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
            ran.append((statement, given[0] if many else given))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with Catalog.open(url) as catalog:
            ran.clear()
            catalog.apply(look(claim(tier="1", aliases=("p",)), claim(Ref("api", "x", "y"))), actor="ana")
            catalog.apply(look(claim(tier="2"), claim(Ref("api", "x", "y")), at=TUESDAY), actor="ana")
            catalog.record(PAY)
            catalog.relations(PAY)
            catalog.known_as("p")
            catalog.change_sets(1)
            catalog.forget_claims(TUESDAY)
            list(catalog.entities())
            list(catalog.entities("component"))
    finally:
        event.remove(Engine, "before_cursor_execute", note)

    database = Database(url)
    with database.reading() as connection:
        plans = {
            statement: [
                row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
            ]
            for statement, given in ran
        }
    database.close()
    assert len(plans) > 15
    assert {statement: plan for statement, plan in plans.items() if any(map(WHOLE.match, plan))} == {}
    lookups = [plan for statement, plan in plans.items() if "sighting.id IN" in statement]
    assert lookups
    assert all(plan[0].startswith("SEARCH sighting USING PRIMARY KEY") for plan in lookups)
