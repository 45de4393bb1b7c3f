"""Kubernetes and OpenShift clusters as sources: what runs, by which hosts it is reached, and who may own it.

The folder is named like the SDK; absolute imports keep the two apart.
"""

from integrations.kubernetes.options import KubernetesOptions
from integrations.kubernetes.source import open_source
from workflows.ports import Integration

INTEGRATION = Integration("kubernetes", "Kubernetes", KubernetesOptions, open_source)
