"""What a block of `idp.yaml` may say, and the ways into a cluster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from domain.errors import BadConfiguration
from integrations.kubernetes import INTEGRATION
from integrations.kubernetes.options import KubernetesOptions
from integrations.registry import load
from tests.integrations.kubernetes.conftest import TOKEN, World
from tests.integrations.kubernetes.test_look import names
from workflows.ports import Connected, Opening

Serve = Callable[..., World]
SHOP: dict[str, Any] = {"shop": {"apps": [{"name": "shop", "image": "shop:1"}]}}


def opened(options: Mapping[str, Any], name: str = "prod", **secrets: str) -> Connected:
    return INTEGRATION.open(Opening(name, INTEGRATION.options.model_validate(options), secrets.get))


def kubeconfig(tmp_path: Path, server: str, token: str = TOKEN) -> str:
    path = tmp_path / "kubeconfig"
    path.write_text(
        yaml.safe_dump(
            {
                "apiVersion": "v1",
                "kind": "Config",
                "current-context": "elsewhere",
                "clusters": [{"name": "c", "cluster": {"server": server}}],
                "users": [{"name": "u", "user": {"token": token}}],
                "contexts": [
                    {"name": "here", "context": {"cluster": "c", "user": "u"}},
                    {"name": "elsewhere", "context": {"cluster": "c", "user": "nobody"}},
                ],
            }
        ),
        encoding="utf-8",
    )
    return str(path)


def test_the_registry_knows_it() -> None:
    assert load("kubernetes") is INTEGRATION


def test_every_option_is_described() -> None:
    assert all(field.description for field in KubernetesOptions.model_fields.values())


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"clusters": "prod"}, "Extra inputs are not permitted"),
        ({"in_cluster": True, "context": "prod"}, "in_cluster and context/kubeconfig exclude each other"),
        ({"server": "https://k8s.acme.com", "kubeconfig": "x"}, "exclude each other"),
        ({"server": "http://k8s.acme.com"}, "write https://"),
        ({"server": "k8s.acme.com:6443"}, "is no address"),
        ({"server": "https://ana:secret@k8s.acme.com"}, "leave the credential out"),
        ({"ca_file": "ca.pem"}, "ca_file belongs to server"),
        ({"openshift": "perhaps"}, "auto"),
        ({"timeout_seconds": 0}, "greater than 0"),
        ({"cluster": "a/b"}, "should match pattern"),
    ],
)
def test_what_cannot_be_meant_is_refused(options: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        KubernetesOptions.model_validate(options)


def test_a_missing_token_names_its_variable() -> None:
    with pytest.raises(BadConfiguration, match="variable KUBE_PROD is not set"):
        opened({"server": "https://k8s.acme.com", "token_env": "KUBE_PROD"})


def test_a_missing_file_is_named() -> None:
    with pytest.raises(BadConfiguration, match=r"sources\.prod\.kubeconfig: there is no file /nowhere"):
        opened({"kubeconfig": "/nowhere"})


def test_a_missing_client_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integrations.kubernetes.connection.SDK", "kubernetes_not_installed")

    with pytest.raises(BadConfiguration) as raised:
        opened({"server": "https://k8s.acme.com"}, KUBERNETES_TOKEN="t")

    assert "pip install 'idp[kubernetes]'" in raised.value.hint


def test_a_context_of_a_kubeconfig_leads_in(serve: Serve, tmp_path: Path) -> None:
    world = serve(namespaces=SHOP)
    path = kubeconfig(tmp_path, f"{world.playground.url}/vendors/kubernetes/prod")

    source = opened({"kubeconfig": path, "context": "here"})
    try:
        assert names(source.fetch()) == ["shop"]
    finally:
        source.close()
        source.close()


def test_a_token_that_was_renewed_is_taken_at_once(serve: Serve) -> None:
    world = serve(namespaces=SHOP)
    token = [world.cluster.token]
    options = INTEGRATION.options(server=f"{world.playground.url}/vendors/kubernetes/prod")
    source = INTEGRATION.open(Opening("prod", options, lambda _name: token[0]))
    try:
        assert names(source.fetch()) == ["shop"]
        world.cluster.token = token[0] = "tomorrow's"
        assert names(source.fetch()) == ["shop"]
    finally:
        source.close()


def test_a_broken_kubeconfig_is_not_quoted(tmp_path: Path) -> None:
    path = tmp_path / "kubeconfig"
    path.write_text("users: [{token: s3cret", encoding="utf-8")

    with pytest.raises(BadConfiguration, match="cannot be read") as raised:
        opened({"kubeconfig": str(path)}).fetch()

    assert raised.value.__cause__ is None
    assert "s3cret" not in str(raised.value)


def test_an_unknown_context_is_said_and_not_raised_by_the_doctor(tmp_path: Path) -> None:
    source = opened({"kubeconfig": kubeconfig(tmp_path, "https://127.0.0.1:1"), "context": "gone"})

    with pytest.raises(BadConfiguration, match="cannot be used"):
        source.fetch()
    (row,) = source.validate()
    assert (row.granted, "cannot be used" in row.problem) == (False, True)


def test_outside_of_a_pod_there_is_no_service_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KUBERNETES_SERVICE_HOST", raising=False)

    with pytest.raises(BadConfiguration, match="the pod's service account cannot be used"):
        opened({"in_cluster": True}).fetch()
