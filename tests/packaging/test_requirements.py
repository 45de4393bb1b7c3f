"""The two locks hold every dependency that is declared, in a version that is permitted, with its hashes."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
DEVELOPMENT = [each for each in PROJECT["dependency-groups"]["dev"] if isinstance(each, str)]


def locked(name: str) -> dict[str, str]:
    """Return the version of each package in a lock."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found = re.findall(
        r"^([\w.-]+)==(\S+)(?: ; .*?)? \\\n    --hash=sha256:[0-9a-f]{64}", text, flags=re.MULTILINE
    )
    assert len(found) == len(re.findall(r"^\S+==", text, flags=re.MULTILINE)), "a package without a hash"
    return {canonicalize_name(package): version for package, version in found}


@pytest.mark.parametrize(
    ("lock", "declared"),
    [("requirements.txt", RUNTIME), ("requirements-dev.txt", [*RUNTIME, *DEVELOPMENT])],
)
def test_what_is_declared_is_locked_in_a_permitted_version(lock: str, declared: list[str]) -> None:
    versions = locked(lock)
    for each in map(Requirement, declared):
        version = versions.get(canonicalize_name(each.name))
        assert version is not None, f"{each.name} is not in {lock}: make lock"
        assert version in each.specifier, f"{lock} has {each.name} {version}, not {each.specifier}: make lock"


def test_every_dependency_has_an_upper_bound() -> None:
    extras = PROJECT["project"]["optional-dependencies"].values()
    declared = [*RUNTIME, *DEVELOPMENT, *(each for extra in extras for each in extra)]
    assert [each for each in declared if "<" not in each] == []


def test_no_lock_tells_where_from() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")
