"""A conversation: a catalog that is told things, and somebody who asks."""

from __future__ import annotations

import pytest

from catalog_store.catalog import Catalog
from tests.questions.conversation import Conversation


@pytest.fixture
def chat(sqlite_catalog: Catalog) -> Conversation:
    return Conversation(sqlite_catalog)
