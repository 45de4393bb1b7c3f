"""What a cluster's refusals mean, in words for who can mend them. Quotes no header and no token."""

from __future__ import annotations

from typing import Any

import urllib3

from domain.errors import OutsideFailure
from integrations.calling import failures
from integrations.calling.failures import Exhausted, Forbidden, Refusal, Unauthorized

LATER = frozenset({429, 500, 502, 503, 504})
"""What may be right a moment later."""


class Denied(Forbidden):
    """The credential may not do this (403)."""


class Absent(failures.Absent):
    """The cluster has no such resource (404)."""


class Gone(Refusal):
    """A continue token or resource version is too old (410)."""


def unreachable(error: Exception, cluster: str, what: str, seconds: float) -> OutsideFailure:
    """Return the failure behind a request that did not come through."""
    reason = getattr(error, "reason", None) or error
    if isinstance(reason, urllib3.exceptions.ReadTimeoutError):
        return OutsideFailure(
            f"cluster {cluster} did not answer to {what} within {seconds:g} s",
            "Try again later, or raise timeout_seconds.",
        )
    if isinstance(reason, urllib3.exceptions.SSLError):
        return OutsideFailure(
            f"cluster {cluster}: its certificate is not trusted",
            "Name its certificate authority: ca_file, or the kubeconfig's certificate-authority.",
        )
    return OutsideFailure(
        f"cluster {cluster} cannot be reached ({type(reason).__name__})",
        "Check the address, and the network between idp and the API server.",
    )


def refused(error: Any, cluster: str, what: str) -> OutsideFailure:
    """Return the failure behind an answer that is not 2xx."""
    status = int(getattr(error, "status", 0) or 0)
    if status == 0:
        return unreachable(urllib3.exceptions.SSLError(), cluster, what, 0)
    if status == 401:
        return Unauthorized(
            f"cluster {cluster} does not accept the credential (401)",
            "Give idp a token that is valid.",
        )
    told = f"cluster {cluster} answered {status} to {what}"
    if status == 403:
        return Denied(told, "Bind the ClusterRole of deploy/kubernetes/clusterrole.yaml to idp's account.")
    if status == 404:
        return Absent(told, "Check that the address is that of a Kubernetes API server.")
    if status == 410:
        return Gone(told)
    if 300 <= status < 400:
        return Refusal(f"{told}: a redirect, which is not followed", "Give the address itself.")
    kind = Exhausted if status == 429 else OutsideFailure
    return kind(told, "Try again later; the API server's log says more.")
