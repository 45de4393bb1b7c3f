"""The asset database of the demo, asked without the product."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from playground.seed import Seed, SeedError
from playground.server import Playground
from playground.vendors.cmdb import Asset, Cmdb, CmdbSeed, load_cmdb

ASSETS = tuple(Asset(id=f"A-{n}", name=f"thing-{n}") for n in range(7))


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    cmdb = Cmdb(CmdbSeed(token="open-sesame", page_size=3, assets=ASSETS))
    with Playground(Seed(), vendors=[cmdb]) as playground:
        headers = {"authorization": "Bearer open-sesame"}
        address = f"{playground.url}/vendors/cmdb/api"
        with httpx.Client(base_url=address, headers=headers, trust_env=False) as client:
            yield client


def test_it_wants_its_token(client: httpx.Client) -> None:
    for given in ("Bearer another", "open-sesame", ""):
        answer = client.get("/assets", headers={"authorization": given})
        assert (answer.status_code, answer.json()) == (401, {"error": "the token is missing or wrong"})


def test_pages_have_numbers_and_an_end(client: httpx.Client) -> None:
    last = client.get("/assets", params={"page": 3}).json()
    assert ([each["id"] for each in last["data"]], last["pages"], last["total"]) == (["A-6"], 3, 7)
    assert client.get("/assets", params={"page": 4}).json()["data"] == []


def test_the_last_page_leads_nowhere(client: httpx.Client) -> None:
    assert client.get("/assets/cursor", params={"after": "c6"}).json()["meta"] == {"after": None}
    assert client.get("/assets/next", params={"page": 3}).json()["next"] is None
    assert "next" not in client.get("/assets/linked", params={"page": 3}).links
    assert client.get("/assets/linked").links["next"]["url"].endswith("/assets/linked?page=2")


@pytest.mark.parametrize(
    ("path", "params"), [("", "page=two"), ("/cursor", "after=here"), ("/offset", "limit=x")]
)
def test_a_parameter_that_is_no_number_is_refused(client: httpx.Client, path: str, params: str) -> None:
    assert client.get(f"/assets{path}?{params}").status_code == 400


@pytest.mark.parametrize(
    ("written", "said"),
    [("token: x\nassets: [{id: 1}]", "assets.0.id"), ("assets: []", "token"), ("[", "cmdb.yaml: ")],
)
def test_a_seed_that_cannot_be_used_says_where(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "cmdb.yaml").write_text(written, encoding="utf-8")
    with pytest.raises(SeedError) as refused:
        load_cmdb(tmp_path / "cmdb.yaml")
    assert said in str(refused.value)
    with pytest.raises(SeedError, match="cannot be read"):
        load_cmdb(tmp_path / "nowhere.yaml")
