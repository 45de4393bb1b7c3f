from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from integrations.files.source import FilesSource
from tests.integrations.files.looking import Reads
from workflows.ports import Look

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "catalog"
    path.mkdir()
    return path


@pytest.fixture
def reads(folder: Path) -> Reads:
    """Writes files (texts or bytes by path) below `folder`; looks at it, or at the given paths."""

    def look(files: Mapping[str, str | bytes], *paths: str) -> Look:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        given = [folder / each for each in paths] or [folder]
        return FilesSource(given, clock=lambda: NOW).fetch()

    return look
