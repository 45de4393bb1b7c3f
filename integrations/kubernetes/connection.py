"""Opens the official client on a cluster: from a kubeconfig, a pod's service account, or address and token.

The only module that loads the SDK, and only when a source is opened: it is the extra `idp[kubernetes]`.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import urllib3
import yaml

from domain.errors import BadConfiguration
from domain.redaction import remember
from integrations.calling.options import is_loopback
from integrations.kubernetes.options import KubernetesOptions
from workflows.ports import Opening

SDK = "kubernetes"
"""The package of the extra."""
CONNECTIONS = 32
"""Kept open at most; watches hold one each."""


@dataclass(frozen=True, slots=True)
class Clients:
    """The SDK's clients for one cluster."""

    api: Any
    """`kubernetes.client.ApiClient`."""
    custom: Any
    """`CustomObjectsApi`: any group by its path, objects as they are."""
    core: Any
    groups: Any
    version: Any
    reviews: Any
    failure: type[Exception]
    """`ApiException`."""

    def close(self) -> None:
        """Give back connections."""
        self.api.close()


def check(opening: Opening, options: KubernetesOptions) -> None:
    """Raise BadConfiguration for what is missing before any connection is opened."""
    _sdk("client")
    for name, path in (("kubeconfig", options.kubeconfig), ("ca_file", options.ca_file)):
        if path and not Path(path).expanduser().is_file():
            raise BadConfiguration(
                f"sources.{opening.name}.{name}: there is no file {path}", "Name one that this machine has."
            )
    if options.server and not _token(opening, options):
        raise BadConfiguration(
            f"sources.{opening.name}: the environment variable {options.token_env} is not set",
            f"Put a service account's token into it, or its file's path into {options.token_env}_FILE.",
        )


def connect(opening: Opening, options: KubernetesOptions) -> Clients:
    """Return clients for the cluster. Sends nothing, though a kubeconfig's login plugin may.

    Raises BadConfiguration when the kubeconfig or the service account cannot be used.
    """
    sdk = _sdk("client")
    configuration = sdk.Configuration()
    if options.server:
        configuration.host = options.server.rstrip("/")
        configuration.ssl_ca_cert = str(Path(options.ca_file).expanduser()) if options.ca_file else None

        def renew(current: Any) -> None:
            # Asked before each request: a token in a file is replaced before it expires.
            current.api_key["authorization"] = f"Bearer {_token(opening, options)}"

        renew(configuration)
        configuration.refresh_api_key_hook = renew
    else:
        _load(opening, options, configuration)
    for credential in (*configuration.api_key.values(), configuration.password or ""):
        remember(credential.removeprefix("Bearer ").strip())
    if is_loopback(urlsplit(configuration.host).hostname or ""):
        configuration.proxy = None
    # `api` is the one owner of retries. Redirects are answers: a token goes to no other place.
    configuration.retries = urllib3.Retry(
        total=0, redirect=False, raise_on_status=False, respect_retry_after_header=False
    )
    configuration.keep_alive = True  # a watch whose peer is gone ends; older clients pass it over
    configuration.connection_pool_maxsize = CONNECTIONS
    api = sdk.ApiClient(configuration)
    api.user_agent = "idp"
    return Clients(
        api,
        sdk.CustomObjectsApi(api),
        sdk.CoreV1Api(api),
        sdk.ApisApi(api),
        sdk.VersionApi(api),
        sdk.AuthorizationV1Api(api),
        sdk.ApiException,
    )


def _load(opening: Opening, options: KubernetesOptions, configuration: Any) -> None:
    config = _sdk("config")
    what = "the pod's service account" if options.in_cluster else options.kubeconfig or "the kubeconfig"
    remedy = "Mount a service account token." if options.in_cluster else "Try `kubectl config get-contexts`."
    try:
        if options.in_cluster:
            config.load_incluster_config(client_configuration=configuration)
            return
        config.load_kube_config(
            config_file=str(Path(options.kubeconfig).expanduser()) if options.kubeconfig else None,
            context=options.context or None,
            client_configuration=configuration,
            persist_config=False,
        )
    except config.ConfigException as error:
        told = " ".join(str(error).split())
        raise BadConfiguration(f"sources.{opening.name}: {what} cannot be used: {told}", remedy) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError):
        # Their words may quote the file, and with it a credential.
        raise BadConfiguration(f"sources.{opening.name}: {what} cannot be read", remedy) from None


def _token(opening: Opening, options: KubernetesOptions) -> str:
    return (opening.secret(options.token_env) or "").strip()


def _sdk(module: str) -> Any:
    try:
        return importlib.import_module(f"{SDK}.{module}")
    except ModuleNotFoundError as error:
        raise BadConfiguration(
            "the Kubernetes integration needs its client", "Run: pip install 'idp[kubernetes]'"
        ) from error
