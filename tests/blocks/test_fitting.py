"""How many lines go into one text, at the very edge."""

import pytest

from blocks.limits import fit


@pytest.mark.parametrize(("limit", "count"), [(2, 0), (3, 1), (6, 1), (7, 2), (10, 2), (11, 3), (12, 3)])
def test_lines_and_the_breaks_between_them_count(limit: int, count: int) -> None:
    lines = ["one", "two", "six"]
    assert fit(lines, limit) == count
    assert len("\n".join(lines[:count])) <= limit
