"""The wheel holds what the commands need where there is no checkout, and nothing of this machine's."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the paths in a wheel that was built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    # The data folder that `idp --portal examples/acme` leaves behind, and git ignores.
    data = ROOT / "examples" / "acme" / ".idp"
    data.mkdir(exist_ok=True)
    (data / "left-behind").touch()
    try:
        subprocess.run(  # noqa: S603 - this Python
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
            check=True,
            cwd=ROOT,
            capture_output=True,
        )
    finally:
        (data / "left-behind").unlink(missing_ok=True)
    return set(zipfile.ZipFile(next(folder.glob("*.whl"))).namelist())


@pytest.mark.parametrize(
    "name",
    [
        "bot/app_manifest.yml",
        "bot/acme/idp.yaml",
        "bot/acme/playground.yaml",
        "bot/acme/vendors/github.yaml",
        "bot/acme/catalog/legacy/services.csv",
        "bot/acme/catalog/repos/checkout-service/.github/CODEOWNERS",
        "catalog_store/migrations/env.py",
        "catalog_store/migrations/versions/r0001_catalog.py",
        "playground/page/index.html",
        "playground/page/css/theme.css",
        "playground/vendors/github/desk.css",
        "playground/vendors/github/schema.graphql",
        "playground/page/js/blocks/index.js",
    ],
)
def test_what_runs_without_a_checkout_is_inside(names: set[str], name: str) -> None:
    assert name in names


def test_every_room_is_inside(names: set[str]) -> None:
    rooms = {each.parent.name for each in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert rooms == {name.split("/")[0] for name in names if ".dist-info/" not in name}


def test_nothing_that_git_ignores_is_inside(names: set[str]) -> None:
    assert [name for name in names if "/.idp/" in name or "__pycache__" in name] == []
