"""Documents are judged as Backstage's validators judge them, and told so in words with a line."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.files.backstage.formats import (
    is_api_version,
    is_dns_label,
    is_key,
    is_kind,
    is_name,
    is_tag,
    is_url,
)
from tests.integrations.files.looking import Reads, claims, component, said

BACKSTAGE = "apiVersion: backstage.io/v1alpha1\n"
SCAFFOLDER = "apiVersion: scaffolder.backstage.io/v1beta3\n"
HEAD = BACKSTAGE + "kind: Component\n"
META = HEAD + "metadata:\n  name: a\n"
SPEC = "spec: {type: service, lifecycle: production, owner: a}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + "metadata: {name: a b}\n" + SPEC, '3: error: metadata.name is "a b"'),
        (HEAD + "metadata: {name: a-}\n" + SPEC, '3: error: metadata.name is "a-"'),
        (HEAD + f"metadata: {{name: {'a' * 64}}}\n" + SPEC, "3: error: metadata.name is"),
        (HEAD + "metadata: {name: 5}\n" + SPEC, "3: error: metadata.name is the number 5"),
        (HEAD + "metadata: {title: A}\n" + SPEC, "3: error: metadata.name is missing"),
        (HEAD + SPEC, "1: error: metadata is missing"),
        (META + "  namespace: A_b\n" + SPEC, '5: error: metadata.namespace is "A_b"'),
        (META + "  tags: [ok, Not Ok]\n" + SPEC, '5: error: metadata.tags[1] is "Not Ok"'),
        (META + "  tags: x\n" + SPEC, '5: error: metadata.tags is "x"'),
        (META + "  tags:\n" + SPEC, "5: error: metadata.tags is empty"),
        (META + "  labels:\n    tier: 1\n" + SPEC, "6: error: metadata.labels.tier is the number 1"),
        (META + "  labels: {a: b c}\n" + SPEC, '5: error: metadata.labels.a is "b c"'),
        (META + "  labels: {a/b/c: d}\n" + SPEC, "5: error: the key a/b/c of labels"),
        (META + "  annotations: {a: true}\n" + SPEC, "metadata.annotations.a is the truth value"),
        (META + "  links: [{title: x}]\n" + SPEC, "5: error: metadata.links[0].url is missing"),
        (META + "  links: [{url: docs/x}]\n" + SPEC, '5: error: metadata.links[0].url is "docs/x"'),
        (HEAD + "metadata: {name: a}\nspec: {type: x, owner: x}\n", "4: error: spec.lifecycle is missing"),
        (HEAD + "metadata: {name: a}\n", "1: error: spec is missing"),
        (HEAD + "metadata: {name: a}\nspec: []\n", "4: error: spec is a list"),
        (component(owner="''"), '8: error: spec.owner is ""'),
        (component(owner="[a]"), "8: error: spec.owner is a list"),
        (component(owner="a:b:c"), "8: error: spec.owner: 'a:b:c' is not an entity reference"),
        (component(dependsOn="[pay]"), "9: error: spec.dependsOn[0]: 'pay' is not an entity reference"),
        (component(dependsOn="[pay]"), "no kind. Write component:pay, or resource:pay."),
        (HEAD + "metadata: {name: 5}\n" + SPEC, 'the number 5. Put quotes around it: "5".'),
        (HEAD + f"metadata: {{name: {'a' * 64}}}\n" + SPEC, "(64 characters)"),
        (META + "spec:\n", "5: error: spec is empty. A Component needs type, lifecycle and owner below it."),
        (component(owner='"a\\0"'), r"1: error: 'group:default/a\x00' holds a control character"),
        (component(owner="a" * 2_000), "is a name, alias or reference of 2,014 characters"),
        (component(providesApis="x"), '9: error: spec.providesApis is "x"'),
        (component() + "relations: []\n", "9: error: unknown field relations"),
        (component().replace("Component", "component"), "2: error: kind is component"),
        (component().replace("v1alpha1", "v2"), "1: error: apiVersion is backstage.io/v2"),
        (component().replace("kind: Component\n", ""), "1: error: kind is missing"),
        (component().replace("apiVersion: backstage.io/v1alpha1\n", ""), "1: error: apiVersion is missing"),
        ("- just a list\n", "1: error: this is not an entity"),
    ],
)  # fmt: skip
def test_what_backstage_refuses_is_refused(reads: Reads, text: str, expected: str) -> None:
    look = reads({"catalog-info.yaml": text})
    assert any(expected in words for words in said(look)), said(look)
    assert not look.snapshots


@pytest.mark.parametrize(
    "text",
    [
        component(lifecycle="made-up", type="anything"),
        component(owner="user:someone", system="other/sys"),
        component().replace("v1alpha1", "v1beta1"),
        component(custom="{a: [1, {b: null}]}"),
        HEAD + "metadata: {name: A_b.c-D9, namespace: a-1, title: T, labels: {a.b/c: ''}}\n" + SPEC,
        HEAD + "metadata: {name: a, tags: ['c++', 'c#', 'k:v', a-b]}\n" + SPEC,
        HEAD + "metadata: {name: a, links: [{url: 'mailto:a@b', title: M, icon: web}]}\n" + SPEC,
        BACKSTAGE + "kind: User\nmetadata: {name: a}\nspec: {}\n",
        BACKSTAGE + "kind: Group\nmetadata: {name: a}\nspec: {type: team, children: []}\n",
        SCAFFOLDER + "kind: Template\nmetadata: {name: a}\nspec: {type: x, steps: []}\n",
        "apiVersion: acme.example/v1\nkind: Robot\nmetadata: {name: a}\n",
    ],
)
def test_what_backstage_takes_is_taken(reads: Reads, text: str) -> None:
    look = reads({"catalog-info.yaml": text})
    assert said(look) == []
    assert len(claims(look)) == 1


def test_an_error_stops_its_document_only(reads: Reads) -> None:
    parts = [component("a"), "broken: [\n", component("b"), "x: 1\nx: 2\n", component("c")]
    look = reads({"catalog-info.yaml": "---\n".join(parts)})
    assert list(claims(look)) == ["component:a", "component:b", "component:c"]
    assert [finding.line for finding in look.findings] == [11, 22]
    assert {finding.severity for finding in look.findings} == {"error"}


def test_one_document_may_have_many_problems(reads: Reads) -> None:
    look = reads({"catalog-info.yaml": HEAD + "metadata: {name: a b, tags: [A]}\nspec: {}\n"})
    assert len(look.findings) == 5


def test_a_missing_version_is_one_problem_and_lines_come_in_order(reads: Reads) -> None:
    look = reads(
        {
            "catalog-info.yaml": "kind: Component\nmetadata:\n  tags: [A]\n  labels: {a: b c}\n  name: a b\n"
            + SPEC
        }
    )
    assert [finding.line for finding in look.findings] == [1, 3, 4, 5]


def test_a_second_declaration_names_the_first(reads: Reads) -> None:
    look = reads({"a.yaml": component("Pay"), "b.yaml": component("pay", type="library")})
    assert "b.yaml:1: error: component:pay is declared for the second time" in said(look)[0]
    assert "a.yaml:1" in said(look)[0]
    assert claims(look)["component:pay"].fields["type"] == "service"


def test_manifests_and_other_yaml_are_left_alone(reads: Reads) -> None:
    labels = "labels: {backstage.io/kubernetes-id: a}"
    deployment = f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: a, {labels}}}\n"
    look = reads({
        "deploy.yaml": deployment,
        "crd.yaml": "apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: a}\n",
        "openapi.yaml": "openapi: 3.0.0\n", "broken.yaml": "a: [\n", "ci.yml": "on: push\n",
    })  # fmt: skip
    assert (look.snapshots, look.findings, look.read) == ((), (), 0)
    look = reads({"catalog-info.yaml": f"{component()}---\n{deployment}"})
    assert said(look) == [
        "catalog-info.yaml:11: warning: a Kubernetes Deployment is not an entity and was left out."
    ]


def test_unknown_kinds_are_kept_with_the_relations_that_everybody_knows(reads: Reads) -> None:
    text = """
        apiVersion: acme.example/v1
        kind: Robot
        metadata: {name: R2, serial: 7}
        spec: {owner: team-r, dependsOn: ["component:pay"], arms: 2, lifecycle: 5, subcomponentOf: x}
    """
    look = reads({"robots.yaml": text.replace("\n        ", "\n")})
    claim = claims(look)["robot:r2"]
    assert (claim.kind, claim.name) == ("Robot", "R2")
    assert claim.fields == {
        "apiVersion": "acme.example/v1", "owner": "group:default/team-r",
        "dependsOn": ["component:default/pay"], "custom.arms": 2, "custom.lifecycle": 5,
        "custom.subcomponentOf": "x", "custom.metadata.serial": 7,
    }  # fmt: skip


# Backstage's rules told a second time, by characters and not by regular expressions.
_ALNUM = set(string.ascii_letters + string.digits)
_LOWER = set(string.ascii_lowercase + string.digits)
_TRICKY = st.text(st.sampled_from("aZ09-_./:+# \n\u0130é\u0664"), max_size=70)


def _name(text: str) -> bool:
    inner = all(char in _ALNUM | set("-_.") for char in text)
    return 1 <= len(text) <= 63 and inner and text[0] in _ALNUM and text[-1] in _ALNUM


def _label(text: str) -> bool:
    return 1 <= len(text) <= 63 and set(text) <= _LOWER | {"-"} and text[0] != "-" != text[-1]


def _tag(text: str) -> bool:
    parts = text.split("-")
    return len(text) <= 63 and all(part and set(part) <= _LOWER | set(":+#") for part in parts)


@given(_TRICKY)
def test_formats_agree_with_their_second_telling(text: str) -> None:
    parts = text.split("/")
    domain = len(parts) == 1 or (len(parts[0]) <= 253 and all(_label(each) for each in parts[0].split(".")))
    assert is_name(text) == _name(text)
    assert is_dns_label(text) == _label(text)
    assert is_tag(text) == _tag(text)
    assert is_key(text) == (len(parts) <= 2 and domain and _name(parts[-1]))
    version = 1 <= len(parts[-1]) <= 63 and set(parts[-1]) <= _ALNUM
    assert is_api_version(text) == (len(parts) <= 2 and domain and version)
    assert is_kind(text) == (_name(text) and set(text) <= _ALNUM and text[0] not in string.digits)


@pytest.mark.parametrize(
    ("url", "valid"),
    [
        ("https://example.com", True), ("HTTPS://EXAMPLE.com:8443/a?b#c", True), ("http:example.com", True),
        ("https://[::1]:80/x", True), ("https://user:pw@host/", True), ("slack://channel?id=1", True),
        ("mailto:a@b", True), ("https://", False), ("https://exa mple.com", False), ("https://a:9", True),
        ("https://a:b/", False), ("//example.com", False), ("example.com", False), ("", False),
        ("1http://a", False), ("https://a:99999", False), (" https://a ", True),
    ],
)  # fmt: skip
def test_urls_are_judged_as_the_url_standard_does(url: str, valid: bool) -> None:
    assert is_url(url) is valid
