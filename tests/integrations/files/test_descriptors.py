"""What all descriptors of other portals share: how broken files are told, and that nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.entities import Claim, Entity, Json
from integrations.files.descriptors.draft import Draft
from integrations.files.descriptors.seeming import seeming
from integrations.files.export import export_backstage
from tests.integrations.files.looking import Reads, claims, component, said
from tests.integrations.files.test_compass import FULL as COMPASS
from tests.integrations.files.test_cortex import SERVICE, TEAM
from tests.integrations.files.test_datadog import ENTITIES, FIRST, LATEST
from tests.integrations.files.test_opslevel import FULL as OPSLEVEL
from workflows.ports import Look


@dataclass(frozen=True)
class Kind:
    """One format: the name of its files, a small right document, and what it is called."""

    source: str
    file: str
    text: str
    title: str

    def __str__(self) -> str:
        return self.source


KINDS = (
    Kind("opslevel", "opslevel.yml", "version: 1\nservice:\n  name: pay\n", "an OpsLevel descriptor"),
    Kind(
        "cortex",
        "cortex.yaml",
        "openapi: 3.0.1\ninfo:\n  title: pay\n  x-cortex-tag: pay\n",
        "a Cortex descriptor",
    ),
    Kind("compass", "compass.yml", "configVersion: 1\ntypeId: OTHER\nname: pay\n", "a Compass component"),
    Kind(
        "datadog",
        "service.datadog.yaml",
        "schema-version: v2.2\ntype: web\ndd-service: pay\n",
        "a Datadog definition",
    ),
)
EACH = pytest.mark.parametrize("kind", KINDS, ids=str)


@EACH
def test_byte_order_marks_line_ends_and_more_documents(reads: Reads, kind: Kind) -> None:
    second = kind.text.replace("pay", "second")
    text = f"\ufeff{kind.text}---\n{second}---\n# nothing\n".replace("\n", "\r\n")
    look = reads({kind.file: text})
    found = claims(look, kind.source)
    assert list(found) == ["component:pay", "component:second"]
    assert found["component:second"].origin.endswith(
        f"{kind.file}:{text.count(chr(10), 0, text.index('---')) + 2}"
    )
    assert said(look) == []


@EACH
def test_a_broken_document_stays_alone(reads: Reads, kind: Kind) -> None:
    lines = kind.text.count("\n")
    twice = f"{kind.text}{kind.text.splitlines()[-1]}\n"
    tabbed = f"{kind.text}x:\n\ty: 1\n"
    look = reads({kind.file: f"{twice}---\n{tabbed}---\n{kind.text}"})
    assert list(claims(look, kind.source)) == ["component:pay"]
    first, second = said(look)
    assert first.startswith(f"{kind.file}:{lines + 1}: error: the key ")
    assert first.endswith(f"stands here for the second time. Keep one; the first is on line {lines}.")
    assert second.startswith(
        f"{kind.file}:{2 * lines + 4}: error: line {2 * lines + 4} is indented with a tab."
    )


@EACH
@pytest.mark.parametrize(
    ("text", "seems"),
    [
        (component(), "a Backstage entity, which belongs into catalog-info.yaml"),
        ("apiVersion: v1\nkind: Service\nmetadata: {name: x}\n", "a Kubernetes manifest"),
        ("- a\n", "a list"),
        ("hello\n", "a single value"),
        ("openapi: 3.0.1\ninfo: {title: x, version: 1.0.0}\npaths: {}\n", "an OpenAPI description"),
        ("services:\n  db: {image: postgres}\n", "a Compose file"),
        ("a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n", "a file of another program, with a, b, c, d, … at its top"),
    ],
)
def test_a_file_of_another_kind_is_named(reads: Reads, kind: Kind, text: str, seems: str) -> None:
    look = reads({kind.file: text})
    assert look.snapshots == ()
    assert len(said(look)) == 1
    assert said(look)[0].startswith(
        f"{kind.file}:1: error: this is not {kind.title}: it seems to be {seems}. Write "
    )


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("other", KINDS, ids=str)
def test_one_portals_file_under_anothers_name(reads: Reads, kind: Kind, other: Kind) -> None:
    look = reads({kind.file: other.text})
    if kind is other:
        assert said(look) == []
    else:
        assert look.snapshots == ()
        assert f"which belongs into {other.file}. " in said(look)[0]


@EACH
def test_names_must_name(reads: Reads, kind: Kind) -> None:
    look = reads({kind.file: kind.text.replace("pay", '"!?"')})
    assert look.snapshots == ()
    assert "holds no letter or digit to name it by. Write a name." in said(look)[0]


@EACH
def test_what_cannot_be_read_is_said(reads: Reads, kind: Kind) -> None:
    look = reads(
        {kind.file: b"\xff\xfe\x00", f"a/{kind.file}": b"# only words\n", f"b/{kind.file}": b"a: \xe9\n"}
    )
    assert [each.severity for each in look.findings] == ["error", "warning", "error"]
    assert look.snapshots == ()


@EACH
def test_a_second_declaration_is_refused(reads: Reads, kind: Kind) -> None:
    look = reads({kind.file: kind.text, f"b/{kind.file}": kind.text})
    assert len(claims(look, kind.source)) == 1
    assert "component:pay is declared for the second time" in said(look)[0]


def test_backstage_leaves_these_names_alone(reads: Reads) -> None:
    look = reads({kind.file: kind.text for kind in KINDS} | {"catalog-info.yaml": component("pay")})
    assert [each.source for each in look.snapshots] == ["backstage", *(kind.source for kind in KINDS)]
    assert said(look) == []


@EACH
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text("ab:/ ", max_size=5),
        lambda inner: (
            st.lists(inner, max_size=2)
            | st.dictionaries(st.sampled_from(["name", "tag", "type", "url", "alias"]), inner, max_size=3)
        ),
        max_leaves=5,
    ),
    key=st.integers(0, 40),
)
def test_nothing_in_a_field_is_more_than_a_finding(reads: Reads, kind: Kind, value: Json, key: int) -> None:
    look = reads({kind.file: _with(kind, key, value)})
    assert look.findings or look.snapshots


_FIELDS = {
    "opslevel": "name owner tier tags tools aliases repositories dependencies alert_sources properties",
    "cortex": "owners git link oncall slack dependency groups parents children custom-metadata type",
    "compass": "name id ownerId fields links relationships labels customFields description typeId",
    "datadog": "team tier contacts links tags integrations extensions languages type application dd-service",
}


def _with(kind: Kind, key: int, value: Json) -> str:
    names = _FIELDS[kind.source].split()
    name = names[key % len(names)]
    written = json.dumps(value)
    base = [line for line in kind.text.splitlines() if not line.strip().startswith(f"{name}:")]
    indent, prefix = {"opslevel": ("  ", ""), "cortex": ("  ", "x-cortex-")}.get(kind.source, ("", ""))
    return "\n".join([*base, f"{indent}{prefix}{name}: {written}", ""])


def _everything(look: Look) -> Iterator[Claim]:
    for snapshot in look.snapshots:
        yield from snapshot.claims


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("opslevel.yml", OPSLEVEL),
        ("cortex.yaml", SERVICE),
        ("cortex.yaml", TEAM),
        ("compass.yml", COMPASS),
        ("service.datadog.yaml", FIRST),
        ("service.datadog.yaml", LATEST),
        ("entity.datadog.yaml", ENTITIES),
    ],
)
def test_what_was_read_survives_an_export(reads: Reads, name: str, text: str) -> None:
    first = {str(each.ref): each for each in _everything(reads({f"in/{name}": text}, "in"))}
    entities = [Entity(each.ref, each.name, each.kind, each.fields, each.aliases) for each in first.values()]
    look = reads({"out/exported.yaml": "".join(export_backstage(entities))}, "out")
    assert [each for each in look.findings if each.severity == "error"] == []
    again = {str(each.ref): each for each in _everything(look)}
    assert again.keys() == first.keys()
    for ref, claim in first.items():
        assert dict(again[ref].fields) == dict(claim.fields)
        assert set(again[ref].aliases) == set(claim.aliases)


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("acme/pay", "acme/pay"),
        ("https://github.com/acme/pay", "acme/pay"),
        ("https://github.com/acme/pay/tree/main/api", "acme/pay"),
        ("git@github.com:acme/pay.git", "acme/pay"),
        ("github.com/acme/pay/", "acme/pay"),
        ("https://example.com/acme/pay", ""),
        ("pay", ""),
    ],
)
def test_repositories_by_their_addresses(words: str, slug: str) -> None:
    draft = Draft("Component", "x")
    assert draft.repository(words) == bool(slug)
    assert draft.annotations.get("github.com/project-slug", "") == slug


@pytest.mark.parametrize(
    ("words", "annotation"),
    [
        ("#payments", {"slack.com/channel": "payments"}),
        ("payments", {"slack.com/channel": "payments"}),
        ("https://acme.slack.com/archives/payments", {"slack.com/channel": "payments"}),
        ("https://acme.slack.com/archives/C047L8AGUKT", {"slack.com/channel-id": "C047L8AGUKT"}),
        ("C047L8AGUKT", {"slack.com/channel-id": "C047L8AGUKT"}),
        ("https://example.com/payments", {}),
        ("two words", {}),
    ],
)
def test_channels_by_name_address_or_id(words: str, annotation: dict[str, str]) -> None:
    draft = Draft("Component", "x")
    assert draft.slack(words) == bool(annotation)
    assert draft.annotations == annotation


def test_seeming_never_quotes_a_whole_file() -> None:
    assert len(seeming({"k" * 1000: 1, "b": 2})) < 120
