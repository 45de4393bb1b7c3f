"""Kubernetes and OpenShift clusters on this machine, each below `/vendors/kubernetes/<cluster>`.

The official client works against one with nothing but its address and a token. Clusters run nothing.
"""

from playground.vendors.kubernetes.cluster import Cluster
from playground.vendors.kubernetes.server import Kubernetes

__all__ = ["Cluster", "Kubernetes"]
