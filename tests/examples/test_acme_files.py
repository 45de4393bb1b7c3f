"""Holds the demo company's other files in shape: CODEOWNERS, the spreadsheet, no real address."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ACME = Path(__file__).parents[2] / "examples" / "acme"
CATALOG = ACME / "catalog"
ORG = CATALOG / "org"
CODEOWNERS = sorted(CATALOG.rglob("CODEOWNERS"))
ANNOTATION_PREFIXES = {
    "github.com", "gitlab.com", "backstage.io", "slack.com", "pagerduty.com", "datadoghq.com", "sentry.io",
    "idp.dev", "app.kubernetes.io", "argoproj.io", "gateway.networking.k8s.io", "openshift.io",
    "checkout.acme.com",  # the one that the documentation asks for
}  # fmt: skip


def documents(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(path.read_text("utf-8")))


@pytest.mark.parametrize("path", CODEOWNERS, ids=lambda path: str(path.relative_to(CATALOG)))
def test_codeowners_name_teams_and_people_that_exist(path: Path) -> None:
    people = [user for file in ("users.yaml", "guests/agency-ml.yaml") for user in documents(ORG / file)]
    teams = {group["metadata"]["name"] for group in documents(ORG / "groups.yaml")}
    logins = {user["metadata"].get("annotations", {}).get("github.com/user-login") for user in people}
    emails = {user["spec"]["profile"]["email"] for user in people}
    rules = [line.split("#")[0] for line in path.read_text("utf-8").splitlines()]
    owners = [word for line in rules for word in line.split() if "@" in word]
    assert owners
    for owner in owners:
        team = owner.removeprefix("@acme/")
        known = team in teams if team != owner else owner[1:] in logins or owner in emails
        assert known, f"{path}: {owner}"


def test_spreadsheet_is_as_a_spreadsheet_program_writes_it() -> None:
    raw = (CATALOG / "legacy" / "services.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n") == 13
    assert any("," in row["On-call hours"] for row in csv.DictReader(raw.decode("utf-8-sig").splitlines()))


def test_no_address_of_the_real_world() -> None:
    files = (path for path in ACME.rglob("*") if path.is_file())
    for path in (
        path for path in files if ".idp" not in path.parts
    ):  # what a portal keeps there is no file of Acme's
        text = path.read_text("utf-8-sig")
        for host, way in re.findall(r"https?://([^/\s\"'),>\]]+)(\S*)", text):
            ours = host.endswith(".example") or (host == "github.com" and way.startswith("/acme/"))
            assert ours, f"{path}: {host}"
        mail_hosts = re.findall(r"[\w-]@([\w-]+\.[\w.-]+\w)", text)
        assert all(host.endswith(".example") for host in mail_hosts), path
        bare_hosts = set(re.findall(r"\b(?:[a-z0-9-]+\.)+(?:com|io|net|org|dev|app)\b", text))
        assert bare_hosts <= ANNOTATION_PREFIXES, path
