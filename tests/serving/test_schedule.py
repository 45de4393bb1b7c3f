"""The ticks go on when the database does not, and say so once."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from bot.schedule import Refresh
from domain.errors import StoreUnavailable


class Index:
    """Refreshes as often as it is told to, and fails where an error stands in its script."""

    def __init__(self, script: Iterator[StoreUnavailable | None]) -> None:
        self._script = script

    def refresh(self) -> bool:
        if failure := next(self._script):
            raise failure
        return True


AWAY = StoreUnavailable("the database does not answer")


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ([None, None], []),
        ([AWAY, AWAY, AWAY], ["catalog unavailable"]),
        ([AWAY, AWAY, None, None], ["catalog unavailable", "catalog back"]),
        ([AWAY, None, AWAY], ["catalog unavailable", "catalog back", "catalog unavailable"]),
    ],
)
def test_an_outage_is_told_when_it_begins_and_when_it_ends(
    script: list[StoreUnavailable | None], told: list[str]
) -> None:
    refresh = Refresh(Index(iter(script)))
    with capture_logs() as logged:
        for _ in script:
            refresh()
    assert [entry["event"] for entry in logged] == told
