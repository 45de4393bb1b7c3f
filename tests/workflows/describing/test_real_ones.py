"""Vendors' own descriptions, where this machine has them: each is read soon, with all its operations."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from domain.apis import LONGEST, is_description
from workflows.describing.reading import describe

SHARED = Path(__file__).parents[4] / "shared"
FILES = sorted(
    path
    for folder in ("specs", "corpus")
    for path in (SHARED / folder).rglob("*")
    if path.is_file() and is_description(path.name)
)
SLOWEST_SECONDS = 10.0


def counted(text: str) -> int:
    """Return how many operations an OpenAPI description in JSON has, by the lines of its text alone."""
    paths = json.loads(text).get("paths", {})
    return len(re.findall(r'"(?:get|put|post|delete|options|head|patch|trace)": \{"_":', json.dumps(
        {path: {key: {"_": 1} for key in item} for path, item in paths.items()}
    )))  # fmt: skip


@pytest.mark.skipif(not FILES, reason="no shared/specs and shared/corpus beside this checkout")
def test_they_are_there() -> None:
    assert len(FILES) > 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_all_operations_are_read(path: Path) -> None:
    text = path.read_text("utf-8", "replace")
    began = time.perf_counter()
    found = describe(text, path.name)
    assert time.perf_counter() - began < SLOWEST_SECONDS
    assert len(text) <= LONGEST
    if found is not None and path.suffix == ".json" and found.format.startswith("OpenAPI"):
        assert len(found.operations) == counted(text)
        assert all(each.name and each.address.startswith("/") for each in found.operations)
