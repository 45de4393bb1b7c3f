"""What is exported imports again without loss, in both formats."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.entities import RELATION_FIELDS, Entity, Json
from domain.refs import Ref
from integrations.files.backstage.lifted import derived_aliases
from integrations.files.export import export_backstage, export_csv
from integrations.files.source import FilesSource
from tests.integrations.files.looking import Reads, claims, component

Export = Callable[[Iterable[Entity]], Iterator[str]]
FORMATS = pytest.mark.parametrize(("export", "name"), [(export_backstage, "x.yaml"), (export_csv, "x.csv")])

_NAMES = st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,10}[A-Za-z0-9])?", fullmatch=True)
_LABELS = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,4})?", fullmatch=True)
_WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=["Cs"]), min_size=1, max_size=40
)
_TRICKY = st.sampled_from(
    [
        *(
            "yes",
            "0o17",
            "1e3",
            "~",
            "null",
            "[a]",
            '{"a": 1}',
            '"q"',
            "=1+1",
            "-x",
            " padded ",
            "two\nlines\n",
        ),
        *("\n a\n", "# no comment", "a: b", "*a", "&a", "|", "--- a", "12:30", "2024-01-01", "\t", "a,b;c"),
        *("<<", "é", "\u2028", "NaN", "\x00", "\x85", "a\n\n\n", "trailing \nspace"),
    ]
)
_TEXTS = st.one_of(_WORDS, _TRICKY)
_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6), _TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(_TEXTS, inner, max_size=3),
        st.fixed_dictionaries({"$text": inner}),
    ),
    max_leaves=6,
)
_KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
_TAKEN = st.sampled_from([
    "owner", "type", "lifecycle", "system", "profile", "members", "dependsOn", "steps", "apiVersion", "kind",
    "metadata.name", "metadata.title", "metadata.labels", "metadata.uid", "spec.owner", "spec.metadata.name",
    "$text", "custom.owner",
])  # fmt: skip
"""Names of custom fields that already mean something at the place where custom fields are written."""
_ALIASES = st.from_regex(r"[a-z0-9]([a-z0-9:./ -]{0,8}[a-z0-9])?", fullmatch=True)


def _refs(field: str) -> st.SearchStrategy[Json]:
    kind = RELATION_FIELDS[field].kind or "component"
    ref = st.builds(lambda namespace, name: str(Ref(kind, namespace, name.lower())), _LABELS, _NAMES)
    return st.lists(ref, min_size=1, max_size=3, unique=True) if RELATION_FIELDS[field].many else ref


_FIELDS: dict[str, st.SearchStrategy[Json]] = {
    "title": _TEXTS, "description": _TEXTS, "type": _TEXTS, "lifecycle": _TEXTS, "definition": _TEXTS,
    "tier": st.sampled_from(["1", "4", "critical", "very critical"]),
    "language": st.sampled_from(["go", "C++", "F#", "1"]),
    "channel": _LABELS, "slack_channel_id": st.just("C0PAY"), "repository": st.just("acme/pay"),
    "email": st.just("a@b.example"), "picture": st.just("https://a.example/p.png"),
    "tags": st.lists(_LABELS, min_size=1, max_size=3, unique=True),
    "labels": st.dictionaries(_LABELS, _NAMES, min_size=1, max_size=2),
    "annotations": st.dictionaries(_NAMES.map("a.example/{}".format), _TEXTS, min_size=1, max_size=2),
    "links": st.just([{"url": "https://a.example", "title": "A, B"}]),
    "codeowners": st.just([{"pattern": "*", "owners": ["group:default/a"], "line": 1}]),
    "custom.metadata.data_class": _JSON.filter(lambda value: value is not None),
    **{name: _refs(name) for name in RELATION_FIELDS},
}  # fmt: skip


@st.composite
def entities(draw: st.DrawFn) -> Entity:
    """An entity as the store may hold it: any field on any kind, whatever Backstage requires."""
    kind = draw(
        st.sampled_from(
            ["Component", "API", "Resource", "System", "Domain", "Group", "User", "Robot", "Service", "Team"]
        )
    )
    name = draw(_NAMES)
    ref = Ref(kind.lower(), draw(st.sampled_from(["default", "other"])), name.lower())
    fields = {field: draw(values) for field, values in _FIELDS.items() if draw(st.booleans())}
    fields |= {
        f"custom.{key}": draw(_JSON.filter(lambda value: value is not None))
        for key in draw(st.sets(_KEYS | _TAKEN, max_size=3))
    }
    labels = fields.get("labels")
    if isinstance(labels, dict):
        labels.pop("tier", None)
        labels.pop("language", None)
        labels.pop("criticality", None)
        if not labels:
            del fields["labels"]
    own = draw(st.lists(_ALIASES, max_size=2))
    return Entity(ref, name, kind, fields, tuple(dict.fromkeys([*own, *derived_aliases(ref.kind, fields)])))


def again(export: Export, name: str, given_entities: list[Entity]) -> dict[Ref, Entity]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text("".join(export(given_entities)), encoding="utf-8", newline="")
        look = FilesSource([path]).fetch()
    assert [str(each) for each in look.findings if each.severity == "error"] == []
    claims = [claim for snapshot in look.snapshots for claim in snapshot.claims]
    return {each.ref: Entity(each.ref, each.name, each.kind, each.fields, each.aliases) for each in claims}


@FORMATS
@settings(max_examples=30)
@given(made=st.lists(entities(), max_size=2, unique_by=lambda each: each.ref))
def test_nothing_is_lost(export: Export, name: str, made: list[Entity]) -> None:
    back = again(export, name, made)
    assert back.keys() == {each.ref for each in made}
    for each in made:
        found = back[each.ref]
        assert (found.name, found.kind) == (each.name, each.kind)
        assert dict(found.fields) == dict(each.fields)
        assert set(found.aliases) == set(each.aliases)


def test_a_document_reads_as_a_person_would_write_it() -> None:
    fields: dict[str, Json] = {
        "owner": "group:default/pay", "tags": ["go"], "type": "openapi", "title": "Pay API", "tier": "1",
        "definition": "openapi: 3.1.0\ninfo:\n  title: Pay\n", "lifecycle": "production", "channel": "pay",
    }  # fmt: skip
    text = "".join(
        export_backstage([Entity(Ref("api", "default", "pay"), "Pay", "API", fields, ("payments",))])
    )
    assert text == (
        "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: Pay\n  title: Pay API\n"
        '  labels:\n    tier: "1"\n  annotations:\n    slack.com/channel: pay\n'
        "    idp.dev/aliases: payments\n"
        "  tags:\n  - go\nspec:\n  type: openapi\n  lifecycle: production\n  owner: group:default/pay\n"
        "  definition: |\n    openapi: 3.1.0\n    info:\n      title: Pay\n"
    )


def test_what_backstage_would_refuse_says_so_by_its_version() -> None:
    whole = {"type": "service", "lifecycle": "production", "owner": "group:default/a"}
    made = [
        Entity(Ref("component", "default", "a"), "a", "Component", whole),
        Entity(Ref("component", "default", "b"), "b", "Component", {"type": "service"}),
    ]
    versions = [each["apiVersion"] for each in yaml.safe_load_all("".join(export_backstage(made)))]
    assert versions == ["backstage.io/v1alpha1", "idp.dev/v1"]


def test_no_cell_runs_as_a_formula() -> None:
    fields: dict[str, Json] = {"description": "=cmd|' /C calc'!A0"}
    made = [Entity(Ref("component", "default", "a"), "a", "Component", fields)]
    row = "".join(export_csv(made)).splitlines()[1]
    assert row == 'Component,default,a,"""=cmd|\' /C calc\'!A0""",'


