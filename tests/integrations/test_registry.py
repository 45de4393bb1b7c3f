"""Integrations that others bring: found by their entry point, refused with words when they are none."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.errors import BadConfiguration
from integrations.http import INTEGRATION
from integrations.registry import known_types, load

Installs = Callable[[str, str, str], None]


@pytest.fixture
def installs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installs:
    """Install a distribution of one module with one entry point, for this test alone."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def install(type_: str, target: str, code: str) -> None:
        module = target.partition(":")[0]
        (tmp_path / f"{module}.py").write_text(code, encoding="utf-8")
        info = tmp_path / f"{module}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n", "utf-8")
        (info / "entry_points.txt").write_text(f"[idp.integrations]\n{type_} = {target}\n", "utf-8")
        importlib.invalidate_caches()

    return install


def test_a_package_brings_a_type(installs: Installs) -> None:
    code = "from integrations.http import INTEGRATION\n"
    installs("brought", "idp_test_brought:INTEGRATION", code)
    assert "brought" in known_types()
    assert load("brought") is INTEGRATION


def test_ours_is_ours_whoever_calls_theirs_so(installs: Installs) -> None:
    installs("http", "idp_test_impostor:INTEGRATION", "raise ImportError('never loaded')\n")
    assert load("http") is INTEGRATION
    assert known_types().count("http") == 1


@pytest.mark.parametrize(
    ("module", "code", "said"),
    [
        ("idp_test_broken", "import nothing_of_that_name\n", "cannot be loaded: No module named"),
        ("idp_test_empty", "", "cannot be loaded: module 'idp_test_empty' has no attribute"),
        ("idp_test_wrong", "def (:\n", "cannot be loaded: invalid syntax"),
        ("idp_test_other", "INTEGRATION = 5\n", "is no workflows.ports.Integration"),
    ],
)
def test_a_package_that_brings_none_is_told(installs: Installs, module: str, code: str, said: str) -> None:
    installs("theirs", f"{module}:INTEGRATION", code)
    with pytest.raises(BadConfiguration, match=said) as refused:
        load("theirs")
    assert "'theirs'" in str(refused.value)
    assert refused.value.hint


def test_an_unknown_type_names_those_that_there_are() -> None:
    with pytest.raises(BadConfiguration) as refused:
        load("sharepoint")
    assert "http" in refused.value.hint
