"""The examples on the page of sources are run as they stand there."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from domain.entities import EVERYTHING, Standing
from integrations.http import INTEGRATION
from integrations.http.options import HttpOptions
from playground.seed import Seed
from playground.server import Playground
from playground.vendors.cmdb import Cmdb, load_cmdb
from playground.vendors.vendor import Faults
from workflows.ports import Opening

ROOT = Path(__file__).parents[2]
ACME = ROOT / "examples" / "acme"
PAGE = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
RUN = """
import json
from bot.validation import in_words
from integrations.registry import known_types, load
from workflows.ports import Opening

import os
integration = load("runbooks")
assert "runbooks" in known_types()
options = integration.options.model_validate({"url": os.environ["WIKI_URL"]})
source = integration.open(Opening("runbooks", options, os.environ.get))
look = source.fetch()
rows = source.validate()
source.close()
print(json.dumps({
    "title": integration.title,
    "claims": [[str(each.ref), each.fields, each.standing] for each in look.snapshots[0].claims],
    "within": look.snapshots[0].within,
    "findings": [str(each) for each in look.findings],
    "granted": [each.granted for each in rows],
}))
"""


def example(name: str, language: str) -> str:
    """Return a block of code between the page's marks."""
    part = re.search(rf"<!-- {name}:[^>]*-->\n(.*?)<!-- /{name} -->", PAGE, flags=re.DOTALL)
    assert part is not None
    code = re.search(rf"```{language}\n(.*?)```", part[1], flags=re.DOTALL)
    assert code is not None
    return code[1]


class Wiki:
    name = "wiki"

    def __init__(self) -> None:
        self.faults = Faults()

    def routes(self) -> list[Route]:
        return [Route("/runbooks", self._list)]

    def _list(self, request: Request) -> Response:
        if request.headers.get("authorization") != "Bearer of-the-wiki":
            return JSONResponse({}, 401)
        return JSONResponse(
            [
                {"service": "Pay", "runbook": "https://wiki.acme.example/pay"},
                {"service": "a/b/c", "runbook": "https://wiki.acme.example/abc"},
            ]
        )


def installed(folder: Path) -> Path:
    """Put the page's package where an installer would: its module, and what its metadata declares."""
    project = tomllib.loads(example("own", "toml"))["project"]
    (folder / "idp_runbooks.py").write_text(example("own", "python"), encoding="utf-8")
    info = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8"
    )
    lines = [
        line
        for group, entries in project["entry-points"].items()
        for line in (f"[{group}]", *(f"{name} = {target}" for name, target in entries.items()))
    ]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    return folder


def run(folder: Path, url: str, token: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "error", "-c", RUN],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{ROOT}{os.pathsep}{folder}",
            "WIKI_URL": url,
            "WIKI_TOKEN": token,
        },
    )


def test_the_package_of_the_page_runs_as_it_stands(tmp_path: Path) -> None:
    with Playground(Seed(), vendors=[Wiki()]) as playground:
        url = f"{playground.url}/vendors/wiki/runbooks"
        ran = run(installed(tmp_path), url, "of-the-wiki")
        assert ran.returncode == 0, ran.stderr
        refused = run(tmp_path, url, "wrong-token")
    came = json.loads(ran.stdout)
    assert came["title"] == "Runbooks"
    link = {"url": "https://wiki.acme.example/pay", "title": "Runbook"}
    assert came["claims"] == [["component:default/pay", {"links": [link]}, "remark"]]
    assert came["within"] == []
    assert came["findings"][0].startswith("runbooks: row 2: error: 'a/b/c' is not an entity reference")
    assert came["granted"] == [True]
    assert "the list cannot be read: HTTPStatusError" in refused.stderr
    assert "wrong-token" not in refused.stderr


def test_the_block_of_the_page_makes_evidence_on_the_demo_companys_services() -> None:
    block = yaml.safe_load(example("cmdb", "yaml"))["sources"]["cmdb"]
    assert block.pop("type") == "http"
    seed = load_cmdb(ACME / "vendors" / "cmdb.yaml")
    with Playground(Seed(), vendors=[Cmdb(seed)]) as playground:
        block["url"] = f"{playground.url}/vendors/cmdb/api/assets"
        options = HttpOptions.model_validate(block)
        source = INTEGRATION.open(Opening("cmdb", options, {"CMDB_TOKEN": seed.token}.get))
        look, rows = source.fetch(), source.validate()
        source.close()
    (snapshot,) = look.snapshots
    assert look.findings == ()
    assert all(row.granted for row in rows)
    assert snapshot.within == (EVERYTHING,)
    assert {claim.standing for claim in snapshot.claims} == {Standing.REMARK}
    assert len(snapshot.claims) == 15
    names = {name for file in (ACME / "catalog").rglob("*.yaml") for name in _names(file)}
    for claim in snapshot.claims:
        assert claim.name in names
        assert claim.same_as == (str(claim.ref),)
        assert set(claim.fields) == {"custom.cost_centre", "custom.data_class"}


def _names(file: Path) -> set[str]:
    documents = yaml.safe_load_all(file.read_text(encoding="utf-8"))
    return {each["metadata"]["name"] for each in documents if isinstance(each, dict) and "metadata" in each}


@pytest.mark.parametrize("heading", ["", "mapping", "pagination"])
def test_every_key_of_the_block_is_on_the_page(heading: str) -> None:
    part = PAGE.split("## Any JSON API\n", 1)[1].split("\n## ", 1)[0]
    cells = " ".join(re.findall(r"^\| ([^|]+) \|", part, flags=re.MULTILINE))
    named = set(re.findall(r"`(\w+)`", cells)) | set(re.findall(r"style: (\w+)", cells))
    schema = HttpOptions.model_json_schema()
    keys = {
        "": set(schema["properties"]),
        "mapping": set(schema["$defs"]["ItemMapping"]["properties"]),
        "pagination": {"none", *(set(schema["properties"]["pagination"]["discriminator"]["mapping"]))},
    }
    assert keys[heading] <= named
