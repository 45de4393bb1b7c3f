"""Asks a cluster what the credential may do there, one row for each thing that a look or a watch needs.

Changes nothing and never raises: what cannot be asked is what its row says.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.errors import BadConfiguration, IdpError
from domain.sources import Permission
from integrations.calling.health import entered, refused, told
from integrations.kubernetes.api import Api
from integrations.kubernetes.kinds import NAMESPACE, PROJECT, Role, Served, served
from integrations.kubernetes.options import KubernetesOptions, exact

REMEDY = "Bind the ClusterRole of deploy/kubernetes/clusterrole.yaml to idp's account."
ASKED_ONE_BY_ONE = 20
"""Of so many namespaces that are named in the options each is asked for; of more, the first."""


def permissions(api: Api, cluster: str, options: KubernetesOptions) -> tuple[Permission, ...]:
    """Return the rows that `Connected.validate` promises, with one for each verb and resource."""
    with api.briefly():
        return (*_tried(api, cluster, options), *told(api.skew, None))


def _tried(api: Api, cluster: str, options: KubernetesOptions) -> Iterator[Permission]:
    name = _credential(options)
    try:
        address = api.address()
    except BadConfiguration as error:
        yield refused(f"credential {name}", error)
        return
    access = f"access to cluster {cluster}"
    try:
        groups = api.groups()  # first of all: the version is told to anybody
    except IdpError as error:
        rows = entered(address, name, error)
        yield from rows
        if rows[-1].granted:
            yield refused(access, error)
        return
    yield from entered(address, name, None)
    try:
        yield Permission(f"{access} (Kubernetes {api.version()})", True)
        kinds = [Served(NAMESPACE, "v1"), *served(groups, options.openshift)]
        if PROJECT.group in groups and options.openshift is not False:
            kinds.insert(1, Served(PROJECT, "v1"))
        yield from _rows(api, kinds, options)
    except IdpError as error:
        yield refused("the rest", error)


def _credential(options: KubernetesOptions) -> str:
    if options.server:
        return options.token_env
    if options.in_cluster:
        return "of the pod's service account"
    return f"of the kubeconfig, context {options.context}" if options.context else "of the kubeconfig"


def _rows(api: Api, kinds: list[Served], options: KubernetesOptions) -> Iterator[Permission]:
    for each in kinds:
        optional = each.kind.role is not Role.WORKLOAD
        yield _row(api, "list", each, options, optional=optional)
        if options.watch and each.kind.role is not Role.PLACE:
            yield _row(api, "watch", each, options, optional=True)


def _row(api: Api, verb: str, each: Served, options: KubernetesOptions, *, optional: bool) -> Permission:
    name = f"{verb} {each.kind.resource}"
    granted, reason = api.allowed(verb, each)
    missing: list[str] = []
    if not granted and verb == "list" and each.kind.role is not Role.PLACE and exact(options.namespaces):
        asked = options.namespaces.include[:ASKED_ONE_BY_ONE]
        missing = [place for place in asked if not api.allowed(verb, each, place)[0]]
        granted = not missing
    if granted:
        return Permission(name, True, optional=optional)
    where = f"in {', '.join(missing)}" if missing else "in the cluster"
    problem = f"not allowed {where}" + (f": {reason}" if reason else "")
    return Permission(name, False, problem, REMEDY, optional)