@FORMATS
def test_custom_fields_named_like_others_come_back_as_themselves(export: Export, name: str) -> None:
    fields: dict[str, Json] = {
        "owner": "group:default/a", "custom.owner": "b", "custom.metadata.name": "other",
        "custom.metadata.title": "T", "custom.schema": {"$text": "/etc/hostname"}, "custom.lifecycle": ["x"],
        "custom.spec.type": 5,
    }  # fmt: skip
    made = Entity(Ref("component", "default", "a"), "a", "Component", fields)
    assert dict(again(export, name, [made])[made.ref].fields) == fields


def test_what_no_export_wrote_stays_an_annotation(reads: Reads) -> None:
    annotations = {
        "idp.dev/owner": "a:b:c", "idp.dev/dependsOn": "[1]", "idp.dev/title": "[]", "idp.dev/name": "evil",
        "idp.dev/codeowners": "x", "idp.dev/custom": "x", "idp.dev/language": "[1]",
    }  # fmt: skip
    text = "".join(f"    {key}: '{value}'\n" for key, value in annotations.items())
    look = reads({"a.yaml": component().replace("  name: pay\n", f"  name: pay\n  annotations:\n{text}")})
    claim = claims(look)["component:pay"]
    assert (claim.name, claim.fields["annotations"]) == ("pay", annotations)


@FORMATS
@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("Robot", {"custom.owner": False}),
        ("Robot", {"custom.system": {"a": 1}, "owner": "group:default/a"}),
        ("Resource", {"lifecycle": "0", "custom.lifecycle": False}),
        ("Team", {"lifecycle": "0", "custom.lifecycle": False, "members": ["user:default/a"]}),
    ],
)
def test_a_custom_field_beside_the_one_of_its_name(
    export: Export, name: str, kind: str, fields: dict[str, Json]
) -> None:
    made = Entity(Ref(kind.lower(), "default", "a"), "a", kind, fields)
    assert dict(again(export, name, [made])[made.ref].fields) == fields
