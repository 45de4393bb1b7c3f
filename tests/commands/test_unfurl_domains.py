"""`unfurl:` of idp.yaml, and how it comes into the manifest that Slack is given."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from bot.app_manifest import load_manifest, manifest_path, manifest_text, with_unfurls
from bot.cli import app
from bot.portal_file import read_portal_file
from domain.errors import BadConfiguration


def written(folder: Path, text: str) -> Path:
    file = folder / "idp.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_domains_are_lower_case_and_each_once(tmp_path: Path) -> None:
    file = written(tmp_path, "unfurl: [GitHub.com, github.com, gitlab.acme.example]\n")
    assert read_portal_file(file).unfurl == ["github.com", "gitlab.acme.example"]
    assert read_portal_file(tmp_path / "none.yaml").unfurl == []


@pytest.mark.parametrize(
    "given",
    ["['https://github.com']", "['*.acme.example']", "['github.com/acme']", "['acme.example:443']",
     "[localhost]", "[a.b, c.d, e.f, g.h, i.j, k.l]", "github.com", "['']"],
)  # fmt: skip
def test_what_slack_would_refuse_is_refused_with_its_line(tmp_path: Path, given: str) -> None:
    with pytest.raises(BadConfiguration, match=r"idp\.yaml:\d+: .*unfurl"):
        read_portal_file(written(tmp_path, f"company: Acme\nunfurl: {given}\n"))


def test_the_manifest_is_printed_with_them_and_is_the_one_that_is_checked(tmp_path: Path) -> None:
    written(tmp_path, "unfurl: [github.com]\n")
    printed = CliRunner().invoke(app, ["manifest", "--portal", str(tmp_path)])
    assert printed.exit_code == 0
    assert yaml.safe_load(printed.stdout) == with_unfurls(load_manifest(), ["github.com"])
    assert "# mentions" in printed.stdout
    assert CliRunner().invoke(app, ["manifest", "--check", "--portal", str(tmp_path)]).exit_code == 0


def test_without_domains_it_is_the_file_as_it_is() -> None:
    assert manifest_text([]) == manifest_path().read_text(encoding="utf-8")
    assert "unfurl_domains" not in load_manifest()["features"]
